"""Map and area sheets, concentration table, evaluation plan."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from shapely import wkt

from dmi.cases import policy
from dmi.core.dates import long_date, short_date
from dmi.documents.actions import section
from dmi.documents.kinds import DocumentKind
from targeting.crime_mapping.letters.maps import (
    area_facts,
    area_map,
    around,
    beat_facts,
    map_facts,
    period_words,
    source_words,
    standing,
    text_of,
)  # fmt: skip
from targeting.crime_mapping.letters.papers import MAP_SHEET, PLAN_SHEET, TABLE_SHEET
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, EvaluationPlan
from targeting.crime_mapping.models.categories import Category
from targeting.crime_mapping.selectors import areas, comparison, layers, overlays, streets, surfaces, tables
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import TEAM, Sight, is_small

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

MOST_MARKS = 1_500
MARK_OF = {Category.DRUGS: ("dot", "Drugs"), Category.WEAPONS: ("triangle", "Weapons")}
OTHER_MARK = ("square", "Other incidents")
MOST_SEGMENTS = 40
METHODS = {"density": "Density", "gi_star": "Gi*", "cell_count": "Count of cells"}


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


def points_sheet(
    case: MarketCase, choice: Choice, *, sight: Sight, can: Collection[str], narrowed: str, today: date
) -> dict[str, Any]:
    """The map for law enforcement: every incident of the period near the target area, and officers' buys as rings.

    Buys are there for those who may see them, without day, product or person; sealed buys never.
    """
    facts = map_facts(case, choice, reach=None, sight=sight, narrowed=narrowed)
    broad = [area for area in standing(case) if area.kind != AreaVersion.Kind.COMPARISON]
    if broad:
        facts["focus"] = text_of(around([areas.outline(a) for a in broad], 0.08))
        facts["areas"] = beat_facts(case) + area_facts(broad)
    rows = layers.chosen(case, choice).filter(point__bboverlaps=areas.as_stored(wkt.loads(facts["focus"])))
    marks = list(rows.order_by("-occurred_at").values_list("point", "category")[: MOST_MARKS + 1])
    facts["title"] = f"{case.name}: incidents"
    facts["shades"], facts["shade_legend"] = [], ""
    facts["markers"] = [[round(p.x, 6), round(p.y, 6), *MARK_OF.get(c, OTHER_MARK)] for p, c in marks[:MOST_MARKS]]
    buys = overlays.buys(case, can)
    return {
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "map": section("incident_points", **facts),
        "method": f"The latest {MOST_MARKS:,} incidents of the period are drawn." if len(marks) > MOST_MARKS else "",
        "withheld": sight.withheld,
        "buys": section(
            "buy_locations",
            points=[[lon, lat] for lon, lat in buys or ()],
            is_shown=buys is not None,
            total=len(buys or ()),
            inside=overlays.in_target(case, buys or []),
        ),
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
        else percent(figures.get("share_of_incidents")),
        "share_of_city": percent(figures.get("share_of_city")),
        "residents": figures.get("residents"),
        "measured": _measured(figures),
        "needs_signatures": area.kind == AreaVersion.Kind.TARGET,
        "signatures": signatures_of(area),
    }  # fmt: skip


def _measured(figures: dict[str, Any]) -> str:
    """The days between which the area's incidents were counted."""
    days = [date.fromisoformat(figures[name]) for name in ("first", "last") if figures.get(name)]
    return " to ".join(short_date(day) for day in days)


def percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.0f}%" if share >= 0.1 else f"{100 * share:.1f}%"


def signatures_of(area: AreaVersion) -> list[dict[str, str]]:
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
    return _table(case, choice, today) | {
        "layer": layer.label, "method": method,
        "rows": [_ranked(line) for line in tables.ranked_lines(layer, choice, TEAM)],
        "later": later,
        "scores": [[METHODS[s.method], f"{100 * s.foresight.hit_rate:.0f}%", f"{s.foresight.pai:.1f}",
                    f"{s.foresight.pei:.2f}"] for s in scores],
    }  # fmt: skip


def street_table(case: MarketCase, choice: Choice, today: date) -> dict[str, Any]:
    """Street segments ranked, small counts held back, as everybody on the team may read it."""
    found = streets.ranking(case, choice, TEAM)
    told = [line for line in found.lines if line.count is not None][:MOST_SEGMENTS] if found else []
    return _table(case, choice, today) | {
        "layer": "Street segments", "method": streets.METHOD, "is_streets": True, "later": 0, "scores": [],
        "withheld": f"{TEAM.withheld} Segments with fewer than eleven incidents are not listed.",
        "rows": [
            {"name": line.name, "count": line.count, "share": percent(line.share), "meters": f"{line.meters:,.0f}",
             "per_100_meters": f"{line.per_100_meters:,.1f}", "change": _moved(line.change)}
            for line in told
        ],
    }  # fmt: skip


def _table(case: MarketCase, choice: Choice, today: date) -> dict[str, Any]:
    return {
        "data_class": TABLE_SHEET.data_class,
        "market": case.name, "city": case.city_name, "on": long_date(today),
        "period": period_words(choice), "source": source_words(case, TEAM), "withheld": TEAM.withheld,
    }  # fmt: skip


def _ranked(line: tables.RankedLine) -> dict[str, Any]:
    return {
        "name": line.name, "count": line.count, "share": percent(line.share),
        "per_square_mile": f"{line.per_square_mile:,.0f}" if line.per_square_mile is not None else "",
        "per_thousand": f"{line.per_thousand:,.0f}" if line.per_thousand is not None else "",
        "change": _moved(line.change),
    }  # fmt: skip


def _moved(change: surfaces.Change | None) -> str:
    """The ratio to the period before with its interval."""
    if change is None or change.ratio is None:
        return ""
    return f"× {change.ratio:.2f} ({change.low:.2f} to {change.high:.2f})"


def evaluation_plan(case: MarketCase, plan: EvaluationPlan, today: date) -> dict[str, Any]:
    """What the market will be compared with, and why this place."""
    target = areas.current(case, AreaVersion.Kind.TARGET)
    return {
        "data_class": PLAN_SHEET.data_class,
        "market": case.name, "city": case.city_name, "on": long_date(today),
        "decided_on": long_date(plan.decided_on) if plan.decided_on else "",
        "target": f"{target.name}, version {target.number}, {target.blocks or 0} blocks" if target else "",
        "comparisons": [{"name": a.name, "reasons": a.reasons, "on": short_date(a.adopted_on) if a.adopted_on else ""}
                        for a in areas.comparisons(case)],
        "buffer": plan.buffer_meters,
        "window": f"{short_date(plan.baseline_from)} to {short_date(plan.baseline_until)}",
        "why_here": plan.why_here, "regression": plan.regression_note, "equity": plan.equity_note,
        "series": [{"name": s.name, "mean": f"{s.mean:.1f}", "recent": f"{s.recent:.1f}",
                    "total": sum(s.by_month)} for s in comparison.baseline(case, plan, TEAM.categories())],
    }  # fmt: skip
