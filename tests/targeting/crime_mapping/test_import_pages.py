"""An import in the browser: sent, checked, columns chosen, imported, undone; private until then."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from dmi.cases.models import MarketCase
from dmi.jobs import worker
from targeting.crime_mapping.models import BoundaryLayer, ImportBatch, Incident, OffenseCode, Source
from tests.factories import crime_mapping as given

pytestmark = pytest.mark.django_db
SOURCE = {"kind": "part_one", "name": "Incident reports", "owner": "Records", "known_bias": "Patrols.", "version": "0"}


@pytest.fixture
def source(case: MarketCase) -> Source:
    return given.source(case)


def send(client: Client, url: Any, source: Source, *rows: str, head: str = given.HEAD) -> ImportBatch:
    """A file sent and its check done."""
    data = "\n".join((head, *rows)).encode()
    answer = client.post(url("crime_mapping:send-file", source.pk), {"file": SimpleUploadedFile("m.csv", data)})
    assert answer.status_code == 302
    batch = ImportBatch.objects.get(created_by=client.user)
    ended = worker.run_until_ended(batch.job)
    assert ended.state == "done", ended.error
    batch.refresh_from_db()
    return batch


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_is_checked_imported_and_undone(case: MarketCase, at: Any, url: Any, source: Source) -> None:
    police = at("police")
    batch = send(police, url, source, given.row("18-1"), given.row("18-2", when="soon"))
    page = text(police, url("crime_mapping:import", batch.pk))
    assert "What the check found" in page
    assert "has a date that does not exist" in page
    assert not Incident.objects.exists()
    police.post(url("crime_mapping:import-start", batch.pk))
    batch.refresh_from_db()
    worker.run_until_ended(batch.job)
    assert Incident.objects.for_case(case).counted().count() == 1
    rows = b"".join(police.get(url("crime_mapping:import-rows", batch.pk)).streaming_content).decode()
    assert "soon" in rows
    assert rows.splitlines()[1].startswith("3,")
    police.post(url("crime_mapping:import-undo", batch.pk))
    assert not Incident.objects.exists()
    assert "Undone" in text(police, url("crime_mapping:imports"))


def test_a_file_whose_columns_are_not_found_is_matched_by_hand(
    case: MarketCase, at: Any, url: Any, source: Source
) -> None:
    police = at("police")
    batch = send(police, url, source, "a,1/2/2018,Raub", "b,1/3/2018,Raub", head="Ref,Zeit,Delikt")
    assert batch.state == "failed"
    assert "no column with the offense" in text(police, url("crime_mapping:import", batch.pk)).lower()
    columns = url("crime_mapping:import-columns", batch.pk)
    assert police.post(columns, {"date": "Zeit"}).status_code == 422
    assert police.post(columns, {"date": "Zeit", "title": "Zeit"}).status_code == 422
    assert police.post(columns, {"number": "Ref", "date": "Zeit", "title": "Delikt"}).status_code == 302
    batch.refresh_from_db()
    worker.run_until_ended(batch.job)
    batch.refresh_from_db()
    assert (batch.state, batch.imported) == ("checked", 2)


def test_a_file_is_private_to_who_sent_it(at: Any, url: Any, source: Source) -> None:
    police, other = at("police"), at("police")
    batch = send(police, url, source, given.row("18-1"))
    for name in ("import", "import-columns", "import-rows"):
        assert other.get(url(f"crime_mapping:{name}", batch.pk)).status_code == 404
    for name in ("import-start", "import-undo", "import-throw-away"):
        assert other.post(url(f"crime_mapping:{name}", batch.pk)).status_code == 404
    assert "m.csv" not in text(other, url("crime_mapping:imports"))
    assert at("community").get(url("crime_mapping:imports")).status_code == 403


def test_a_file_can_be_forgotten_before_it_is_imported(at: Any, url: Any, source: Source) -> None:
    police = at("police")
    batch = send(police, url, source, given.row("18-1"))
    assert police.post(url("crime_mapping:import-throw-away", batch.pk)).status_code == 302
    assert not ImportBatch.objects.exists()


def test_formulas_in_the_rows_given_back_stay_text(at: Any, url: Any, source: Source) -> None:
    police = at("police")
    batch = send(police, url, source, given.row(" =1+1", when=""))
    rows = b"".join(police.get(url("crime_mapping:import-rows", batch.pk)).streaming_content).decode()
    assert "'=1+1" in rows


def test_the_register_is_kept_and_judged(case: MarketCase, at: Any, url: Any) -> None:
    research = at("research")
    assert "No source yet" in text(research, url("crime_mapping:sources"))
    bare = SOURCE | {"owner": "", "known_bias": ""}
    assert research.post(url("crime_mapping:source-add"), bare).status_code == 302
    source = Source.objects.for_case(case).get()
    research.post(url("crime_mapping:source-assess", source.pk))
    source.refresh_from_db()
    assert not source.is_assessed
    better = SOURCE | {"version": str(source.version)}
    assert research.post(url("crime_mapping:source-edit", source.pk), better).status_code == 302
    research.post(url("crime_mapping:source-assess", source.pk))
    source.refresh_from_db()
    assert source.is_assessed
    assert "Records" in text(at("prosecutor"), url("crime_mapping:sources"))
    assert "Incidents</th>" not in text(at("community"), url("crime_mapping:sources"))
    assert url("crime_mapping:sources") in text(research, url("crime_mapping:map"))
    assert at("prosecutor").post(url("crime_mapping:source-add"), SOURCE).status_code == 403


def test_a_code_is_matched_and_taken_back(case: MarketCase, at: Any, url: Any, source: Source) -> None:
    given.import_rows(source, given.row("1", code="ZZ"))
    police = at("police")
    assert "ZZ" in text(police, url("crime_mapping:codes"))
    sent = {"code": "ZZ", "title": "Words", "category": "drugs"}
    police.post(url("crime_mapping:code-match"), sent)
    assert Incident.objects.get().category == "drugs"
    assert "Every code is matched" in text(police, url("crime_mapping:codes"))
    police.post(url("crime_mapping:code-unmatch", OffenseCode.objects.get().pk))
    assert Incident.objects.get().category == "unmatched"


def test_boundaries_are_loaded_and_a_bad_file_is_refused_in_words(case: MarketCase, at: Any, url: Any) -> None:
    police, page = at("police"), url("crime_mapping:boundaries")
    bad = police.post(page, {"kind": "beats", "file": SimpleUploadedFile("b.geojson", b"nonsense")})
    assert bad.status_code == 422
    assert "neither GeoJSON nor a zipped shapefile" in bad.content.decode()
    data = b"""{"type": "Feature", "properties": {"beat": "21"}, "geometry": {"type": "Polygon", "coordinates":
        [[[-75.2, 39.0], [-75.1, 39.0], [-75.1, 39.1], [-75.2, 39.1], [-75.2, 39.0]]]}}"""
    assert police.post(page, {"kind": "beats", "file": SimpleUploadedFile("b.geojson", data)}).status_code == 302
    assert BoundaryLayer.objects.for_case(case).get().units.get().code == "21"
    assert at("services").get(page).status_code == 200
    assert at("services").post(page, {"kind": "beats"}).status_code in (200, 403)


def test_rows_that_need_a_look_are_given_back_too_without_the_columns_of_persons(
    case: MarketCase, at: Any, url: Any, source: Source
) -> None:
    head = given.HEAD + ",Caller Name"
    odd = given.row("18-2", code="999", lon="abc")
    police = at("police")
    batch = send(police, url, source, given.row("18-1") + ",Jane Roe", odd + ",Jane Roe",
                 given.row("18-3", when="soon") + ",Jane Roe", head=head)  # fmt: skip
    assert (batch.imported, batch.reported, batch.need_a_look) == (2, 1, 1)
    assert "Download 2 rows with the reasons" in text(police, url("crime_mapping:import", batch.pk))
    taken = b"".join(police.get(url("crime_mapping:import-rows", batch.pk)).streaming_content).decode()
    lines = taken.splitlines()
    assert len(lines) == 3
    assert lines[1].startswith('3,"yes, needs a look",')
    assert "coordinates cannot be a place; Imported, but the offense code is not in the crosswalk" in lines[1]
    assert lines[2].startswith("4,no,The row has a date")
    assert "Jane" not in taken
