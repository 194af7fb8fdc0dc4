"""What script/setup asks of apt, seen through stand-ins for it: nothing is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTHING_IS_INSTALLED = "exit 1"
# Carries out apt and dpkg, which are stand-ins, and nothing else.
PASSWORDLESS = 'case $2 in env | apt-get) shift; exec "$@" ;; esac'
APT = """
echo "apt-get $*" >>"$CALLS"
[[ " $* " == *" install "* ]] || exit 0
[ ! -e "$CALLS.cut-off" ] || { echo "E: dpkg was interrupted, you must manually run 'dpkg --configure -a'"; exit 100; }
"""
DPKG = 'echo "dpkg $*" >>"$CALLS"; rm -f "$CALLS.cut-off"'


class Machine:
    """A copy of the scripts on a machine of an ordinary user."""

    def __init__(self, root: Path) -> None:
        self.root = root / "a path with blanks"
        self.calls = root / "calls"
        self.commands = root / "bin"
        self.commands.mkdir()
        shutil.copytree(ROOT / "script", self.root / "script")
        self.has("id", "echo 1000")
        self.has("dpkg-query", NOTHING_IS_INSTALLED)
        self.has("sudo", PASSWORDLESS)
        self.has("apt-get", APT)
        self.has("dpkg", DPKG)

    def has(self, name: str, body: str) -> None:
        """Put a stand-in before the real command."""
        (self.commands / name).write_text(f"#!/bin/bash\n{body}\n")
        (self.commands / name).chmod(0o755)

    def set_up(self) -> subprocess.CompletedProcess[str]:
        """Run script/setup; it ends after the packages, for this copy has no locks."""
        environment = os.environ | {"PATH": f"{self.commands}:{os.environ['PATH']}", "CALLS": str(self.calls)}
        return subprocess.run(
            ["script/setup"], cwd=self.root, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    def asked(self) -> list[str]:
        """The commands that were carried out, without options, packages apart."""
        lines = self.calls.read_text().splitlines()
        return [" ".join(word for word in ("update", "--configure", "--fix-broken", "install") if word in line.split())
                for line in lines]  # fmt: skip


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Nothing is installed, sudo asks for no password."""
    return Machine(tmp_path)


def test_missing_packages_are_installed(machine):
    machine.set_up()

    assert machine.asked() == ["update", "install"]
    assert "postgresql-postgis" in machine.calls.read_text()


def test_an_installation_that_was_cut_off_is_finished_first(machine):
    Path(f"{machine.calls}.cut-off").touch()

    done = machine.set_up()

    assert machine.asked() == ["update", "install", "--configure", "--fix-broken install", "install"]
    assert "Finishing an installation that was cut off" in done.stderr


def test_another_failure_of_apt_is_told_and_nothing_more_is_tried(machine):
    machine.has("apt-get", APT + '[[ " $* " != *" install "* ]] || { echo "E: No space left"; exit 100; }')

    done = machine.set_up()

    assert done.returncode == 1
    assert "No space left" in done.stderr
    assert machine.asked() == ["update", "install"]


def test_without_sudo_the_one_line_is_printed_and_nothing_is_done(machine):
    machine.has("sudo", "exit 1")

    done = machine.set_up()

    assert done.returncode == 1
    assert done.stderr.count("apt-get install") == 1
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends python3-venv" in done.stderr
    assert not machine.calls.exists()
    assert not (machine.root / ".venv").exists()
