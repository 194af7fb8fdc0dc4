"""The invented city on the market's map: sources, boundaries, ground, incidents, areas, evaluation plan."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.contrib.gis.geos import GEOSGeometry
from shapely.geometry import MultiPolygon, Point, mapping
from shapely.geometry.base import BaseGeometry

from demo import doubts
from demo.city import City, Market, incidents_csv
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import areas, batches, boundaries, evaluation, sources
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, EvaluationPlan, GroundShape, Source

Say = Callable[[str], None]
Row = tuple[str, BaseGeometry, dict[str, object]]
SOURCES = (
    ("call", Source.Kind.CALLS, "Calls for service, dispatch", "Marlow 911 center",
     "Residents who fear being seen do not call; one loud corner can fill a week."),
    ("report", Source.Kind.PART_ONE, "Incident reports", "Police records unit",
     "Drug offenses follow where patrols go. Thefts are reported when an insurer asks for it."),
    ("contact", Source.Kind.CONTACTS, "Narcotics field contacts", "Narcotics unit",
     "Written where the unit works; says little about the rest of the city."),
)  # fmt: skip
WHY = {
    AreaVersion.Kind.BROAD: "Most drug calls and street robberies of the city lie here, in three beats, for two years.",
    AreaVersion.Kind.TARGET: "Buyers stop at the same nine blocks along Calder Street. Every buy was made inside them.",
}
LANDMARKS = "Eastgate Community Hall, Calder Street from Seventh to Eleventh Avenue"
SIGNERS = {"police": "police", "prosecutor": "prosecutor", "community": "community"}


def add(case: MarketCase, market: Market, team: dict[str, User], *, city: City, say: Say, full: bool) -> MarketCase:
    """The market's ground and areas; with `full` also its sources, incidents, comparison area and evaluation plan."""
    say(f"{case.name}: map.")
    add_ground(case, city)
    add_boundaries(case, city, team["research"])
    if full:
        doubts.add_addresses(case, city, team["research"])
        add_incidents(case, city, team["research"])
        doubts.add_files(case, city, team["police"])
    draw_areas(case, market, team)
    if full:
        plan_evaluation(case, market, team)
    return MarketCase.objects.get(pk=case.pk)


def add_ground(case: MarketCase, city: City) -> None:
    """What the map is drawn on."""
    kinds = GroundShape.Kind
    rows = [(kinds.STREET, s.name, s.rank, s.line) for s in city.streets]
    rows += [(kinds.RAIL, "Railroad", 2, rail) for rail in city.rails]
    rows += [(kinds.WATER, "Tanner River", 1, city.river)]
    rows += [(kinds.PARK, park.name, 2, park.shape) for park in city.parks]
    rows += [(kinds.BLOCK, block.code, 3, block.shape) for block in city.blocks if not block.is_park]
    rows += [(kinds.LANDMARK, mark.name, 2, Point(mark.lon, mark.lat)) for mark in city.landmarks]
    GroundShape.objects.bulk_create(
        GroundShape(case=case, kind=kind, name=name, rank=rank, shape=_stored(shape))
        for kind, name, rank, shape in rows
    )


def add_boundaries(case: MarketCase, city: City, actor: User) -> None:
    """Beats, neighborhoods and census block groups with their residents, as a city would hand them over."""
    residents: dict[str, int] = {}
    for group in city.block_groups:
        residents[group.neighborhood] = residents.get(group.neighborhood, 0) + group.population
    hoods = [(n.name, n.shape, {"residents": residents.get(n.name, 0)}) for n in city.neighborhoods]
    groups = [(g.geoid, g.shape, {"residents": g.population}) for g in city.block_groups]
    _load(case, "beats", [(b.name, b.shape, {}) for b in city.beats], actor)
    _load(case, "neighborhoods", hoods, actor)
    _load(case, "census_blocks", groups, actor)


def _load(case: MarketCase, kind: str, rows: Iterable[Row], actor: User) -> BoundaryLayer:
    features = [
        {"type": "Feature", "geometry": mapping(shape), "properties": {"name": name, **more}}
        for name, shape, more in rows
    ]
    data = json.dumps({"type": "FeatureCollection", "features": features}).encode()
    return boundaries.load_layer(
        case=case, kind=kind, data=data, file_name=f"{kind}.geojson", actor=actor, name_column="name"
    )


def add_incidents(case: MarketCase, city: City, actor: User) -> None:
    """Three assessed sources and their files, imported as the team would."""
    for word, kind, name, owner, bias in SOURCES:
        source = Source(case=case, kind=kind, name=name, owner=owner, known_bias=bias)
        source = sources.enter(source=source, actor=actor)
        records = [r for r in city.incidents if r.source == word]
        upload = io.BytesIO(incidents_csv(records).encode())
        batches.import_now(source=source, upload=upload, file_name=f"{kind}.csv", actor=actor)
        sources.assess(source=Source.objects.get(pk=source.pk), actor=actor)


def draw_areas(case: MarketCase, market: Market, team: dict[str, User]) -> None:
    """Broad and target area drawn and adopted by police, the target area signed by three seats."""
    shapes = {AreaVersion.Kind.BROAD: market.broad, AreaVersion.Kind.TARGET: market.target}
    for kind, shape in shapes.items():
        landmarks = LANDMARKS if kind == AreaVersion.Kind.TARGET and case.slug == "eastgate" else ""
        area = AreaVersion(case=case, kind=kind, name=market.name, reasons=WHY[kind], landmarks=landmarks)
        area = areas.save_draft(area=area, shape=shape, actor=team["police"])
        areas.adopt(area=area, actor=team["police"])
        if kind == AreaVersion.Kind.TARGET:
            for seat, who in SIGNERS.items():
                areas.sign(area=area, seat=seat, remark="", actor=team[who])


def plan_evaluation(case: MarketCase, market: Market, team: dict[str, User]) -> None:
    """Northmoor is the comparison area; baseline, ring and reasons are decided before the call-in."""
    unit = BoundaryLayer.objects.for_case(case).get(kind="neighborhoods").units.filter(name=market.compare_name).first()
    reasons = "Nearest to the market in level, trend and residents among the neighborhoods outside the broad area."
    area = AreaVersion(case=case, kind=AreaVersion.Kind.COMPARISON, name=unit.name, reasons=reasons)
    area = areas.save_draft(area=area, shape=market.compare, actor=team["research"])
    areas.adopt(area=area, actor=team["research"])
    until = (selectors.areas.newest_day(case) or date.min).replace(day=1) - timedelta(days=1)
    first = (until.replace(day=1) - timedelta(days=330)).replace(day=1)
    plan = EvaluationPlan(
        case=case, baseline_from=first, baseline_until=until,
        why_here="Drug calls have stayed high here for two years, and residents asked for help at three meetings.",
        regression_note="High in each of the last twelve months, not only in one; Northmoor did not move.",
        equity_note="Eastgate Neighbors asked for it. Stops and complaints are counted by block to see who bears it.",
    )  # fmt: skip
    plan = evaluation.write(plan=plan, actor=team["research"])
    evaluation.decide(plan=plan, actor=team["research"])


def _stored(shape: BaseGeometry) -> GEOSGeometry:
    return GEOSGeometry(memoryview((MultiPolygon([shape]) if shape.geom_type == "Polygon" else shape).wkb), srid=4326)
