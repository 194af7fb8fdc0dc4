"""Forms on people."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.core.forms import CaseForm
from dmi.people import selectors
from dmi.people.models import Person, Player

PERSON_FIELDS = ("full_name", "aliases", "birth_on", "sex", "race", "language", "home_address")


class PersonForm(CaseForm):
    """What the case knows about a person."""

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        widgets = {"birth_on": forms.DateInput(attrs={"type": "date"})}


class NamePlayerForm(PersonForm):
    """A new name on the list: who it is, and the written basis."""

    basis = forms.CharField(
        label="Written basis",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Which report, observation or survey answer says that this person deals in the market.",
    )
    is_somebody_else = forms.BooleanField(label="This is a different person; add the name", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.alike: list[Person] = []
        if not self.is_bound or not self.data.get(self.add_prefix("ask_again")):
            self.fields["is_somebody_else"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        """Stop at a name the case nearly has already, until the writer says it is somebody else."""
        cleaned = super().clean()
        name = cleaned.get("full_name")
        if name and not cleaned.get("is_somebody_else"):
            self.alike = list(selectors.same_name(self.case, name)[:5])
            if self.alike:
                self.fields["is_somebody_else"].widget = forms.CheckboxInput()
                self.add_error("full_name", "The list has a name very like this one. Is it the same person?")
        return cleaned


class RenewForm(CaseForm):
    """The basis looked at again."""

    class Meta:
        model = Player
        fields = ("basis",)
        widgets = {"basis": forms.Textarea(attrs={"rows": 3})}
