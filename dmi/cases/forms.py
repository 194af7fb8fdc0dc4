"""Forms on the case itself."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from dmi.cases.models import ElementMark, GateDecision, MarketCase, TeamPolicy
from dmi.core.forms import CaseForm, offer

STALE_CALL_IN = "A colleague changed the call-in while you were writing. Look at the newer version, then save again."


class PolicyForm(CaseForm):
    """The team's own numbers."""

    class Meta:
        model = TeamPolicy
        fields = (
            "buys_required", "recorded_buys_required", "activity_window_days", "influentials_required",
            "survey_sources_required", "cease_hours", "letter_lead_days", "review_months", "review_quorum",
            "candidates_max", "commitment_months",
        )  # fmt: skip


class CallInForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """When and where the call-in takes place; the deadline follows from the team's policy unless given."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = MarketCase
        fields = ("call_in_at", "call_in_place", "call_in_address", "deadline_at")
        field_classes = {"call_in_at": forms.DateTimeField, "deadline_at": forms.DateTimeField}
        widgets = {
            "call_in_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "deadline_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        }
        help_texts = {"deadline_at": "Left empty, it is set by the hours in the team's policy."}

    def __init__(self, *args: Any, cease_hours: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cease_hours = cease_hours
        self.initial["version"] = self.instance.version
        for name in ("call_in_at", "call_in_place", "call_in_address"):
            self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """A call-in in the future; the deadline counted from it; nobody's change overwritten."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("version") != self.instance.version:
            self.add_error(None, STALE_CALL_IN)
        when = cleaned.get("call_in_at")
        if when and when < timezone.now():
            self.add_error("call_in_at", "The call-in must lie in the future.")
        if when and not cleaned.get("deadline_at"):
            cleaned["deadline_at"] = when + timedelta(hours=self.cease_hours)
        return cleaned


class SetAsideForm(CaseForm):
    """Why an element does not apply to this market."""

    class Meta:
        model = ElementMark
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}


class GateForm(CaseForm):
    """A decision at a gate, with the reason."""

    outcome = forms.ChoiceField(choices=GateDecision.Outcome, widget=forms.RadioSelect, label="Decision")

    class Meta:
        model = GateDecision
        fields = ("outcome", "reason")
        widgets = {"reason": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, missing: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.missing = missing
        choices = [GateDecision.Outcome.SENT_BACK]
        choices.insert(0, GateDecision.Outcome.OVERRIDDEN if missing else GateDecision.Outcome.PASSED)
        offer(self, "outcome", [(choice.value, choice.label) for choice in choices])
        self.fields["reason"].help_text = (
            "Say why the market goes on although these elements are open." if missing else "In a sentence or two."
        )
