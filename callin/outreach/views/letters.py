"""Pages of step 6a: the letters, their wording, their delivery."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from callin.outreach import actions, forms, selectors
from callin.outreach.models import CallInLetter, LetterWording
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest

PER_PAGE = 50


@case_view("letters.view", "letters.masked")
def show_letters(request: CaseRequest) -> HttpResponse:
    """The candidates' letters, the one button that prints them all, and what changed in any of them since."""
    wording, batch = selectors.wording(request.case), selectors.latest_batch(request.case)
    rows = selectors.rows(request.case)
    players = [row.player for row in rows]
    has_changed = bool(batch and wording and batch.facts_hash != actions.facts_hash(players, wording))
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "wording": wording,
        "batch": batch,
        "has_changed": has_changed,
        "shows_names": "player_list.view" in request.can,
    }
    return render(request, "outreach/letters.html", context)


@case_view("letters.change", "act.approve_letter")
def edit_wording(request: CaseRequest) -> HttpResponse:
    """The words of the letter: the coordinator writes them, prosecutor or police lead read and approve them."""
    known = selectors.wording(request.case)
    may_write = "letters.change" in request.can
    form = forms.WordingForm(request.POST or None, instance=known, case=request.case) if may_write else None
    if form and request.method == "POST" and form.is_valid():
        actions.save_wording(wording=form.instance, actor=request.user)
        messages.success(request, "The wording is saved and waits for approval.")
        return redirect("outreach:wording", request.case.pk)
    context = {"form": form, "wording": known}
    return render(request, "outreach/wording.html", context, status=422 if form and form.is_bound else 200)


@require_POST
@case_view("act.approve_letter")
def approve_wording(request: CaseRequest) -> HttpResponse:
    """Approve the words as they stand."""
    wording = get_object_or_404(LetterWording.objects.for_case(request.case))
    try:
        actions.approve_wording(wording=wording, actor=request.user)
        messages.success(request, "The wording is approved. The letters can be printed.")
    except actions.NotByYou as refused:
        messages.error(request, str(refused))
    return redirect("outreach:wording", request.case.pk)


@require_POST
@case_view("act.issue_letter")
def print_letters(request: CaseRequest) -> HttpResponse:
    """Print a letter to each candidate, in one press."""
    try:
        batch = actions.print_letters(case=request.case, actor=request.user, again="again" in request.POST)
    except actions.CannotPrint as refused:
        messages.error(request, str(refused))
        return redirect("outreach:letters", request.case.pk)
    return redirect(batch.run.get_absolute_url())


@case_view("letters.change")
def record_delivery(request: CaseRequest, letter_id: uuid.UUID) -> HttpResponse:
    """Record how a letter reached the candidate."""
    letter = get_object_or_404(CallInLetter.objects.for_case(request.case).select_related("player"), pk=letter_id)
    form = forms.DeliveryForm(request.POST or None, instance=letter, case=request.case)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in ("delivered_on", "method", "delivered_by")}
        actions.record_delivery(letter=letter, actor=request.user, **data)
        messages.success(request, f"The delivery to {letter.player.number} is recorded.")
        return redirect("outreach:letters", request.case.pk)
    context = {"form": form, "letter": letter}
    return render(request, "outreach/deliver.html", context, status=422 if form.is_bound else 200)
