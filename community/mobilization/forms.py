"""Forms of the engagement plan; none of them saves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from community.mobilization.models import Engagement
from dmi.core.forms import CaseForm


def day() -> forms.DateInput:
    """A box for a date that keeps its value when the form comes back."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class EngagementForm(CaseForm):
    """Whom it reaches, what is done, who sees to it, by when."""

    class Meta:
        model = Engagement
        fields = ("audience", "kind", "what", "owner_seat", "due_on")
        widgets = {"due_on": day()}


class DoneForm(CaseForm):
    """When it was done and what came of it."""

    class Meta:
        model = Engagement
        fields = ("done_on", "outcome", "people_reached")
        widgets = {"done_on": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].required = self.fields["outcome"].required = True

    def clean_done_on(self) -> date:
        """Not in the future."""
        done_on: date = self.cleaned_data["done_on"]
        if done_on > timezone.localdate():
            raise forms.ValidationError("This day has not come yet.")
        return done_on
