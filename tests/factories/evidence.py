"""Files of every kind, sound and spoiled, drawn at call time; and people at the seats that handle them."""

from __future__ import annotations

import io
import struct
import subprocess
import tempfile
import uuid
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from dmi.accounts.models import User
from dmi.cases import seats
from dmi.cases.models import MarketCase
from dmi.evidence import actions
from dmi.evidence.models import MediaItem
from dmi.jobs import worker
from tests.factories.accounts import ClearedFactory, UserFactory

GPS = {0: b"\x02\x03\x00\x00", 1: "N", 2: (38.0, 37.0, 37.0), 3: "W", 4: (90.0, 11.0, 58.0)}


def market(slug: str = "eastgate") -> MarketCase:
    """A market without people."""
    return MarketCase.objects.create_by(
        None, slug=slug, name=slug.title(), city_name="Marlow", number_prefix="E", opened_on=date(2026, 3, 2)
    )


def member(case: MarketCase, role: str, *, cleared: bool = True, **given: Any) -> User:
    """Somebody at a seat of the case."""
    user = (ClearedFactory if cleared else UserFactory)(**given)
    seats.give_seat(case=case, user=user, role=role, actor=None, starts_on=date(2026, 1, 5))
    return user


def jpeg(*, size: tuple[int, int] = (640, 480), camera: str = "", seed: str = "", turned: bool = False) -> bytes:
    """A photograph; with `camera`, one that says which camera took it and where."""
    image = Image.new("RGB", size, "#8a9aa8")
    ImageDraw.Draw(image).text((20, 20), seed or uuid.uuid4().hex, fill="black")
    exif = Image.Exif()
    if camera:
        exif[0x010F], exif[0x0110] = camera, f"{camera} 12"
        exif.get_ifd(0x8825).update(GPS)
    if turned:
        exif[0x0112] = 6
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=camera.encode() or b"plain")
    return out.getvalue()


def png_bomb(side: int = 50_000) -> bytes:
    """A PNG of some hundred bytes that claims `side` by `side` pixels."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def recording(ending: str, *, seconds: float = 3, title: str = "") -> bytes:
    """A short video or sound, written by ffmpeg."""
    sound = ["-f", "lavfi", "-i", f"sine=d={seconds}"]
    picture = ["-f", "lavfi", "-i", f"testsrc=d={seconds}:s=320x240:r=10"]
    inputs = picture + sound if ending in (".mp4", ".mov") else sound
    shape = (
        ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-movflags", "+faststart"]
        if inputs != sound
        else []
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"made{ending}"
        subprocess.run(
            ["ffmpeg", "-v", "error", *inputs, *shape, "-metadata", f"title={title}", "-y", str(path)],
            check=True,
            timeout=60,
        )
        return path.read_bytes()


def pdf(*, pages: int = 2, script: bool = False, title: str = "") -> bytes:
    """A PDF; with `script`, one that runs something when it is opened."""
    out = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(612, 792))
        if title:
            made.docinfo["/Title"] = title
        if script:
            made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
            made.attachments["inside.exe"] = b"MZ"
        made.save(out)
    return out.getvalue()


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    """What a browser sends."""
    return SimpleUploadedFile(name, content)


def run_jobs() -> None:
    """Every waiting job is done, as a worker would."""
    while worker.run_next():
        pass


def taken(case: MarketCase, actor: User, **given: Any) -> MediaItem:
    """A photograph that was taken in and has its copies."""
    item = actions.take_in(case=case, actor=actor, **({"upload": upload("IMG_1.jpg", jpeg())} | given))
    run_jobs()
    item.refresh_from_db()
    return item


def released(case: MarketCase, handler: User, prosecutor: User, **given: Any) -> MediaItem:
    """A photograph that may be printed."""
    item = taken(case, handler, **given)
    actions.check(item=item, actor=handler, shows_protected=False)
    return actions.release(item=MediaItem.objects.for_case(case).get(pk=item.pk), actor=prosecutor)
