"""A real worker in a process of its own, and a Redis of the test's own, for tests that stop, kill and restart them.

Use the fixtures `worker` and `broker` (see tests/dmi/jobs/conftest.py for how an app takes them over).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from kombu import pools

from dmi.celery import app

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 40.0


def wait_until(is_so: Callable[[], Any], patience: float = PATIENCE, what: str = "it") -> Any:
    """Wait for something to become true and give it back. Raises TimeoutError."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        found = is_so()
        if found:
            return found
        time.sleep(0.05)
    raise TimeoutError(f"{what} did not happen within {patience:.0f} s")


class Broker:
    """A private Redis on a socket in a short-named folder; the Celery app of this process talks to it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="dmi-"))
        self.socket = self.folder / "redis.sock"
        self.url = f"redis+socket://{self.socket}"
        self.process: subprocess.Popen[bytes] | None = None
        self._before = app.conf.broker_url
        point_app_at(self.url)

    def start(self) -> None:
        """Start it, empty."""
        command = ["redis-server", "--port", "0", "--unixsocket", str(self.socket), "--save", "", "--appendonly", "no"]
        self.process = subprocess.Popen([*command, "--dir", str(self.folder)], stdout=subprocess.DEVNULL)
        wait_until(self.socket.exists, what="Redis started")

    def stop(self) -> None:
        """Kill it; everything in it is lost."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None
            self.socket.unlink(missing_ok=True)

    def close(self) -> None:
        """Stop it for good and point the app back to where it was."""
        self.stop()
        point_app_at(self._before)
        shutil.rmtree(self.folder, ignore_errors=True)


def point_app_at(url: str) -> None:
    """Let the Celery app of this process ring at another broker, with no connection kept from before."""
    app.conf.update(broker_url=url, broker_read_url=url, broker_write_url=url)
    pools.reset()
    app._pool = None
    app.amqp._producer_pool = None


class Worker:
    """A Celery worker with one pool process and a beat that scans every second, against the test's database."""

    def __init__(self, broker: Broker, log: Path, imports: list[str], settings: dict[str, Any]) -> None:
        self.broker, self.log, self.imports, self.settings = broker, log, imports, settings
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; it may take a second until it works."""
        told = {
            "broker": self.broker.url,
            "imports": self.imports,
            "settings": self.settings,
            "schedule": str(self.log.with_suffix(f".beat{time.monotonic_ns()}")),
        }
        database = connection.settings_dict["NAME"]
        environment = os.environ | {"DMI_TEST_WORKER": json.dumps(told), "DMI_TEST_DATABASE": database}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.worker_process"],
                cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip

    def signal(self, number: int) -> None:
        """Send a signal to the worker and all its pool processes."""
        assert self.process is not None
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """The worker and its pool processes are gone at once, as when the machine loses its power."""
        if self.process is not None:
            self.signal(signal.SIGKILL)
            self.process.wait()
            self.process = None


@pytest.fixture
def broker(transactional_db: None) -> Iterator[Broker]:
    """A running Redis of this test's own."""
    redis = Broker()
    redis.start()
    yield redis
    redis.close()


@pytest.fixture
def worker_imports() -> list[str]:
    """Modules the worker imports besides the project's own; override it to add a test's handlers."""
    return []


@pytest.fixture
def make_worker(broker: Broker, worker_imports: list[str], tmp_path: Path) -> Iterator[Callable[[], Worker]]:
    """Start another worker; all are killed after the test."""
    made: list[Worker] = []

    def make() -> Worker:
        quick = {"DMI_JOB_LEASE_SECONDS": 3, "DMI_JOB_RETRY_SECONDS": 0}
        another = Worker(broker, tmp_path / f"worker{len(made)}.log", worker_imports, quick)
        another.start()
        made.append(another)
        return another

    yield make
    for each in made:
        each.kill()


@pytest.fixture
def worker(make_worker: Callable[[], Worker]) -> Worker:
    """A running worker."""
    return make_worker()
