"""The picture decoder, run as a script: `picture.py MEGABYTES check|derive FORMAT MAX_PIXELS PATH [OUT]`.

It imports nothing of the project. It prints one JSON object; for a picture it cannot use it prints {"refused": code}.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

RENDITIONS = {"thumb": 360, "screen": 1600, "print": 2100}
QUALITY = 85
TOO_MANY_PIXELS, BROKEN = "pixels", "broken"


class Refused(Exception):
    """The picture cannot be used; the text is a short code."""


def main(argv: list[str]) -> int:
    """Check a picture or make its renditions within the given memory."""
    memory = int(argv[0]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    what, image_format, max_pixels, path = argv[1], argv[2], int(argv[3]), Path(argv[4])
    try:
        image = open_picture(path, image_format, max_pixels)
        answer = check(image) if what == "check" else derive(image, Path(argv[5]))
    except Refused as refusal:
        answer = {"refused": str(refusal)}
    except (OSError, ValueError, SyntaxError, EOFError, MemoryError) as error:
        answer = {"refused": BROKEN, "why": f"{type(error).__name__}: {error}"[:300]}
    sys.stdout.write(json.dumps(answer))
    return 0


def open_picture(path: Path, image_format: str, max_pixels: int) -> Picture:
    """Read the header only; refuse by the size it claims, before one pixel is decoded."""
    from PIL import Image

    if image_format == "HEIF":
        import pillow_heif

        pillow_heif.register_heif_opener(thumbnails=False, decode_threads=1)
    Image.MAX_IMAGE_PIXELS = max_pixels
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        image = Image.open(path, formats=[image_format])
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise Refused(TOO_MANY_PIXELS) from bomb
    if image.width * image.height > max_pixels:
        raise Refused(TOO_MANY_PIXELS)
    return image


def check(image: Picture) -> dict[str, object]:
    """Decode the whole picture once, as small as its format allows."""
    width, height = image.size
    image.draft("RGB", (RENDITIONS["thumb"], RENDITIONS["thumb"]))
    image.load()
    if turned(image):
        width, height = height, width
    return {"width": width, "height": height}


def turned(image: Picture) -> bool:
    """Whether the camera's orientation mark swaps width and height."""
    return image.getexif().get(0x0112, 1) in (5, 6, 7, 8)


def derive(image: Picture, out: Path) -> dict[str, object]:
    """Write each rendition upright, in plain sRGB, with nothing in it but pixels."""
    image.draft("RGB", (RENDITIONS["print"], RENDITIONS["print"]))
    picture = upright_rgb(image)
    made = {}
    for role, longest in sorted(RENDITIONS.items(), key=lambda pair: -pair[1]):
        picture.thumbnail((longest, longest))
        made[role] = {"width": picture.width, "height": picture.height, "file": f"{role}.jpg"}
        picture.save(out / f"{role}.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True, dpi=(300, 300))
    return {"renditions": made}


def upright_rgb(image: Picture) -> Picture:
    """The picture turned as it was held, on white, in sRGB, its metadata forgotten."""
    from PIL import Image, ImageOps

    profile = image.info.get("icc_profile")
    image = ImageOps.exif_transpose(image)
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value / 257).convert("L")
    elif profile and image.mode in ("RGB", "L", "CMYK"):
        image = to_srgb(image, profile)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        see_through = image.convert("RGBA")
        image = Image.new("RGB", see_through.size, "white")
        image.paste(see_through, mask=see_through.getchannel("A"))
    image = image.convert("RGB")
    image.info = {}
    return image


def to_srgb(image: Picture, profile: bytes) -> Picture:
    """Apply the embedded colour profile; keep the colours as they are when it is unusable."""
    from PIL import ImageCms

    try:
        embedded = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        plain = ImageCms.profileToProfile(image, embedded, ImageCms.createProfile("sRGB"), outputMode="RGB")
        return image if plain is None else plain  # None only where it changes the picture in place
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
