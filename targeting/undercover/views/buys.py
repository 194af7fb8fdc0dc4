"""Buys by officers: recorded, corrected, shown with their history, given their evidence."""

from __future__ import annotations

import uuid

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.undercover import actions, forms, selectors
from targeting.undercover.models import BuyMedia, OfficerBuy
from targeting.undercover.views.parts import FORM_METHODS, buy_form_page, buy_of, form_page, player_of, upload_page, url


@require_http_methods(FORM_METHODS)
@case_view("undercover_buys.change")
def add_buy(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Record a buy by an officer."""
    player = player_of(request, player_id)
    form = forms.BuyForm(request.POST or None, instance=OfficerBuy(player=player), case=request.case)
    return buy_form_page(
        request, form, lambda: actions.record_buy(buy=form.instance, actor=request.user),
        heading="Record a buy", sub=player.number, back=url(request, "player", player.pk), button="Record the buy",
    )  # fmt: skip


@require_GET
@case_view("undercover_buys.view")
def show_buy(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """One buy by an officer, its evidence as far as the reader may see it, and every correction."""
    buy = buy_of(request, buy_id)
    sees_sealed = selectors.SEES_SEALED in request.can
    context = {
        "buy": buy,
        "player": buy.player,
        "media": selectors.media_rows(buy, can=request.can, user=request.user),
        "changes": selectors.changes_of(buy),
        "cautions": selectors.cautions_of_buy(buy, request.can) if sees_sealed else [],
        "shows_names": "player_list.view" in request.can,
        "shows_point": "buy_locations.view" in request.can,
        "prints_custody": "custody.print" in request.can,
        "may_upload": {"undercover_buys.change", "custody.change"} <= request.can,
    }
    return render(request, "undercover/buy.html", context)


@require_http_methods(FORM_METHODS)
@case_view("undercover_buys.change")
def edit_buy(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Correct a buy by an officer."""
    buy = buy_of(request, buy_id)
    form = forms.BuyForm(request.POST or None, instance=buy, case=request.case)
    return buy_form_page(
        request, form, lambda: actions.correct_buy(buy=form.instance, actor=request.user),
        heading="Correct a buy", sub=f"{buy.player.number}, report {buy.report_number}. What stood before is kept.",
        back=url(request, "buy", buy.pk),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("undercover_buys.change")
def attach(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Put a photograph or recording that was taken in before to a buy."""
    buy = buy_of(request, buy_id)
    form = forms.AttachForm(request.POST or None, instance=BuyMedia(buy=buy), case=request.case)

    def act() -> object:
        given = {name: form.cleaned_data[name] for name in ("item", "caption", "position", "reason")}
        return actions.attach(buy=buy, actor=request.user, **given)

    return form_page(
        request, form, act, heading="Attach evidence", sub=f"{buy.player.number}, report {buy.report_number}",
        back=url(request, "buy", buy.pk), button="Attach",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("undercover_buys.change")
def upload(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Take recordings and photographs of a buy into evidence."""
    if "custody.change" not in request.can:
        raise PermissionDenied
    buy = buy_of(request, buy_id)
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    return upload_page(
        request, form, lambda: actions.add_media(buy=buy, actor=request.user, **form.cleaned_data),
        heading="Add recordings and photographs", sub=f"{buy.player.number}, report {buy.report_number}",
        back=url(request, "buy", buy.pk),
    )  # fmt: skip
