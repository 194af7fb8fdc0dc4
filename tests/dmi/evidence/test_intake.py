"""What is taken in, and how each refusal reads."""

from __future__ import annotations

import resource
import time

import pytest

from dmi.evidence import cage, intake, limits
from dmi.evidence.kinds import Kind
from tests.factories import evidence as made

SOUND = {
    "a.jpg": lambda: made.jpeg(), "a.JPEG": lambda: made.jpeg(), "clip.mp4": lambda: made.recording(".mp4"),
    "clip.mov": lambda: made.recording(".mov"), "call.m4a": lambda: made.recording(".m4a"),
    "call.wav": lambda: made.recording(".wav"), "call.mp3": lambda: made.recording(".mp3"),
    "lab.pdf": lambda: made.pdf(),
}  # fmt: skip


def look(tmp_path, name, content, **given):
    path = tmp_path / "upload"
    path.write_bytes(content)
    return intake.examine(path, name=name, size=len(content), **given)


@pytest.mark.parametrize("name", SOUND)
def test_each_kind_is_recognized_by_its_content(tmp_path, name):
    finding = look(tmp_path, name, SOUND[name]())
    assert (
        finding.kind
        == {"a": Kind.PHOTO, "clip": Kind.VIDEO, "call": Kind.AUDIO, "lab": Kind.DOCUMENT}[name.split(".")[0]]
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
        ("page.html", b"<!doctype html><script>alert(1)</script>"),
        ("report.docx", b"PK\x03\x04" + b"0" * 60),
        ("list.m3u8", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"),
        ("run.exe", b"MZ" + b"\0" * 80),
    ],
)
def test_other_kinds_are_refused_with_the_kinds_that_are_taken_in(tmp_path, name, content):
    with pytest.raises(intake.NotTaken) as refusal:
        look(tmp_path, name, content)
    assert str(refusal.value).startswith(f"{name}: ")
    assert "JPEG" in refusal.value.why


@pytest.mark.parametrize("name", ["a.pdf", "a.jpg.exe", "a", "a.mp4"])
def test_a_name_that_says_something_else_is_refused(tmp_path, name):
    with pytest.raises(intake.NotTaken, match="its content is a JPEG photograph"):
        look(tmp_path, name, made.jpeg())


def test_an_empty_file_is_refused(tmp_path):
    with pytest.raises(intake.NotTaken, match="empty"):
        look(tmp_path, "a.jpg", b"")


def test_an_image_bomb_is_refused_at_once_and_costs_no_memory(tmp_path):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.monotonic()
    with pytest.raises(intake.NotTaken, match="more than 80 million pixels"):
        look(tmp_path, "bomb.png", made.png_bomb())
    assert time.monotonic() - start < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize("name", ["a.jpg", "clip.mp4", "call.m4a", "call.wav", "call.mp3", "lab.pdf"])
def test_a_file_that_stops_before_its_end_is_refused(tmp_path, name):
    content = SOUND[name]()
    with pytest.raises(intake.NotTaken, match="damaged or stops before its end"):
        look(tmp_path, name, content[: len(content) * 6 // 10])


def test_a_long_recording_is_checked_at_both_ends(tmp_path, settings):
    settings.EVIDENCE_LIMITS = {"whole_decode_bytes": 10}
    content = made.recording(".mp4", seconds=8)
    assert look(tmp_path, "clip.mp4", content).seconds == pytest.approx(8, abs=0.3)
    with pytest.raises(intake.NotTaken, match="stops before its end"):
        look(tmp_path, "clip.mp4", content[: len(content) * 6 // 10])


@pytest.mark.parametrize(
    ("limit", "name", "words"),
    [
        ({"photo_bytes": 10}, "a.jpg", "at most 10 bytes"),
        ({"photo_pixels": 1000}, "a.jpg", "million pixels"),
        ({"recording_seconds": 1}, "call.m4a", "minutes long"),
        ({"document_pages": 1}, "lab.pdf", "2 pages; at most 1"),
    ],
)
def test_what_is_too_large_is_refused_with_the_limit(tmp_path, settings, limit, name, words):
    settings.EVIDENCE_LIMITS = limit
    with pytest.raises(intake.NotTaken, match=words):
        look(tmp_path, name, SOUND[name]())


def test_an_unknown_limit_is_an_error(settings):
    settings.EVIDENCE_LIMITS = {"photo_byte": 10}
    with pytest.raises(ValueError, match="photo_byte"):
        limits.current()


def test_another_kind_than_expected_is_refused(tmp_path):
    with pytest.raises(intake.NotTaken, match="this is a photograph, but an audio recording was expected"):
        look(tmp_path, "a.jpg", made.jpeg(), kind="audio")


def test_without_ffmpeg_recordings_are_refused_and_photographs_are_not(tmp_path, monkeypatch):
    sound = made.recording(".m4a")
    monkeypatch.setattr(cage.shutil, "which", lambda name: None)
    with pytest.raises(intake.NotTaken, match="ffmpeg is not installed"):
        look(tmp_path, "call.m4a", sound)
    assert look(tmp_path, "a.jpg", made.jpeg()).kind == Kind.PHOTO


def test_a_playlist_dressed_as_a_movie_reads_no_other_file(tmp_path):
    playlist = b"\0\0\0\x18ftypisom" + b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"
    with pytest.raises(intake.NotTaken, match="damaged"):
        look(tmp_path, "clip.mp4", playlist)


@pytest.mark.parametrize("name", ["../../etc/passwd.jpg", "C:\\secret\\passwd.jpg", "pass\x00wd.jpg", "passwd\r\n.jpg"])
def test_a_name_is_never_a_path(name):
    assert intake.shown_name(name) == "passwd.jpg"


def test_a_decoder_is_stopped_at_its_time_limit():
    with pytest.raises(cage.TookTooLong):
        cage.run(["/bin/sleep", "20"], seconds=1)
