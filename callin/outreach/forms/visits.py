"""Forms about visits, contacts afterwards, and promised needs."""

from __future__ import annotations

from typing import Any

from django import forms

from callin.outreach.forms.families import BeforeCallIn, PastDays, day
from callin.outreach.models import FollowUp, Visit, VisitNeed
from dmi.core.forms import CaseForm


class PlanForm(BeforeCallIn):
    """The day of a visit, and where the pair meets."""

    before = ("planned_on",)

    class Meta:
        model = Visit
        fields = ("planned_on", "planned_time", "meet_at")
        widgets = {"planned_on": day(), "planned_time": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}


class OutcomeForm(PastDays):
    """How a visit went: the day, the outcome, the three things to say, the answer."""

    past = ("closed_on",)

    class Meta:
        model = Visit
        fields = (
            "closed_on", "outcome", "language", "explained_goals", "asked_for_help", "asked_to_come", "will_come",
            "said", "follow_up_on",
        )  # fmt: skip
        widgets = {"closed_on": day(), "follow_up_on": day(), "said": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closed_on"].required = self.fields["outcome"].required = True

    def clean(self) -> dict[str, Any]:
        """A next contact lies after the visit."""
        cleaned = super().clean()
        closed, again = cleaned.get("closed_on"), cleaned.get("follow_up_on")
        if closed and again and again < closed:
            self.add_error("follow_up_on", "The next contact comes after the visit.")
        return cleaned


class FollowUpForm(PastDays):
    """A contact after the visit."""

    past = ("contacted_on",)

    class Meta:
        model = FollowUp
        fields = ("contacted_on", "how", "will_come", "note")
        widgets = {"contacted_on": day()}


class NeedForm(CaseForm):
    """Something promised so that somebody can come."""

    class Meta:
        model = VisitNeed
        fields = ("kind", "detail", "arranged_by", "due_on")
        widgets = {"due_on": day()}
