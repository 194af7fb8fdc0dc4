"""Pages about safety before a visit: the check, flags, lifting a flag."""

from __future__ import annotations

import uuid

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from callin.outreach import actions, forms
from callin.outreach.models import SafetyCheck, SafetyFlag
from callin.outreach.views import shared
from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest

WRITES = "safety_flags.change"
FORM = ["GET", "POST"]


@require_http_methods(FORM)
@case_view(WRITES)
def check_safety(request: CaseRequest, influential_id: uuid.UUID) -> HttpResponse:
    """Record that reasons against a visit were looked for, and whether this pair is right."""
    person = shared.influential_within_reach(request, influential_id)
    check = SafetyCheck(case=request.case, influential=person)
    form = forms.CheckForm(
        request.POST or None, instance=check, case=request.case, initial={"checked_on": timezone.localdate()}
    )
    return shared.form_page(
        request, form, lambda: actions.check_safety(check=form.instance, actor=request.user),
        heading=f"Safety before visiting: {person}", player=person.player, done="The check is on record.",
        sub="No-contact orders, violence at home, the person's own wish. A reason against is raised as a flag.",
        verb="Record the check",
    )  # fmt: skip


@require_http_methods(FORM)
@case_view(WRITES)
def raise_flag(request: CaseRequest, influential_id: uuid.UUID) -> HttpResponse:
    """Raise a reason not to contact somebody, or to take care."""
    person = shared.influential_within_reach(request, influential_id)
    flag = SafetyFlag(case=request.case, influential=person)
    form = forms.FlagForm(
        request.POST or None, instance=flag, case=request.case, initial={"from_on": timezone.localdate()}
    )
    return shared.form_page(
        request, form, lambda: actions.raise_flag(flag=form.instance, actor=request.user),
        heading=f"A safety flag: {person}", player=person.player, done="The flag holds from now on.",
        sub="It calls off a planned visit. The neighbor of the pair sees only that there is a stop.",
        verb="Raise the flag",
    )  # fmt: skip


@require_http_methods(FORM)
@case_view(WRITES)
def lift_flag(request: CaseRequest, flag_id: uuid.UUID) -> HttpResponse:
    """Lift a flag that no longer holds."""
    rows = SafetyFlag.objects.for_case(request.case).select_related("influential__player")
    flag = get_object_or_404(rows, pk=flag_id)
    person = shared.influential_within_reach(request, flag.influential_id)
    form = forms.LiftForm(request.POST or None, instance=flag, case=request.case)
    return shared.form_page(
        request, form,
        lambda: actions.lift_flag(
            flag=flag, because=form.cleaned_data["because"], on=timezone.localdate(), actor=request.user
        ),
        heading=f"Lift: {flag.get_kind_display()}", player=person.player, done="The flag is lifted.",
        sub=f"{person}. Source: {flag.source}.", verb="Lift the flag",
    )  # fmt: skip
