"""One market on a real city's records, from the SWOT board to the printed binder; its people are invented.

The files are public records of St. Louis (police districts, neighborhoods, block groups, 246,291 rows of crime 2015 to
2019, a police focus area). They are not part of the project: without them this test is skipped.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.management import call_command
from django.utils import timezone

from demo import casework, market, review
from demo.city import build
from demo.names import cast
from dmi.cases import actions as cases
from dmi.cases import seats
from dmi.cases.models import MarketCase
from targeting.crime_mapping.actions import areas, sources
from targeting.crime_mapping.models import AreaVersion, Source

FILES = Path(__file__).parents[3] / "shared" / "data" / "stlouis"
CRIMES = FILES / "stl_crime_2015_2019_merged.csv.gz"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not FILES.is_dir(), reason="The public files of St. Louis are not here."),
]


def run(command: str, /, *words: object, **given: object) -> dict[str, Any]:
    """A management command's one JSON document."""
    out = io.StringIO()
    call_command(command, *map(str, words), stdout=out, **given)
    return json.loads(out.getvalue())


def wedge(folder: Path) -> Path:
    """The released focus area alone, its crossing outline as it is."""
    found = json.loads((FILES / "polygons" / "stl_hotspot_target_areas.geojson").read_text())
    found["features"] = [f for f in found["features"] if f["properties"].get("name") == "The Wedge"]
    path = folder / "wedge.geojson"
    path.write_text(json.dumps(found))
    return path


def load_city(slug: str) -> dict[str, Any]:
    """Boundaries and five years of records; the import's account."""
    polygons = FILES / "polygons"
    run("import_boundaries", polygons / "stl_police_districts_2014_original_shapefile.zip", case=slug, kind="districts")
    run("import_boundaries", polygons / "stl_neighborhoods_88.geojson", case=slug, kind="neighborhoods")
    run("import_boundaries", polygons / "stl_census_blockgroups_2010.geojson", case=slug, kind="census_blocks")
    return run("import_incidents", CRIMES, case=slug, source="part_one")


@pytest.mark.django_db(transaction=True)
def test_a_market_goes_from_the_swot_board_to_the_binder_on_real_records(tmp_path: Path) -> None:
    today = timezone.localdate()
    city = build(today=today)
    people = cast(city, today=today)
    team = market.make_team(people, today)
    case = cases.open_case(
        actor=team["coordinator"], slug="wedge", name="The Wedge", city_name="St. Louis", number_prefix="E",
        time_zone="America/Chicago",
    )  # fmt: skip
    for member in people.team:
        if member.seat not in market.NO_SEAT:
            seats.give_seat(case=case, user=team[member.username], role=member.seat, actor=None)

    account = load_city("wedge")
    with gzip.open(CRIMES, "rt", encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    withdrawals = sum(row["count"].strip() == "-1" for row in rows)
    assert account["rows_read"] == len(rows) == 246_291
    assert (account["imported"], account["withdrawn"]) == (len(rows) - withdrawals, withdrawals)
    assert account["reported"] == account["already_here"] == 0
    again = run("import_incidents", FILES / "sample_january2018.csv", case="wedge", source="part_one")
    assert (again["imported"], again["already_here"]) == (0, again["rows_read"])

    counted = run("count_within", case="wedge", kind="districts", first="2018-01-01", last="2018-12-31")
    assert counted["total"] > 40_000
    assert (
        counted["total"] == sum(u["count"] for u in counted["units"]) + counted["outside"] + counted["without_location"]
    )
    districts = run("import_boundaries", FILES / "polygons" / "stl_police_districts_2014.geojson",
                    case="wedge", kind="districts")  # fmt: skip
    assert districts["recorded_agrees"] > 0.98
    hot = run("hotspots", case="wedge", first="2018-01-01", last="2018-12-31")
    assert hot["top_cells"][0]["corrected_p"] < 0.001
    assert {s["method"] for s in hot["scores"]} == {"density", "gi_star", "cell_count"}
    assert all(s["pai"] > 5 for s in hot["scores"])

    source = Source.objects.for_case(case).get()
    source.owner, source.known_bias = "Police, records", "Drug offenses follow patrols; some places are held back."
    sources.enter(source=source, actor=team["research"])
    sources.assess(source=source, actor=team["research"])
    drawn = run("set_area", wedge(tmp_path), case="wedge", kind="target", name="The Wedge",
                reasons="Released by the police as a focus area.", adopt=True)  # fmt: skip
    assert drawn
    area = AreaVersion.objects.for_case(case).get(kind="target")
    for seat in ("police", "prosecutor", "community"):
        areas.sign(area=area, seat=seat, remark="", actor=team[seat])
    case = MarketCase.objects.get(pk=case.pk)
    assert case.target_area is not None

    case.call_in_at = city.eastgate.call_in_at
    case.call_in_place, case.call_in_address = "Community Hall", "900 Calder Street"
    case.deadline_at = case.call_in_at + timedelta(hours=72)
    case = cases.set_call_in(case=case, actor=team["coordinator"])
    market.carry(case, team, people.eastgate, today, lambda text: None)
    review.add(case, team, today)
    market.pass_gates(case, team, "planning", "targeting", "community")
    casework.add(case, team, today, lambda text: None)
    printed = print_binder("wedge", tmp_path / "out")
    binder = next(line for line in printed if line["kind"] == "call_in_binder")
    with pikepdf.open(tmp_path / "out" / binder["file"]) as pdf:
        assert len(pdf.pages) == binder["pages"] > 100
    assert sum("notebook" in line["kind"] for line in printed) >= 10


def print_binder(slug: str, out: Path) -> list[dict[str, Any]]:
    """The binder and what is in it, a line for each file."""
    said = io.StringIO()
    call_command("print_binder", case=slug, out=out, stdout=said)
    return [json.loads(line) for line in said.getvalue().splitlines()]
