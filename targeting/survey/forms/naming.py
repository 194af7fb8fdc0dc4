"""Whom and which address an answer names."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.cases import selectors as cases
from dmi.core.forms import CaseForm
from dmi.people.models import Person, Player
from dmi.places.models import Place
from targeting.survey import selectors
from targeting.survey.forms.answers import date_input, not_later_than_today
from targeting.survey.models import AddressMention, Nomination

SOMEBODY_ELSE = "new"
PERSON_FIELDS = ("full_name", "aliases", "birth_on", "sex", "home_address")
SAID = ("why", "where_seen", "role", "known", "seen_on")


class NominationForm(CaseForm):
    """Whom an answer names: somebody on the list already, or a new person."""

    why = forms.CharField(
        label="What was said, and how it is known",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    role = forms.ChoiceField(label="What he or she does", required=False, choices=Nomination.Role.choices)
    known = forms.ChoiceField(label="How the source knows", required=False, choices=Nomination.Known.choices)
    where_seen = forms.CharField(label="Where", required=False, max_length=200)
    seen_on = forms.DateField(label="Last seen dealing", required=False, widget=date_input())

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        widgets = {"birth_on": date_input()}

    def __init__(self, *args: Any, sees_list: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees_list = sees_list
        self.player: Player | None = None
        self.alike: list[Player] = []
        months = cases.policy_of(self.case).review_months
        self.fields[
            "why"
        ].help_text = f"For a new name this is the written basis, which is looked at again after {months} months."
        typed = self.data.get(self.add_prefix("full_name"), "").strip() if self.is_bound else ""
        if typed and sees_list:
            self.alike = selectors.alike(self.case, typed)
        if self.alike:
            self._ask_who()

    def _ask_who(self) -> None:
        """Offer the names that are nearly the same."""
        offered = [(str(player.pk), f"{player.number} {player.person.full_name}") for player in self.alike]
        self.fields["same_as"] = forms.ChoiceField(
            label="The list has a name very like this one. Who is it?",
            choices=[*offered, (SOMEBODY_ELSE, "Somebody else; add the name")],
            widget=forms.RadioSelect,
            error_messages={"required": "Choose the person, or say that it is somebody else."},
        )
        self.order_fields(["same_as"])

    def clean(self) -> dict[str, Any]:
        """Find the player who is meant."""
        cleaned = super().clean()
        not_later_than_today(self, "seen_on", cleaned.get("seen_on"))
        chosen = cleaned.get("same_as", "")
        if chosen and chosen != SOMEBODY_ELSE:
            self.player = next(player for player in self.alike if str(player.pk) == chosen)
        elif not self.sees_list and cleaned.get("full_name"):
            self.player = selectors.same_person(self.case, cleaned["full_name"], cleaned.get("birth_on"))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the action needs: the player found, or what describes a new person."""
        found: dict[str, Any] = {name: self.cleaned_data[name] for name in SAID}
        if self.player is not None:
            return found | {"player": self.player}
        return found | {name: self.cleaned_data[name] for name in PERSON_FIELDS}


class AddressForm(CaseForm):
    """An address an answer names."""

    address = forms.CharField(
        max_length=200, help_text="House and street, or two streets joined by “and” for a corner."
    )
    unit = forms.CharField(label="Apartment", max_length=20, required=False)
    kind = forms.ChoiceField(choices=Place.Kind.choices, initial=Place.Kind.HOUSE)

    class Meta:
        model = AddressMention
        fields = ("why",)
        widgets = {"why": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["why"].help_text = "For a new address this is the written basis."
        self.order_fields(["address", "unit", "kind", "why"])

    @property
    def facts(self) -> dict[str, Any]:
        """What the action needs."""
        return {name: self.cleaned_data[name] for name in ("address", "unit", "kind", "why")}

    def _post_clean(self) -> None:
        """Nothing of the record is known yet but what was said; the action checks the rest."""
