"""Before and after on one sheet: both periods with the same bands, the difference, and the units in figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from shapely.geometry import shape as from_geojson

from dmi.core.dates import long_date
from targeting.crime_mapping.letters.maps import map_facts, period_words, text_of
from targeting.crime_mapping.letters.papers import PAIR_SHEET
from targeting.crime_mapping.models import BoundaryLayer
from targeting.crime_mapping.selectors import periods
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import TEAM, Sight

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

CAUTION = (
    "The maps show what was recorded, not why. Small numbers move by chance: trust a change whose interval does not"
    " hold 1, and compare with the comparison area before saying that something worked."
)


def maps_of(
    case: MarketCase, before: Choice, after: Choice, *, reach: float | None, sight: Sight, narrowed: str
) -> dict[str, Any]:
    """The three maps as facts; the ground stands once."""
    found = periods.pair(case, before, after, bandwidth=reach, sight=sight)
    base = map_facts(case, after, reach=reach, sight=sight, narrowed=narrowed)
    ground = base.pop("ground")
    base |= {"shades": [], "shade_legend": ""}
    if found is None:
        return {"ground": ground, "before": base, "after": base, "difference": base, "method": ""}

    def shades(features: list[dict[str, Any]], sign: int = 1) -> list[list[Any]]:
        return [[sign * f["properties"]["step"], text_of(from_geojson(f["geometry"]))] for f in features]

    both = f"{period_words(after)} against {period_words(before)}"
    return {
        "ground": ground,
        "before": base | {"title": "Before", "period": period_words(before, narrowed), "shades": shades(found.before),
                          "shade_legend": found.legend},
        "after": base | {"title": "After", "period": period_words(after, narrowed), "shades": shades(found.after),
                         "shade_legend": found.legend},
        "difference": base | {"title": "Difference", "period": both, "shows_change": True,
                              "shades": shades(found.rise) + shades(found.fall, -1),
                              "shade_legend": found.change_legend},
        "method": found.method,
    }  # fmt: skip


def pair_sheet(
    case: MarketCase, before: Choice, after: Choice, *, reach: float | None, narrowed: str, today: date
) -> dict[str, Any]:
    """The sheet for the team: no point, no contact, no offense that leads to a victim."""
    old, new = (replace(choice, categories=TEAM.categories(choice.categories)) for choice in (before, after))
    layer = BoundaryLayer.objects.for_case(case).filter(kind="beats").first()
    layer = layer or BoundaryLayer.objects.for_case(case).order_by("slot").first()
    found = periods.lines(layer, old, new, TEAM) if layer else []
    return maps_of(case, old, new, reach=reach, sight=TEAM, narrowed=narrowed) | {
        "data_class": PAIR_SHEET.data_class,
        "market": case.name, "city": case.city_name, "on": long_date(today),
        "layer": layer.label if layer else "", "withheld": TEAM.withheld, "caution": CAUTION,
        "rows": [
            {"name": line.name, "before": line.before, "after": line.after, "change": _words(line)} for line in found
        ],
    }  # fmt: skip


def _words(line: periods.PairLine) -> str:
    change = line.change
    if change is None or change.ratio is None:
        return ""
    return f"× {change.ratio:.2f} ({change.low:.2f} to {change.high:.2f})"
