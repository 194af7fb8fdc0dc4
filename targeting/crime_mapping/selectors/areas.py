"""The areas as versions, who signed them, and their figures: incidents inside against the whole city."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import connection
from django.db.models import Prefetch, QuerySet, Sum
from shapely.geometry.base import BaseGeometry

from dmi.geo.projections import SQUARE_METERS_PER_SQUARE_MILE, LocalPlane, blocks_within, extent_of
from targeting.crime_mapping.models import AreaSignature, AreaVersion, GroundShape, Unit
from targeting.crime_mapping.selectors import counts
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.keeping import kept
from targeting.crime_mapping.selectors.sight import TEAM, is_small

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

Kind, State = AreaVersion.Kind, AreaVersion.State
SIGNING_SEATS = ("police", "prosecutor", "community")
LARGEST_TARGET_BLOCKS = 150
_INSIDE = """
SELECT count(*), count(*) FILTER (WHERE ST_Covers(ST_GeomFromWKB(%(shape)s, 4326), point))
FROM crime_mapping_incident
WHERE case_id = %(case)s AND is_counted AND point IS NOT NULL AND occurred_at >= %(start)s AND occurred_at < %(end)s
  AND (%(sources)s::uuid[] IS NULL OR source_id = ANY(%(sources)s::uuid[]))
  AND (%(categories)s::text[] IS NULL OR category = ANY(%(categories)s::text[]))
  AND (%(hours)s::int[] IS NULL OR hour = ANY(%(hours)s::int[]))
  AND (%(weekdays)s::int[] IS NULL OR weekday = ANY(%(weekdays)s::int[]))
"""
_NEWEST = "SELECT min(occurred_at), max(occurred_at) FROM crime_mapping_incident WHERE case_id = %s AND is_counted"


def versions(case: MarketCase) -> QuerySet[AreaVersion]:
    """All versions with their signatures, by kind, newest first."""
    signed = Prefetch("signatures", AreaSignature.objects.for_case(case).select_related("signed_by"))
    return AreaVersion.objects.for_case(case).prefetch_related(signed)


def adopted(case: MarketCase, kind: str) -> AreaVersion | None:
    """The version of this kind the market works with; None before one is adopted."""
    return versions(case).filter(kind=kind, state=State.ADOPTED).first()


def current(case: MarketCase, kind: str) -> AreaVersion | None:
    """The newest version that is not replaced: a draft under discussion, else the adopted one."""
    return versions(case).filter(kind=kind).exclude(state=State.REPLACED).first()


def comparisons(case: MarketCase) -> list[AreaVersion]:
    """The comparison areas the team chose."""
    return list(versions(case).filter(kind=Kind.COMPARISON, state=State.ADOPTED).order_by("number"))


def adopted_by(area: AreaVersion) -> str:
    """Who adopted the version; empty for a draft, or where the system did."""
    first = area.history.filter(state=State.ADOPTED).order_by("history_date", "history_id").first()
    return first.history_user.display_name if first and first.history_user else ""


def unsigned_seats(area: AreaVersion) -> list[str]:
    """The seats whose yes to this version is missing, in their order."""
    signed = {signature.seat for signature in area.signatures.all()}
    return [seat for seat in SIGNING_SEATS if seat not in signed]


def as_stored(shape: BaseGeometry) -> MultiPolygon:
    """A drawn shape as it is kept."""
    found = _geos(shape)
    return found if isinstance(found, MultiPolygon) else MultiPolygon(found, srid=4326)


def outline(area: AreaVersion) -> BaseGeometry:
    """The drawing as a shape of degrees."""
    return shapely.from_wkb(bytes(area.shape.wkb))


@dataclass(frozen=True)
class AreaFigures:
    """An area against its city, over a period."""

    first: date
    last: date
    incidents: int
    located: int
    blocks: int | None
    square_miles: float
    share_of_city: float | None
    residents: int | None

    @property
    def share_of_incidents(self) -> float | None:
        """Part of all located incidents; None where there are none."""
        return self.incidents / self.located if self.located else None

    @property
    def concentration(self) -> float | None:
        """How many times its share of the ground its share of incidents is."""
        share = self.share_of_incidents
        return share / self.share_of_city if share is not None and self.share_of_city else None

    def frozen(self) -> dict[str, Any]:
        """Plain values to keep with a version."""
        kept = asdict(self) | {"first": self.first.isoformat(), "last": self.last.isoformat()}
        return kept | {"share_of_incidents": self.share_of_incidents, "concentration": self.concentration}


def newest_day(case: MarketCase) -> date | None:
    """The day of the latest incident, in the case's own time; None before anything is imported."""
    return _days(case)[1]


def _days(case: MarketCase) -> tuple[date | None, date | None]:
    """The days of the first and of the latest incident."""
    zone = ZoneInfo(case.time_zone)
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [case.pk])
        oldest, newest = (moment and moment.astimezone(zone).date() for moment in cursor.fetchone())
    return oldest, newest


def last_year(case: MarketCase, today: date) -> Choice:
    """The twelve months up to the latest incident, or up to today: what areas are measured by."""
    last = newest_day(case) or today
    day = min(last.day, 28) if last.month == 2 else last.day
    before = last.replace(year=last.year - 1, day=day)
    return Choice(date.fromordinal(before.toordinal() + 1), last, categories=TEAM.categories())


def whole_year(case: MarketCase, today: date) -> Choice:
    """The last twelve calendar months that are over, for readers without points.

    The month that still runs is left out: from one day to the next it would differ by a single incident. Where there is
    no other month yet, it is all there is.
    """
    oldest, newest = _days(case)
    last = newest or today
    over = counts.month_start(last) - timedelta(days=1)
    if last != counts.month_end(last) and oldest is not None and oldest <= over:
        last = over
    return Choice(counts.month_start(last, -11), last, categories=TEAM.categories(), by_months=True)


def inside(case: MarketCase, shape: BaseGeometry, choice: Choice) -> tuple[int, int]:
    """Located incidents of the choice within the shape, and everywhere."""
    return kept(case, f"inside:{shape.wkb_hex}:{choice}", lambda: _inside(case, shape, choice))


def _inside(case: MarketCase, shape: BaseGeometry, choice: Choice) -> tuple[int, int]:
    start, end = counts.moments(case, choice.first, choice.last)
    names = {"shape": shape.wkb, "case": case.pk, "start": start, "end": end, **choice.filters()}
    with connection.cursor() as cursor:
        cursor.execute(_INSIDE, names)
        located, within = cursor.fetchone()
    return within, located


def figures(case: MarketCase, shape: BaseGeometry, choice: Choice) -> AreaFigures:
    """Everything the team asks of an area as it is drawn."""
    within, located = inside(case, shape, choice)
    extent, city = extent_of(shape), city_square_meters(case)
    return AreaFigures(
        first=choice.first,
        last=choice.last,
        incidents=within,
        located=located,
        blocks=block_count(case, shape),
        square_miles=extent.square_miles,
        share_of_city=extent.square_meters / city if city else None,
        residents=residents_in(case, shape),
    )


def rounded(found: AreaFigures) -> AreaFigures:
    """The same in tens, for readers without points: two drawings that differ by a corner must not tell of one incident.

    A count below eleven is nought.
    """
    incidents, located = (0 if is_small(n) else 10 * round(n / 10) for n in (found.incidents, found.located))
    return replace(found, incidents=incidents, located=max(located, incidents))


def city_square_meters(case: MarketCase) -> float | None:
    """The city's ground: that of the boundary layer that covers most; None before one is loaded."""
    sums = Unit.objects.filter(layer__case=case).values("layer").annotate(total=Sum("square_meters"))
    return max((row["total"] for row in sums), default=None)


def block_count(case: MarketCase, shape: BaseGeometry) -> int | None:
    """City blocks that lie in the shape by half at least; None while no blocks are loaded."""
    stored = GroundShape.objects.filter(case=case, kind=GroundShape.Kind.BLOCK)
    if not stored.exists():
        return None
    near = stored.filter(shape__bboverlaps=_geos(shape)).values_list("shape", flat=True)
    blocks = [shapely.from_wkb(bytes(block.wkb)) for block in near]
    return len(blocks_within(shape, blocks)) if blocks else 0


def residents_in(case: MarketCase, shape: BaseGeometry) -> int | None:
    """Residents, from the layer with the smallest units that counts them, each by the part of its ground inside."""
    counted = Unit.objects.filter(layer__case=case, residents__isnull=False)
    layers = counted.values("layer").annotate(ground=Sum("square_meters")).order_by("layer")
    sizes = {row["layer"]: counted.filter(layer=row["layer"]).count() for row in layers}
    if not sizes:
        return None
    finest = max(sizes, key=lambda layer: sizes[layer])
    total = 0.0
    for unit in counted.filter(layer=finest, shape__bboverlaps=_geos(shape)):
        ground = shapely.from_wkb(bytes(unit.shape.wkb))
        total += unit.residents * shapely.intersection(ground, shape).area / ground.area
    return round(total)


def ring(shape: BaseGeometry, meters: float) -> BaseGeometry:
    """The ground around an area up to this distance, without the area itself."""
    plane = LocalPlane.around(shape)
    flat = plane.flatten(shape)
    return plane.unflatten(shapely.difference(flat.buffer(meters), flat))


def square_miles(square_meters: float) -> float:
    """In the unit people use."""
    return square_meters / SQUARE_METERS_PER_SQUARE_MILE


def crossing(case: MarketCase, first: str, second: str) -> tuple[float, float] | None:
    """Longitude and latitude where two streets meet, by their names with or without Street, Avenue and so on."""
    one, other = _street(case, first), _street(case, second)
    if one is None or other is None:
        return None
    met = shapely.intersection(one, other)
    if met.is_empty:
        return None
    point = shapely.get_parts(met)[0].representative_point()
    return float(point.x), float(point.y)


_ENDINGS = re.compile(r"\b(street|st|avenue|ave|av|road|rd|boulevard|blvd|drive|dr|lane|ln|place|pl|court|ct)\.?$")


def _plain(name: str) -> str:
    return _ENDINGS.sub("", " ".join(name.lower().split())).strip()


def _street(case: MarketCase, name: str) -> BaseGeometry | None:
    wanted = _plain(name)
    if not wanted:
        return None
    near = GroundShape.objects.filter(case=case, kind=GroundShape.Kind.STREET, name__istartswith=wanted.split()[0])
    found = [shapely.from_wkb(bytes(s.shape.wkb)) for s in near if _plain(s.name) == wanted]
    return shapely.unary_union(found) if found else None


def _geos(shape: BaseGeometry) -> GEOSGeometry:
    return GEOSGeometry(memoryview(shape.wkb), srid=4326)
