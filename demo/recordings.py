"""Short placeholder sound and film: a murmur without words, and moving silhouettes marked INVENTED."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path
from zlib import crc32

import numpy as np

from demo import pictures

RATE = 8_000
FRAMES = 12


def sound(seed: str, *, seconds: float = 4.0) -> bytes:
    """A WAV of a low murmur, 8 kHz, one channel."""
    rng = np.random.default_rng(crc32(("sound " + seed).encode()))
    time = np.arange(int(seconds * RATE)) / RATE
    pitch = 110 + 60 * rng.random() + 14 * np.sin(2 * np.pi * 0.7 * time)
    phase = 2 * np.pi * np.cumsum(pitch) / RATE
    voice = np.sin(phase) + 0.5 * np.sin(2 * phase) + 0.3 * np.sin(3 * phase)
    syllables = np.clip(np.sin(2 * np.pi * (2.6 + rng.random()) * time), 0, 1)
    wave_form = 0.22 * voice * syllables + 0.015 * rng.standard_normal(len(time))
    samples = (np.clip(wave_form, -1, 1) * 32_000).astype("<i2")
    out = io.BytesIO()
    with wave.open(out, "wb") as target:
        target.setnchannels(1)
        target.setsampwidth(2)
        target.setframerate(RATE)
        target.writeframes(samples.tobytes())
    return out.getvalue()


def can_film() -> bool:
    """Whether the program that makes films is there."""
    return shutil.which("ffmpeg") is not None


def film(seed: str, caption: str = "") -> bytes | None:
    """A three-second MP4 with sound; None where ffmpeg is missing."""
    program = shutil.which("ffmpeg")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for i in range(FRAMES):
            (place / f"{i:03d}.jpg").write_bytes(pictures.buy_still(seed, caption, frame=i))
        (place / "sound.wav").write_bytes(sound(seed, seconds=FRAMES / 4))
        for codec in ("libx264", "mpeg4"):
            if _encode(program, place, codec):
                return (place / "film.mp4").read_bytes()
    return None


def _encode(program: str, place: Path, codec: str) -> bool:
    command = [
        program, "-nostdin", "-loglevel", "error", "-y", "-framerate", "4", "-i", "%03d.jpg", "-i", "sound.wav",
        "-vf", "scale=480:360,format=yuv420p", "-r", "12", "-c:v", codec, "-c:a", "aac", "-b:a", "32k", "-shortest",
        "-threads", "1", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact",
        "-flags:a", "+bitexact",
        "-movflags", "+faststart", "film.mp4",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=place, capture_output=True, timeout=60, check=False)  # noqa: S603 - fixed arguments
    return done.returncode == 0 and (place / "film.mp4").exists()
