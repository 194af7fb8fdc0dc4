"""Decoders run in a child process with limits on time and memory: a broken or hostile file hurts nobody else."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from dmi.evidence import limits

HERE = Path(__file__).parent


class DecoderFailed(Exception):
    """The decoder refused the file; the text is its own, for the log and never for the page."""


class TookTooLong(DecoderFailed):
    """The decoder was stopped at its time limit."""


class DecoderMissing(Exception):
    """The program that reads audio and video is not installed on this server."""


def run(argv: Sequence[str], *, seconds: int) -> str:
    """Run a decoder alone, without input, and return what it printed.

    Raises DecoderFailed, TookTooLong, or DecoderMissing.
    """
    with tempfile.TemporaryFile() as printed, tempfile.TemporaryFile() as complained:
        try:
            child = subprocess.Popen(  # noqa: S603 - a fixed program; the file is an argument of its own
                [*_memory_limit(), *argv],
                stdin=subprocess.DEVNULL,
                stdout=printed,
                stderr=complained,
                env={"PATH": os.defpath, "LANG": "C.UTF-8", "OMP_NUM_THREADS": "1"},
                start_new_session=True,
            )
        except FileNotFoundError as error:
            raise DecoderMissing(str(error)) from error
        _wait(child, seconds)
        complained.seek(0)
        if child.returncode:
            raise DecoderFailed(complained.read(4000).decode("utf-8", "replace") or f"ended with {child.returncode}")
        printed.seek(0)
        return printed.read(limits.MEGABYTE).decode("utf-8", "replace")


def picture(*arguments: str, seconds: int) -> str:
    """Run the picture script (Pillow) in the cage and return its JSON answer."""
    return _script("picture.py", arguments, seconds)


def papers(*arguments: str, seconds: int) -> str:
    """Run the PDF script (pikepdf) in the cage and return its JSON answer."""
    return _script("papers.py", arguments, seconds)


def ffmpeg(*arguments: str, seconds: int) -> str:
    """Run ffmpeg in the cage: local files only, no standard input, at most two threads."""
    return run([_program("ffmpeg"), "-nostdin", "-hide_banner", "-threads", "2", *arguments], seconds=seconds)


def ffprobe(*arguments: str, seconds: int) -> str:
    """Run ffprobe in the cage."""
    return run([_program("ffprobe"), "-hide_banner", *arguments], seconds=seconds)


def has_ffmpeg() -> bool:
    """Whether this server can read audio and video."""
    return bool(shutil.which("ffmpeg") and shutil.which("ffprobe"))


def source(path: Path, demuxer: str) -> list[str]:
    """ffmpeg's input arguments for one local file, read as what it was recognised to be and as nothing else."""
    return ["-protocol_whitelist", "file,pipe", "-f", demuxer, "-i", f"file:{path}"]


def _script(name: str, arguments: Sequence[str], seconds: int) -> str:
    memory = str(limits.current().decoder_megabytes)
    return run([sys.executable, "-I", str(HERE / name), memory, *arguments], seconds=seconds)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise DecoderMissing(name)
    return found


def _memory_limit() -> list[str]:
    prlimit = shutil.which("prlimit")
    if prlimit is None:
        return []
    return [prlimit, f"--as={limits.current().decoder_megabytes * 2 * limits.MEGABYTE}", "--core=0", "--"]


def _wait(child: subprocess.Popen[bytes], seconds: int) -> None:
    try:
        child.wait(timeout=seconds)
    except subprocess.TimeoutExpired as error:
        os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise TookTooLong(f"stopped after {seconds} seconds") from error
