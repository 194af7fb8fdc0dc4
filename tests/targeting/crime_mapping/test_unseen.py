"""Files nobody has seen before come in without a column being named, on the command line and on the page alike."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from dmi.cases import actions as cases
from dmi.cases.models import MarketCase
from targeting.crime_mapping.models import Incident
from tests.targeting.crime_mapping.cities import Expected
from tests.targeting.crime_mapping.unseen import UNSEEN

pytestmark = pytest.mark.django_db
CITY = {"type": "FeatureCollection", "features": [{
    "type": "Feature", "properties": {"name": "Marlow"},
    "geometry": {"type": "Polygon", "coordinates": [[[-90.33, 38.53], [-90.16, 38.53], [-90.16, 38.78], [-90.33, 38.78],
                                                     [-90.33, 38.53]]]},
}]}  # fmt: skip


@pytest.fixture
def case() -> MarketCase:
    return cases.open_case(
        actor=None, slug="wedge", name="The Wedge", city_name="Marlow", number_prefix="W", time_zone="America/Chicago"
    )


@pytest.mark.parametrize("name", UNSEEN)
def test_a_file_nobody_has_seen_comes_in_by_itself(case: MarketCase, tmp_path: Path, name: str) -> None:
    file = UNSEEN[name]
    if file.city:
        (tmp_path / "city.geojson").write_text(json.dumps(CITY))
        call_command(
            "import_boundaries", str(tmp_path / "city.geojson"), case="wedge", kind="city", stdout=io.StringIO()
        )
    path = tmp_path / "unseen.csv"
    path.write_bytes(file.text.encode(file.encoding))
    out = io.StringIO()
    call_command("import_incidents", str(path), case="wedge", source="calls_for_service", stdout=out)
    account = json.loads(out.getvalue())
    assert account["rows_read"] == file.rows == account["imported"] + account["reported"], account["problems"]
    assert account["imported"] == file.imported, account["problems"]
    first = Incident.objects.order_by("pk")[0]
    local = first.occurred_at.astimezone(ZoneInfo(case.time_zone))
    places = 3 if file.city else 6
    spot = (round(first.point.x, places), round(first.point.y, places)) if first.point else None
    found = Expected(first.number, f"{local:%Y-%m-%d %H:%M}", first.category, spot, first.address, first.code)
    wanted = file.first
    assert found == wanted._replace(
        spot=wanted.spot and (round(wanted.spot[0], places), round(wanted.spot[1], places)),
        code=wanted.code or first.code,
    ), account["files"][0]["columns"]


def test_a_zip_that_holds_one_table_is_taken_as_it_is(case: MarketCase, tmp_path: Path) -> None:
    path = tmp_path / "march.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("march/incidents.csv", UNSEEN["utf-16 with tabs"].text.encode("utf-16"))
        archive.writestr("__MACOSX/march/._incidents.csv", b"\x00\x05")
        archive.writestr("march/read me.pdf", b"%PDF-1.4")
    out = io.StringIO()
    call_command("import_incidents", str(path), case="wedge", source="calls_for_service", stdout=out)
    assert json.loads(out.getvalue())["imported"] == 2
