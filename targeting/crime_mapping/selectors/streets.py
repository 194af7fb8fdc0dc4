"""Incidents by street segment: the stretch of a street from one crossing to the next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from django.db import connection
from numpy.typing import NDArray

from dmi.geo.projections import LocalPlane
from targeting.crime_mapping.models import GroundShape
from targeting.crime_mapping.selectors import counts, keeping, layers, surfaces
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight, hidden, is_small

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

KIND = "street_segments"
FARTHEST_METERS = 30.0
PART = 100_000
METHOD = (
    f"Each incident counts on the nearest street segment within {FARTHEST_METERS:.0f} m; farther ones count on none."
    " One at a crossing counts on one of the segments that meet there. Bridges are taken as crossings."
)
_SPOTS = """
SELECT ST_X(point), ST_Y(point), count(*) FILTER (WHERE occurred_at >= %(start)s),
    count(*) FILTER (WHERE occurred_at < %(start)s)
FROM crime_mapping_incident
WHERE case_id = %(case)s AND is_counted AND point IS NOT NULL
  AND occurred_at >= %(before)s AND occurred_at < %(end)s
  AND (%(sources)s::uuid[] IS NULL OR source_id = ANY(%(sources)s::uuid[]))
  AND (%(categories)s::text[] IS NULL OR category = ANY(%(categories)s::text[]))
  AND (%(hours)s::int[] IS NULL OR hour = ANY(%(hours)s::int[]))
  AND (%(weekdays)s::int[] IS NULL OR weekday = ANY(%(weekdays)s::int[]))
GROUP BY 1, 2
"""
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Segments:
    """The segments of a city in the order of their names; lines in meters of the plane."""

    plane: LocalPlane
    names: tuple[str, ...]
    lines: NDArray[Any]


@dataclass(frozen=True)
class SegmentLine:
    """One segment of the ranked table; everything derived from a held-back count is None."""

    name: str
    meters: float
    count: int | None
    share: float | None
    per_100_meters: float | None
    change: surfaces.Change | None

    @property
    def percent(self) -> float | None:
        """Share of the city in percent."""
        return None if self.share is None else 100 * self.share


@dataclass(frozen=True)
class Ranking:
    """Segments with incidents, most first; `near` and `far` are located incidents on a segment and on none."""

    lines: list[SegmentLine]
    segments: int
    near: int | None
    far: int | None


def segments_of(case: MarketCase) -> Segments | None:
    """The streets of the ground cut at their crossings; None before streets are loaded."""
    found = keeping.kept(case, "segments", lambda: _segments(case) or "none")
    return found if isinstance(found, Segments) else None


def _segments(case: MarketCase) -> Segments | None:
    streets = layers.ground_shapes(case, GroundShape.Kind.STREET)
    if not streets:
        return None
    whole = np.array([shape for _, _, shape in streets], object)
    plane = LocalPlane.around(shapely.box(*shapely.total_bounds(whole)))
    flat = np.array([plane.flatten(shape) for shape in whole], object)
    cut = shapely.get_parts(shapely.line_merge(shapely.union_all(flat, grid_size=0.1)))
    cut = cut[shapely.length(cut) > 1.0]
    middles = shapely.line_interpolate_point(cut, 0.5, normalized=True)
    _, of = shapely.STRtree(flat).query_nearest(middles, all_matches=False)
    names = _named(cut, [streets[i][0] for i in of])
    order = sorted(range(len(names)), key=lambda i: (names[i], *cut[i].bounds))
    return Segments(plane, tuple(names[i] for i in order), cut[np.array(order, int)])


def _named(lines: NDArray[Any], streets: list[str]) -> list[str]:
    """Each segment by its street and the streets at its two ends."""
    ends = [tuple((round(x), round(y)) for x, y in (line.coords[0], line.coords[-1])) for line in lines]
    meeting: dict[tuple[int, int], set[str]] = defaultdict(set)
    for (first, last), street in zip(ends, streets, strict=True):
        meeting[first].add(street)
        meeting[last].add(street)
    return [
        _words(street, [meeting[end] - {street, ""} for end in pair])
        for pair, street in zip(ends, streets, strict=True)
    ]


def _words(street: str, at_ends: list[set[str]]) -> str:
    crossed = list(dict.fromkeys(min(names) for names in at_ends if names))
    street = street or "Unnamed street"
    if len(crossed) == 2:
        first, second = sorted(crossed)
        return f"{street}, {first} to {second}"
    return f"{street}, at {crossed[0]}" if crossed else street


def ranking(case: MarketCase, choice: Choice, sight: Sight) -> Ranking | None:
    """Segments by their incidents as this reader may see them; None before streets are loaded.

    Readers without points get no count below eleven: a segment of few incidents is nearly a place.
    """
    found = segments_of(case)
    if found is None:
        return None
    now, before, far = keeping.kept(case, f"streets:{sight.key}:{choice}", lambda: _counted(case, found, choice))
    busy = np.flatnonzero(now)
    tells_all = sight.exact and sight.points
    hide = [False] * len(busy) if tells_all else hidden([int(now[i]) for i in busy])
    located = int(now.sum()) + far
    lines = [
        _line(found, int(i), int(now[i]), int(before[i]), located, is_hidden=is_hidden, tells_all=tells_all)
        for i, is_hidden in zip(busy, hide, strict=True)
    ]
    lines.sort(key=lambda line: (line.count is None, -(line.count or 0), line.name))
    near = int(now.sum())
    return Ranking(lines, len(found.names), near if tells_all else None, far if tells_all else None)


def _line(
    found: Segments, i: int, now: int, before: int, located: int, *, is_hidden: bool, tells_all: bool
) -> SegmentLine:
    meters = float(found.lines[i].length)
    if is_hidden:
        return SegmentLine(found.names[i], meters, None, None, None, None)
    change = surfaces.change(now, before) if tells_all or not is_small(before) else None
    return SegmentLine(found.names[i], meters, now, now / located, 100 * now / meters, change)


def _counted(case: MarketCase, found: Segments, choice: Choice) -> tuple[Ints, Ints, int]:
    """Incidents of the period and of the one before by segment, and those of the period far from every street."""
    start, end = counts.moments(case, choice.first, choice.last)
    before, _ = counts.moments(case, choice.moved(-1).first, choice.first)
    names = {"case": case.pk, "start": start, "end": end, "before": before, **choice.filters()}
    with connection.cursor() as cursor:
        cursor.execute(_SPOTS, names)
        rows = np.array(cursor.fetchall(), float).reshape(-1, 4)
    place = nearest(found, *found.plane.forward(rows[:, 0], rows[:, 1]))
    on, size = place >= 0, len(found.names)
    now, then = (np.bincount(place[on], rows[on, c], size).astype(np.int64) for c in (2, 3))
    return now, then, int(rows[~on, 2].sum())


def nearest(found: Segments, x: Floats, y: Floats) -> Ints:
    """The position of the segment nearest to each place, the first by name where several are; -1 beyond the limit."""
    tree = shapely.STRtree(found.lines)
    place = np.full(len(x), -1, np.int64)
    for begin in range(0, len(x), PART):
        spots = shapely.points(x[begin : begin + PART], y[begin : begin + PART])
        # All within reach, then the nearest of them: five times as quick as asking the tree for the nearest.
        of, segment = tree.query(spots, predicate="dwithin", distance=FARTHEST_METERS)
        order = np.lexsort((segment, shapely.distance(spots[of], found.lines[segment]), of))
        first, at = np.unique(of[order], return_index=True)
        place[begin + first] = segment[order][at]
    return place
