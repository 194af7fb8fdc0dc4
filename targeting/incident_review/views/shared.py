"""What every form page of the review shares: show the form, do the act, say so; refusals become words."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from dmi.core.forms import succeeds
from dmi.core.requests import CaseRequest
from dmi.people import actions as people
from dmi.people import selectors as persons
from dmi.people.models import Player
from targeting.incident_review import actions

FORM_METHODS = ["GET", "POST"]
REFUSALS = (
    actions.NoQuorum, actions.Closed, actions.NotInTheQueue, actions.ListOpen, actions.NotByYou,
    actions.CriteriaFirst, actions.AlreadyFixed, actions.LookFirst,
    people.NotAnAdult, people.NotAllowedYet, people.ReasonMissing,
)  # fmt: skip


def player_of(request: CaseRequest, player_id: uuid.UUID) -> Player:
    """The player of this case whose basis is in date."""
    return get_object_or_404(persons.players(request.case), pk=player_id)


def form_page(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], *, heading: str, back: str, done: str,
    sub: str = "", verb: str = "Save",
) -> HttpResponse:  # fmt: skip
    """The form on its own page; once it is valid and the act is done, to `back` with the message `done`."""
    if request.method == "POST" and form.is_valid() and succeeds(form, act, *REFUSALS):
        messages.success(request, done)
        return redirect(back)
    context = {"form": form, "heading": heading, "sub": sub, "back": back, "verb": verb}
    return render(request, "incident_review/form.html", context, status=422 if form.is_bound else 200)
