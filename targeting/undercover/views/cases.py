"""The table of cases, one player's case, and the prosecutor's page and word."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases import selectors as cases
from dmi.cases.access import case_view
from dmi.core.forms import STALE
from dmi.core.models import StaleRecord
from dmi.core.requests import CaseRequest
from targeting.undercover import actions, forms, selectors
from targeting.undercover.models import ChargePage
from targeting.undercover.views.parts import FORM_METHODS, form_page, player_of, url

PER_PAGE = 50


@require_GET
@case_view("undercover_buys.view")
def show_cases(request: CaseRequest) -> HttpResponse:
    """Every player cases are built on, with the buys so far and, for readers of warrants, the prosecutor's word."""
    rows = selectors.readiness(request.case, can=request.can)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "totals": selectors.totals(rows),
        "policy": cases.policy_of(request.case),
        "sees_pages": "warrants.view" in request.can,
        "sees_sealed": selectors.SEES_SEALED in request.can,
        "sees_operations": request.can & {"operations.view", "operations.view_released"},
        "may_print": request.can & {"undercover_buys.print", "warrants.print"},
        "shows_names": "player_list.view" in request.can,
    }
    return render(request, "undercover/cases.html", context)


@require_GET
@case_view("undercover_buys.view")
def show_player(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """One player's case: the meter, buys by officers, other activity, and the charge page for readers of warrants."""
    player = player_of(request, player_id)
    sees_page, today = "warrants.view" in request.can, timezone.localdate()
    page = selectors.charge_page(player) if sees_page else None
    sealed = selectors.SEES_SEALED in request.can
    buys = list(selectors.buys(player))
    observed = selectors.observations(request.case, player)
    observed = observed if "police_contacts.view" in request.can else observed.none()
    context = {
        "player": player,
        "summary": selectors.evidence_summary(player),
        "policy": cases.policy_of(request.case),
        "buys": [(buy, selectors.media_rows(buy, can=request.can, user=request.user)) for buy in buys],
        "no_result": sum(not buy.lab_result for buy in buys),
        "sees_page": sees_page,
        "charge_page": page,
        "clock": page.clock(today) if page else "unknown",
        "days_left": page.days_left(today) if page else None,
        "word_form": forms.WordForm(),
        "sees_sealed": sealed,
        "sealed_buys": selectors.informant_buys(request.case).filter(player=player) if sealed else [],
        "sees_activity": "police_contacts.view" in request.can,
        "observations": Paginator(observed, PER_PAGE).get_page(request.GET.get("page")),
        "shows_names": "player_list.view" in request.can,
    }
    return render(request, "undercover/player.html", context)


@require_http_methods(FORM_METHODS)
@case_view("warrants.change")
def edit_charge_page(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Write the charge page of a player."""
    player = player_of(request, player_id)
    page = selectors.charge_page(player) or ChargePage(player=player)
    form = forms.ChargePageForm(request.POST or None, instance=page, case=request.case)
    return form_page(
        request, form, lambda: actions.save_charge_page(page=form.instance, actor=request.user),
        heading="Charge page", sub=player.number, back=url(request, "player", player.pk),
    )  # fmt: skip


@require_POST
@case_view("warrants.change")
def mark_ready(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Say that the case against a player stands, as of today, and why."""
    return _word(request, player_id, is_ready=True, done="The case stands.")


@require_POST
@case_view("warrants.change")
def take_word_back(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Say that the case against a player no longer stands, and why."""
    return _word(request, player_id, is_ready=False, done="The word is taken back.")


def _word(request: CaseRequest, player_id: uuid.UUID, *, is_ready: bool, done: str) -> HttpResponse:
    player = player_of(request, player_id)
    page = get_object_or_404(ChargePage.objects.for_case(request.case), player=player)
    form = forms.WordForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say why; the reason stands on the charge page.")
        return redirect(url(request, "player", player.pk))
    reason = form.cleaned_data["reason"]
    try:
        if is_ready:
            actions.mark_ready(page=page, on=timezone.localdate(), reason=reason, actor=request.user)
        else:
            actions.take_word_back(page=page, reason=reason, actor=request.user)
    except actions.NotReady as error:
        messages.error(request, str(error))
    except StaleRecord:
        messages.error(request, STALE)
    else:
        messages.success(request, done)
    return redirect(url(request, "player", player.pk))
