"""Forms about the people around a candidate, the pair, and safety."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from callin.outreach.models import FamilySearch, Influential, SafetyCheck, SafetyFlag, VisitingPair
from dmi.accounts.models import User
from dmi.cases import selectors as cases
from dmi.core.forms import CaseForm, offer_records

TO_COME = "This day has not come yet."
AFTER = "The call-in is before this day. Visits come first."
OFFICER_SEATS = ("police", "prosecutor")
NEIGHBOR_SEATS = ("community",)


def day() -> forms.DateInput:
    """A box for a date that keeps its value when the form comes back."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class BeforeCallIn(CaseForm):
    """A form whose days lie before the call-in, or on its day."""

    before: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        """Refuse days after the call-in, once it has a date."""
        cleaned = super().clean()
        call_in = self.case.call_in_at
        for name in self.before:
            if call_in and cleaned.get(name) and cleaned[name] > timezone.localdate(call_in):
                self.add_error(name, AFTER)
        return cleaned


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


class InfluentialForm(CaseForm):
    """Who they are to the candidate and how they are reached."""

    class Meta:
        model = Influential
        fields = (
            "full_name", "tie", "relation", "trust", "language", "reached", "reached_note", "phone", "address",
        )  # fmt: skip

    def _get_validation_exclusions(self) -> set[str]:
        """Say in the form that somebody is listed already, although the candidate is no field of it."""
        return super()._get_validation_exclusions() - {"player"}


class SearchForm(PastDays):
    """One kind of tie was looked for."""

    past = ("searched_on",)

    class Meta:
        model = FamilySearch
        fields = ("tie", "searched_on", "looked_in", "found")
        widgets = {"searched_on": day()}


class PairForm(BeforeCallIn):
    """The two who visit: one from police or prosecutor, one from the community."""

    before = ("visit_by",)

    class Meta:
        model = VisitingPair
        fields = ("officer", "neighbor", "visit_by")
        widgets = {"visit_by": day()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holders = cases.holders(self.case)
        for name, seats in (("officer", OFFICER_SEATS), ("neighbor", NEIGHBOR_SEATS)):
            offer_records(self, name, self._members(holders, seats), lambda user: user.display_name)

    def _members(self, holders: dict[str, list[Any]], seats: Iterable[str]) -> Any:
        found = {row.user_id for seat in seats for row in holders.get(seat, ())}
        return User.objects.filter(pk__in=found).order_by("full_name")


class CheckForm(PastDays):
    """What was looked at before a visit, and whether this pair is right."""

    past = ("checked_on",)

    class Meta:
        model = SafetyCheck
        fields = ("checked_on", "looked_in", "pair_fits")
        widgets = {"checked_on": day()}


class FlagForm(CaseForm):
    """A reason not to contact somebody, or to take care."""

    class Meta:
        model = SafetyFlag
        fields = ("kind", "source", "advice", "from_on", "until_on")
        widgets = {"from_on": day(), "until_on": day()}


class LiftForm(CaseForm):
    """Why a flag no longer holds."""

    because = forms.CharField(label="Why it no longer holds", max_length=300)

    class Meta:
        model = SafetyFlag
        fields: tuple[str, ...] = ()
