"""Files of other cities and systems come in by themselves: no columns named, nothing lost."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from dmi.cases import actions as cases
from dmi.cases.models import MarketCase
from targeting.crime_mapping.models import Incident
from tests.targeting.crime_mapping.cities import CITIES, City, Expected
from tests.targeting.crime_mapping.exports import EXPORTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> MarketCase:
    return cases.open_case(
        actor=None, slug="wedge", name="The Wedge", city_name="Marlow", number_prefix="W", time_zone="America/Chicago"
    )


def come_in(path: Path, **options: Any) -> dict[str, Any]:
    """The account of a file imported on the command line without help."""
    out = io.StringIO()
    call_command("import_incidents", str(path), case="wedge", source="calls_for_service", stdout=out, **options)
    return json.loads(out.getvalue())


@pytest.mark.parametrize("name", [*CITIES, *EXPORTS])
def test_a_citys_file_comes_in_by_itself(case: MarketCase, tmp_path: Path, name: str) -> None:
    city: City = (CITIES | EXPORTS)[name]
    path = tmp_path / f"{name}.csv"
    path.write_text(city.text, encoding="utf-8", newline="")
    account = come_in(path)
    assert account["rows_read"] == city.rows == account["imported"] + account["reported"]
    assert account["imported"] == 2, account["problems"]
    first, wanted = Incident.objects.order_by("pk")[0], city.first
    local = first.occurred_at.astimezone(ZoneInfo(case.time_zone))
    spot = (round(first.point.x, 6), round(first.point.y, 6)) if first.point else None
    found = Expected(first.number, f"{local:%Y-%m-%d %H:%M}", first.category, spot, first.address, first.code)
    assert found == wanted._replace(
        spot=wanted.spot and (round(wanted.spot[0], 6), round(wanted.spot[1], 6)), code=wanted.code or first.code
    ), account["files"][0]["columns"]
