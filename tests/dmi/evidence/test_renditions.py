"""The copies: upright, small, and with nothing hidden in them."""

from __future__ import annotations

import io
import json
import subprocess

import pikepdf
import pytest
from PIL import Image

from dmi.evidence import storage
from dmi.evidence.models import Readiness
from tests.factories import evidence as made

pytestmark = pytest.mark.django_db


def copy_of(item, role):
    with storage.private().open(item.renditions.get(role=role).file) as file:
        return file.read()


def test_no_copy_of_a_photograph_knows_the_camera_or_the_place(case, detective):
    content = made.jpeg(camera="Zenobia", size=(3000, 2000))
    assert b"Zenobia" in content
    item = made.taken(case, detective, upload=made.upload("a.jpg", content))
    for role, longest in (("thumb", 360), ("screen", 1600), ("print", 2100)):
        copy = copy_of(item, role)
        image = Image.open(io.BytesIO(copy))
        assert b"Zenobia" not in copy
        assert not image.getexif()
        assert "comment" not in image.info
        assert "icc_profile" not in image.info
        assert max(image.size) == longest


def test_a_photograph_held_sideways_stands_upright(case, detective):
    item = made.taken(case, detective, upload=made.upload("a.jpg", made.jpeg(size=(640, 480), turned=True)))
    assert (item.width, item.height) == (480, 640)
    assert Image.open(io.BytesIO(copy_of(item, "screen"))).size == (480, 640)


@pytest.mark.parametrize("mode", ["RGBA", "P", "LA", "I;16", "1"])
def test_every_kind_of_png_becomes_a_plain_picture(case, detective, mode):
    out = io.BytesIO()
    Image.new(mode, (50, 40)).save(out, "PNG")
    item = made.taken(case, detective, upload=made.upload("a.png", out.getvalue()))
    assert Image.open(io.BytesIO(copy_of(item, "print"))).mode == "RGB"


def test_a_heic_photograph_becomes_a_jpeg(case, detective):
    import pillow_heif

    out = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (200, 100), "green")).save(out, quality=80)
    item = made.taken(case, detective, upload=made.upload("IMG_4.HEIC", out.getvalue()))
    assert Image.open(io.BytesIO(copy_of(item, "screen"))).format == "JPEG"


def test_a_video_gets_a_poster_and_a_version_to_play(case, detective, tmp_path):
    item = made.taken(case, detective, upload=made.upload("clip.mov", made.recording(".mov", title="Zenobia")))
    assert sorted(item.renditions.values_list("role", flat=True)) == ["preview", "print", "screen", "thumb"]
    preview = tmp_path / "preview.mp4"
    preview.write_bytes(copy_of(item, "preview"))
    told = subprocess.run(
        ["ffprobe", "-v", "error", "-print_format", "json", "-show_format", str(preview)],
        capture_output=True,
        check=True,
    )
    assert "title" not in json.loads(told.stdout)["format"].get("tags", {})
    assert b"Zenobia" not in preview.read_bytes()


def test_sound_gets_a_version_to_play(case, detective):
    item = made.taken(case, detective, upload=made.upload("call.wav", made.recording(".wav", title="Zenobia")))
    assert [r.content_type for r in item.renditions.all()] == ["audio/mp4"]
    assert b"Zenobia" not in copy_of(item, "preview")


def test_a_document_loses_scripts_attachments_and_its_title(case, detective):
    item = made.taken(case, detective, upload=made.upload("lab.pdf", made.pdf(script=True, title="Zenobia")))
    copy = copy_of(item, "screen")
    with pikepdf.open(io.BytesIO(copy)) as pdf:
        assert len(pdf.pages) == 2
        assert "/OpenAction" not in pdf.Root
        assert "/Names" not in pdf.Root
        assert "/Title" not in pdf.docinfo
    assert b"Zenobia" not in copy
    assert b"inside.exe" not in copy


def test_a_damaged_original_is_kept_and_says_so(case, detective, settings):
    settings.EVIDENCE_LIMITS = {"whole_decode_bytes": 10}
    from dmi.evidence import intake

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(intake, "_decodes", lambda *a: None)
        content = made.recording(".mp4", seconds=8)
        item = made.taken(case, detective, upload=made.upload("clip.mp4", content[: len(content) * 6 // 10]))
    assert item.readiness == Readiness.FAILED
    assert "original is kept" in item.trouble
    assert not item.renditions.exists()
