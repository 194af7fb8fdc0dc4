"""The ground of Marlow: streets, blocks, beats, neighborhoods, block groups, addresses and landmarks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon

from demo import city_plan as plan

HALF_ROAD = 8.0
HALF_MAIN_ROAD = 11.0


@dataclass(frozen=True)
class StreetLine:
    """A street centreline; rank 1 is a main road, 2 an ordinary street."""

    name: str
    rank: int
    line: LineString


@dataclass(frozen=True)
class Block:
    """A city block, numbered as the census would."""

    code: str
    beat: str
    neighborhood: str
    block_group: str
    is_park: bool
    shape: Polygon
    avenue: int
    street: int


@dataclass(frozen=True)
class NamedArea:
    """A beat, neighborhood or drawn area."""

    name: str
    shape: MultiPolygon


@dataclass(frozen=True)
class BlockGroup:
    """A census block group with its people."""

    geoid: str
    neighborhood: str
    population: int
    households: int
    shape: MultiPolygon


@dataclass(frozen=True)
class AddressPoint:
    """A numbered door, where it stands and which areas hold it. Avenue and street are places on the grid."""

    number: int
    street: str
    lon: float
    lat: float
    block: str
    beat: str
    neighborhood: str
    block_group: str
    on_main_road: bool
    avenue_at: float
    street_at: float

    @property
    def text(self) -> str:
        """ "812 Calder Street"."""
        return f"{self.number} {self.street}"


@dataclass(frozen=True)
class Landmark:
    """A place people know."""

    name: str
    kind: str
    address: str
    lon: float
    lat: float


def street_lines() -> list[StreetLine]:
    """All centrelines, bent at every crossing."""
    found = []
    for i, name in enumerate(plan.STREETS):
        avenues = np.arange(0, plan.LAST_AVENUE + 1)
        found.append(_line(f"{name} Street", 1 if i in plan.MAIN_STREETS else 2, avenues, np.full(len(avenues), i)))
    for i, name in enumerate(plan.AVENUES):
        streets = np.arange(0, plan.LAST_STREET + 1)
        found.append(_line(f"{name} Avenue", 1 if i in plan.MAIN_AVENUES else 2, np.full(len(streets), i), streets))
    return found


def _line(name: str, rank: int, avenues: np.ndarray, streets: np.ndarray) -> StreetLine:
    return StreetLine(name, rank, LineString(np.column_stack(plan.place(avenues, streets))))


def blocks() -> list[Block]:
    """Every block, its outline set back from the roads around it."""
    found = []
    for a in range(plan.LAST_AVENUE):
        for s in range(plan.LAST_STREET):
            group = group_of(a, s)
            area = (plan.name_at(plan.BEATS, a, s), plan.name_at(plan.NEIGHBORHOODS, a, s))
            code = f"{group}{a % 10}{s:02d}"
            found.append(Block(code, *area, group, plan.is_park(a, s), _block_shape(a, s), a, s))
    return found


def _block_shape(a: int, s: int) -> Polygon:
    west, east = (_setback(i in plan.MAIN_AVENUES) / plan.AVENUE_PITCH for i in (a, a + 1))
    south, north = (_setback(i in plan.MAIN_STREETS) / plan.STREET_PITCH for i in (s, s + 1))
    left, right, low, high = a + west, a + 1 - east, s + south, s + 1 - north
    corners = [(left, low), (right, low), (right, high), (left, high)]
    return Polygon(np.column_stack(plan.place(*np.array(corners).T)))


def _setback(is_main: bool) -> float:
    return HALF_MAIN_ROAD if is_main else HALF_ROAD


def rect_area(name: str, rect: plan.Rect) -> NamedArea:
    """A rectangle of the grid, its edges following the bent roads."""
    return NamedArea(name, MultiPolygon([_outline(rect)]))


def _outline(rect: plan.Rect) -> Polygon:
    up, across = range(rect.s0, rect.s1), range(rect.a0, rect.a1)
    ring = [(a, rect.s0) for a in across] + [(rect.a1, s) for s in up]
    ring += [(a + 1, rect.s1) for a in reversed(across)] + [(rect.a0, s + 1) for s in reversed(up)]
    return Polygon(np.column_stack(plan.place(*np.array(ring).T)))


def blocks_area(name: str, cells: tuple[tuple[int, int], ...]) -> NamedArea:
    """Whole blocks joined along their roads."""
    joined = shapely.unary_union([_outline(plan.Rect(a, a + 1, s, s + 1)) for a, s in cells])
    return NamedArea(name, MultiPolygon(shapely.get_parts(joined).tolist()))


def _group_rects() -> dict[str, plan.Rect]:
    """Block groups: each neighborhood cut into three from west to east."""
    found = {}
    for n, rect in enumerate(plan.NEIGHBORHOODS.values(), start=1):
        cuts = [rect.a0 + round(i * (rect.a1 - rect.a0) / 3) for i in range(4)]
        for part in range(3):
            found[f"99001{n:04d}00{part + 1}"] = plan.Rect(cuts[part], cuts[part + 1], rect.s0, rect.s1)
    return found


GROUP_RECTS = _group_rects()


def group_of(avenue: float, street: float) -> str:
    """The block group that holds a place on the grid."""
    return plan.name_at(GROUP_RECTS, avenue, street)


def block_groups(rng: np.random.Generator) -> list[BlockGroup]:
    """Block groups with invented population, by the blocks that are not park."""
    found = []
    for geoid, rect in GROUP_RECTS.items():
        cells = [(a, s) for a in range(rect.a0, rect.a1) for s in range(rect.s0, rect.s1)]
        lived_in = sum(not plan.is_park(a, s) for a, s in cells)
        hood = plan.name_at(plan.NEIGHBORHOODS, rect.a0, rect.s0)
        people = round(lived_in * 72 * plan.POPULATION_WEIGHT[hood] * rng.uniform(0.88, 1.12))
        found.append(BlockGroup(geoid, hood, people, int(people / rng.uniform(2.2, 2.7)), rect_area(geoid, rect).shape))
    return found


def addresses(all_blocks: list[Block]) -> list[AddressPoint]:
    """Every numbered door. Hundreds follow the avenues (900 Calder stands at Ninth), even numbers north and east."""
    by_cell = {(b.avenue, b.street): b for b in all_blocks}
    rows = [*_doors_on_streets(), *_doors_on_avenues()]
    lon, lat = plan.place([r[3] for r in rows], [r[4] for r in rows])
    found = []
    for i, (number, street, is_main, avenue_at, street_at, cell) in enumerate(rows):
        block = by_cell.get(cell)
        if block is None or block.is_park:
            continue
        areas = (block.code, block.beat, block.neighborhood, block.block_group)
        found.append(AddressPoint(number, street, float(lon[i]), float(lat[i]), *areas, is_main, avenue_at, street_at))
    return found


Door = tuple[int, str, bool, float, float, tuple[int, int]]


def _doors_on_streets() -> list[Door]:
    found: list[Door] = []
    for s, name in enumerate(plan.STREETS):
        is_main = s in plan.MAIN_STREETS
        off = (_setback(is_main) + 7) / plan.STREET_PITCH
        for a in range(plan.LAST_AVENUE):
            for i in range(8):
                at = a + 0.12 + 0.76 * i / 7
                base = (a + 1) * 100 + i * 6
                found.append((base, f"{name} Street", is_main, at, s + off, (a, s)))
                found.append((base + 1, f"{name} Street", is_main, at, s - off, (a, s - 1)))
    return found


def _doors_on_avenues() -> list[Door]:
    found: list[Door] = []
    for a, name in enumerate(plan.AVENUES):
        is_main = a in plan.MAIN_AVENUES
        off = (_setback(is_main) + 7) / plan.AVENUE_PITCH
        for s in range(plan.LAST_STREET):
            for i in range(3):
                at = s + 0.28 + 0.22 * i
                base = (s + 1) * 100 + i * 16
                found.append((base, f"{name} Avenue", is_main, a + off, at, (a, s)))
                found.append((base + 1, f"{name} Avenue", is_main, a - off, at, (a - 1, s)))
    return found


_LANDMARKS = (
    ("Eastgate Community Hall", "hall", 900, "Calder Street"),
    ("Calder Street School", "school", 718, "Calder Street"),
    ("New Hope Church", "church", 1012, "Turner Street"),
    ("Corner Store, Calder and Eighth", "store", 800, "Calder Street"),
    ("Ninth Avenue Laundry", "store", 1216, "Ninth Avenue"),
    ("Orchard Hill Library", "library", 618, "Mercer Street"),
    ("Grace Tabernacle", "church", 812, "Glover Street"),
    ("Eastgate Boxing", "sports", 1106, "Dyer Street"),
    ("City Hall", "civic", 512, "Calder Street"),
    ("Marlow Police Department", "civic", 518, "Calder Street"),
    ("Millbrook Tavern", "bar", 1612, "Weaver Street"),
    ("Millbrook School", "school", 1506, "Potter Street"),
    ("Foundry Depot", "bus", 306, "Calder Street"),
    ("Northmoor Clinic", "clinic", 306, "Fletcher Street"),
    ("Old Town Market", "store", 412, "Saddler Street"),
    ("Southbank Court", "housing", 806, "Saddler Street"),
)


def landmarks(doors: list[AddressPoint]) -> list[Landmark]:
    """The places people know, at real doors of the town, and the middles of the parks."""
    by_text = {door.text: door for door in doors}
    found = []
    for name, kind, number, street in _LANDMARKS:
        door = by_text[f"{number} {street}"]
        found.append(Landmark(name, kind, door.text, door.lon, door.lat))
    for name, rect in plan.PARKS.items():
        lon, lat = plan.place((rect.a0 + rect.a1) / 2, (rect.s0 + rect.s1) / 2)
        found.append(Landmark(name, "park", "", float(lon), float(lat)))
    return found
