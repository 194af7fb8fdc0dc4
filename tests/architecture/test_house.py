"""Rules of the house that no reader should have to remember."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from django.apps import apps

from dmi.cases import policy
from dmi.core.models import CaseRecord

ROOT = Path(__file__).parents[2]
LONGEST = 400
WITHOUT_ZONE = {"dmi/core/dates.py", "targeting/crime_mapping/intake/dates.py"}  # read wall clocks
CASE_MODELS = [m for m in apps.get_models() if issubclass(m, CaseRecord)]


def _tracked_files(*endings: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    names = listed.splitlines() or [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if ".venv" not in p.parts]
    return [ROOT / name for name in names if name.endswith(endings) and (ROOT / name).is_file()]


@pytest.mark.parametrize("model", CASE_MODELS, ids=lambda m: m._meta.label)
def test_every_record_of_a_case_knows_its_data_class_and_keeps_history(model: type[CaseRecord]) -> None:
    assert model.data_class in policy.CLASSES
    assert hasattr(model, "history")


def test_no_file_is_too_long_to_read() -> None:
    long = [
        str(path.relative_to(ROOT))
        for path in _tracked_files(".py", ".html", ".css", ".js")
        if "vendor" not in path.parts and "migrations" not in path.parts
        and len(path.read_text(encoding="utf-8").splitlines()) > LONGEST
    ]  # fmt: skip
    assert long == []


def test_every_template_begins_by_saying_what_it_needs() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in _tracked_files(".html")
        if "templates" in path.parts and not path.read_text(encoding="utf-8").lstrip().startswith(("{#", "{% comment"))
    ]
    assert silent == []


def test_a_moment_becomes_a_day_only_in_the_time_zone_of_the_team() -> None:
    """In the evening of an American city a moment read from the database lies on the next day of UTC."""
    rooms = {"dmi", "planning", "targeting", "community", "callin", "followup", "evaluation"}
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in _tracked_files(".py")
        if path.relative_to(ROOT).parts[0] in rooms and path.relative_to(ROOT).as_posix() not in WITHOUT_ZONE
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if ".date()" in line and not any(known in line for known in ("localtime(", "astimezone(", "noqa: DTZ007"))
    ]
    assert bare == []
