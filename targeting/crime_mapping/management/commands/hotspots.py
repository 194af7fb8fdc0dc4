"""`hotspots`: where incidents of a period concentrate, and how well that would have foretold the next period."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

import numpy as np
from django.core.management.base import CommandError

from dmi.cases.models import MarketCase
from targeting.crime_mapping import selectors
from targeting.crime_mapping.command import CaseCommand, day
from targeting.crime_mapping.models import Category
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.surfaces import Concentration, UnitRow


class Command(CaseCommand):
    """Hot cells with their test, ranked units, and the scores on the following period."""

    help = "Finds significant concentrations of incidents and scores the map on the following period."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Days (both included), and what to narrow to."""
        super().add_arguments(parser)
        parser.add_argument("--from", dest="first", required=True, help="first day, as 2018-01-01")
        parser.add_argument("--to", dest="last", required=True, help="last day, included")
        parser.add_argument("--categories", default="", help="only these, separated by commas, for example drugs")
        parser.add_argument("--bandwidth", type=float, default=0.0, help="reach of the surface in meters")
        parser.add_argument("--area-share", type=float, default=0.01, help="share of the city the scores look at")
        parser.add_argument("--top", type=int, default=20, help="how many cells to print")

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Look, test, rank, score."""
        choice = Choice(day(options["first"]), day(options["last"]), categories=_categories(options["categories"]))
        if choice.days < 1:
            raise CommandError("The last day lies before the first.")
        if not 0 < options["area_share"] <= 1:
            raise CommandError("--area-share lies between 0 and 1.")
        found = selectors.surfaces.concentration(case, choice, bandwidth=options["bandwidth"] or None)
        if found is None:
            raise CommandError("Nothing is located yet: import boundaries or incidents first.")
        scores, later = selectors.surfaces.scores(found, area_share=options["area_share"])
        following = choice.moved(1)
        return {
            "case": case.slug,
            "from": choice.first,
            "to": choice.last,
            "count": int(found.counts.sum()),
            "method": found.statement,
            "cell_meters": found.grid.cell,
            "bandwidth_meters": found.bandwidth,
            "cells": int(found.ground.sum()),
            "significant_cells": int((found.hot.confidence >= 95).sum()),
            "top_cells": _top(found, options["top"]),
            "units": {
                layer.kind: [_unit(row) for row in selectors.surfaces.ranked(layer, choice)]
                for layer in selectors.grids.layers_of(case)
            },
            "following_period": {"from": following.first, "to": following.last, "count": later},
            "scores": [
                {
                    "method": score.method,
                    "area_share": score.foresight.area_share,
                    "hit_rate": score.foresight.hit_rate,
                    "pai": score.foresight.pai,
                    "pei": score.foresight.pei,
                }
                for score in scores
            ],
        }


def _categories(text: str) -> tuple[str, ...] | None:
    wanted = tuple(word.strip() for word in text.split(",") if word.strip())
    unknown = [word for word in wanted if word not in Category.values]
    if unknown:
        raise CommandError(f"Unknown category {unknown[0]}. Known: {', '.join(Category.values)}.")
    return wanted or None


def _top(found: Concentration, most: int) -> list[dict[str, Any]]:
    """The cells that stand out most, hottest first."""
    z = np.where(np.isfinite(found.hot.z), found.hot.z, -np.inf)
    order = np.argsort(-z, axis=None, kind="stable")[: max(most, 0)]
    rows, columns = np.unravel_index(order, z.shape)
    lon, lat = found.centers(rows, columns)
    return [
        {
            "longitude": round(float(lon[i]), 6),
            "latitude": round(float(lat[i]), 6),
            "count": int(found.counts[row, column]),
            "density": round(float(found.density[row, column]), 2),
            "z": float(found.hot.z[row, column]),
            "p": float(found.hot.p[row, column]),
            "corrected_p": float(found.corrected[row, column]),
            "confidence": int(found.hot.confidence[row, column]),
        }
        for i, (row, column) in enumerate(zip(rows, columns, strict=True))
        if np.isfinite(found.hot.z[row, column])
    ]


def _unit(row: UnitRow) -> dict[str, Any]:
    return {
        "unit": row.code or row.name,
        "name": row.name,
        "count": row.count,
        "share": row.share,
        "per_square_mile": row.per_square_mile,
        "per_1000_residents": row.per_thousand,
        "before": row.change.before,
        "ratio": row.change.ratio,
        "ratio_low": row.change.low,
        "ratio_high": row.change.high,
    }
