"""Asks one part of the casebook whether it works; the exit status is the answer. For the health checks of containers.

healthy.py web | worker | beat
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import ProxyHandler, Request, build_opener

BEAT_WRITES_WITHIN = 600


def web() -> bool:
    """The web process answers and reaches its database."""
    host = os.environ["DMI_ALLOWED_HOSTS"].replace(",", " ").split()[0]
    port = os.environ.get("DMI_WEB_BIND", "127.0.0.1:8000").rpartition(":")[2]
    asked = Request(f"http://127.0.0.1:{port}/ready/", headers={"Host": host})
    return build_opener(ProxyHandler({})).open(asked, timeout=5).status == 200


def worker() -> bool:
    """The worker of this container answers through the broker."""
    name = f"celery@{os.uname().nodename}"
    command = [sys.executable, "-m", "celery", "-A", "dmi", "inspect", "ping", "--timeout", "5", "-d", name]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603


def beat() -> bool:
    """The clock has written its times lately."""
    file = Path(os.environ.get("DMI_BEAT_FILE", "/tmp/beat-schedule"))  # noqa: S108 - only a cache of times
    return time.time() - file.stat().st_mtime < BEAT_WRITES_WITHIN


if __name__ == "__main__":
    parts = {"web": web, "worker": worker, "beat": beat}
    sys.exit(0 if parts[sys.argv[1]]() else 1)
