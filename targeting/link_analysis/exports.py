"""The chart as a file: a list of links, or GraphML for another program."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from dmi.audit import exports
from targeting.link_analysis import moving, selectors
from targeting.link_analysis.chart import Chart


def _made(write: Callable[[Chart], str]) -> Callable[..., exports.Taken]:
    """The chart without intelligence and without minors, as it stands when the file is taken."""

    def make(wish: Any, case: Any, actor: Any, can: Any) -> exports.Taken:
        chart = selectors.chart(case, selectors.sight_on_paper(can), today=timezone.localdate())
        return exports.Taken([write(chart)], len(chart.links))

    return make


CSV = exports.declare(
    exports.Kind(
        "link_chart_csv", "Link chart, list of links", "link_chart", "text/csv; charset=utf-8", "csv",
        _made(moving.as_csv),
    )
)  # fmt: skip
GRAPHML = exports.declare(
    exports.Kind(
        "link_chart_graphml", "Link chart, GraphML", "link_chart", "application/xml; charset=utf-8", "graphml",
        _made(moving.as_graphml),
    )
)  # fmt: skip
