"""The Step 1 report (element 1.0): from the whole city to a few blocks, with reasons and approvers, for everybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from dmi.core.dates import long_date, short_date
from dmi.documents.actions import section
from targeting.crime_mapping.letters.maps import area_map, map_facts, period_words, source_words
from targeting.crime_mapping.letters.sheets import percent, signatures_of
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, Source
from targeting.crime_mapping.selectors import areas, comparison, layers, tables
from targeting.crime_mapping.selectors.sight import OPEN, is_small

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

UNITS_SHOWN = 10
Kind = AreaVersion.Kind


def step_report(case: MarketCase, today: date) -> dict[str, Any]:
    """Sources, concentration, broad area, target area and plan; as a reader of totals may see them.

    Every seat may read areas, so no count below eleven stands in it, no contact and no offense that leads to a victim.
    """
    year = areas.last_year(case, today)
    choice = replace(year, sources=tuple(str(s.pk) for s in layers.mapped_sources(case)), categories=OPEN.categories())
    drawing = layers.drawing(case, choice, bandwidth=None, sight=OPEN)
    broad, target = areas.current(case, Kind.BROAD), areas.current(case, Kind.TARGET)
    city = map_facts(case, choice, reach=None, sight=OPEN, whole=True)
    ground = city.pop("ground")
    return {
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "sources": section("area_counts", rows=_sources(case)),
        "concentration": section(
            "area_counts",
            ground=ground,
            map=city,
            method=drawing.method if drawing else "",
            period=period_words(choice),
            source=source_words(case, OPEN),
            withheld=OPEN.withheld,
            tables=[_table(layer, choice) for layer in _layers(case)],
        ),
        "areas": section("areas", rows=[_area(case, area, today) for area in (broad, target) if area is not None]),
        "plan": section("measures", **_plan(case)),
        "versions": section("areas", rows=_versions(case)),
    }


def _sources(case: MarketCase) -> list[dict[str, str]]:
    return [
        {
            "name": s.name, "owner": s.owner, "bias": s.known_bias,
            "assessed": short_date(s.assessed_on) if s.assessed_on else "Not assessed",
        }
        for s in Source.objects.for_case(case).exclude(kind=Source.Kind.CONTACTS).order_by("created_at")
    ]  # fmt: skip


def _layers(case: MarketCase) -> list[BoundaryLayer]:
    return [layer for layer in layers.layers_of(case) if layer.kind in ("beats", "neighborhoods")]


def _table(layer: BoundaryLayer, choice: Any) -> dict[str, Any]:
    lines = [line for line in tables.ranked_lines(layer, choice, OPEN) if line.count is not None][:UNITS_SHOWN]
    rows = [{"name": line.name, "count": line.count, "share": percent(line.share)} for line in lines]
    return {"layer": layer.label, "rows": rows}


def _area(case: MarketCase, area: AreaVersion, today: date) -> dict[str, Any]:
    figures = area.figures
    drawn = area_map(case, area, today)
    return {
        "kind": area.get_kind_display(), "number": area.number, "state": area.get_state_display(), "name": area.name,
        "ground": drawn.pop("ground"), "map": drawn, "reasons": area.reasons, "landmarks": area.landmarks,
        "adopted_on": long_date(area.adopted_on) if area.adopted_on else "", "adopted_by": areas.adopted_by(area),
        "blocks": area.blocks, "square_miles": f"{areas.square_miles(area.square_meters):.2f}",
        "share_of_incidents": "" if is_small(figures.get("incidents") or 0)
        else percent(figures.get("share_of_incidents")),
        "share_of_city": percent(figures.get("share_of_city")), "residents": figures.get("residents"),
        "signatures": signatures_of(area) if area.kind == Kind.TARGET else [],
    }  # fmt: skip


def _plan(case: MarketCase) -> dict[str, Any]:
    plan = comparison.plan_of(case)
    if plan is None:
        return {"is_written": False, "comparisons": []}
    return {
        "is_written": True, "decided_on": long_date(plan.decided_on) if plan.decided_on else "",
        "buffer": plan.buffer_meters, 
        "window": f"{short_date(plan.baseline_from)} to {short_date(plan.baseline_until)}",
        "why_here": plan.why_here, "regression": plan.regression_note, "equity": plan.equity_note,
        "comparisons": [{"name": a.name, "reasons": a.reasons} for a in areas.comparisons(case)],
    }  # fmt: skip


def _versions(case: MarketCase) -> list[dict[str, str]]:
    return [
        {
            "words": f"{area.get_kind_display()} {area.number}", "state": area.get_state_display(),
            "on": short_date(area.adopted_on) if area.adopted_on else "", "by": areas.adopted_by(area),
            "blocks": "" if area.blocks is None else str(area.blocks),
        }
        for area in areas.versions(case).exclude(kind=Kind.COMPARISON)
    ]  # fmt: skip
