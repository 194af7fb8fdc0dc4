"""Pages for a hundred people at once on a real web server, beside one person alone and beside an empty answer."""

from __future__ import annotations

import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench import visitors
from bench.measure import AT_MOST, Row, told

ROOT = Path(__file__).resolve().parents[1]
PEOPLE = 100
THINK = (2.0, 6.0)  # seconds a person reads before the next page
ALIVE = "/alive/"


@dataclass(slots=True)
class Times:
    """Seconds of each answer, by page; what failed."""

    by_page: dict[str, list[float]] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def all(self) -> list[float]:
        """Every answer's seconds."""
        return [taken for found in self.by_page.values() for taken in found]


@dataclass(frozen=True, slots=True)
class Visit:
    """Which server, which pages, how long between them and until when; what was measured."""

    port: int
    pages: list[tuple[str, str]]
    think: tuple[float, float]
    until: float
    times: Times = field(default_factory=Times)


def run(*, quick: bool) -> list[Row]:
    """One person alone, then a hundred who read, then the same hundred who ask for an empty answer."""
    stay = 12.0 if quick else 40.0
    cookies = _cookies(PEOPLE)
    pages = [(name, address) for name in visitors.READ_MOST if (address := visitors.address(name))]
    with _server() as port:
        alone = _visit(port, cookies[:1], pages, stay=stay / 2, think=(0.0, 0.05))
        crowd = _visit(port, cookies, pages, stay=stay, think=THINK)
        empty = _visit(port, cookies, [("alive", ALIVE)], stay=stay / 2, think=THINK)
    bad = len(crowd.failed) + len(alone.failed)
    note = f"{len(crowd.all())} pages, {bad} failed; each person reads 2 to 6 s between pages"
    return [_row(name, crowd.by_page.get(name, []), alone.by_page.get(name, []), "") for name, _ in pages] + [
        _row("all five", crowd.all(), alone.all(), note),
        _row("empty answer", empty.all(), alone.all(), "the server and the asking program alone"),
    ]


def _row(name: str, crowd: list[float], alone: list[float], note: str) -> Row:
    if len(crowd) < 2 or len(alone) < 2:
        return Row("pages", name, "no answer", "", None, note=note)
    half, most = statistics.median(crowd), statistics.quantiles(crowd, n=20)[18]
    one = statistics.median(alone)
    ours = f"p50 {told(half)}, p95 {told(most)} with {PEOPLE} people"
    return Row("pages", name, ours, f"one person alone: p50 {told(one)}", half / one, AT_MOST, None, note)


def _cookies(n: int) -> list[str]:
    """A sign-in for each of `n` browsers, of coordinators, police and prosecutors in turn."""
    users = [user for role in ("coordinator", "police", "prosecutor") for user in visitors.members(role)]
    found = []
    for number in range(n):
        client = visitors.signed_in(users[number % len(users)])
        found.append("; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items()))
    return found


def _visit(
    port: int, cookies: list[str], pages: list[tuple[str, str]], *, stay: float, think: tuple[float, float]
) -> Times:
    """Everybody reads pages in an order of their own until the time is over; no page is asked for after it."""
    visit = Visit(port, pages, think, time.monotonic() + stay)
    readers = [
        threading.Thread(target=_read, args=(visit, cookie, random.Random(number)))  # noqa: S311 - only an order
        for number, cookie in enumerate(cookies)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    return visit.times


def _read(visit: Visit, cookie: str, chance: random.Random) -> None:
    port, pages, think, times = visit.port, visit.pages, visit.think, visit.times
    time.sleep(chance.uniform(0, think[1]))
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < visit.until:
        name, address = chance.choice(pages)
        begin = time.perf_counter()
        try:
            connection.request("GET", address, headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
        except OSError as problem:
            times.failed.append(f"{name}: {problem}")
            connection.close()
        else:
            taken = time.perf_counter() - begin
            if answer.status == 200:
                times.by_page.setdefault(name, []).append(taken)
            elif answer.status != 403:  # not every seat opens every page
                times.failed.append(f"{name}: {answer.status}")
        time.sleep(chance.uniform(*think))


@contextmanager
def _server() -> Iterator[int]:
    """The web server as it is deployed, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    asked = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "dmi.wsgi"]
    env = os.environ | {"DMI_WEB_BIND": f"127.0.0.1:{port}", "DJANGO_SETTINGS_MODULE": "dmi.settings.dev"}
    log = (ROOT / "var" / "bench" / "web.log").open("w")
    child = subprocess.Popen(asked, cwd=ROOT, env=env, stdout=log, stderr=log)  # noqa: S603 - our own server
    try:
        _wait_for(port)
        yield port
    finally:
        child.terminate()
        child.wait(timeout=40)
        log.close()


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", ALIVE)
            if connection.getresponse().status == 200:
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The web server does not answer; see var/bench/web.log.")
