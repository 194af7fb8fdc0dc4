"""Imports: every row accounted for, the same file twice, withdrawals in any order, undo."""

from __future__ import annotations

import io
import uuid
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases import actions as cases
from dmi.cases.models import MarketCase
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import batches, sources
from targeting.crime_mapping.intake import rows
from targeting.crime_mapping.intake.problems import FileProblem
from targeting.crime_mapping.models import ImportBatch, Incident, Source
from targeting.crime_mapping.selectors.counts import Choice
from tests.factories import crime_mapping as given

pytestmark = pytest.mark.django_db
MARCH = Choice(date(2018, 3, 1), date(2018, 3, 31))


@pytest.fixture
def case() -> MarketCase:
    return cases.open_case(
        actor=None, slug="wedge", name="The Wedge", city_name="Marlow", number_prefix="W", time_zone="America/Chicago"
    )


@pytest.fixture
def source(case: MarketCase) -> Source:
    return given.source(case)


def counted(case: MarketCase) -> int:
    return Incident.objects.for_case(case).counted().count()


def test_every_row_is_imported_or_reported_with_its_reason(source: Source) -> None:
    batch = given.import_rows(
        source,
        given.row("18-1"),
        given.row("18-2", when=""),
        given.row("18-3", when="31/04/2018 25:00"),
        given.row("18-4", count="7"),
        given.row("18-5", lon="0", lat="0"),
        given.row("18-6") + ",one,too,many",
        ",,,,,,,,",
    )
    assert (batch.rows_read, batch.imported, batch.reported) == (7, 2, 5)
    assert batch.without_location == 1
    reasons = {p["code"]: p["count"] for p in batch.problems if p["is_left_out"]}
    assert reasons == {"no_date": 1, "bad_date": 1, "bad_count": 1, "too_many_cells": 1, "empty_row": 1}
    kept = {r.reason: (r.row_number, r.cells) for r in batch.reported_rows.all()}
    assert kept["no_date"][0] == 3
    assert kept["bad_count"][1][2] == "7"


def test_equal_rows_of_one_file_are_separate_counts_and_the_file_again_changes_nothing(
    case: MarketCase, source: Source
) -> None:
    first = given.import_rows(source, given.row(), given.row(), given.row("18-2"))
    again = given.import_rows(source, given.row(), given.row(), given.row("18-2"), name="april.csv")
    assert (first.imported, again.imported, again.already_here) == (3, 0, 3)
    assert counted(case) == 3


def test_equal_rows_are_numbered_over_the_whole_file_however_it_is_parted(
    case: MarketCase, source: Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "CHUNK", 2)
    given.import_rows(source, given.row(), given.row("18-2"))
    lines = [
        given.row("18-3"),
        given.row(),
        given.row("18-2", when=""),
        given.row("18-3"),
        given.row("18-4"),
        given.row(),
    ]
    batch = given.import_rows(source, *lines, name="april.csv")
    assert (batch.rows_read, batch.imported, batch.already_here, batch.reported) == (6, 4, 1, 1)
    added = Incident.objects.filter(batch=batch).order_by("pk").values_list("number", "ordinal")
    assert list(added) == [("18-3", 1), ("18-3", 2), ("18-4", 1), ("18-1", 2)]
    assert [row.row_number for row in batch.reported_rows.all()] == [4]


def test_the_database_holds_incident_batch_source_and_case_together(case: MarketCase, source: Source) -> None:
    batch = given.import_rows(source, given.row("18-1"), given.row("18-2"))
    other = sources.source_called(case=case, name="Other records", actor=None)
    incidents, stored = "UPDATE crime_mapping_incident SET", "DELETE FROM crime_mapping_importbatch"
    for statement, value in (
        (f"{incidents} source_id = %s", other.pk), (f"{incidents} batch_id = %s", uuid.uuid4()),
        (f"{incidents} case_id = %s", uuid.uuid4()), (f"{stored} WHERE id = %s", batch.pk),
    ):  # fmt: skip
        with pytest.raises(IntegrityError):
            done_at_once(statement, value)


@transaction.atomic
def done_at_once(statement: str, value: object) -> None:
    """Keys are looked at now, not at the end of the test."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [value])
    connection.check_constraints()


@pytest.mark.parametrize("withdrawal_first", [True, False])
def test_a_withdrawn_row_stops_counting_in_whatever_order_the_files_come(
    case: MarketCase, source: Source, withdrawal_first: bool
) -> None:
    files = [(given.row("18-1"), given.row("18-2")), (given.row("18-1", count="-1"), given.row("18-1", code="10000"))]
    for lines in reversed(files) if withdrawal_first else files:
        last = given.import_rows(source, *lines)
    assert last.rows_read == last.imported + last.withdrawn + last.already_here + last.reported
    assert counted(case) == 2
    assert set(Incident.objects.counted().values_list("number", "code")) == {("18-2", "181110"), ("18-1", "10000")}


def test_a_withdrawal_of_nothing_is_counted_and_said(source: Source) -> None:
    batch = given.import_rows(source, given.row("18-9", count="-1"))
    assert (batch.imported, batch.withdrawn) == (0, 1)
    assert [p["count"] for p in batch.problems if p["code"] == "nothing_to_withdraw"] == [1]


def test_an_import_can_be_undone_whole(case: MarketCase, source: Source) -> None:
    kept = given.import_rows(source, given.row("18-1"))
    undone = given.import_rows(source, given.row("18-1", count="-1"), given.row("18-2"))
    assert counted(case) == 1
    batches.undo(batch=ImportBatch.objects.get(pk=undone.pk), actor=None)
    assert set(Incident.objects.counted().values_list("number", "batch")) == {("18-1", kept.pk)}
    with pytest.raises(batches.CannotImport):
        batches.undo(batch=ImportBatch.objects.get(pk=undone.pk), actor=None)
    assert AuditEvent.objects.filter(verb=Verb.IMPORT_UNDONE).count() == 1


def test_a_check_says_what_would_happen_and_leaves_no_trace(case: MarketCase, source: Source) -> None:
    data = "\n".join((given.HEAD, given.row("18-1"), given.row("18-2", when=""))).encode()
    batch = batches.receive(source=source, upload=io.BytesIO(data), file_name="march.csv", actor=None)
    checked = batches.check(batch=batch, actor=None)
    assert (checked.state, checked.imported, checked.reported) == ("checked", 1, 1)
    assert counted(case) == 0
    done = batches.import_batch(batch=checked, actor=None)
    assert (done.state, done.imported, counted(case)) == ("imported", 1, 1)


def test_a_file_that_cannot_be_used_leaves_nothing_behind(case: MarketCase, source: Source) -> None:
    with pytest.raises(FileProblem):
        batches.import_now(source=source, upload=io.BytesIO(b"a,b\n1,2\n"), file_name="x.csv", actor=None)
    assert not ImportBatch.objects.exists()


def test_projected_coordinates_find_their_system_when_the_citys_boundaries_are_known(
    case: MarketCase, source: Source
) -> None:
    given.districts(case)
    head = "Complaint,DateOccur,Crime,XCoord,YCoord"
    rows = [f"18-{i},3/1/2018,181110,{880_000 + 900 * i},{1_020_000 + 500 * i}" for i in range(8)]
    data = "\n".join((head, *rows, "18-99,3/2/2018,181110,0,0")).encode()
    batch = batches.import_now(source=source, upload=io.BytesIO(data), file_name="x.csv", actor=None)
    assert batch.srid.startswith("ESRI:1026")
    assert (batch.imported, batch.without_location) == (9, 1)
    layer = selectors.grids.layers_of(case)[0]
    assert sum(u.total for u in selectors.counts.by_unit(layer=layer, choice=MARCH).units) == 8


def test_projected_coordinates_without_a_system_are_refused_in_words(source: Source) -> None:
    data = b"Complaint,DateOccur,Crime,XCoord,YCoord\n1,3/1/2018,181110,880000,1020000\n"
    with pytest.raises(FileProblem, match="ESRI:102696"):
        batches.import_now(source=source, upload=io.BytesIO(data), file_name="x.csv", actor=None)


@pytest.mark.parametrize("boundaries_first", [True, False])
def test_incidents_know_their_unit_whichever_came_first(
    case: MarketCase, source: Source, boundaries_first: bool
) -> None:
    rows = (given.row("1"), given.row("2", lon="-90.22"), given.row("3", lon="-90.22", district="1"),
            given.row("4", lon="-89.9"), given.row("5", lon="", lat=""))  # fmt: skip
    if boundaries_first:
        given.districts(case)
        given.import_rows(source, *rows)
    else:
        given.import_rows(source, *rows)
        given.districts(case)
    layer = selectors.grids.layers_of(case)[0]
    found = selectors.counts.by_unit(layer=layer, choice=MARCH)
    assert {u.unit.code: u.by_category for u in found.units} == {"1": {"drugs": 1}, "2": {"drugs": 2}}
    assert (found.outside, found.without_location, found.total) == (1, 1, 5)
    agreed = selectors.counts.agreement(layer)
    assert (agreed.compared, agreed.agree) == (4, 1)


def test_a_code_matched_by_the_team_moves_what_is_stored(case: MarketCase, source: Source) -> None:
    given.import_rows(source, given.row("1", code="ZZ"))
    assert set(Incident.objects.values_list("category", flat=True)) == {"unmatched"}
    sources.match_code(case=case, code="ZZ", title="", category="drugs", actor=None)
    given.import_rows(source, given.row("2", code="ZZ"))
    assert set(Incident.objects.values_list("category", flat=True)) == {"drugs"}


def test_concentrations_are_tested_and_scored_on_the_next_period(case: MarketCase, source: Source) -> None:
    given.districts(case)
    near = [given.row(f"h{i}", lon="-90.27", lat="38.65") for i in range(30)]
    wide = [given.row(f"w{i}", lon=str(-90.29 + 0.004 * i), lat=str(38.61 + 0.004 * i)) for i in range(20)]
    later = [given.row(f"l{i}", when="4/10/2018 9:00", lon="-90.27", lat="38.65") for i in range(10)]
    given.import_rows(source, *near, *wide, *later)
    found = selectors.surfaces.concentration(case, MARCH)
    assert found is not None
    assert found.counts.sum() == 50
    hottest = found.hot.z[found.ground].max()
    assert hottest > 10
    assert found.corrected[found.counts == 30].max() < 0.01
    cell = found.grid.cell
    miles = found.density.sum() * cell**2 / 2_589_988.110336
    assert miles == pytest.approx(50, abs=1e-6)
    scores, total = selectors.surfaces.scores(found, area_share=0.01)
    assert total == 10
    assert {s.method: s.foresight.hit_rate for s in scores}["density"] == 1.0


def test_ranked_units_show_rates_and_the_change_with_its_interval(case: MarketCase, source: Source) -> None:
    given.districts(case)
    given.import_rows(
        source,
        *[given.row(f"a{i}") for i in range(20)],
        *[given.row(f"b{i}", when="2/10/2018 9:00") for i in range(10)],
    )
    first, second = selectors.surfaces.ranked(selectors.grids.layers_of(case)[0], MARCH)
    assert (first.code, first.count, first.share, first.per_thousand) == ("1", 20, 1.0, 20.0)
    assert first.change.ratio == pytest.approx(2.0)
    assert first.change.low == pytest.approx(0.936, abs=0.001)
    assert second.change.ratio is None
