"""The link chart on paper: the drawing and its links as a table. Nothing that rests on intelligence is ever on it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from dmi.core.dates import long_date, short_date
from dmi.documents import kinds
from dmi.documents.kinds import DocumentKind
from targeting.link_analysis import drawing, layout
from targeting.link_analysis.chart import Chart

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

LINK_CHART = kinds.register(
    DocumentKind(
        code="link_chart", title="Link chart", template="documents/link_analysis/link_chart.html",
        data_class="link_chart",
    )
)  # fmt: skip
MOST_DRAWN = 60


def key_of(facts: dict[str, Any]) -> str:
    """The same chart gives the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{LINK_CHART.code}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"


def link_chart(
    case: MarketCase, chart: Chart, spots: dict[str, layout.Spot], *, about: str, center: str, today: date
) -> dict[str, Any]:
    """The part of the chart that is shown: drawing, links with their records, and what the signs mean."""
    return {
        "data_class": LINK_CHART.data_class,
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "about": about,
        "drawing": drawing.draw(chart, spots, center=center),
        "links": [_row(chart, link) for link in chart.links],
        "entries": len(chart.nodes),
    }


def _row(chart: Chart, link: Any) -> dict[str, Any]:
    first, second = chart.node(link.first_id), chart.node(link.second_id)
    return {
        "first": first.in_words if first else "",
        "second": second.in_words if second else "",
        "kind": link.get_kind_display(),
        "times": link.times,
        "grade": link.get_grade_display(),
        "cites": link.cites,
        "record": link.get_record_display(),
        "on": short_date(link.happened_on),
    }
