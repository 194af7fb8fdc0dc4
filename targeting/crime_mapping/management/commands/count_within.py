"""`count_within`: incidents of a period by the units of one boundary layer and by category."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from dmi.cases.models import MarketCase
from targeting.crime_mapping import selectors
from targeting.crime_mapping.command import CaseCommand, day, layer_named
from targeting.crime_mapping.selectors.counts import LayerCount, UnitCount


class Command(CaseCommand):
    """Count, and account for what lies in no unit."""

    help = "Counts incidents of a period by unit and category."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which layer, which days (both included)."""
        super().add_arguments(parser)
        parser.add_argument("--kind", required=True, help="the boundary layer, for example beats")
        parser.add_argument("--from", dest="first", required=True, help="first day, as 2018-01-01")
        parser.add_argument("--to", dest="last", required=True, help="last day, included")

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Units in the order of their incidents, most first."""
        first, last = day(options["first"]), day(options["last"])
        layer = layer_named(case, options["kind"])
        counted = selectors.counts.by_unit(layer=layer, choice=selectors.counts.Choice(first, last))
        units = sorted(counted.units, key=lambda u: (-u.total, u.unit.place))
        return {
            "case": case.slug,
            "kind": counted.layer.kind,
            "from": first,
            "to": last,
            "total": counted.total,
            "outside": counted.outside,
            "without_location": counted.without_location,
            "by_category": _together(counted),
            "units": [_row(u) for u in units],
        }


def _row(counted: UnitCount) -> dict[str, Any]:
    return {
        "unit": counted.unit.code or counted.unit.name,
        "name": counted.unit.name,
        "count": counted.total,
        "by_category": dict(sorted(counted.by_category.items())),
    }


def _together(counted: LayerCount) -> dict[str, int]:
    """Each category over all units."""
    sums: dict[str, int] = {}
    for unit in counted.units:
        for category, count in unit.by_category.items():
            sums[category] = sums.get(category, 0) + count
    return dict(sorted(sums.items()))
