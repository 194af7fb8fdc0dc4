"""What README and docs point to is there: links, commands, files, and the code names of the glossary."""

from __future__ import annotations

import importlib
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import get_commands

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
LINK = re.compile(r"\]\(([^)\s]+)\)")
SCRIPT = re.compile(r"\b(script/[a-z]+)\b")
COMMAND = re.compile(r"(?:script/manage|manage\.py) ([a-z][a-z_]+)")
FILE = re.compile(
    r"`((?:dmi|planning|targeting|community|callin|followup|evaluation|demo|tests|templates|docs)/[\w./]+\.\w+)"
)
CODE = re.compile(r"`([\w.]+)`")


def _ids(page: Path) -> str:
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_every_link_leads_to_a_page_and_its_heading(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        where, _, heading = link.partition("#")
        if "://" in where:
            continue
        target = page.parent / where if where else page
        if not target.exists() or (heading and heading not in _headings(target)):
            broken.append(link)
    assert broken == []


def _headings(page: Path) -> set[str]:
    lines = page.read_text(encoding="utf-8").splitlines()
    words = [line.lstrip("# ").lower() for line in lines if line.startswith("#")]
    return {re.sub(r"[^\w -]", "", text).replace(" ", "-") for text in words}


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_every_script_command_and_file_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    missing = {name for name in SCRIPT.findall(text) if not (ROOT / name).is_file()}
    missing |= {name for name in COMMAND.findall(text) if name not in get_commands()}
    missing |= {name for name in FILE.findall(text) if not (ROOT / name).exists()}
    assert missing == set()


def _code_names() -> list[str]:
    """The third cell of each line of the glossary's tables."""
    rows = [line.split("|") for line in GLOSSARY.splitlines() if line.startswith("|")]
    return sorted({name for cells in rows if len(cells) > 4 for name in CODE.findall(cells[3])})


@pytest.mark.parametrize("name", _code_names())
def test_every_code_name_of_the_glossary_is_in_the_code(name: str) -> None:
    label, _, rest = name.partition(".")
    if label in {config.label for config in apps.get_app_configs()}:
        assert apps.get_model(label, rest)
        return
    module, found = name, None
    while module and found is None:
        try:
            found = importlib.import_module(module)
        except ModuleNotFoundError:
            module = module.rpartition(".")[0]
    assert found is not None
    for part in filter(None, name[len(module) :].split(".")):
        found = getattr(found, part)


def test_every_step_has_a_page_that_says_what_it_is_for() -> None:
    """A step without records yet needs none."""
    listed = subprocess.run(["git", "ls-files", "*/selectors*"], cwd=ROOT, capture_output=True, text=True, check=False)
    steps = {
        "/".join(Path(name).parts[:2]) for name in listed.stdout.splitlines() if not name.startswith(("dmi", "tests"))
    }
    assert [step for step in sorted(steps) if not (ROOT / step / "README.md").is_file()] == []
