"""What every form page of the team shares: show the form, do the act, say so."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from dmi.core.forms import succeeds
from planning.team.actions import NotReady


def form_page(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], *, back: str, heading: str, verb: str, done: str,
    sub: str = "", data_class: str = "roster",
) -> HttpResponse:  # fmt: skip
    """The form on its own page; once it is valid and the act is done, back to `back` with the message `done`."""
    if request.method == "POST" and form.is_valid() and succeeds(form, act, NotReady):
        messages.success(request, done)
        return redirect(back)
    context: dict[str, Any] = {
        "form": form, "heading": heading, "verb": verb, "back": back, "sub": sub, "data_class": data_class,
    }  # fmt: skip
    return render(request, "team/form.html", context, status=422 if form.is_bound else 200)
