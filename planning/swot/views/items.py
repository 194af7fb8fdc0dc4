"""Items: posting, putting better, removing, putting back, weighing."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from planning.swot import actions, forms
from planning.swot.models import Item
from planning.swot.views.answering import board_url, button, form_page


def _item(request: CaseRequest, item_id: uuid.UUID) -> Item:
    found = Item.objects.for_case(request.case).select_related("inventory", "author")
    return get_object_or_404(found, pk=item_id)


def _once(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid.uuid4()


@case_view("planning_items.change")
def add_item(request: CaseRequest) -> HttpResponse:
    """Post an item, signed or not."""
    initial = {"quadrant": request.GET.get("quadrant", ""), "prompt": request.GET.get("prompt", "")}
    form = forms.ItemForm(request.POST or None, case=request.case, initial=initial)
    unsigned = form.is_bound and form.is_valid() and form.cleaned_data["unsigned"]

    def post() -> object:
        if unsigned:
            return actions.post_unsigned(item=form.instance, once=_once(request))
        return actions.post_item(item=form.instance, actor=request.user)

    return form_page(
        request, form, post, heading="Put it on the board", verb="Post",
        sub="One thought at a time, in plain words. The whole team reads it.",
        done="Posted without your name." if unsigned else "Posted.",
    )  # fmt: skip


@case_view("planning_items.change")
def edit_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Put your own item better."""
    item = _item(request, item_id)
    if item.author_id != request.user.pk:
        raise PermissionDenied
    form = forms.ItemForm(request.POST or None, instance=item, case=request.case)
    return form_page(
        request, form, lambda: actions.change_item(item=form.instance, actor=request.user),
        heading="Put it better", verb="Save", done="Saved.", back=f"{board_url(request)}#item-{item.pk}",
    )  # fmt: skip


@require_POST
@case_view("planning_items.change")
def remove_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Take an item off the board; the board offers to undo it."""
    item = _item(request, item_id)
    moderates = "act.manage_team" in request.can
    return button(
        request, lambda: actions.remove_item(item=item, actor=request.user, moderates=moderates),
        done="", back=f"{board_url(request)}?removed={item.pk}",
    )  # fmt: skip


@require_POST
@case_view("planning_items.change")
def put_back(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Undo a removal."""
    item = _item(request, item_id)
    moderates = "act.manage_team" in request.can
    return button(
        request, lambda: actions.put_back(item=item, actor=request.user, moderates=moderates),
        done="It is on the board again.", back=f"{board_url(request)}#item-{item.pk}",
    )  # fmt: skip


@require_POST
@case_view("planning_items.change")
def weigh(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Give an item votes out of one's own budget."""
    item = _item(request, item_id)
    form = forms.VoteForm(request.POST)
    if item.removed_at or not form.is_valid():
        raise Http404
    return button(
        request, lambda: actions.weigh(item=item, actor=request.user, points=form.cleaned_data["points"]),
        done="", back=f"{board_url(request)}#item-{item.pk}",
    )  # fmt: skip
