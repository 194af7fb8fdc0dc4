"""What the step's pages share: finding records, and a form on a page of its own."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from dmi.core.forms import succeeds
from dmi.core.requests import CaseRequest
from dmi.people import selectors as persons
from dmi.people.models import Player
from targeting.undercover import actions, selectors
from targeting.undercover.models import OfficerBuy

FORM_METHODS = ["GET", "POST"]


def player_of(request: CaseRequest, player_id: uuid.UUID) -> Player:
    """The player of this case whose basis is in date."""
    return get_object_or_404(persons.players(request.case), pk=player_id)


def buy_of(request: CaseRequest, buy_id: uuid.UUID) -> OfficerBuy:
    """The officer's buy, if its player may be shown."""
    found = selectors.all_buys(request.case).select_related("player__person", "case", "listed_place")
    buy = get_object_or_404(found, pk=buy_id)
    player_of(request, buy.player_id)
    return buy


def url(request: CaseRequest, name: str, *args: Any) -> str:
    """The address of a page of this step on this case."""
    return reverse(f"undercover:{name}", args=[request.case.pk, *args])


def form_page(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], *, heading: str, sub: str, back: str,
    button: str = "Save", done: str = "Saved.", template: str = "undercover/form.html", **more: Any,
) -> HttpResponse:  # fmt: skip
    """The form on its own page; once it is valid and the act is done, to `back`."""
    if request.method == "POST" and form.is_valid() and succeeds(form, act, actions.NotAttachable, actions.NotReady):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "heading": heading, "sub": sub, "back": back, "button": button, **more}
    return render(request, template, context, status=422 if form.is_bound else 200)


def buy_form_page(request: CaseRequest, form: BaseForm, act: Callable[[], object], **words: str) -> HttpResponse:
    """The form of a buy, with the drawing of the area on which its point can be chosen."""
    drawing = selectors.ground(request.case)
    return form_page(request, form, act, template="undercover/buy_form.html", ground=drawing, **words)


def upload_page(
    request: HttpRequest, form: BaseForm, act: Callable[[], tuple[list[Any], list[Any]]], *, heading: str, sub: str,
    back: str,
) -> HttpResponse:  # fmt: skip
    """Files taken in; each refused one is named with its reason, the others are kept."""
    added: list[Any] = []
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        added, refused = act()
        if not refused:
            words = "1 file was" if len(added) == 1 else f"{len(added)} files were"
            messages.success(request, f"{words} taken in. A handler must check before anything is shown.")
            return redirect(back)
    context = {"form": form, "heading": heading, "sub": sub, "back": back, "added": added, "refused": refused}
    status = 422 if form.is_bound and not added else 200
    response = render(request, "undercover/upload.html", context, status=status)
    response.has_acted = bool(added)  # type: ignore[attr-defined]  # read by `case_view`
    return response
