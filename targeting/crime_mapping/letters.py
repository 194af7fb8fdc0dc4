"""Step 1 on paper: map and area sheets, concentration table, evaluation plan; maps are drawn from frozen facts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
from shapely import wkt
from shapely.geometry import shape as from_geojson
from shapely.geometry.base import BaseGeometry

from dmi.cases import policy
from dmi.core.dates import long_date, short_date
from dmi.documents import kinds
from dmi.documents.kinds import DocumentKind
from dmi.geo.svg_map import Area, Ground, MapSheet, Marker, Place, Shade, Street
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, EvaluationPlan, GroundShape, Source
from targeting.crime_mapping.models.categories import Category
from targeting.crime_mapping.selectors import areas, comparison, layers, tables
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import TEAM, Sight, is_small

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase


def _kind(code: str, title: str, template: str, data_class: str, needs: str = "") -> DocumentKind:
    path = f"documents/crime_mapping/{template}.html"
    return kinds.register(
        DocumentKind(code=code, title=title, template=path, data_class=data_class, needs=needs, is_tagged=True)
    )


MAP_SHEET = _kind("map_sheet", "Map sheet", "map_sheet", "area_counts")
POINTS_SHEET = _kind(
    "points_sheet", "Law enforcement map sheet", "map_sheet", "incident_points", "incident_points.change"
)
BROAD_SHEET = _kind("broad_area_sheet", "Broad-area sheet", "area_sheet", "areas")
TARGET_SHEET = _kind("target_area_sheet", "Target-area sheet", "area_sheet", "areas")
TABLE_SHEET = _kind("concentration_table", "Concentration table", "concentration_table", "area_counts")
PLAN_SHEET = _kind("evaluation_plan", "Evaluation plan, first version", "evaluation_plan", "measures")
STYLES = {AreaVersion.Kind.BROAD: "broad", AreaVersion.Kind.TARGET: "target", AreaVersion.Kind.COMPARISON: "compare"}
FINEST = 5  # digits of a degree kept on paper: about a yard
MOST_MARKS = 1_500
MARK_OF = {Category.DRUGS: ("dot", "Drugs"), Category.WEAPONS: ("triangle", "Weapons")}
OTHER_MARK = ("square", "Other incidents")


def key_of(kind: DocumentKind, facts: dict[str, Any]) -> str:
    """The same facts under the same kind give the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{kind.code}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"


def _text(shape: BaseGeometry) -> str:
    return wkt.dumps(shape, rounding_precision=FINEST, trim=True)


def ground_facts(case: MarketCase, near: BaseGeometry) -> dict[str, Any]:
    """The drawn base around a place, as plain values."""
    kinds_ = GroundShape.Kind

    def cut(kind: str) -> list[tuple[str, int, str]]:
        return [(n, r, _text(s)) for n, r, s in layers.ground_shapes(case, kind, near)]

    return {
        "blocks": [s for _, _, s in cut(kinds_.BLOCK)],
        "parks": [[n, s] for n, _, s in cut(kinds_.PARK)],
        "water": [[n, s] for n, _, s in cut(kinds_.WATER)],
        "rails": [s for _, _, s in cut(kinds_.RAIL)],
        "streets": [[n, r, s] for n, r, s in cut(kinds_.STREET)],
        "places": [[n, s] for n, _, s in cut(kinds_.LANDMARK)],
    }


def area_facts(versions: Iterable[AreaVersion]) -> list[dict[str, str]]:
    """Outlines with their names and line styles."""
    names = {AreaVersion.Kind.BROAD: "{}, broad target area", AreaVersion.Kind.TARGET: "{}, target area",
             AreaVersion.Kind.COMPARISON: "{}, comparison area"}  # fmt: skip
    return [
        {
            "name": names[a.kind].format(a.name),
            "label": a.name,
            "style": STYLES[a.kind],
            "shape": _text(areas.outline(a)),
        }
        for a in versions
    ]


def beat_facts(case: MarketCase) -> list[dict[str, str]]:
    """Police beats as outlines."""
    layer = BoundaryLayer.objects.for_case(case).filter(kind="beats").first()
    units = layer.units.order_by("place") if layer else []
    return [
        {"name": f"Beat {u.name}", "label": f"Beat {u.name}", "style": "beat", "shape": _text(layers.shape_of(u.shape))}
        for u in units
    ]


class NothingToDraw(Exception):
    """The market has no area and no boundaries yet; the text says what to do."""


def _around(shapes: list[BaseGeometry], margin: float = 0.15) -> BaseGeometry:
    if not shapes:
        raise NothingToDraw("There is nothing to draw yet. Load boundaries or draw an area first.")
    whole = shapely.union_all(shapes).envelope
    west, south, east, north = whole.bounds
    return shapely.box(
        west - margin * (east - west), south - margin * (north - south),
        east + margin * (east - west), north + margin * (north - south),
    )  # fmt: skip


def standing(case: MarketCase) -> list[AreaVersion]:
    """The areas a sheet outlines: broad, target, comparison."""
    found = [areas.current(case, kind) for kind in (AreaVersion.Kind.BROAD, AreaVersion.Kind.TARGET)]
    return [area for area in (*found, *areas.comparisons(case)) if area is not None]


def period_words(choice: Choice, narrowed: str = "") -> str:
    """The period, and what narrows it."""
    words = f"{short_date(choice.first)} to {short_date(choice.last)}"
    return f"{words}. {narrowed}" if narrowed else words


def source_words(case: MarketCase, sight: Sight) -> str:
    """The sources the map is drawn from."""
    names = [s.name for s in layers.mapped_sources(case) if sight.contacts or s.kind != Source.Kind.CONTACTS]
    return "; ".join(names) if names else "Areas drawn by the team"


def map_facts(
    case: MarketCase, choice: Choice, *, reach: float | None, sight: Sight, narrowed: str = "", whole: bool = False
) -> dict[str, Any]:
    """The working map as plain values: ground, beats, areas and density bands; never a point."""
    drawn_areas = standing(case)
    city = [layers.shape_of(u.shape) for layer in layers.layers_of(case)[:1] for u in layer.units.all()]
    focus = _around(city if whole or not drawn_areas else [areas.outline(a) for a in drawn_areas], 0.05)
    drawing = layers.drawing(case, choice, bandwidth=reach, sight=sight)
    bands = drawing.bands if drawing else []
    return {
        "title": f"{case.name}: where incidents concentrate",
        "period": period_words(choice, narrowed),
        "source": source_words(case, sight),
        "focus": _text(focus),
        "ground": ground_facts(case, focus),
        "areas": beat_facts(case) + area_facts(drawn_areas),
        "shades": [[band["properties"]["step"], _text(from_geojson(band["geometry"]))] for band in bands],
        "shade_legend": _legend(drawing),
        "markers": [],
    }


def _legend(drawing: layers.Drawing | None) -> str:
    if drawing is None or not drawing.edges:
        return ""
    steps = ", ".join(f"{low:,} to {high:,}" for low, high in drawing.edges)
    return f"{steps} incidents per square mile"


def sheet_of(facts: dict[str, Any], *, width: int = 620, height: int = 720) -> MapSheet:
    """The sheet that map facts describe."""
    ground = facts["ground"]
    drawn = Ground(
        blocks=tuple(wkt.loads(s) for s in ground["blocks"]),
        parks=tuple((n, wkt.loads(s)) for n, s in ground["parks"]),
        water=tuple((n, wkt.loads(s)) for n, s in ground["water"]),
        rails=tuple(wkt.loads(s) for s in ground["rails"]),
        streets=tuple(Street(n, wkt.loads(s), r) for n, r, s in ground["streets"]),
    )
    places = [(n, wkt.loads(s)) for n, s in ground["places"]]
    return MapSheet(
        title=facts["title"], source=facts["source"], period=facts["period"], focus=wkt.loads(facts["focus"]),
        ground=drawn,
        areas=tuple(Area(a["name"], wkt.loads(a["shape"]), a["style"], a["label"]) for a in facts["areas"]),
        shades=tuple(Shade(wkt.loads(s), step) for step, s in facts["shades"]),
        shade_legend=facts["shade_legend"],
        markers=tuple(Marker(lon, lat, style=style, group=group) for lon, lat, style, group in facts["markers"]),
        places=tuple(Place(p.x, p.y, n) for n, p in places),
        width=width, height=height, margin=0.03,
    )  # fmt: skip


def map_sheet(case: MarketCase, choice: Choice, *, reach: float | None, narrowed: str, today: date) -> dict[str, Any]:
    """The map for the team: no point, no contact, no offense that leads to a victim; with the beats' totals."""
    layer = BoundaryLayer.objects.for_case(case).filter(kind="beats").first()
    team = Choice(
        choice.first, choice.last, choice.sources, TEAM.categories(choice.categories), choice.hours, choice.weekdays
    )
    lines = tables.unit_lines(layer, team, TEAM, set()) if layer else []
    drawing = layers.drawing(case, team, bandwidth=reach, sight=TEAM)
    return {
        "data_class": MAP_SHEET.data_class,
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "map": map_facts(case, team, reach=reach, sight=TEAM, narrowed=narrowed),
        "method": drawing.method if drawing else "",
        "withheld": TEAM.withheld,
        "rows": [{"name": line.name, "total": line.total, "part_one": line.part_one} for line in lines],
    }


def points_sheet(case: MarketCase, choice: Choice, *, sight: Sight, narrowed: str, today: date) -> dict[str, Any]:
    """The map for law enforcement: every incident of the period near the target area as a mark."""
    facts = map_facts(case, choice, reach=None, sight=sight, narrowed=narrowed)
    broad = [area for area in standing(case) if area.kind != AreaVersion.Kind.COMPARISON]
    if broad:
        facts["focus"] = _text(_around([areas.outline(a) for a in broad], 0.08))
        facts["areas"] = beat_facts(case) + area_facts(broad)
    rows = layers.chosen(case, choice).filter(point__bboverlaps=areas.as_stored(wkt.loads(facts["focus"])))
    marks = list(rows.order_by("-occurred_at").values_list("point", "category")[: MOST_MARKS + 1])
    facts["title"] = f"{case.name}: incidents"
    facts["shades"], facts["shade_legend"] = [], ""
    facts["markers"] = [[round(p.x, 6), round(p.y, 6), *MARK_OF.get(c, OTHER_MARK)] for p, c in marks[:MOST_MARKS]]
    return {
        "data_class": POINTS_SHEET.data_class,
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "map": facts,
        "method": f"The latest {MOST_MARKS:,} incidents of the period are drawn." if len(marks) > MOST_MARKS else "",
        "withheld": sight.withheld,
        "rows": [],
    }


def area_map(case: MarketCase, area: AreaVersion, today: date) -> dict[str, Any]:
    """One version on its ground; a target area with the broad area around it."""
    is_target = area.kind == AreaVersion.Kind.TARGET
    focus = _around([areas.outline(area)], 0.3 if is_target else 0.1)
    broad = areas.current(case, AreaVersion.Kind.BROAD) if is_target else None
    return {
        "title": str(area),
        "period": f"As of {long_date(today)}",
        "source": "Area drawn by the team",
        "focus": _text(focus),
        "ground": ground_facts(case, focus),
        "areas": area_facts(filter(None, [broad, area])),
        "shades": [],
        "shade_legend": "",
        "markers": [],
    }


def area_sheet(case: MarketCase, area: AreaVersion, kind: DocumentKind, today: date) -> dict[str, Any]:
    """One version of an area for everybody on the team: its outline, reasons, figures and signatures."""
    figures = area.figures
    return {
        "data_class": kind.data_class,
        "market": case.name, "city": case.city_name, "on": long_date(today),
        "kind": area.get_kind_display(), "number": area.number, "state": area.get_state_display(),
        "adopted_on": long_date(area.adopted_on) if area.adopted_on else "",
        "map": area_map(case, area, today), "reasons": area.reasons, "landmarks": area.landmarks,
        "blocks": area.blocks,
        "square_miles": f"{areas.square_miles(area.square_meters):.2f}",
        "share_of_incidents": "" if is_small(figures.get("incidents") or 0)
        else _percent(figures.get("share_of_incidents")),
        "share_of_city": _percent(figures.get("share_of_city")),
        "residents": figures.get("residents"),
        "measured": f"{figures.get('first', '')} to {figures.get('last', '')}",
        "needs_signatures": area.kind == AreaVersion.Kind.TARGET,
        "signatures": _signatures(area),
    }  # fmt: skip


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.1f}%"


def _signatures(area: AreaVersion) -> list[dict[str, str]]:
    signed = {s.seat: s for s in area.signatures.all()}
    rows = []
    for seat in areas.SIGNING_SEATS:
        found = signed.get(seat)
        who = found.signed_by.display_name if found else ""
        rows.append({"seat": policy.SEATS[seat], "who": who, "on": long_date(found.signed_on) if found else ""})
    return rows


def concentration_table(case: MarketCase, layer: BoundaryLayer, choice: Choice, today: date) -> dict[str, Any]:
    """Units ranked, with rates, change and method."""
    method, scores, later = tables.method_of(case, choice)
    return {
        "data_class": TABLE_SHEET.data_class,
        "market": case.name, "city": case.city_name, "on": long_date(today), "layer": layer.label,
        "period": period_words(choice), "source": source_words(case, TEAM), "method": method, "withheld": TEAM.withheld,
        "rows": [_ranked(line) for line in tables.ranked_lines(layer, choice, TEAM)],
        "later": later,
        "scores": [[_method_words(s.method), f"{100 * s.foresight.hit_rate:.0f}%", f"{s.foresight.pai:.1f}",
                    f"{s.foresight.pei:.2f}"] for s in scores],
    }  # fmt: skip


def _method_words(code: str) -> str:
    return {"density": "Density", "gi_star": "Gi*", "cell_count": "Count of cells"}[code]


def _ranked(line: tables.RankedLine) -> dict[str, Any]:
    ratio = line.change.ratio if line.change else None
    return {
        "name": line.name, "count": line.count, "share": _percent(line.share),
        "per_square_mile": f"{line.per_square_mile:,.0f}" if line.per_square_mile is not None else "",
        "per_thousand": f"{line.per_thousand:,.0f}" if line.per_thousand is not None else "",
        "change": f"{100 * (ratio - 1):+.0f}%" if ratio is not None else "",
    }  # fmt: skip


def evaluation_plan(case: MarketCase, plan: EvaluationPlan, today: date) -> dict[str, Any]:
    """What the market will be compared with, and why this place."""
    target = areas.current(case, AreaVersion.Kind.TARGET)
    return {
        "data_class": PLAN_SHEET.data_class,
        "market": case.name, "city": case.city_name, "on": long_date(today),
        "decided_on": long_date(plan.decided_on) if plan.decided_on else "",
        "target": f"{target.name}, version {target.number}, {target.blocks or 0} blocks" if target else "",
        "comparisons": [{"name": a.name, "reasons": a.reasons, "on": short_date(a.adopted_on)}
                        for a in areas.comparisons(case)],
        "buffer": plan.buffer_meters,
        "window": f"{short_date(plan.baseline_from)} to {short_date(plan.baseline_until)}",
        "why_here": plan.why_here, "regression": plan.regression_note, "equity": plan.equity_note,
        "series": [{"name": s.name, "mean": f"{s.mean:.1f}", "recent": f"{s.recent:.1f}",
                    "total": sum(s.by_month)} for s in comparison.baseline(case, plan, TEAM.categories())],
    }  # fmt: skip
