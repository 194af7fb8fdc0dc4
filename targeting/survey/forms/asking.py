"""Asking officers, reminding them, refusals; links for residents; reasons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from dmi.core.forms import CaseForm, offer
from targeting.survey.forms.answers import date_input, not_later_than_today
from targeting.survey.models import Ask, CommunityLink
from targeting.survey.models.campaign import How

MOST_AT_ONCE = 60
LONGEST_DAYS = 180


class AskForm(forms.Form):
    """Officers who were asked, one a line."""

    group = forms.ChoiceField(choices=Ask.Group.choices)
    officers = forms.CharField(
        label="Who was asked", widget=forms.Textarea(attrs={"rows": 6}), max_length=6000,
        help_text="One officer a line: name, then a comma and the unit or beat.",
    )  # fmt: skip
    how = forms.ChoiceField(label="Asked how", choices=How.choices)
    asked_on = forms.DateField(label="Asked on", widget=date_input(), initial=timezone.localdate)

    def __init__(self, *args: Any, groups: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "group", [choice for choice in Ask.Group.choices if not groups or choice[0] in groups])

    def clean_officers(self) -> list[tuple[str, str]]:
        """Name and unit of each line."""
        found = []
        for line in self.cleaned_data["officers"].splitlines():
            name, _, unit = (part.strip() for part in line.partition(","))
            if name:
                found.append((name, unit))
            if len(name) > 120 or len(unit) > 120:
                raise ValidationError("A name or unit is longer than 120 letters.")
        if not found:
            raise ValidationError("Write at least one name.")
        if len(found) > MOST_AT_ONCE:
            raise ValidationError(f"No more than {MOST_AT_ONCE} officers at once.")
        return found

    def clean(self) -> dict[str, Any]:
        """Asked today or before."""
        cleaned = super().clean() or self.cleaned_data
        not_later_than_today(self, "asked_on", cleaned.get("asked_on"))
        return cleaned


class RemindForm(forms.Form):
    """An officer was reminded."""

    how = forms.ChoiceField(label="Reminded how", choices=How.choices)
    reminded_on = forms.DateField(label="Reminded on", widget=date_input(), initial=timezone.localdate)

    def clean(self) -> dict[str, Any]:
        """Reminded today or before."""
        cleaned = super().clean() or self.cleaned_data
        not_later_than_today(self, "reminded_on", cleaned.get("reminded_on"))
        return cleaned


class ReasonForm(forms.Form):
    """A reason that is kept."""

    reason = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: str = "Reason", hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint


class DeclineForm(forms.Form):
    """Why an officer will not answer."""

    reason = forms.CharField(label="Reason given", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class LinkForm(CaseForm):
    """A link for residents."""

    class Meta:
        model = CommunityLink
        fields = ("place", "handed_to", "expires_on", "per_day")
        widgets = {"expires_on": date_input()}

    def clean(self) -> dict[str, Any]:
        """It works for a stated time, and not for years."""
        cleaned = super().clean()
        last = cleaned.get("expires_on")
        if last and (last - timezone.localdate()).days > LONGEST_DAYS:
            self.add_error("expires_on", f"A link works for at most {LONGEST_DAYS} days. Open a new one then.")
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the action needs."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
