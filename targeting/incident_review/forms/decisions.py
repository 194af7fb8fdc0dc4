"""Forms of step 3b: criteria, first look, decisions, federal decline, separate path."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.core.forms import CaseForm, offer_no_blank
from dmi.core.models import CaseRecord
from targeting.incident_review import masks
from targeting.incident_review.forms.base import PastDays, day, text
from targeting.incident_review.models import (
    Criteria,
    FederalDecline,
    FirstPass,
    PoliceRecommendation,
    ProsecutorDecision,
    Rule,
    SeparatePath,
)


class CriteriaForm(CaseForm):
    """The criteria in writing: those the file answers, and those a reader judges."""

    rules = forms.MultipleChoiceField(
        label="Answered from the file", choices=[c for c in Rule.choices if c[0] != Rule.JUDGED],
        widget=forms.CheckboxSelectMultiple, required=False,
    )  # fmt: skip
    judged = forms.CharField(
        label="Judged by the reader", widget=text(3), required=False,
        help_text="One criterion a line. No names, and nothing about race or where somebody lives.",
    )  # fmt: skip
    field_order = ("rules", "judged", "why", "check_days")

    class Meta:
        model = Criteria
        fields = ("why", "check_days")
        widgets = {"why": text(3)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lines = self.instance.lines
        self.initial.setdefault("rules", [line["rule"] for line in lines if line["rule"] != Rule.JUDGED])
        judged = [line["text"] for line in lines if line["rule"] == Rule.JUDGED]
        self.initial.setdefault("judged", "\n".join(judged))

    def clean(self) -> dict[str, Any]:
        """At least one criterion; they are put together here, before the record itself is checked."""
        cleaned = super().clean()
        self.instance.lines = masks.lines(cleaned.get("rules") or [], (cleaned.get("judged") or "").splitlines())
        if not self.instance.lines:
            self.add_error("rules", "Choose or write at least one criterion.")
        return cleaned


class FirstLookForm(CaseForm):
    """The first opinion, on the card without name."""

    class Meta:
        model = FirstPass
        fields = ("choice", "words")
        widgets = {"choice": forms.RadioSelect, "words": text()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_no_blank(self, "choice")
        self.fields["choice"].required = self.fields["words"].required = True


class RecommendationForm(CaseForm):
    """What the police recommend."""

    class Meta:
        model: type[CaseRecord] = PoliceRecommendation
        fields = ("choice", "reason_code", "words")
        labels = {"choice": "recommendation"}
        widgets = {"choice": forms.RadioSelect, "words": text()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_no_blank(self, "choice")


class DecisionForm(RecommendationForm):
    """What a prosecutor's office decides."""

    class Meta(RecommendationForm.Meta):
        model = ProsecutorDecision
        labels = {}


class DeclineForm(PastDays):
    """The federal prosecutor takes no part in this market."""

    past = ("declined_on",)

    class Meta:
        model = FederalDecline
        fields = ("said_by", "declined_on", "reason")
        widgets = {"declined_on": day(), "reason": text()}


class SeparatePathForm(CaseForm):
    """What is done with somebody who is not known to be of age."""

    class Meta:
        model = SeparatePath
        fields = ("way", "words", "look_again_on")
        widgets = {"way": forms.RadioSelect, "words": text(), "look_again_on": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_no_blank(self, "way")
