"""Printing: who presses, what is in it and in which order, what a second press and a change do."""

from __future__ import annotations

import io
import json
import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import CommandError, call_command

from callin.notification import actions
from callin.notification.letters import binder
from callin.notification.letters.binder import NO_LETTER
from dmi.documents import paper, store
from dmi.documents.models import PrintRun
from dmi.jobs import worker
from tests.factories import documents as papers
from tests.factories import notification as made


def _drawn(run: PrintRun) -> PrintRun:
    job = worker.run_until_ended(run.job, patience=120)
    assert job.state == "done", job.error
    run.refresh_from_db()
    return run


def _headings(run: PrintRun) -> list[str]:
    return list(run.parts.order_by("position").values_list("heading", flat=True))


def test_nothing_cleared_means_nothing_printed(eve: made.Eve) -> None:
    made.candidate(eve)
    with pytest.raises(actions.CannotPrint, match="No notebook is cleared"):
        actions.print_binder(case=eve.case, actor=eve.coordinator)


def test_whoever_cleared_a_notebook_does_not_press_print(eve: made.Eve) -> None:
    made.cleared(eve, made.candidate(eve))
    with pytest.raises(actions.CannotPrint, match="somebody else"):
        actions.print_binder(case=eve.case, actor=eve.prosecutor)


def test_community_may_not_print(eve: made.Eve) -> None:
    made.cleared(eve, made.candidate(eve))
    with pytest.raises(actions.documents.MayNotIssue):
        actions.print_binder(case=eve.case, actor=eve.community)


def test_two_notebooks_one_left_out_in_one_file(eve: made.Eve, tmp_path: Path) -> None:
    first, second, third = (made.candidate(eve, name) for name in ("Casey Brightwell", "Robin Vale", "Sky Marrow"))
    for player in (first, second):
        made.cleared(eve, player)
    printed = actions.print_binder(case=eve.case, actor=eve.coordinator)
    assert printed.numbers == ["E-01", "E-02"]
    assert printed.left_out == [{"number": third.number, "why": "Not cleared by the prosecutor"}]
    assert _headings(printed.run) == [
        "What is missing", "Binder manifest", "Spine labels",
        "Tab E-01", "E-01 Casey Brightwell: notebook", "Tab E-02", "E-02 Robin Vale: notebook",
    ]  # fmt: skip
    run = _drawn(printed.run)
    assert not run.awaits_second
    paper.deliver(printed=run, actor=eve.coordinator)
    pages = _texts(run)
    joined = "\n".join(pages)
    assert "2 of 3 notebooks are in this binder" in pages[0]
    assert "Sky Marrow" in pages[0]
    assert joined.count("Unsigned. Not in force.") == 2
    assert joined.index("Casey Brightwell\nE-01") < joined.index("Robin Vale\nE-02")
    for token in ("INTELTOKEN", "JUVENILETOKEN", "INFORMANTTOKEN"):
        assert token not in joined
    with pikepdf.open(store.reading(run.file.name)) as pdf:
        assert len(pdf.pages) == len(pages) == run.pages


def _texts(run: PrintRun) -> list[str]:
    """The words of each page, lines as they stand."""
    read = subprocess.run(["pdftotext", run.file.path, "-"], check=True, capture_output=True, text=True)
    return read.stdout.split("\f")[:-1]


def test_the_letter_as_issued_follows_the_notebook(eve: made.Eve, settings: Any) -> None:
    settings.TEMPLATES = [engine | {"DIRS": [*engine["DIRS"], papers.TEMPLATES]} for engine in settings.TEMPLATES]
    papers.declare()
    player = made.candidate(eve)
    letter = made.letter(eve, player)
    assert NO_LETTER not in binder.entry_of(player).missing
    made.cleared(eve, player)
    printed = actions.print_binder(case=eve.case, actor=eve.coordinator)
    assert _headings(printed.run)[-2:] == ["E-01 Casey Brightwell: notebook", "E-01 Casey Brightwell: letter"]
    assert printed.run.parts.order_by("position").last().document == letter
    papers.forget()


def test_pressed_again_the_same_run_unless_asked(eve: made.Eve) -> None:
    player = made.candidate(eve)
    made.cleared(eve, player)
    first = actions.print_binder(case=eve.case, actor=eve.coordinator)
    assert actions.print_binder(case=eve.case, actor=eve.coordinator) == first
    assert actions.print_binder(case=eve.case, actor=eve.coordinator, again=True).run.copy_number == 2


def test_it_says_which_sections_changed_since_printing(eve: made.Eve) -> None:
    player = made.candidate(eve)
    made.cleared(eve, player)
    actions.print_binder(case=eve.case, actor=eve.coordinator)
    assert binder.entry_of(player).changes == ()
    made.buy(player, 5)
    assert binder.entry_of(player).changes == ("buys", "map")


def test_the_command_writes_each_file_and_says_a_line_for_it(eve: made.Eve, tmp_path: Path) -> None:
    made.cleared(eve, made.candidate(eve))
    out = io.StringIO()
    call_command("print_binder", "--case", "eastgate", "--out", str(tmp_path), "--as", "ames", stdout=out)
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [line["kind"] for line in lines] == [
        "call_in_binder", "missing_sections", "binder_manifest", "spine_labels", "tab_page", "offender_notebook",
    ]  # fmt: skip
    assert lines[-1]["person"] == "E-01"
    for line in lines:
        assert store.sha256_of(tmp_path / line["file"]) == line["sha256"]


def test_the_command_refuses_a_person_without_the_right(eve: made.Eve, tmp_path: Path) -> None:
    made.cleared(eve, made.candidate(eve))
    with pytest.raises(CommandError):
        call_command("print_binder", "--case", "eastgate", "--out", str(tmp_path), "--as", "overton")
