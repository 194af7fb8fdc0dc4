"""What is done about an item: responses with owner and date, risks the team lives with, prompts without a threat."""

from __future__ import annotations

import uuid

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from planning.swot import actions, forms, selectors
from planning.swot.models import Item, Prompt, PromptAnswer, Response
from planning.swot.views.answering import board_url, form_page


def _item(request: CaseRequest, item_id: uuid.UUID) -> Item:
    found = Item.objects.for_case(request.case).standing().select_related("inventory")
    return get_object_or_404(found, pk=item_id)


def _response(request: CaseRequest, response_id: uuid.UUID) -> Response:
    return get_object_or_404(Response.objects.for_case(request.case).select_related("item"), pk=response_id)


def _register_url(request: CaseRequest) -> str:
    return reverse("swot:register", args=[request.case.pk])


@case_view("planning_items.change")
def plan_response(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Plan what is done about an item, with owner and date."""
    item = _item(request, item_id)
    form = forms.ResponseForm(request.POST or None, case=request.case)
    return form_page(
        request, form, lambda: actions.plan_response(response=form.instance, item=item, actor=request.user),
        heading="What will be done", verb="Plan it", sub=item.text, done="Planned.",
        back=f"{board_url(request)}#item-{item.pk}",
    )  # fmt: skip


@case_view("planning_items.change")
def edit_response(request: CaseRequest, response_id: uuid.UUID) -> HttpResponse:
    """Change what, who or when."""
    found = _response(request, response_id)
    form = forms.ResponseForm(request.POST or None, instance=found, case=request.case)
    return form_page(
        request, form, lambda: actions.plan_response(response=form.instance, item=found.item, actor=request.user),
        heading="Change the response", verb="Save", sub=found.item.text, done="Saved.", back=_register_url(request),
    )  # fmt: skip


@case_view("planning_items.change")
def finish_response(request: CaseRequest, response_id: uuid.UUID) -> HttpResponse:
    """Say that it is done, and how it went."""
    found = _response(request, response_id)
    form = forms.FinishForm(request.POST or None, instance=found, case=request.case)
    return form_page(
        request, form, lambda: actions.finish_response(response=form.instance, actor=request.user),
        heading="It is done", verb="Record as done", sub=found.what, done="Recorded as done.",
        back=_register_url(request),
    )  # fmt: skip


@case_view("planning_items.change")
def accept_risk(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Say why the team lives with a weakness or a threat."""
    item = _item(request, item_id)
    if not item.needs_answer:
        raise Http404
    form = forms.RiskForm(request.POST or None, instance=item, case=request.case)
    return form_page(
        request, form, lambda: actions.accept_risk(item=form.instance, actor=request.user),
        heading="Live with it", verb="Record", sub=item.text, done="Recorded.",
        back=f"{board_url(request)}#item-{item.pk}",
    )  # fmt: skip


@case_view("planning_items.change")
def answer_prompt(request: CaseRequest, prompt: str) -> HttpResponse:
    """Say why a prompt is no threat here."""
    if prompt not in Prompt.values:
        raise Http404
    inventory = selectors.current_inventory(request.case)
    known = PromptAnswer.objects.for_case(request.case).filter(inventory=inventory, prompt=prompt).first()
    answer = known or PromptAnswer(case=request.case, prompt=prompt)
    form = forms.PromptForm(request.POST or None, instance=answer, case=request.case)
    return form_page(
        request, form, lambda: actions.answer_prompt(answer=form.instance, actor=request.user),
        heading="No threat here", verb="Record", sub=Prompt(prompt).label, done="Recorded.",
        back=f"{board_url(request)}#prompts",
    )  # fmt: skip
