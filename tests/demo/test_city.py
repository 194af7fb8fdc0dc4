"""The invented city."""

import io
import time
import wave
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
import shapely
from PIL import Image

from demo import city as cities
from demo import city_plan, names, pictures, recordings
from demo.city_incidents import Incident
from dmi.geo.projections import extent_of

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def marlow() -> cities.City:
    return cities.build(today=TODAY)


@pytest.fixture(scope="module")
def people(marlow: cities.City) -> names.Cast:
    return names.cast(marlow, today=TODAY)


def inside(records: list[Incident], area: object) -> list[Incident]:
    placed = [r for r in records if r.lon is not None]
    hits = shapely.contains_xy(area, [r.lon for r in placed], [r.lat for r in placed])
    return [r for r, hit in zip(placed, hits, strict=True) if hit]


def test_the_same_seed_and_day_give_the_same_city_and_another_seed_another(marlow: cities.City) -> None:
    assert cities.incidents_csv(cities.build(today=TODAY).incidents) == cities.incidents_csv(marlow.incidents)
    assert cities.build(today=TODAY, seed=5).incidents[:50] != marlow.incidents[:50]


def test_it_is_built_in_under_five_seconds() -> None:
    start = time.perf_counter()
    names.cast(cities.build(today=TODAY), today=TODAY)
    assert time.perf_counter() - start < 5


def test_its_size(marlow: cities.City) -> None:
    assert 23_000 < len(marlow.incidents) < 27_000
    assert 8_000 < len(marlow.addresses) < 9_000
    assert (len(marlow.beats), len(marlow.neighborhoods), len(marlow.block_groups)) == (6, 9, 27)
    assert 20_000 < sum(g.population for g in marlow.block_groups) < 40_000
    assert 2.5 < extent_of(marlow.outline).square_miles < 3.5
    assert extent_of(marlow.eastgate.target).square_miles == pytest.approx(0.067, abs=0.005)


@pytest.mark.parametrize("kind", ["beats", "neighborhoods", "block_groups"])
def test_areas_cover_the_city_without_overlap(marlow: cities.City, kind: str) -> None:
    shapes = [a.shape for a in getattr(marlow, kind)]
    assert all(s.is_valid and s.geom_type == "MultiPolygon" for s in shapes)
    assert sum(s.area for s in shapes) == pytest.approx(marlow.outline.area, rel=1e-6)
    assert shapely.unary_union(shapes).area == pytest.approx(marlow.outline.area, rel=1e-6)


def test_every_door_stands_in_the_areas_it_names(marlow: cities.City) -> None:
    assert len({d.text for d in marlow.addresses}) == len(marlow.addresses)
    for areas, field in ((marlow.beats, "beat"), (marlow.neighborhoods, "neighborhood")):
        for area in areas:
            doors = [d for d in marlow.addresses if getattr(d, field) == area.name]
            assert shapely.contains_xy(area.shape, [d.lon for d in doors], [d.lat for d in doors]).all()


def test_block_codes_are_unique(marlow: cities.City) -> None:
    assert len({b.code for b in marlow.blocks}) == len(marlow.blocks)


def test_the_call_in_is_tomorrow_evening_and_its_hall_is_in_the_market(marlow: cities.City) -> None:
    assert marlow.eastgate.call_in_at == datetime(2026, 11, 25, 18, 30, tzinfo=ZoneInfo("America/New_York"))
    hall = marlow.door(marlow.eastgate.call_in_address)
    assert shapely.contains_xy(marlow.eastgate.target, hall.lon, hall.lat)
    assert marlow.eastgate.broad.contains(marlow.eastgate.target)
    assert set(marlow.eastgate.beats) <= {b.name for b in marlow.beats}


def test_incidents_span_three_years_and_end_before_today(marlow: cities.City) -> None:
    days = [r.occurred_at.date() for r in marlow.incidents]
    assert days == sorted(days)
    assert date(2023, 11, 1) <= days[0] <= date(2023, 11, 3)
    assert TODAY - timedelta(days=2) <= days[-1] < TODAY
    assert len({r.number for r in marlow.incidents}) == len(marlow.incidents)
    assert {r.group for r in marlow.incidents} == {"call", "part_one", "drug", "weapons", "prostitution", "contact"}


def test_drug_offenses_crowd_in_eastgate(marlow: cities.City) -> None:
    drug = [r for r in marlow.incidents if r.group == "drug"]
    share = len(inside(drug, marlow.eastgate.target)) / len(drug)
    assert share > 8 * marlow.eastgate.target.area / marlow.outline.area


def test_millbrook_falls_after_its_call_in_and_eastgate_does_not(marlow: cities.City) -> None:
    turn = marlow.millbrook.call_in_at
    for market, falls in ((marlow.millbrook, True), (marlow.eastgate, False)):
        records = inside(marlow.incidents, market.target)
        before = sum(turn - timedelta(days=500) <= r.occurred_at < turn for r in records)
        after = sum(turn <= r.occurred_at < turn + timedelta(days=500) for r in records)
        assert (after < 0.6 * before) is falls


def test_there_is_a_season_an_hour_and_a_weekday(marlow: cities.City) -> None:
    months = Counter(r.occurred_at.month for r in marlow.incidents)
    assert months[7] > 1.15 * months[1]
    hours = Counter(r.occurred_at.hour for r in marlow.incidents if r.group == "drug")
    assert hours[20] > 3 * hours[5]
    weekdays = Counter(r.occurred_at.weekday() for r in marlow.incidents)
    assert weekdays[4] > weekdays[0]


def test_the_csv_writes_zero_for_a_place_not_known(marlow: cities.City) -> None:
    lines = cities.incidents_csv(marlow.incidents).splitlines()
    lost = sum(r.lon is None for r in marlow.incidents)
    assert len(lines) == len(marlow.incidents) + 1
    assert sum(line.endswith(",0,0") for line in lines) == lost
    assert 0.015 < lost / len(marlow.incidents) < 0.03


def test_a_place_on_the_outer_edge_belongs_to_an_area() -> None:
    assert city_plan.name_at(city_plan.BEATS, 19, 21) == "23"


def test_the_cast(marlow: cities.City, people: names.Cast) -> None:
    assert (len(people.eastgate), len(people.candidates), len(people.influentials), len(people.team)) == (
        41,
        14,
        12,
        21,
    )
    doors = {d.text for d in marlow.addresses}
    everybody = [*people.eastgate, *people.millbrook]
    assert all(p.address in doors for p in (*everybody, *people.influentials))
    assert people.person("E-07").full_name == "Casey Brightwell"
    all_names = (
        [p.full_name for p in everybody]
        + [p.full_name for p in people.influentials]
        + [m.full_name for m in people.team]
    )
    assert {n for n, count in Counter(all_names).items() if count > 1} == set()
    assert names.cast(marlow, today=TODAY) == people
    seats = {m.seat for m in people.team}
    assert {"police", "handler", "prosecutor", "federal_prosecutor", "community", "services", "coordinator"} <= seats
    assert {"research", "administrator", "auditor", "probation", "council"} <= seats


def test_no_candidate_is_a_minor_or_of_unknown_age(people: names.Cast) -> None:
    births = [p.birth_on for p in people.candidates]
    assert all(b is not None and b <= TODAY.replace(year=TODAY.year - 18) for b in births)
    assert people.person(names.AGE_UNKNOWN).birth_on is None
    minor = people.person(names.MINOR).birth_on
    assert minor is not None
    assert minor > TODAY.replace(year=TODAY.year - 18)


def test_pictures_are_jpegs_that_differ_by_person_and_repeat_by_seed() -> None:
    drawn = [pictures.portrait(f"e-{i:02d}", f"E-{i:02d}") for i in range(1, 7)]
    assert len(set(drawn)) == 6
    assert drawn[0] == pictures.portrait("e-01", "E-01")
    for data in (drawn[0], pictures.buy_still("a"), pictures.house_front("a"), pictures.landmark("a", "church")):
        with Image.open(io.BytesIO(data)) as image:
            assert image.format == "JPEG"
            assert min(image.size) >= 600
            bottom = np.asarray(image.convert("RGB"))[-4, 4]
            assert np.abs(bottom.astype(int) - pictures.INK).max() < 12


def test_a_recording_is_a_playable_wav() -> None:
    data = recordings.sound("e-07", seconds=2)
    assert data == recordings.sound("e-07", seconds=2)
    with wave.open(io.BytesIO(data)) as sound:
        assert (sound.getframerate(), sound.getnframes()) == (8_000, 16_000)


def test_a_film_is_an_mp4_where_the_program_is_there() -> None:
    film = recordings.film("e-07", "E-07")
    assert (film is not None) is recordings.can_film()
    assert film is None or film[4:8] == b"ftyp"
