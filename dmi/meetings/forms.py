"""Forms of meetings, minutes and tasks."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from django import forms

from dmi.core.forms import CaseForm, offer, offer_records
from dmi.meetings import selectors
from dmi.meetings.models import Decision, Meeting, Task

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.directory.models import Contact

WHEN = "%Y-%m-%dT%H:%M"


def when_input() -> forms.DateTimeInput:
    """The browser's own date and time field."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN)


class MeetingForm(CaseForm):
    """A meeting and who is invited."""

    members: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        queryset=None, required=False, label="Invited from the team", widget=forms.CheckboxSelectMultiple
    )
    contacts: forms.ModelMultipleChoiceField[Contact] = forms.ModelMultipleChoiceField(
        queryset=None, required=False, label="Invited from the contact book", widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Meeting
        fields = ("kind", "title", "starts_at", "ends_at", "place", "purpose", "agenda", "is_cancelled")
        widgets = {"starts_at": when_input(), "ends_at": when_input(), "agenda": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args: Any, can: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "members", selectors.members_of(self.case), lambda user: user.display_name)
        offer_records(self, "contacts", selectors.contacts_of(self.case, can))
        self.sees_contacts = selectors.SEES_CONTACTS in can
        if not self.sees_contacts:
            del self.fields["contacts"]
        if not self.instance._state.adding:
            invited = list(self.instance.attendance.values_list("member_id", "contact_id"))
            self.initial["members"] = [member for member, _ in invited if member]
            self.initial["contacts"] = [contact for _, contact in invited if contact]

    @property
    def invited(self) -> dict[str, Any]:
        """Who is invited, for the action."""
        facts = self.cleaned_data
        contacts = [contact.pk for contact in facts["contacts"]] if self.sees_contacts else None
        return {"members": [member.pk for member in facts["members"]], "contacts": contacts}


class MinutesForm(CaseForm):
    """What was said, and who came."""

    came = forms.MultipleChoiceField(required=False, label="Who came", widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = Meeting
        fields = ("minutes",)
        widgets = {"minutes": forms.Textarea(attrs={"rows": 14})}

    def __init__(self, *args: Any, can: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roll = selectors.roll_of(self.instance, can)
        self.known = [row.pk for row in (*roll.members, *roll.contacts)]
        offer(self, "came", [(str(row.pk), row.name) for row in (*roll.members, *roll.contacts)])
        self.initial["came"] = [str(row.pk) for row in (*roll.members, *roll.contacts) if row.has_come]


class DecisionForm(CaseForm):
    """One decision."""

    class Meta:
        model = Decision
        fields = ("text",)


class TaskForm(CaseForm):
    """One task: what, who, by when."""

    class Meta:
        model = Task
        fields = ("text", "owner_seat", "due_on")
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"})}
