"""What the forms of the review share: boxes for dates and lines, and days that lie in the past."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from dmi.core.forms import CaseForm

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


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(max_length=400, widget=text())
