"""Narrowing the log, and asking for an export of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from dmi.audit.models import Outcome
from dmi.audit.verbs import Verb
from dmi.core.forms import offer_records

if TYPE_CHECKING:
    from dmi.accounts.models import User


class FilterForm(forms.Form):
    """Which events to show."""

    verb = forms.ChoiceField(label="What was done", required=False, choices=[("", "Anything"), *Verb.choices])
    person: forms.ModelChoiceField[User] = forms.ModelChoiceField(
        label="By whom", required=False, queryset=None, empty_label="Anybody"
    )
    outcome = forms.ChoiceField(label="Outcome", required=False, choices=[("", "Any"), *Outcome.choices])
    since = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    until = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "person", people, lambda person: person.display_name)

    def clean(self) -> dict[str, Any]:
        """The first day comes before the last."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("since") and cleaned.get("until") and cleaned["since"] > cleaned["until"]:
            self.add_error("until", "The last day lies before the first.")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """The filters that are set and valid, with the person as an id."""
        chosen = {name: value for name, value in getattr(self, "cleaned_data", {}).items() if value}
        if "person" in chosen:
            chosen["person"] = str(chosen["person"].pk)
        return chosen


class ExportForm(forms.Form):
    """Why records are to leave the casebook."""

    reason = forms.CharField(
        label="Why is this export needed?",
        max_length=500,
        widget=forms.Textarea({"rows": 3}),
        help_text="Kept with the export. The second person reads it before approving.",
    )


class AcknowledgeForm(forms.Form):
    """What was found and done about an alarm."""

    reason = forms.CharField(
        label="What did you find, and what was done?",
        max_length=400,
        widget=forms.Textarea({"rows": 3}),
        help_text="Kept in the audit log. Name no person of a market.",
    )
