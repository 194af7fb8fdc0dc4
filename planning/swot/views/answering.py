"""What every form page of the board shares: show the form, do the act, say so; refusals become words."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from dmi.core import forms
from dmi.core.forms import STALE
from dmi.core.models import StaleRecord
from dmi.core.requests import CaseRequest
from planning.swot import actions

LOCKED = "This inventory is locked; its items no longer change. What is done about them still can."


def board_url(request: CaseRequest) -> str:
    """The address of the board."""
    return reverse("swot:board", args=[request.case.pk])


def form_page(
    request: CaseRequest, form: BaseForm, act: Callable[[], object], *, heading: str, verb: str, done: str,
    sub: str = "", back: str = "",
) -> HttpResponse:  # fmt: skip
    """The form on its own page; once it is valid and the act is done, back with the message `done`."""
    back = back or board_url(request)
    if request.method == "POST" and form.is_valid() and succeeds(form, act):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "heading": heading, "verb": verb, "back": back, "sub": sub}
    return render(request, "swot/form.html", context, status=422 if form.is_bound else 200)


def succeeds(form: BaseForm, act: Callable[[], object]) -> bool:
    """As everywhere; a locked board has its own words, and somebody else's item is refused."""
    try:
        return forms.succeeds(form, act)
    except actions.Locked:
        form.add_error(None, LOCKED)
    except actions.NotYours as error:
        raise PermissionDenied from error
    return False


def button(request: CaseRequest, act: Callable[[], object], *, done: str, back: str = "") -> HttpResponse:
    """The answer to a single button: the act, or in words why not; then back to the board."""
    try:
        act()
    except actions.NotYours as error:
        raise PermissionDenied from error
    except (actions.Locked, StaleRecord) as error:
        messages.error(request, LOCKED if isinstance(error, actions.Locked) else STALE)
    except actions.BudgetSpent as error:
        messages.error(request, str(error))
    else:
        if done:
            messages.success(request, done)
    return redirect(back or board_url(request))
