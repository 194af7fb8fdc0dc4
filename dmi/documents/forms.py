"""Forms of the register of copies and of withdrawing a document."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from dmi.core.forms import CaseForm
from dmi.documents.models import Copy

Place = Copy.Place
WORDS = {
    Place.HANDED: ("Handed to", "Handed over on", ("holder", "since_on", "due_on", "note")),
    Place.RETURNED: ("Taken back by", "Returned on", ("holder", "since_on", "note")),
    Place.DESTROYED: ("Destroyed by", "Destroyed on", ("holder", "since_on", "witness", "note")),
    Place.LOST: ("Reported by", "Reported on", ("holder", "since_on", "note")),
}


class MoveForm(CaseForm):
    """Where a copy goes now: only what that move asks for."""

    class Meta:
        model = Copy
        fields = ("holder", "since_on", "due_on", "witness", "note")
        widgets = {
            "since_on": forms.DateInput(attrs={"type": "date"}),
            "due_on": forms.DateInput(attrs={"type": "date"}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }

    def __init__(self, *args: Any, to: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.to = to
        who, when, names = WORDS[Place(to)]
        for name in [name for name in self.fields if name not in names and name != "version"]:
            del self.fields[name]
        self.fields["holder"].label, self.fields["since_on"].label = who, when
        if "due_on" in self.fields:
            self.fields["due_on"].required = True
        if "witness" in self.fields:
            self.fields["witness"].required = True
        self.initial.update(holder="", note="", witness="", since_on=timezone.localdate(), due_on=None)

    def clean(self) -> dict[str, Any]:
        """A move lies in the past or today; what comes back comes back later."""
        cleaned = super().clean()
        on, due = cleaned.get("since_on"), cleaned.get("due_on")
        if on and on > timezone.localdate():
            self.add_error("since_on", "This day has not come yet.")
        if on and due and due < on:
            self.add_error("due_on", "It cannot be due back before it was handed over.")
        return cleaned


class WithdrawForm(forms.Form):
    """Why a document is not handed out any more."""

    reason = forms.CharField(max_length=400, widget=forms.Textarea(attrs={"rows": 3}), label="Why it is withdrawn")
