"""Forms of the team; none of them saves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.cases.selectors import holders, policy_of
from dmi.core.forms import CaseForm, offer, offer_records
from planning.team.models import (
    Capacity,
    Commitment,
    Holder,
    Position,
    PrivateContact,
    Protocol,
    ReadinessDecision,
    Seat,
    SeatKind,
    SeatRecord,
)

POSITIONS_OF: dict[str, tuple[Position, ...]] = {
    SeatKind.POLICE: (Position.EXECUTIVE, Position.LEAD, Position.NARCOTICS, Position.MEMBER),
    SeatKind.PROSECUTOR: (Position.EXECUTIVE, Position.ASSIGNED, Position.MEMBER),
}
RECORDS_OF: dict[str, SeatRecord.Kind] = {
    SeatKind.OUTREACH: SeatRecord.Kind.FIREWALL,
    SeatKind.RESEARCH: SeatRecord.Kind.DATA_USE,
    SeatKind.US_ATTORNEY: SeatRecord.Kind.FEDERAL,
    SeatKind.PROBATION: SeatRecord.Kind.MATCH,
}


def day_field(**attrs: Any) -> forms.DateInput:
    """A native date field that keeps its value when the form comes back."""
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


def members(case: MarketCase) -> Any:
    """Accounts that hold a current seat on the case, by name."""
    found = {m.user_id for seat in holders(case).values() for m in seat}
    return User.objects.filter(pk__in=found).order_by("full_name", "username")


class PartnerForm(CaseForm):
    """One more partner than the process names."""

    class Meta:
        model = Seat
        fields = ("title", "why", "speaks_for")
        widgets = {"why": forms.Textarea(attrs={"rows": 3})}


class SeatForm(CaseForm):
    """Why the seat is needed, whom it speaks for, what to watch."""

    class Meta:
        model = Seat
        fields = ("why", "speaks_for", "watch")
        widgets = {"why": forms.Textarea(attrs={"rows": 3}), "watch": forms.Textarea(attrs={"rows": 3})}


class HolderForm(CaseForm):
    """Who is asked, or was asked, to sit on a seat."""

    class Meta:
        model = Holder
        fields = (
            "full_name", "job_title", "organization", "position", "work_phone", "work_email", "account",
            "may_be_named", "invited_on",
        )  # fmt: skip
        widgets = {"invited_on": day_field()}

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        positions = POSITIONS_OF.get(kind, (Position.LEAD, Position.MEMBER))
        offer(self, "position", [(position.value, position.label) for position in positions])
        offer_records(self, "account", members(self.case), nobody="No sign-in")


class AnswerForm(CaseForm):
    """What the person answered, and when."""

    answer = forms.ChoiceField(
        choices=[(a.value, a.label) for a in (Holder.Answer.ACCEPTED, Holder.Answer.DECLINED)],
        widget=forms.RadioSelect,
    )

    class Meta:
        model = Holder
        fields = ("answer", "answered_on", "answer_note")
        widgets = {"answered_on": day_field()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answered_on"].required = True
        self.initial.setdefault("answered_on", None)
        self.initial["answered_on"] = self.initial["answered_on"] or timezone.localdate()
        if self.instance.answer == Holder.Answer.WAITING:
            self.initial["answer"] = ""


class DepartureForm(CaseForm):
    """When the person leaves, and why."""

    class Meta:
        model = Holder
        fields = ("left_on", "left_because")
        widgets = {"left_on": day_field()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["left_on"].required = True


class PrivateContactForm(CaseForm):
    """How the community side reaches a holder."""

    class Meta:
        model = PrivateContact
        fields = ("phone", "email", "best_way")


class CommitmentForm(CaseForm):
    """A letter that was signed; the end follows from the team's policy unless given."""

    class Meta:
        model = Commitment
        fields = ("signed_on", "expires_on", "kept_at")
        widgets = {"signed_on": day_field(), "expires_on": day_field()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = policy_of(self.case).commitment_months
        self.fields["expires_on"].required = False
        self.fields["expires_on"].help_text = f"Left empty: {self.months} months after the signature, by team policy."
        self.fields["kept_at"].help_text = "For example Coordinator's office, binder 2."

    def clean_expires_on(self) -> date | None:
        """The day given, or the signature plus the months of the team's policy."""
        signed = self.cleaned_data.get("signed_on")
        return self.cleaned_data["expires_on"] or (months_later(signed, self.months) if signed else None)


def months_later(day: date, months: int) -> date:
    """The same day of the month, that many months on; the month's last day where it is shorter."""
    year, month = divmod(day.month - 1 + months, 12)
    first_of_next = date(day.year + year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (first_of_next - date.resolution).day
    return date(day.year + year, month + 1, min(day.day, last))


class SeatRecordForm(CaseForm):
    """A briefing, acknowledgement, agreement or request."""

    class Meta:
        model = SeatRecord
        fields = ("kind", "happened_on", "until_on", "note")
        widgets = {"happened_on": day_field(), "until_on": day_field(), "note": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = RECORDS_OF.get(kind)
        kinds = [SeatRecord.Kind.BRIEFING, *([own] if own else []), SeatRecord.Kind.OTHER]
        offer(self, "kind", [(kind.value, kind.label) for kind in kinds])


class CapacityForm(CaseForm):
    """What can be carried for one kind of help."""

    class Meta:
        model = Capacity
        fields = ("provider", "places", "bars", "wait_days", "stated_on")
        widgets = {"stated_on": day_field()}


class ProtocolForm(CaseForm):
    """The prosecutor's terms."""

    class Meta:
        model = Protocol
        fields = ("holds_cases", "activation_rule", "sharing", "agreed_on", "review_on")
        widgets = {
            "activation_rule": forms.Textarea(attrs={"rows": 4}),
            "sharing": forms.Textarea(attrs={"rows": 4}),
            "agreed_on": day_field(),
            "review_on": day_field(),
        }


class DecisionForm(CaseForm):
    """Go or no-go, with the reasons."""

    outcome = forms.ChoiceField(choices=ReadinessDecision.Outcome, widget=forms.RadioSelect, label="Decision")

    class Meta:
        model = ReadinessDecision
        fields = ("outcome", "reasons")
        widgets = {"reasons": forms.Textarea(attrs={"rows": 5})}
