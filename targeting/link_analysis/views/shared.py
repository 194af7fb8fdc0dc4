"""What the pages share: the chart this reader sees, the part that was picked, form pages, the file answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from dmi.core.forms import succeeds
from targeting.link_analysis import actions, forms, selectors
from targeting.link_analysis.chart import Chart, Node
from targeting.link_analysis.models import Entity, Link

FORM_METHODS = ["GET", "POST"]
MOST_DRAWN = 60


@dataclass(frozen=True, slots=True)
class Picked:
    """The part of the chart a page shows, and around whom."""

    form: forms.PickForm
    whole: Chart
    chart: Chart
    center: Node | None
    reach: str

    @property
    def is_too_large(self) -> bool:
        """More than can be read as a drawing."""
        return len(self.chart.nodes) > MOST_DRAWN

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The filters that are set, to be sent along with the form that prints this part."""
        if not self.form.is_bound:
            return []
        names = ("entity", "kind", "since", "until")
        return [(name, self.form.data[name]) for name in names if self.form.data.get(name)]

    @property
    def about(self) -> str:
        """What is shown, in a sentence."""
        if self.center is None or self.reach == "all":
            return "The whole chart"
        return f"Around {self.center.in_words}, {'one link' if self.reach == '1' else 'two links'} away"


def chart_of(request: HttpRequest) -> Chart:
    """The chart as this reader sees it."""
    return selectors.chart(request.case, selectors.sight_of(request.can), today=timezone.localdate())  # type: ignore[attr-defined]


def picked(request: HttpRequest, whole: Chart, data: Mapping[str, Any]) -> Picked:
    """The part that `data` asks for: around somebody, of some kind, of some days. Asked nonsense, the default."""
    form = forms.PickForm(data or None, case=request.case, chart=whole)  # type: ignore[attr-defined]
    asked = form.cleaned_data if form.is_valid() else {}
    center = whole.node(asked["center"].pk) if asked.get("center") else first_person(whole)
    reach = asked.get("reach") or "1"
    if not form.is_bound:
        form = forms.PickForm(case=request.case, chart=whole, initial={"reach": reach})  # type: ignore[attr-defined]
    form.initial["center"] = center.entity.pk if center else None
    keep = center.entity.pk if center else None
    chart = whole if not _is_cut(asked) else whole.linked_by(filter(_fits(asked, whole), whole.links), keep=keep)
    if center and reach != "all":
        chart = chart.around(center.entity.pk, int(reach))
    return Picked(form, whole, chart, center, reach)


def _is_cut(asked: Mapping[str, Any]) -> bool:
    return any(asked.get(name) for name in ("kind", "entity", "since", "until"))


def _fits(asked: Mapping[str, Any], whole: Chart) -> Callable[[Link], bool]:
    def fits(link: Link) -> bool:
        ends = {whole.nodes[whole.place[pk]].kind for pk in (link.first_id, link.second_id)}
        return (
            (not asked["kind"] or link.kind == asked["kind"])
            and (not asked["entity"] or asked["entity"] in ends)
            and (not asked["since"] or link.happened_on >= asked["since"])
            and (not asked["until"] or link.happened_on <= asked["until"])
        )

    return fits


def first_person(chart: Chart) -> Node | None:
    """Around whom the chart opens: the linked player with the lowest number, else the first linked entry."""
    linked = [node for node, degree in zip(chart.nodes, chart.degrees, strict=True) if degree]
    players = [(node.entity.player.number, node) for node in linked if node.entity.player]
    if players:
        return min(players, key=lambda pair: pair[0])[1]
    return next(iter(linked or chart.nodes), None)


def page_url(request: HttpRequest, name: str = "chart", *args: Any) -> str:
    """A page of this app on this case."""
    return reverse(f"link_analysis:{name}", args=[request.case.pk, *args])  # type: ignore[attr-defined]


def entity_url(request: HttpRequest, entity: Entity) -> str:
    """The page of one entry."""
    return page_url(request, "entity", entity.pk)


def form_page(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], *, heading: str, sub: str, back: str, done: str,
    verb: str = "Save", also: str = "",
) -> HttpResponse:  # fmt: skip
    """The form on its own page; once it is valid and the act is done, to `back` with the message `done`."""
    if request.method == "POST" and form.is_valid() and succeeds(form, act, actions.NotThere):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "heading": heading, "sub": sub, "back": back, "verb": verb, "also": also}
    return render(request, "link_analysis/form.html", context, status=422 if form.is_bound else 200)
