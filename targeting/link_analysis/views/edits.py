"""Changing the chart: entries, links, a prosecutor's word, the arrangement. What is taken off can be put back."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.link_analysis import actions, forms, selectors
from targeting.link_analysis.models import Entity, Link
from targeting.link_analysis.views.shared import FORM_METHODS, chart_of, entity_url, form_page, page_url

PER_PAGE = 50
WAITS = "This person waits for a prosecutor's approval and then stands on the chart."


@require_http_methods(FORM_METHODS)
@case_view("link_chart.change")
def add_entity(request: CaseRequest) -> HttpResponse:
    """Put somebody or something on the chart."""
    return _entity(request, Entity(), "Add to the chart")


@require_http_methods(FORM_METHODS)
@case_view("link_chart.change")
def edit_entity(request: CaseRequest, entity_id: uuid.UUID) -> HttpResponse:
    """Correct an entry of the chart."""
    return _entity(request, _entity_of(request, entity_id), "Correct the entry")


def _entity(request: CaseRequest, entity: Entity, heading: str) -> HttpResponse:
    sight = selectors.sight_of(request.can)
    form = forms.EntityForm(request.POST or None, instance=entity, case=request.case, sight=sight)

    def act() -> object:
        saved = actions.save_entity(entity=form.instance, actor=request.user)
        if saved.awaits_approval:
            messages.info(request, WAITS)
        return saved

    return form_page(
        request, form, act, heading=heading, sub="A person, place, vehicle, telephone, organization or incident.",
        back=page_url(request, "chart"), done="Saved.",
    )  # fmt: skip


def _entity_of(request: CaseRequest, entity_id: uuid.UUID) -> Entity:
    """An entry this reader sees on the chart, or one of those that wait."""
    node = chart_of(request).node(entity_id)
    return node.entity if node else get_object_or_404(selectors.waiting(request.case), pk=entity_id)


@require_http_methods(FORM_METHODS)
@case_view("link_chart.change")
def add_link(request: CaseRequest) -> HttpResponse:
    """Link two entries on the word of a record."""
    try:
        first = uuid.UUID(request.GET.get("first", ""))
    except ValueError:
        first = None
    return _link(request, Link(), "Add a link", {"first": first} if first else {})


@require_http_methods(FORM_METHODS)
@case_view("link_chart.change")
def edit_link(request: CaseRequest, link_id: uuid.UUID) -> HttpResponse:
    """Correct a link."""
    return _link(request, _link_of(request, link_id), "Correct the link", {})


def _link(request: CaseRequest, link: Link, heading: str, initial: dict[str, object]) -> HttpResponse:
    chart = chart_of(request)
    form = forms.LinkForm(
        request.POST or None, instance=link, case=request.case, chart=chart, sight=selectors.sight_of(request.can),
        initial=initial,
    )  # fmt: skip
    is_lonely = len(chart.nodes) < 2
    return form_page(
        request, form, lambda: actions.save_link(link=form.instance, actor=request.user), heading=heading,
        sub="Every link names the record that says so, and its date.", back=page_url(request), done="Saved.",
        also="Put at least two entries on the chart first." if is_lonely else "",
    )  # fmt: skip


def _link_of(request: HttpRequest, link_id: uuid.UUID) -> Link:
    """A link this reader sees on the chart."""
    found = next((link for link in chart_of(request).links if link.pk == link_id), None)
    if found is None:
        raise Http404
    return found


@require_POST
@case_view("link_chart.change")
def remove_link(request: CaseRequest, link_id: uuid.UUID) -> HttpResponse:
    """Take a link off the chart; the page offers to undo it."""
    link = _link_of(request, link_id)
    actions.remove(record=link, actor=request.user)
    return redirect(f"{page_url(request)}?center={link.first_id}&removed={link.pk}")


@require_POST
@case_view("link_chart.change")
def put_back_link(request: CaseRequest, link_id: uuid.UUID) -> HttpResponse:
    """Undo a removal."""
    link = get_object_or_404(Link.objects.for_case(request.case).select_related("contact"), pk=link_id)
    if not selectors.may_know(link, selectors.sight_of(request.can)):
        raise Http404
    return _said(request, lambda: actions.put_back(record=link, actor=request.user), "The link is back.")


@require_POST
@case_view("link_chart.change")
def remove_entity(request: CaseRequest, entity_id: uuid.UUID) -> HttpResponse:
    """Take an entry off the chart, and with it what links it."""
    entity = _entity_of(request, entity_id)
    actions.remove(record=entity, actor=request.user)
    messages.success(request, "Taken off the chart.")
    return redirect(page_url(request, "removed"))


@require_POST
@case_view("link_chart.change")
def put_back_entity(request: CaseRequest, entity_id: uuid.UUID) -> HttpResponse:
    """Undo taking an entry off."""
    entity = get_object_or_404(Entity.objects.for_case(request.case), pk=entity_id)
    return _said(request, lambda: actions.put_back(record=entity, actor=request.user), "The entry is back.")


@require_GET
@case_view("link_chart.change")
def show_removed(request: CaseRequest) -> HttpResponse:
    """Entries taken off the chart, newest first, each with a way back."""
    return render(
        request, "link_analysis/removed.html",
        {"entities": selectors.removed_entities(request.case, selectors.sight_of(request.can))},
    )  # fmt: skip


@require_GET
@case_view("link_chart.change", "act.approve_charted_person")
def show_waiting(request: CaseRequest) -> HttpResponse:
    """People who are no subjects and wait for a prosecutor, with the written basis."""
    page = Paginator(selectors.waiting(request.case), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "link_analysis/waiting.html", {"page": page})


@require_POST
@case_view("act.approve_charted_person")
def approve_person(request: CaseRequest, entity_id: uuid.UUID) -> HttpResponse:
    """A prosecutor's word that this person may stand on the chart."""
    entity = get_object_or_404(selectors.waiting(request.case), pk=entity_id)
    _said(request, lambda: actions.approve_person(entity=entity, actor=request.user), "Approved for the chart.")
    return redirect(page_url(request, "waiting"))


@require_POST
@case_view("link_chart.change")
def arrange(request: CaseRequest) -> HttpResponse:
    """Find a new place for everything on the drawing."""
    actions.arrange(case=request.case, actor=request.user, is_anew=True)
    messages.success(request, "The chart is arranged anew.")
    return redirect(page_url(request))


def _said(request: HttpRequest, act: Callable[[], Entity | Link], done: str) -> HttpResponse:
    """Do it and say so; a refusal is said too, and nothing is changed."""
    try:
        record = act()
    except actions.NotThere as error:
        messages.error(request, str(error))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)
        if isinstance(record, Entity) and not record.awaits_approval:
            return redirect(entity_url(request, record))
        if isinstance(record, Link):
            return redirect(f"{page_url(request)}?center={record.first_id}")
    return redirect(page_url(request))
