"""Pages of step 4: the table of cases, a player's buys, the charge page, and the sealed list of informants' buys."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases import policy
from dmi.cases import selectors as cases
from dmi.cases.access import case_view
from dmi.core.forms import STALE
from dmi.core.models import StaleRecord
from dmi.people import selectors as persons
from dmi.people.models import Player
from targeting.undercover import actions, forms, selectors
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, InformantNumber, OfficerBuy

FORM_METHODS = ["GET", "POST"]


@require_GET
@case_view("undercover_buys.view")
def show_cases(request: HttpRequest) -> HttpResponse:
    """Every player cases are built on, with the buys so far and, for readers of warrants, the charge page."""
    context = {
        "rows": selectors.readiness(request.case),
        "policy": cases.policy_of(request.case),
        "sees_pages": "warrants.view" in request.can,
        "shows_names": "player_list.view" in request.can,
    }
    return render(request, "undercover/cases.html", context)


@require_GET
@case_view("undercover_buys.view")
def show_player(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """One player's buys by officers, and the charge page for readers of warrants."""
    player = _player(request, player_id)
    sees_page = "warrants.view" in request.can
    context = {
        "player": player,
        "summary": selectors.evidence_summary(player),
        "policy": cases.policy_of(request.case),
        "buys": selectors.buys(player),
        "sees_page": sees_page,
        "charge_page": selectors.charge_page(player) if sees_page else None,
        "shows_names": "player_list.view" in request.can,
    }
    return render(request, "undercover/player.html", context)


@require_http_methods(FORM_METHODS)
@case_view("undercover_buys.change")
def add_buy(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record a buy by an officer."""
    player = _player(request, player_id)
    form = forms.BuyForm(request.POST or None, instance=OfficerBuy(player=player), case=request.case)
    return _form_page(
        request, form, lambda: actions.record_buy(buy=form.instance, actor=request.user),
        heading="Record a buy", sub=player.number, back=_url(request, player),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("undercover_buys.change")
def edit_buy(request: HttpRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Correct a buy by an officer."""
    buy = _buy(request, buy_id)
    form = forms.BuyForm(request.POST or None, instance=buy, case=request.case)
    return _form_page(
        request, form, lambda: actions.correct_buy(buy=form.instance, actor=request.user),
        heading="Correct a buy", sub=buy.player.number, back=_url(request, buy.player),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("undercover_buys.change")
def attach(request: HttpRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Put a photograph or recording to a buy."""
    buy = _buy(request, buy_id)
    form = forms.AttachForm(request.POST or None, instance=BuyMedia(buy=buy), case=request.case)

    def act() -> object:
        given = {name: form.cleaned_data[name] for name in ("item", "caption", "position")}
        return actions.attach(buy=buy, actor=request.user, **given)

    return _form_page(
        request, form, act, heading="Attach evidence", sub=f"{buy.player.number}, report {buy.report_number}",
        back=_url(request, buy.player),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("warrants.change")
def edit_charge_page(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Write the charge page of a player."""
    player = _player(request, player_id)
    page = selectors.charge_page(player) or ChargePage(player=player)
    form = forms.ChargePageForm(request.POST or None, instance=page, case=request.case)
    return _form_page(
        request, form, lambda: actions.save_charge_page(page=form.instance, actor=request.user),
        heading="Charge page", sub=player.number, back=_url(request, player),
    )  # fmt: skip


@require_POST
@case_view("warrants.change")
def mark_ready(request: HttpRequest, player_id: uuid.UUID) -> HttpResponse:
    """Call the case against a player ready, as of today."""
    player = _player(request, player_id)
    page = get_object_or_404(ChargePage.objects.for_case(request.case), player=player)
    try:
        actions.mark_ready(page=page, on=timezone.localdate(), actor=request.user)
    except actions.NotReady as error:
        messages.error(request, str(error))
    except StaleRecord:
        messages.error(request, STALE)
    else:
        messages.success(request, "The case is ready.")
    return redirect(_url(request, player))


@require_GET
@case_view("informant_buys.view", concealed=True)
def show_informant_buys(request: HttpRequest) -> HttpResponse:
    """Buys by informants; the number only for a reader who needs no second person to see it."""
    right = "informant_numbers.view"
    shows_numbers = right in request.can and not policy.needs_second_person(right, request.seats)
    numbers = InformantNumber.objects.for_case(request.case) if shows_numbers else InformantNumber.objects.none()
    by_buy = dict(numbers.values_list("buy_id", "number"))
    rows = [(buy, by_buy.get(buy.pk, "")) for buy in selectors.informant_buys(request.case)]
    return render(request, "undercover/informant_buys.html", {"rows": rows, "shows_numbers": shows_numbers})


@require_http_methods(FORM_METHODS)
@case_view("informant_buys.change", concealed=True)
def add_informant_buy(request: HttpRequest) -> HttpResponse:
    """Record a buy by an informant."""
    form = forms.InformantBuyForm(request.POST or None, instance=InformantBuy(), case=request.case)
    return _form_page(
        request, form,
        lambda: actions.record_informant_buy(
            buy=form.instance, number=form.cleaned_data["number"], actor=request.user
        ),
        heading="Record an informant's buy", sub="Sealed. The informant is a number only.",
        back=reverse("undercover:informant-buys", args=[request.case.pk]),
    )  # fmt: skip


def _player(request: HttpRequest, player_id: uuid.UUID) -> Player:
    """The player of this case whose basis is in date."""
    return get_object_or_404(persons.players(request.case), pk=player_id)


def _buy(request: HttpRequest, buy_id: uuid.UUID) -> OfficerBuy:
    buy = get_object_or_404(OfficerBuy.objects.for_case(request.case).select_related("player"), pk=buy_id)
    _player(request, buy.player_id)
    return buy


def _url(request: HttpRequest, player: Player) -> str:
    return reverse("undercover:player", args=[request.case.pk, player.pk])


def _form_page(
    request: HttpRequest, form: BaseForm, act: Callable[[], object], *, heading: str, sub: str, back: str
) -> HttpResponse:
    """The form on its own page; once it is valid and the act is done, to `back`."""
    if request.method == "POST" and form.is_valid() and _succeeds(form, act):
        messages.success(request, "Saved.")
        return redirect(back)
    context = {"form": form, "heading": heading, "sub": sub, "back": back}
    return render(request, "undercover/form.html", context, status=422 if form.is_bound else 200)


def _succeeds(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether the act went through; a refusal becomes an error of the form and what was typed stays."""
    try:
        act()
    except StaleRecord:
        form.add_error(None, STALE)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except actions.NotAttachable as error:
        form.add_error(None, str(error))
    return form.is_valid()
