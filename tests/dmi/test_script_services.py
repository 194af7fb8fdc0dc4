"""The private servers in a place of their own: odd paths, killed servers, several users at once."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HELD = ". script/lib.sh; . script/services.sh; hold_services; {}; release_services"


class Place:
    """A copy of the scripts somewhere else, with nothing running."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "script", root / "script")

    def services(self, *words: str) -> str:
        """What script/services says."""
        return self._run(["script/services", *words])

    def bash(self, code: str) -> str:
        """What a piece of shell prints there."""
        return self._run(["bash", "-c", code])

    def kill_both(self) -> None:
        """Both servers are gone at once."""
        for file in ("var/pg/postmaster.pid", "var/run/redis.pid"):
            os.kill(int((self.root / file).read_text().split()[0]), signal.SIGKILL)

    def _run(self, command: list[str]) -> str:
        return subprocess.run(command, cwd=self.root, capture_output=True, text=True, check=True, timeout=90).stdout


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """A path with blanks and brackets, too long for a socket."""
    root = tmp_path / "a path (with odd signs)" / ("so long that no socket fits below it " * 3).strip()
    root.mkdir(parents=True)
    made = Place(root)
    yield made
    made.services("stop")
    shutil.rmtree((root / "var/run").resolve(), ignore_errors=True)


@pytest.mark.slow
def test_servers_start_in_an_odd_place_and_survive_being_killed(place):
    assert place.services("start").count("up") == 2
    assert place.services("psql", "-Atc", "CREATE EXTENSION postgis; SELECT postgis_version() > '3'").endswith("t\n")

    place.kill_both()

    assert place.services("start").count("up") == 2
    assert place.services("psql", "-Atc", "SELECT count(*) FROM spatial_ref_sys").strip() != "0"
    assert place.services("stop").count("down") == 2
    assert place.services("stop").count("down") == 2


@pytest.mark.slow
def test_a_script_leaves_the_servers_as_it_found_them(place):
    place.bash(HELD.format("postgres_answers && redis_answers"))
    assert place.services("status").count("down") == 2

    place.services("start")
    place.bash(HELD.format("true"))
    assert place.services("status").count("up") == 2


@pytest.mark.slow
def test_the_last_of_several_users_stops_the_servers(place):
    place.bash(f"({HELD.format('sleep 2; postgres_answers && redis_answers')}) & {HELD.format('true')}; wait $!")

    assert place.services("status").count("down") == 2


@pytest.mark.slow
def test_the_servers_listen_on_no_port(place):
    place.services("start")

    assert place.services("psql", "-Atc", "SHOW listen_addresses") == "\n"
    assert (place.root / "var/run").resolve().stat().st_mode & 0o077 == 0
