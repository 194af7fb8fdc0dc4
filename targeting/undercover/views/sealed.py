"""Informants' buys. Every page here answers 404 to whoever may not know that there are any."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.undercover import actions, forms, selectors
from targeting.undercover.models import InformantBuy, InformantNumber, RegisterLook
from targeting.undercover.views.parts import FORM_METHODS, buy_form_page, form_page, upload_page, url

PER_PAGE = 50


def _buy(request: CaseRequest, buy_id: uuid.UUID) -> InformantBuy:
    return get_object_or_404(selectors.informant_buys(request.case).select_related("case"), pk=buy_id)


def _number_form(request: CaseRequest, buy: InformantBuy, number: str = "") -> forms.InformantBuyForm:
    return forms.InformantBuyForm(request.POST or None, instance=buy, case=request.case, initial={"number": number})


@require_GET
@case_view("informant_buys.view", concealed=True)
def show_informant_buys(request: CaseRequest) -> HttpResponse:
    """Buys by informants; the number only for a reader who needs no second person to see it."""
    numbers = selectors.numbers_of(request.case, can=request.can, seats=request.seats)
    page = Paginator(selectors.informant_buys(request.case), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(buy, (numbers or {}).get(buy.pk, "")) for buy in page],
        "shows_numbers": numbers is not None,
        "look": selectors.last_look(request.case),
    }
    return render(request, "undercover/informant_buys.html", context)


@require_GET
@case_view("informant_buys.view", concealed=True)
def show_informant_buy(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """One informant's buy with searches, money, proof, sealed media and every correction."""
    buy = _buy(request, buy_id)
    numbers = selectors.numbers_of(request.case, can=request.can, seats=request.seats)
    context = {
        "buy": buy,
        "number": (numbers or {}).get(buy.pk, ""),
        "shows_numbers": numbers is not None,
        "media": selectors.media_rows(buy, can=request.can, user=request.user),
        "changes": selectors.changes_of(buy),
        "may_print": "operations.print" in request.can,
        "prints_custody": "operations.print" in request.can,
    }
    return render(request, "undercover/informant_buy.html", context)


@require_http_methods(FORM_METHODS)
@case_view("informant_buys.change", concealed=True)
def add_informant_buy(request: CaseRequest) -> HttpResponse:
    """Record a buy by an informant."""
    form = _number_form(request, InformantBuy())

    def act() -> object:
        number = form.cleaned_data["number"]
        return actions.record_informant_buy(buy=form.instance, number=number, actor=request.user)

    return buy_form_page(
        request, form, act, heading="Record an informant's buy", sub="Sealed. The informant is a number only.",
        back=url(request, "informant-buys"), button="Record the buy",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("informant_buys.change", concealed=True)
def edit_informant_buy(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Correct a buy by an informant."""
    buy = _buy(request, buy_id)
    held = InformantNumber.objects.for_case(request.case).filter(buy=buy).first()
    form = _number_form(request, buy, held.number if held else "")

    def act() -> object:
        number = form.cleaned_data["number"]
        return actions.correct_informant_buy(buy=form.instance, number=number, actor=request.user)

    return buy_form_page(
        request, form, act, heading="Correct an informant's buy", sub="Sealed. What stood before is kept.",
        back=url(request, "informant-buy", buy.pk),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("informant_buys.change", concealed=True)
def upload_informant(request: CaseRequest, buy_id: uuid.UUID) -> HttpResponse:
    """Take recordings and photographs of an informant's buy into evidence, sealed."""
    buy = _buy(request, buy_id)
    form = forms.UploadForm(request.POST or None, request.FILES or None)
    return upload_page(
        request, form, lambda: actions.add_informant_media(buy=buy, actor=request.user, **form.cleaned_data),
        heading="Add sealed recordings", sub=f"{buy.player.number}, report {buy.report_number}",
        back=url(request, "informant-buy", buy.pk),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("informant_buys.change", concealed=True)
def look_over(request: CaseRequest) -> HttpResponse:
    """Say that the sealed register was looked over."""
    form = forms.LookForm(request.POST or None, instance=RegisterLook(), case=request.case)

    def act() -> object:
        given = form.cleaned_data
        return actions.look_over_register(
            case=request.case, on=given["looked_on"], note=given["note"], actor=request.user
        )

    return form_page(
        request, form, act, heading="Look the register over",
        sub="Others learn that it was done and when, never what stands in it.", back=url(request, "informant-buys"),
        button="It was looked over",
    )  # fmt: skip
