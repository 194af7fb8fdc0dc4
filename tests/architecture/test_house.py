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
