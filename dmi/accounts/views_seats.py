"""Who sits on a market and is cleared until when; a coordinator proposes a seat here."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dmi.accounts import proposals, selectors
from dmi.accounts.forms import SeatProposalForm
from dmi.accounts.models import Proposal
from dmi.cases.access import case_view
from dmi.core.forms import succeeds
from dmi.core.requests import CaseRequest


@require_GET
@case_view("accounts.view", "accounts.submit")
def list_seats(request: CaseRequest) -> HttpResponse:
    """The seats of this market with their dates, and what is proposed: everything to the privacy officer, else own."""
    waiting = selectors.open_proposals().filter(case=request.case)
    if "accounts.view" not in request.can:
        waiting = waiting.filter(created_by=request.user)
    context = {
        "rows": selectors.seats_on(request.case),
        "waiting": [{"proposal": found, "words": proposals.words(found)} for found in waiting],
        "today": timezone.localdate(),
        "sees_dates": "clearance.view" in request.can,
    }
    return render(request, "seats/list.html", context)


@case_view("accounts.submit")
def propose_seat(request: CaseRequest) -> HttpResponse:
    """Name a person and a seat; an administrator confirms. The answer is the same whether an account exists or not."""
    form = SeatProposalForm(request.POST or None, proposer=request.user)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        after = {name: given[name].isoformat() if given[name] else "" for name in ("starts_on", "ends_on")}
        what = {name: given[name] for name in ("full_name", "email", "role", "reason")}
        if succeeds(
            form,
            lambda: proposals.propose(
                kind=Proposal.Kind.SEAT, case=request.case, actor=request.user, after=after, request=request, **what
            ),
        ):
            messages.success(request, "Proposed. An administrator confirms it within seven days, or it runs out.")
            return redirect("seats:list", request.case.pk)
    return render(request, "seats/propose.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@case_view("accounts.submit")
def withdraw_seat(request: CaseRequest, proposal_id: uuid.UUID) -> HttpResponse:
    """Take one's own proposal back; one that was decided meanwhile stays as it was decided."""
    own = Proposal.objects.filter(case=request.case, created_by=request.user, kind=Proposal.Kind.SEAT)
    try:
        proposals.withdraw(proposal=get_object_or_404(own, pk=proposal_id), actor=request.user, request=request)
        messages.success(request, "Withdrawn.")
    except proposals.CannotConfirm as refused:
        messages.error(request, str(refused))
    return redirect("seats:list", request.case.pk)
