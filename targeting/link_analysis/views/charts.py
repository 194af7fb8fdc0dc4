"""Looking at the chart: around somebody, one entry, the way between two, the groups."""

from __future__ import annotations

import uuid
from itertools import pairwise
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.link_analysis import drawing, forms, measures, selectors
from targeting.link_analysis.chart import Chart, Node
from targeting.link_analysis.grouping import communities
from targeting.link_analysis.models import Entity
from targeting.link_analysis.views.shared import Picked, chart_of, entity_url, picked

PER_PAGE = 50


@require_GET
@case_view("link_chart.view")
def show_chart(request: CaseRequest) -> HttpResponse:
    """The chart around one person, as a drawing and as a table."""
    part = picked(request, chart_of(request), request.GET)
    links = [_line(request, part.chart, link) for link in part.chart.links]
    context = {
        "part": part,
        "page": Paginator(links, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": selectors.waiting(request.case).count() if _minds_the_queue(request) else 0,
        "removed": _removed(request),
        "lone": [node for node, degree in zip(part.chart.nodes, part.chart.degrees, strict=True) if not degree],
        "is_table": request.GET.get("as") != "chart",
        **_drawn(request, part),
    }
    return render(request, "link_analysis/chart.html", context, status=200)


def _minds_the_queue(request: HttpRequest) -> bool:
    return bool({"link_chart.change", "act.approve_charted_person"} & request.can)  # type: ignore[attr-defined]


def _removed(request: HttpRequest) -> Any:
    """The link just taken off, for those who may put it back and may see what it rests on."""
    if "link_chart.change" not in request.can or not request.GET.get("removed"):  # type: ignore[attr-defined]
        return None
    try:
        asked = uuid.UUID(request.GET["removed"])
    except ValueError:
        return None
    return selectors.removed_link(request.case, asked, selectors.sight_of(request.can))  # type: ignore[attr-defined]


def _line(request: HttpRequest, chart: Chart, link: Any) -> dict[str, Any]:
    first, second = chart.nodes[chart.place[link.first_id]], chart.nodes[chart.place[link.second_id]]
    return {
        "link": link, "first": first, "second": second,
        "first_url": entity_url(request, first.entity), "second_url": entity_url(request, second.entity),
    }  # fmt: skip


def _drawn(request: HttpRequest, part: Picked) -> dict[str, Any]:
    """The drawing, and the same as data for the script; nothing when there is nothing, or too much, to draw."""
    if not part.chart.nodes or part.is_too_large:
        return {"drawing": None, "elements": None}
    sight = selectors.sight_of(request.can)  # type: ignore[attr-defined]
    spots = selectors.positions(request.case, part.whole, part.chart, sight)  # type: ignore[attr-defined]
    center = part.center.key if part.center and part.reach != "all" else ""
    drawn = drawing.draw(part.chart, spots, center=center)
    nodes = [
        mark | {"url": reverse("link_analysis:entity", args=[request.case.pk, mark["key"]])}  # type: ignore[attr-defined]
        for mark in drawn["marks"]
    ]
    return {"drawing": drawn, "elements": {"nodes": nodes, "lines": drawn["lines"]}}


@require_GET
@case_view("link_chart.view")
def show_entity(request: CaseRequest, entity_id: uuid.UUID) -> HttpResponse:
    """One entry: whom and what it is linked to, on which record's word, and what its place in the chart means."""
    chart = chart_of(request)
    node = chart.node(entity_id)
    if node is None:
        raise Http404
    index = chart.place[entity_id]
    links = [(link, other, entity_url(request, other.entity)) for link, other in chart.links_of(entity_id)]
    context = {
        "node": node,
        "page": Paginator(links, PER_PAGE).get_page(request.GET.get("page")),
        "others": len(chart.nodes) - 1,
        "degree": chart.degrees[index],
        "ways": round(100 * chart.betweenness[index]),
        "player_url": _player_url(request, node),
    }
    return render(request, "link_analysis/entity.html", context)


def _player_url(request: HttpRequest, node: Node) -> str:
    if node.entity.player_id is None or "police_contacts.view" not in request.can:  # type: ignore[attr-defined]
        return ""
    return reverse("incident_review:person", args=[request.case.pk, node.entity.player_id])  # type: ignore[attr-defined]


@require_GET
@case_view("link_chart.view")
def show_way(request: CaseRequest) -> HttpResponse:
    """How two entries are linked: one shortest way, link by link, each with its record."""
    chart = chart_of(request)
    asked = {name: request.GET[name] for name in ("start", "end") if request.GET.get(name)}
    is_asked = len(asked) == 2
    form = forms.WayForm(asked if is_asked else None, initial=asked, case=request.case, chart=chart)
    steps, start, end = [], None, None
    if form.is_valid():
        start, end = (chart.node(form.cleaned_data[name].pk) for name in ("start", "end"))
        way = chart.way(start.entity.pk, end.entity.pk) if start and end else []
        steps = [
            {"from": one, "to": other, "links": chart.between(one, other), "url": entity_url(request, other.entity)}
            for one, other in pairwise(way)
        ]
    context = {"form": form, "steps": steps, "start": start, "end": end, "has_entries": bool(chart.nodes)}
    return render(request, "link_analysis/way.html", context, status=422 if form.errors else 200)


@require_GET
@case_view("link_chart.view")
def show_groups(request: CaseRequest) -> HttpResponse:
    """Pieces and groups of the chart, and everybody's place in words; in the order of names, never of numbers."""
    chart = chart_of(request)
    size = len(chart.nodes)
    context = {
        "pieces": [
            [chart.nodes[place] for place in piece]
            for piece in measures.components(size, chart.pairs)
            if len(piece) > 1
        ],
        "groups": _groups(chart),
        "lone": sum(1 for degree in chart.degrees if not degree),
        "page": Paginator(_places(request, chart), PER_PAGE).get_page(request.GET.get("page")),
        "others": size - 1,
    }
    return render(request, "link_analysis/groups.html", context)


def _groups(chart: Chart) -> list[list[Node]]:
    """Groups denser inside than between, of two and more."""
    found: dict[int, list[Node]] = {}
    for node, number in zip(chart.nodes, communities(len(chart.nodes), chart.pairs), strict=True):
        found.setdefault(number, []).append(node)
    return [found[number] for number in sorted(found) if len(found[number]) > 1]


def _places(request: HttpRequest, chart: Chart) -> list[dict[str, Any]]:
    rows = zip(chart.nodes, chart.degrees, chart.betweenness, strict=True)
    people_first = sorted(rows, key=lambda row: row[0].kind != Entity.Kind.PERSON)
    return [
        {"node": node, "degree": degree, "ways": round(100 * ways), "url": entity_url(request, node.entity)}
        for node, degree, ways in people_first
    ]
