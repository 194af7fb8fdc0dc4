"""Drawn placeholders for photographs, each marked INVENTED. The same seed draws the same picture, byte for byte."""

from __future__ import annotations

import io
import random
from zlib import crc32

from PIL import Image, ImageDraw, ImageFont

Color = tuple[int, int, int]
DOUBLE = 2
PORTRAIT, LANDSCAPE = (600, 800), (960, 720)
INK: Color = (23, 33, 43)
GROUNDS: tuple[Color, ...] = ((233, 237, 241), (226, 232, 228), (238, 233, 226), (228, 231, 240))
SHADES: tuple[Color, ...] = ((150, 162, 174), (128, 141, 154), (170, 180, 189), (140, 150, 146), (157, 150, 142))


def _chance(seed: str) -> random.Random:
    return random.Random(crc32(seed.encode()))  # noqa: S311 - a drawing, not a secret


def _sheet(size: tuple[int, int], color: Color) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("RGB", (size[0] * DOUBLE, size[1] * DOUBLE), color)
    return image, ImageDraw.Draw(image)


def _finish(image: Image.Image, caption: str, quality: int = 88) -> bytes:
    """Scale down, put the mark and the caption on, and write a JPEG."""
    small = image.resize((image.width // DOUBLE, image.height // DOUBLE), Image.Resampling.LANCZOS)
    draw, strip = ImageDraw.Draw(small), small.height // 12
    draw.rectangle((0, small.height - strip, small.width, small.height), fill=INK)
    font, bold = ImageFont.load_default(strip * 0.42), ImageFont.load_default(strip * 0.5)
    middle = small.height - strip / 2
    draw.text((strip * 0.4, middle), "INVENTED", font=bold, fill=(255, 198, 92), anchor="lm")
    room = small.width - strip * 4.2
    while caption and draw.textlength(caption, font=font) > room:
        caption = caption[:-1]
    draw.text((small.width - strip * 0.4, middle), caption, font=font, fill=(255, 255, 255), anchor="rm")
    out = io.BytesIO()
    small.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()


def portrait(seed: str, caption: str = "") -> bytes:
    """A person as a plain silhouette: the shape of head, hair and shoulders differs, nothing else."""
    rng = _chance("portrait " + seed)
    image, draw = _sheet(PORTRAIT, rng.choice(GROUNDS))
    width, height = image.size
    shade = rng.choice(SHADES)
    hair: Color = tuple(max(0, c - 46) for c in shade)  # type: ignore[assignment]
    x, y = width / 2 + rng.uniform(-20, 20), height * rng.uniform(0.36, 0.4)
    wide, tall = width * rng.uniform(0.165, 0.2), height * rng.uniform(0.155, 0.18)
    shoulder = width * rng.uniform(0.34, 0.42)
    style = rng.choice(("short", "long", "cap", "bald", "curly", "bun", "hood"))
    _hair_behind(draw, style, (x, y, wide, tall), hair)
    draw.rounded_rectangle((x - wide * 0.42, y, x + wide * 0.42, y + tall * 1.9), wide * 0.3, fill=shade)
    top = y + tall * rng.uniform(1.3, 1.45)
    draw.ellipse((x - shoulder, top, x + shoulder, top + height * 0.8), fill=hair if style == "hood" else shade)
    draw.ellipse((x - wide, y - tall, x + wide, y + tall), fill=shade)
    _hair_before(draw, style, (x, y, wide, tall), hair)
    return _finish(image, caption)


Head = tuple[float, float, float, float]


def _hair_behind(draw: ImageDraw.ImageDraw, style: str, head: Head, color: Color) -> None:
    x, y, w, t = head
    if style == "long":
        draw.rounded_rectangle((x - w * 1.22, y - t * 1.05, x + w * 1.22, y + t * 1.75), w * 0.8, fill=color)
    elif style == "bun":
        draw.ellipse((x - w * 0.42, y - t * 1.6, x + w * 0.42, y - t * 0.85), fill=color)
    elif style == "hood":
        draw.ellipse((x - w * 1.4, y - t * 1.35, x + w * 1.4, y + t * 1.7), fill=color)
    elif style == "curly":
        for i in range(9):
            across = x + (i - 4) * w * 0.29
            up = y - t * (0.95 - 0.05 * (i - 4) ** 2)
            draw.ellipse((across - w * 0.34, up - t * 0.3, across + w * 0.34, up + t * 0.3), fill=color)


def _hair_before(draw: ImageDraw.ImageDraw, style: str, head: Head, color: Color) -> None:
    x, y, w, t = head
    if style in {"short", "long", "bun"}:
        draw.chord((x - w * 1.04, y - t * 1.06, x + w * 1.04, y + t * 0.7), 190, 350, fill=color)
    elif style == "cap":
        draw.chord((x - w * 1.08, y - t * 1.1, x + w * 1.08, y + t * 0.8), 185, 355, fill=color)
        draw.rounded_rectangle((x - w * 0.2, y - t * 0.32, x + w * 1.55, y - t * 0.14), t * 0.08, fill=color)


def house_front(seed: str, caption: str = "") -> bytes:
    """A house seen from the street."""
    rng = _chance("house " + seed)
    image, draw = _sheet(LANDSCAPE, (214, 224, 233))
    _street_floor(image, draw)
    wide = image.width * rng.uniform(0.34, 0.46)
    _house(draw, rng, (image.width * 0.5, image.height * 0.74, wide), rng.choice((1, 2, 2)))
    return _finish(image, caption)


def _street_floor(image: Image.Image, draw: ImageDraw.ImageDraw) -> None:
    w, h = image.size
    draw.rectangle((0, h * 0.74, w, h * 0.8), fill=(176, 190, 168))
    draw.rectangle((0, h * 0.8, w, h * 0.84), fill=(205, 206, 204))
    draw.rectangle((0, h * 0.84, w, h), fill=(126, 131, 136))


def _house(draw: ImageDraw.ImageDraw, rng: random.Random, spot: tuple[float, float, float], floors: int) -> None:
    """A house; `spot` is its middle, the line of its ground, and its width."""
    x, base, wide = spot
    wall = rng.choice(((203, 190, 174), (186, 160, 144), (196, 203, 205), (216, 208, 190)))
    floor_height, left = wide * 0.34, x - wide / 2
    top = base - floors * floor_height
    draw.rectangle((left, top, left + wide, base), fill=wall, outline=INK, width=4)
    peak = top - wide * rng.uniform(0.14, 0.3)
    draw.polygon([(left - 30, top), (x, peak), (left + wide + 30, top)], fill=(96, 92, 92), outline=INK)
    door_at = rng.randrange(3)
    for floor in range(floors):
        for i in range(3):
            center, low = left + wide * (i + 0.5) / 3, base - floor * floor_height
            if floor == 0 and i == door_at:
                leaf = (center - wide * 0.06, low - floor_height * 0.72, center + wide * 0.06, low)
                draw.rectangle(leaf, fill=(88, 62, 54))
                draw.rectangle((center - wide * 0.09, low - 12, center + wide * 0.09, low + 8), fill=(170, 170, 168))
                continue
            pane = (center - wide * 0.075, low - floor_height * 0.75, center + wide * 0.075, low - floor_height * 0.3)
            draw.rectangle(pane, fill=rng.choice(((70, 86, 100), (236, 214, 150), (70, 86, 100))), outline=INK, width=4)
            draw.line((center, pane[1], center, pane[3]), fill=INK, width=3)


def landmark(seed: str, kind: str, caption: str = "") -> bytes:
    """A school, church, park, store or other place people know."""
    rng = _chance(f"landmark {kind} {seed}")
    image, draw = _sheet(LANDSCAPE, (214, 224, 233))
    _street_floor(image, draw)
    w, h = image.size
    if kind == "park":
        _trees(draw, rng, w, h)
    elif kind == "church":
        _house(draw, rng, (w * 0.55, h * 0.74, w * 0.36), 1)
        draw.rectangle((w * 0.27, h * 0.32, w * 0.39, h * 0.74), fill=(190, 182, 170), outline=INK, width=4)
        spire = [(w * 0.255, h * 0.32), (w * 0.33, h * 0.1), (w * 0.405, h * 0.32)]
        draw.polygon(spire, fill=(96, 92, 92), outline=INK)
    elif kind in {"store", "bar"}:
        draw.rectangle((w * 0.22, h * 0.36, w * 0.78, h * 0.74), fill=(186, 160, 144), outline=INK, width=4)
        for i in range(8):
            left = w * (0.2 + 0.075 * i)
            draw.rectangle((left, h * 0.46, left + w * 0.075, h * 0.52), fill=((139, 58, 44), (240, 238, 232))[i % 2])
        draw.rectangle((w * 0.26, h * 0.54, w * 0.55, h * 0.71), fill=(70, 86, 100), outline=INK, width=4)
        draw.rectangle((w * 0.62, h * 0.54, w * 0.7, h * 0.74), fill=(88, 62, 54), outline=INK, width=4)
    else:
        _long_building(draw, w, h)
    return _finish(image, caption)


def _trees(draw: ImageDraw.ImageDraw, rng: random.Random, w: int, h: int) -> None:
    draw.rectangle((0, h * 0.6, w, h * 0.8), fill=(176, 190, 168))
    for i in range(6):
        x, size = w * (0.1 + 0.16 * i) + rng.uniform(-40, 40), w * rng.uniform(0.06, 0.1)
        draw.rectangle((x - 12, h * 0.5, x + 12, h * 0.7), fill=(100, 80, 66))
        draw.ellipse((x - size, h * 0.5 - size * 1.5, x + size, h * 0.5 + size * 0.5), fill=(116, 142, 108))


def _long_building(draw: ImageDraw.ImageDraw, w: int, h: int) -> None:
    draw.rectangle((w * 0.1, h * 0.34, w * 0.9, h * 0.74), fill=(186, 150, 132), outline=INK, width=4)
    for floor in range(2):
        for i in range(9):
            left, top = w * (0.13 + 0.083 * i), h * (0.39 + 0.16 * floor)
            draw.rectangle((left, top, left + w * 0.05, top + h * 0.1), fill=(70, 86, 100), outline=INK, width=3)
    draw.rectangle((w * 0.46, h * 0.58, w * 0.54, h * 0.74), fill=(88, 62, 54), outline=INK, width=4)


def buy_still(seed: str, caption: str = "", *, frame: int = 0) -> bytes:
    """A still from a hidden camera: two figures by a wall or a car, dim and grainy. `frame` moves them a little."""
    rng = _chance("still " + seed)
    image, draw = _sheet(LANDSCAPE, (92, 99, 106))
    w, h = image.size
    draw.rectangle((0, 0, w, h * 0.55), fill=(70, 76, 84))
    for i in range(1, 5):
        draw.line((0, h * 0.11 * i, w, h * 0.11 * i), fill=(60, 66, 73), width=4)
    if rng.random() < 0.5:
        _car(draw, w * rng.uniform(0.55, 0.75), h * 0.72, w)
    step = frame * w * 0.006
    left, right = w * rng.uniform(0.28, 0.36) + step, w * rng.uniform(0.5, 0.58) - step
    for x, tone in ((left, 40), (right, 52)):
        tall = h * rng.uniform(0.5, 0.58)
        _figure(draw, x, h * 0.88, tall, (tone, tone + 5, tone + 10))
    reach = h * 0.62
    arms = (left + w * 0.04, reach, (left + right) / 2, reach + 20, right - w * 0.04, reach)
    draw.line(arms, fill=(46, 51, 56), width=26)
    grain = Image.frombytes("L", (w // 8, h // 8), rng.randbytes((w // 8) * (h // 8))).resize(image.size)
    image = Image.blend(image, Image.merge("RGB", (grain, grain, grain)), 0.06)
    return _finish(image, caption)


def _figure(draw: ImageDraw.ImageDraw, x: float, foot: float, tall: float, color: Color) -> None:
    head, half = tall * 0.075, tall * 0.13
    top = foot - tall
    draw.ellipse((x - head, top, x + head, top + head * 2.3), fill=color)
    draw.rounded_rectangle((x - half, top + head * 2.2, x + half, foot - tall * 0.42), half * 0.6, fill=color)
    for side in (-1, 1):
        leg = x + side * half * 0.5
        draw.rounded_rectangle((leg - half * 0.4, foot - tall * 0.46, leg + half * 0.4, foot), half * 0.3, fill=color)


def _car(draw: ImageDraw.ImageDraw, x: float, base: float, w: int) -> None:
    long = w * 0.22
    draw.rounded_rectangle((x - long, base - long * 0.42, x + long, base + long * 0.16), long * 0.12, fill=(52, 58, 66))
    low, high = base - long * 0.4, base - long * 0.75
    roof = [(x - long * 0.6, low), (x - long * 0.35, high), (x + long * 0.4, high), (x + long * 0.68, low)]
    draw.polygon(roof, fill=(62, 69, 78))
    for wheel in (x - long * 0.6, x + long * 0.6):
        draw.ellipse((wheel - long * 0.17, base, wheel + long * 0.17, base + long * 0.34), fill=(30, 33, 37))
