"""One fix for all rows with the same problem: chosen on the check's page or on the command line, checked anew, kept."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client

from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases.models import MarketCase
from dmi.jobs import worker
from targeting.crime_mapping.actions import upkeep
from targeting.crime_mapping.models import ImportBatch, Incident, OffenseCode, Source
from tests.factories import crime_mapping as given

pytestmark = pytest.mark.django_db
GOOD = [given.row(f"19-{i}", when=f"3/{i + 13}/2018 9:00") for i in range(5)]


@pytest.fixture
def source(case: MarketCase) -> Source:
    given.districts(case)
    return given.source(case)


def checked(client: Client, url: Any, source: Source, *rows: str) -> ImportBatch:
    data = "\n".join((given.HEAD, *GOOD, *rows)).encode()
    client.post(url("crime_mapping:send-file", source.pk), {"file": SimpleUploadedFile("m.csv", data)})
    return again(ImportBatch.objects.get(created_by=client.user))


def again(batch: ImportBatch) -> ImportBatch:
    batch.refresh_from_db()
    ended = worker.run_until_ended(batch.job)
    assert ended.state == "done", ended.error
    batch.refresh_from_db()
    return batch


def fix(client: Client, url: Any, batch: ImportBatch, problem: str, chosen: str) -> ImportBatch:
    answer = client.post(url("crime_mapping:import-fix", batch.pk), {"problem": problem, "fix": chosen})
    assert answer.status_code == 302
    return again(batch)


def group(batch: ImportBatch, code: str) -> dict[str, Any]:
    return next((p for p in batch.problems if p["code"] == code), {})


CASES = [
    (given.row("18-1", when="3/1/2018 99:99"), "bad_date", "day_only", "imported", 6),
    (given.row("18-1") + ",more", "too_many_cells", "cut", "imported", 6),
    (given.row("18-1", count="7"), "bad_count", "one", "imported", 6),
    (given.row("18-1", district="x" * 11_000), "cell_too_long", "cut", "imported", 6),
    (given.row("18-1", lon="-80.0"), "far_away", "no_location", "without_location", 1),
    (given.row("18-1", lon="-80.0"), "far_away", "leave_out", "reported", 1),
    (given.row("18-1", lon="-80.0"), "far_away", "keep", "need_a_look", 0),
    (given.row("18-1", lon="999"), "bad_coordinates", "leave_out", "reported", 1),
    (given.row("18-1", code="ZZ"), "code_unmatched", "leave_out", "reported", 1),
]


@pytest.mark.parametrize(("row", "problem", "chosen", "figure", "expected"), CASES)
def test_a_fix_holds_for_all_rows_of_a_problem_and_can_be_taken_back(
    at: Any, url: Any, source: Source, row: str, problem: str, chosen: str, figure: str, expected: int
) -> None:
    police = at("police")
    batch = checked(police, url, source, row)
    before = getattr(batch, figure)
    assert group(batch, problem)["count"] == 1
    assert chosen in group(batch, problem)["fixes"]
    assert "Use for all" in police.get(url("crime_mapping:import", batch.pk)).content.decode()
    batch = fix(police, url, batch, problem, chosen)
    assert getattr(batch, figure) == expected != before
    assert batch.rows_read == 6 == batch.imported + batch.already_here + batch.withdrawn + batch.reported
    assert AuditEvent.objects.filter(verb=Verb.FIX_CHOSEN).count() == 1
    batch = fix(police, url, batch, problem, "")
    assert getattr(batch, figure) == before
    fix(police, url, batch, problem, chosen)
    police.post(url("crime_mapping:import-start", batch.pk))
    again(batch)
    assert getattr(ImportBatch.objects.get(), figure) == expected


def test_a_problem_that_stays_out_is_settled_by_saying_so(at: Any, url: Any, source: Source) -> None:
    police = at("police")
    batch = fix(police, url, checked(police, url, source, given.row("18-1", when="")), "no_date", "leave_out")
    assert (batch.reported, group(batch, "no_date")["fix"]) == (1, "leave_out")
    assert "Settled" in police.get(url("crime_mapping:import", batch.pk)).content.decode()


def test_the_order_of_day_and_month_is_asked_where_nothing_tells(case: MarketCase, at: Any, url: Any) -> None:
    police, source = at("police"), given.source(case)
    data = "\n".join((given.HEAD, given.row("1", when="3/4/2018"), given.row("2", when="5/6/2018"))).encode()
    police.post(url("crime_mapping:send-file", source.pk), {"file": SimpleUploadedFile("m.csv", data)})
    batch = again(ImportBatch.objects.get())
    assert "with the month first" in group(batch, "date_order")["reason"]
    assert f"{batch.first_at:%m-%d}" == "03-04"
    batch = fix(police, url, batch, "date_order", "day_first")
    assert f"{batch.first_at:%m-%d}" == "04-03"


def test_an_unknown_code_is_matched_from_the_check(at: Any, url: Any, source: Source) -> None:
    police = at("police")
    batch = checked(police, url, source, given.row("18-1", code="ZZ"), given.row("18-2", code="ZZ"))
    assert batch.need_a_look == 2
    assert group(batch, "code_unmatched")["codes"] == [{"code": "ZZ", "title": "Words", "count": 2}]
    sent = {"code": "ZZ", "title": "Words", "category": "drugs"}
    research = at("research")
    assert research.post(url("crime_mapping:import-fix", batch.pk), sent).status_code == 404
    assert police.post(url("crime_mapping:import-fix", batch.pk), sent).status_code == 302
    batch = again(batch)
    assert (batch.need_a_look, group(batch, "code_unmatched")) == (0, {})
    assert OffenseCode.objects.get().category == "drugs"


def test_no_fix_is_taken_that_is_not_offered_or_comes_too_late(at: Any, url: Any, source: Source) -> None:
    police = at("police")
    batch = checked(police, url, source, given.row("18-1", count="7"))
    police.post(url("crime_mapping:import-fix", batch.pk), {"problem": "bad_count", "fix": "drop table"})
    police.post(url("crime_mapping:import-start", batch.pk))
    batch = again(batch)
    police.post(url("crime_mapping:import-fix", batch.pk), {"problem": "bad_count", "fix": "one"})
    batch.refresh_from_db()
    assert (batch.fixes, batch.state, batch.imported) == ({}, "imported", 5)


def test_fixes_and_groups_on_the_command_line(case: MarketCase, tmp_path: Path) -> None:
    path = tmp_path / "m.csv"
    path.write_text("\n".join((given.HEAD, *GOOD, given.row("18-1", count="7"), given.row("18-2", code="ZZ"))))

    def run(**options: Any) -> dict[str, Any]:
        out = io.StringIO()
        call_command("import_incidents", str(path), case=case.slug, source="part_one", stdout=out, **options)
        return json.loads(out.getvalue())

    answer = run(dry_run=True)
    groups = {p["code"]: p for p in answer["problems"]}
    assert (answer["ready"], answer["need_a_look"], answer["already_here"], answer["reported"]) == (5, 1, 0, 1)
    assert (groups["bad_count"]["rows"], groups["bad_count"]["examples"]) == ([7], ["7"])
    assert groups["bad_count"]["fixes"] == ["leave_out", "one"]
    assert groups["code_unmatched"]["codes"] == [{"code": "ZZ", "title": "Words", "count": 1}]
    assert run(fix=["bad_count=one"])["imported"] == 7
    assert Incident.objects.count() == 7
    with pytest.raises(CommandError, match=r"bad_count=leave_out\|one"):
        run(fix=["bad_count=nonsense"])


@pytest.mark.django_db(transaction=True)
def test_a_big_import_is_swept_up_after(at: Any, url: Any, source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("targeting.crime_mapping.actions.runs.MANY", 3)
    police = at("police")
    batch = checked(police, url, source)
    police.post(url("crime_mapping:import-start", batch.pk))
    again(batch)
    job = worker.run_next()
    assert job is not None
    job.refresh_from_db()
    assert (job.kind, job.state, job.result["swept"]) == ("crime_mapping.tidy", "done", list(upkeep.TABLES))
