"""What comes before the names: the criteria, the first look at cards without name, the federal decline, minors."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases.access import case_view
from dmi.core.forms import succeeds
from dmi.core.requests import CaseRequest
from dmi.people.models import Player
from targeting.incident_review import actions, forms, masks, selectors
from targeting.incident_review.models import Criteria, FederalDecline, FirstPass, SeparatePath
from targeting.incident_review.sight import office_of
from targeting.incident_review.views.shared import FORM_METHODS, REFUSALS, form_page, player_of


def _url(request: CaseRequest, page: str) -> str:
    return reverse(f"incident_review:{page}", args=[request.case.pk])


@require_GET
@case_view("assessments.view")
def show_criteria(request: CaseRequest) -> HttpResponse:
    """The criteria in force, the draft, and the versions before."""
    versions = list(Criteria.objects.for_case(request.case).select_related("updated_by"))
    in_force = next((v for v in versions if v.fixed_at), None)
    context = {
        "draft": next((v for v in versions if not v.fixed_at), None),
        "in_force": in_force,
        "before": [v for v in versions if v.fixed_at and v is not in_force],
        "may_write": "act.decide_candidate" in request.can,
    }
    return render(request, "incident_review/criteria.html", context)


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def write_criteria(request: CaseRequest) -> HttpResponse:
    """Write the draft of the criteria."""
    last = selectors.criteria_in_force(request.case)
    draft = selectors.draft_criteria(request.case)
    new = draft or Criteria(lines=last.lines if last else [], check_days=last.check_days if last else 14)
    form = forms.CriteriaForm(request.POST or None, instance=new, case=request.case)
    return form_page(
        request, form, lambda: actions.write_criteria(criteria=form.instance, actor=request.user),
        heading="Criteria for the call-in", back=_url(request, "criteria"), done="Saved as a draft. Now fix it.",
        sub="Written before anybody is looked at by name. Once fixed they are never changed; a new version says why.",
        verb="Save the draft",
    )  # fmt: skip


@require_POST
@case_view("act.decide_candidate")
def fix_criteria(request: CaseRequest, criteria_id: uuid.UUID) -> HttpResponse:
    """Fix the draft: from now on it holds."""
    draft = get_object_or_404(Criteria.objects.for_case(request.case), pk=criteria_id)
    try:
        actions.fix_criteria(criteria=draft, actor=request.user)
    except actions.AlreadyFixed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The criteria are fixed.")
    return redirect(_url(request, "criteria"))


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def look_first(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """One card without name, race and place: give an opinion, or say why that is skipped."""
    player, office = player_of(request, player_id), office_of(request.seats)
    criteria = selectors.criteria_in_force(request.case)
    if criteria is None or player.stage not in selectors.UNDER_DECISION:
        raise Http404
    if FirstPass.objects.for_case(request.case).filter(player=player, office=office).exists():
        return redirect(f"{_url(request, 'board')}?person={player.pk}")
    if request.POST.get("skip"):
        return _skip(request, player, office, criteria)
    form = forms.FirstLookForm(request.POST or None, instance=_look(player, office, criteria), case=request.case)

    def act() -> object:
        data = form.cleaned_data
        return actions.look_first(
            player=player, office=office, choice=data["choice"], words=data["words"], actor=request.user
        )

    if request.method == "POST" and form.is_valid() and succeeds(form, act, *REFUSALS):
        messages.success(request, "Kept. The full card is open now.")
        return redirect(f"{_url(request, 'board')}?person={player.pk}")
    return _card(request, player, criteria, form, forms.ReasonForm())


def _look(player: Player, office: str, criteria: Criteria) -> FirstPass:
    return FirstPass(player=player, office=office, criteria=criteria, card=masks.card_number(criteria, player))


def _skip(request: CaseRequest, player: Player, office: str, criteria: Criteria) -> HttpResponse:
    form = forms.ReasonForm(request.POST)

    def act() -> object:
        because = form.cleaned_data["reason"]
        return actions.skip_first_look(player=player, office=office, because=because, actor=request.user)

    if form.is_valid() and succeeds(form, act, *REFUSALS):
        messages.success(request, "Skipped, with your reason. The full card is open now.")
        return redirect(f"{_url(request, 'board')}?person={player.pk}")
    empty = forms.FirstLookForm(instance=_look(player, office, criteria), case=request.case)
    return _card(request, player, criteria, empty, form)


def _card(
    request: CaseRequest, player: Player, criteria: Criteria, form: forms.FirstLookForm, skip: forms.ReasonForm
) -> HttpResponse:
    row = next((row for row in selectors.board(request.case) if row.player.pk == player.pk), None)
    if row is None:
        raise Http404
    context = {
        "card": masks.card_number(criteria, player),
        "answers": masks.answers(criteria, row, timezone.localdate()),
        "criteria": criteria,
        "is_adult": player.is_adult,
        "form": form,
        "skip": skip,
    }
    wrong = form.is_bound or skip.is_bound
    return render(request, "incident_review/first_look.html", context, status=422 if wrong else 200)


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def skip_first_looks(request: CaseRequest) -> HttpResponse:
    """Skip the first look at everybody left, with a reason."""
    form = forms.ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: actions.skip_all_first_looks(
            case=request.case, office=office_of(request.seats), because=form.cleaned_data["reason"], actor=request.user
        ),
        heading="Skip the first look", verb="Skip it for all that are left", back=_url(request, "board"),
        sub="The first look hides name, race and place. That it was skipped, and why, stays with each decision.",
        done="Skipped, with your reason.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def decline_federal(request: CaseRequest) -> HttpResponse:
    """Record that the federal prosecutor takes no part in this market."""
    form = forms.DeclineForm(request.POST or None, instance=FederalDecline(), case=request.case)

    def act() -> object:
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        return actions.decline_federal(case=request.case, actor=request.user, **data)

    return form_page(
        request, form, act, heading="Federal decline", verb="Record the decline", back=_url(request, "board"),
        sub="For the whole market: the federal prosecutor decides nobody here.", done="The decline is recorded.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("act.decide_candidate")
def take_back_decline(request: CaseRequest) -> HttpResponse:
    """The federal prosecutor takes part again."""
    decline = selectors.federal_decline(request.case)
    if decline is None:
        raise Http404
    form = forms.ReasonForm(request.POST or None)
    return form_page(
        request, form,
        lambda: actions.take_back_decline(decline=decline, because=form.cleaned_data["reason"], actor=request.user),
        heading="Take the federal decline back", verb="Take it back", back=_url(request, "board"),
        done="The federal prosecutor takes part again.",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("juvenile.change")
def set_separate_path(request: CaseRequest, player_id: uuid.UUID) -> HttpResponse:
    """Say what happens with somebody under 18, or of unknown age, apart from the list."""
    player = player_of(request, player_id)
    if player.is_adult:
        raise Http404
    found = SeparatePath.objects.for_case(request.case).filter(player=player).first()
    form = forms.SeparatePathForm(
        request.POST or None, instance=found or SeparatePath(player=player), case=request.case
    )
    return form_page(
        request, form, lambda: actions.set_separate_path(path=form.instance, actor=request.user),
        heading="Separate path", sub=f"{player.number} is under 18, or the age is not known: never the call-in.",
        back=f"{_url(request, 'board')}?show=separate", done="Recorded.",
    )  # fmt: skip
