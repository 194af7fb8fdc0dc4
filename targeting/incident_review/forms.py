"""Forms of the review; none of them saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from dmi.core.forms import CaseForm
from targeting.incident_review.models import (
    Assessment,
    IntelligenceNote,
    PendingCharge,
    PlayerReview,
    PoliceContact,
    PoliceRecommendation,
    ProsecutorDecision,
    ReviewSession,
    Roster,
)

TO_COME = "This day has not come yet."


def day() -> forms.DateInput:
    """A box for a date."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text(rows: int = 3) -> forms.Textarea:
    """A box for some lines."""
    return forms.Textarea(attrs={"rows": rows})


class PastDays(CaseForm):
    """A form whose days lie in the past."""

    past: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Refuse days that have not come."""
        cleaned = super().clean()
        for name in self.past:
            if cleaned.get(name) and cleaned[name] > timezone.localdate():
                self.add_error(name, TO_COME)
        return cleaned


class SessionForm(PastDays):
    """A sitting: when, and who is there."""

    past = ("held_on",)
    present = forms.CharField(
        label="Officers present",
        widget=text(5),
        help_text=(
            "A line each: name, then a comma, then the unit. Both street and narcotics officers should be there. "
            "Write the research partner with the unit “Research”; a researcher does not count as an officer."
        ),
    )

    class Meta:
        model = ReviewSession
        fields = ("held_on",)
        widgets = {"held_on": day()}

    def clean_present(self) -> list[str]:
        """One officer a line, each with a unit."""
        lines = [line.strip() for line in self.cleaned_data["present"].splitlines() if line.strip()]
        if any("," not in line for line in lines):
            raise forms.ValidationError("Write each officer with a comma and the unit: “Sgt. M. Penhale, Narcotics”.")
        return lines


class CloseForm(CaseForm):
    """The minutes of a sitting."""

    class Meta:
        model = ReviewSession
        fields = ("notes",)
        labels = {"notes": "Minutes"}
        widgets = {"notes": text(6)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].required = True


class ReviewForm(CaseForm):
    """What the sitting concludes about one player."""

    outcome = forms.ChoiceField(choices=PlayerReview.Outcome, widget=forms.RadioSelect, label="Conclusion")

    class Meta:
        model = PlayerReview
        fields = ("outcome", "reason")
        widgets = {"reason": text()}


class ContactForm(CaseForm):
    """One contact of the police with the player."""

    class Meta:
        model = PoliceContact
        fields = (
            "kind", "report_number", "happened_at", "place", "summary", "is_in_area", "is_drug_related", "is_violent",
            "is_juvenile",
        )  # fmt: skip
        widgets = {
            "happened_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "summary": text(),
        }

    def clean_happened_at(self) -> Any:
        """A contact lies in the past."""
        when = self.cleaned_data["happened_at"]
        if when > timezone.now():
            raise forms.ValidationError("This moment has not come yet.")
        return when


class IntelligenceForm(CaseForm):
    """A graded note with its support and end date."""

    class Meta:
        model = IntelligenceNote
        fields = ("reliability", "validity", "offence", "note", "support", "gathered_lawfully", "review_by")
        labels = {"offence": "offense"}
        widgets = {"note": text(4), "review_by": day()}
        help_texts = {
            "reliability": "Of the source: A completely reliable, F cannot be judged.",
            "validity": "Of what was said: 1 confirmed, 6 cannot be judged.",
        }


class AssessmentForm(PastDays):
    """The three questions of step 3a."""

    past = ("last_active_on", "pending_checked_on")

    class Meta:
        model = Assessment
        fields = ("level", "violence", "violence_basis", "last_active_on", "activity_basis", "pending_checked_on")
        widgets = {"last_active_on": day(), "pending_checked_on": day()}


class ChargeForm(PastDays):
    """A charge before a court."""

    past = ("filed_on",)

    class Meta:
        model = PendingCharge
        fields = ("docket", "court", "charge", "counsel", "filed_on")
        widgets = {"filed_on": day()}
        help_texts = {"counsel": "A person with counsel is approached only with the prosecutor's word."}


class RecommendationForm(CaseForm):
    """What the police recommend."""

    class Meta:
        model = PoliceRecommendation
        fields = ("choice", "reason_code", "words")
        labels = {"choice": "recommendation"}
        widgets = {"choice": forms.RadioSelect, "words": text()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["choice"]
        field.choices = [(value, words) for value, words in field.choices if value]


class DecisionForm(RecommendationForm):
    """What a prosecutor's office decides."""

    class Meta(RecommendationForm.Meta):
        model = ProsecutorDecision
        labels = {}


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(max_length=400, widget=text())


class FreezeForm(CaseForm):
    """The list frozen, again with a reason."""

    class Meta:
        model = Roster
        fields = ("reason",)
        help_texts = {"reason": "Needed when the list was frozen before."}
