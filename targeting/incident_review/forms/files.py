"""Forms of the file of a player."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from dmi.core.forms import CaseForm, offer_records
from targeting.incident_review import selectors
from targeting.incident_review.board import window_starts
from targeting.incident_review.forms.base import PastDays, day, text
from targeting.incident_review.models import (
    Assessment,
    IntelligenceNote,
    PendingCharge,
    PoliceContact,
    RefinedList,
    ViolenceEntry,
)


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
    """A graded note with its support, limit on passing it on, and end date."""

    class Meta:
        model = IntelligenceNote
        fields = (
            "reliability", "validity", "offence", "note", "support", "dissemination", "gathered_lawfully", "review_by",
        )  # fmt: skip
        labels = {"offence": "offense"}
        widgets = {"note": text(4), "review_by": day()}
        help_texts = {
            "reliability": "Of the source: A completely reliable, F cannot be judged.",
            "validity": "Of what was said: 1 confirmed, 6 cannot be judged.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dissemination"].required = False

    def clean_dissemination(self) -> str:
        """Nothing said: it stays within the case."""
        return self.cleaned_data["dissemination"] or IntelligenceNote.Dissemination.TEAM


class ViolenceForm(PastDays):
    """One line of the history of violence."""

    past = ("happened_on",)

    class Meta:
        model = ViolenceEntry
        fields = ("kind", "offence", "happened_on", "with_gun", "ended", "record", "is_juvenile")
        widgets = {"happened_on": day()}
        help_texts = {"record": "Report, case or docket number. Nothing is copied from a criminal-history return."}


class AssessmentForm(PastDays):
    """The three questions of step 3a."""

    past = ("last_active_on", "pending_checked_on")

    class Meta:
        model = Assessment
        fields = (
            "level", "level_basis", "violence", "violence_basis", "activity_contact", "last_active_on",
            "activity_basis", "pending_checked_on",
        )  # fmt: skip
        widgets = {"last_active_on": day(), "pending_checked_on": day()}
        help_texts = {
            "activity_contact": "A contact inside the area within the team's window. It gives the day and the report.",
            "last_active_on": "Only where no contact above shows it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level_basis"].required = True
        since = window_starts(self.case, timezone.localdate())
        offer_records(
            self, "activity_contact", selectors.contacts_of(self.instance.player, since=since), _contact_words
        )

    def clean(self) -> dict[str, Any]:
        """A contact that shows the activity gives day and report itself."""
        cleaned = super().clean()
        shown = cleaned.get("activity_contact")
        if shown is not None:
            cleaned["last_active_on"] = timezone.localdate(shown.happened_at)
            cleaned["activity_basis"] = f"{shown.get_kind_display()} {shown.report_number}".strip()
        return cleaned


def _contact_words(contact: PoliceContact) -> str:
    return f"{contact.get_kind_display()}, {timezone.localtime(contact.happened_at):%b %-d, %Y}, {contact.place}"


class ChargeForm(PastDays):
    """A charge before a court."""

    past = ("filed_on",)

    class Meta:
        model = PendingCharge
        fields = ("docket", "court", "jurisdiction", "charge", "counsel", "filed_on", "next_court_on")
        widgets = {"filed_on": day(), "next_court_on": day()}
        help_texts = {"counsel": "A person with counsel is approached only with the prosecutor's word."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jurisdiction"].required = False

    def clean_jurisdiction(self) -> str:
        """Nothing said: the county's court."""
        return self.cleaned_data["jurisdiction"] or "county"


class RefinedForm(CaseForm):
    """The refined list fixed, again with a reason."""

    class Meta:
        model = RefinedList
        fields = ("reason",)
        help_texts = {"reason": "Needed when the list was fixed before."}
