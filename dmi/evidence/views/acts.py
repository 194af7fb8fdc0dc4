"""One act on one item each: check, release, withhold, send back, hand on, compare the hash, take a still."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.evidence import actions, forms
from dmi.evidence.models import MediaItem
from dmi.evidence.views.found import item_of
from dmi.evidence.views.pages import item_context

Act = Callable[..., Any]


def _do(request: CaseRequest, item_id: uuid.UUID, *, form: Form, named: str, act: Act, done: str) -> HttpResponse:
    """Read the form, do the act, and go back to the item; a refusal comes back with the page and what was typed."""
    item, seen = item_of(request, item_id)
    if not (seen.picture and seen.custody):
        raise PermissionDenied
    if form.is_valid():
        try:
            act(item=item, actor=request.user, **form.cleaned_data)
        except (actions.NotAllowedYet, actions.NotTaken) as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as refusal:
            form.add_error(None, " ".join(refusal.messages))
        else:
            messages.success(request, done)
            return redirect(item)
    fresh = MediaItem.objects.for_case(request.case).select_related("case", "checked_by", "released_by").get(pk=item.pk)
    context = {**item_context(request, fresh, seen), named: form, "refused": form}
    return render(request, "evidence/item.html", context, status=422)


@require_POST
@case_view("act.check_media")
def check_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Record what the handler saw."""
    form = forms.CheckForm(request.POST)
    return _do(request, item_id, form=form, named="check_form", act=actions.check, done="Checked.")


@require_POST
@case_view("act.release_media")
def release_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Release a checked item for screen and paper."""
    form = forms.ReleaseForm(request.POST, auto_id="release_%s")
    return _do(request, item_id, form=form, named="note_form", act=actions.release, done="Released.")


@require_POST
@case_view("act.check_media", "act.release_media")
def withhold_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Withhold an item, with the reason."""
    form = forms.ReasonForm(request.POST, auto_id="withhold_%s")
    done = "Withheld. It is neither shown nor printed."
    return _do(request, item_id, form=form, named="reason_form", act=actions.withhold, done=done)


@require_POST
@case_view("act.check_media", "act.release_media")
def send_back_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Have an item checked anew, with the reason."""
    form = forms.ReasonForm(request.POST, auto_id="back_%s")
    return _do(request, item_id, form=form, named="back_form", act=actions.send_back, done="Sent back to be checked.")


@require_POST
@case_view("custody.change")
def move_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Hand the physical item on."""
    form = forms.MoveForm(request.POST, auto_id="move_%s")
    return _do(request, item_id, form=form, named="move_form", act=actions.move, done="The custody log has a new line.")


@require_POST
@case_view("custody.change", "act.release_media")
def verify_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Read the original again and compare its hash."""
    item, seen = item_of(request, item_id)
    if not seen.custody:
        raise PermissionDenied
    try:
        actions.verify(item=item, actor=request.user)
    except actions.Damaged:
        messages.error(
            request, "The stored original does not match its hash. Tell the prosecutor and restore it from backup."
        )
    else:
        messages.success(request, "The original is unchanged: its hash is the one taken at the start.")
    return redirect(item)


@require_POST
@case_view("act.check_media", "custody.change")
def take_still(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Take one picture of a video as an item of its own."""
    done = "The still was taken. It waits to be checked."
    return _do(
        request, item_id, form=forms.StillForm(request.POST), named="still_form", act=actions.take_still, done=done
    )
