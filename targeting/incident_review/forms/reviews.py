"""Forms of a review."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.core.forms import CaseForm
from targeting.incident_review.forms.base import PastDays, day, text
from targeting.incident_review.models import PlayerReview, ReviewSession

PRESENT_HELP = (
    "One person a line, with the unit after a comma: “Sgt. M. Penhale, Narcotics”. "
    "Somebody of the research team is “Dr. A. Ross, Research”; a researcher does not count as an officer. "
    "Narcotics or vice and the street must both be there before the review can be closed."
)


class AttendanceForm(PastDays):
    """Who is there."""

    past = ("held_on",)
    present = forms.CharField(label="Present", widget=text(4), help_text=PRESENT_HELP)
    field_order = ("held_on", "room", "present")

    class Meta:
        model = ReviewSession
        fields = ("held_on", "room", "agenda", "facilitator", "hides_names")
        widgets = {"held_on": day(), "agenda": text()}
        help_texts = {"facilitator": "Often the research partner."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("present", "\n".join(self.instance.officers))

    def clean_present(self) -> list[str]:
        """One person a line, each with a unit."""
        lines = [line.strip() for line in self.cleaned_data["present"].splitlines() if line.strip()]
        if any("," not in line for line in lines):
            raise forms.ValidationError("Write each officer with a comma and the unit: “Sgt. M. Penhale, Narcotics”.")
        return lines


class CloseForm(CaseForm):
    """The minutes of a review."""

    class Meta:
        model = ReviewSession
        fields = ("notes",)
        labels = {"notes": "Minutes"}
        widgets = {"notes": text(6)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["notes"].required = True


class ReviewForm(CaseForm):
    """What the review concludes about one player."""

    outcome = forms.ChoiceField(choices=PlayerReview.Outcome, widget=forms.RadioSelect, label="Conclusion")

    class Meta:
        model = PlayerReview
        fields = ("outcome", "reason")
        widgets = {"reason": text()}
