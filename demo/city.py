"""The invented city of Marlow, whole: `build(today=…)` gives the same city for the same seed and day, every time."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from demo import city_ground as ground
from demo import city_incidents as crime
from demo import city_plan as plan

SEED = 2026
CALL_IN_TIME = time(18, 30)
MILLBROOK_AGE_DAYS = 548

__all__ = ["SEED", "City", "Market", "build", "incidents_csv"]


@dataclass(frozen=True)
class Market:
    """A market's ground and the evening of its call-in."""

    slug: str
    name: str
    prefix: str
    target: MultiPolygon
    broad: MultiPolygon
    compare: MultiPolygon
    compare_name: str
    beats: tuple[str, ...]
    call_in_at: datetime
    call_in_place: str
    call_in_address: str


@dataclass(frozen=True)
class City:
    """Marlow on one day."""

    name: str
    time_zone: str
    center: tuple[float, float]
    outline: MultiPolygon
    streets: list[ground.StreetLine]
    rails: list[LineString]
    river: Polygon
    parks: list[ground.NamedArea]
    blocks: list[ground.Block]
    beats: list[ground.NamedArea]
    neighborhoods: list[ground.NamedArea]
    block_groups: list[ground.BlockGroup]
    addresses: list[ground.AddressPoint]
    landmarks: list[ground.Landmark]
    incidents: list[crime.Incident]
    eastgate: Market
    millbrook: Market

    def door(self, text: str) -> ground.AddressPoint:
        """The address point with this text, for example "812 Calder Street"."""
        return next(d for d in self.addresses if d.text == text)

    def doors_in(self, area: MultiPolygon) -> list[ground.AddressPoint]:
        """Address points that lie in an area."""
        inside = shapely.contains_xy(area, [d.lon for d in self.addresses], [d.lat for d in self.addresses])
        return [d for d, within in zip(self.addresses, inside, strict=True) if within]

    def corner(self, street: str, avenue: str) -> tuple[float, float]:
        """Longitude and latitude of a crossing, by short names: corner("Calder", "Eighth")."""
        lon, lat = plan.place(plan.AVENUES.index(avenue), plan.STREETS.index(street))
        return float(lon), float(lat)


def build(*, today: date, seed: int = SEED) -> City:
    """The whole city. Eastgate's call-in is on the evening of the day after `today`; Millbrook's was 18 months ago."""
    rng = np.random.default_rng(seed)
    all_blocks = ground.blocks()
    doors = ground.addresses(all_blocks)
    eastgate, millbrook = _eastgate(today), _millbrook(today)
    records = crime.incidents(doors, today=today, millbrook_call_in=millbrook.call_in_at.date(), rng=rng)
    whole = plan.Rect(0, plan.LAST_AVENUE, 0, plan.LAST_STREET)
    return City(
        name="Marlow",
        time_zone=crime.TIME_ZONE.key,
        center=(plan.CENTER_LON, plan.CENTER_LAT),
        outline=ground.rect_area("Marlow", whole).shape,
        streets=ground.street_lines(),
        rails=[_rail()],
        river=_river(),
        parks=[ground.rect_area(name, rect) for name, rect in plan.PARKS.items()],
        blocks=all_blocks,
        beats=[ground.rect_area(name, rect) for name, rect in plan.BEATS.items()],
        neighborhoods=[ground.rect_area(name, rect) for name, rect in plan.NEIGHBORHOODS.items()],
        block_groups=ground.block_groups(np.random.default_rng(seed + 1)),
        addresses=doors,
        landmarks=ground.landmarks(doors),
        incidents=records,
        eastgate=eastgate,
        millbrook=millbrook,
    )


def _evening(day: date) -> datetime:
    return datetime.combine(day, CALL_IN_TIME, tzinfo=crime.TIME_ZONE)


def _eastgate(today: date) -> Market:
    return Market(
        slug="eastgate", name="Eastgate", prefix="E",
        target=ground.blocks_area("Eastgate target area", plan.TARGET_BLOCKS).shape,
        broad=ground.rect_area("Eastgate broad target area", plan.BROAD).shape,
        compare=ground.rect_area("Northmoor", plan.COMPARE).shape, compare_name="Northmoor",
        beats=("22", "23", "25"), call_in_at=_evening(today + timedelta(days=1)),
        call_in_place="Eastgate Community Hall", call_in_address="900 Calder Street",
    )  # fmt: skip


def _millbrook(today: date) -> Market:
    return Market(
        slug="millbrook", name="Millbrook", prefix="M",
        target=ground.blocks_area("Millbrook target area", plan.MILLBROOK_BLOCKS).shape,
        broad=ground.rect_area("Millbrook broad target area", plan.MILLBROOK_BROAD).shape,
        compare=ground.rect_area("Northmoor", plan.COMPARE).shape, compare_name="Northmoor",
        beats=("26",), call_in_at=_evening(today - timedelta(days=MILLBROOK_AGE_DAYS)),
        call_in_place="Millbrook School", call_in_address="1506 Potter Street",
    )  # fmt: skip


def _rail() -> LineString:
    along = np.linspace(-0.5, plan.LAST_AVENUE + 0.5, 24)
    return LineString(np.column_stack(plan.place(along, 1.5 + 0.33 * along)))


def _river() -> Polygon:
    along = np.linspace(-1.5, plan.LAST_AVENUE + 1.5, 40)
    north = -0.75 + 0.3 * np.sin(along / 2.3)
    south = north - 1.5 - 0.25 * np.sin(along / 3.1 + 1)
    edge = np.column_stack((np.concatenate((along, along[::-1])), np.concatenate((north, south[::-1]))))
    return Polygon(np.column_stack(plan.place(edge[:, 0], edge[:, 1])))


COLUMNS = (
    "Number",
    "Source",
    "Code",
    "Offense",
    "Date and time",
    "Address",
    "Beat",
    "Neighborhood",
    "Latitude",
    "Longitude",
)


def incidents_csv(records: Iterable[crime.Incident]) -> str:
    """Incidents as a records system would export them; a place that is not known is written 0, 0."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for r in records:
        when = r.occurred_at.strftime("%m/%d/%Y %H:%M")
        place = (r.lat if r.lat is not None else 0, r.lon if r.lon is not None else 0)
        writer.writerow((r.number, r.source, r.code, r.title, when, r.address, r.beat, r.neighborhood, *place))
    return out.getvalue()
