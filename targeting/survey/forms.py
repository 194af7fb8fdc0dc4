"""Forms of the survey; none of them saves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from dmi.core.forms import CaseForm
from dmi.people.models import Person, Player
from targeting.survey import selectors
from targeting.survey.models import CommunityReply, Interview
from targeting.survey.questions import COMMUNITY_QUESTIONS, OFFICER_QUESTIONS

SOMEBODY_ELSE = "new"
PERSON_FIELDS = ("full_name", "aliases", "birth_on", "sex", "home_address")


class AnswersForm(CaseForm):
    """A record with one text box for each question."""

    questions: tuple[tuple[str, str], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, words in self.questions:
            self.fields[f"answer_{code}"] = forms.CharField(
                label=words, required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
            )

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by question; nothing for boxes left empty."""
        typed = {code: self.cleaned_data.get(f"answer_{code}", "").strip() for code, _ in self.questions}
        return {code: text for code, text in typed.items() if text}


def not_later_than_today(form: forms.BaseForm, name: str, day: Any) -> None:
    """Refuse a day that has not come."""
    if day and day > timezone.localdate():
        form.add_error(name, "This day has not come yet.")


class InterviewForm(AnswersForm):
    """One officer's answers."""

    questions = OFFICER_QUESTIONS

    class Meta:
        model = Interview
        fields = ("group", "officer_name", "officer_unit", "held_on")
        widgets = {"held_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, groups: tuple[str, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [choice for choice in Interview.Group.choices if not groups or choice[0] in groups]
        self.fields["group"].choices = choices if groups else [("", "Choose a group"), *choices]

    def clean(self) -> dict[str, Any]:
        """Answered today or before."""
        cleaned = super().clean()
        not_later_than_today(self, "held_on", cleaned.get("held_on"))
        return cleaned


class ReplyForm(AnswersForm):
    """A resident's answers, handed in without a name unless the resident wishes otherwise."""

    questions = COMMUNITY_QUESTIONS
    source_name = forms.CharField(
        label="Name of the person, only if he or she wants it kept",
        required=False,
        max_length=120,
        help_text="It is stored apart from the answers, and nobody reads it in daily work.",
    )
    source_contact = forms.CharField(label="How to reach the person", required=False, max_length=160)

    class Meta:
        model = CommunityReply
        fields = ("channel", "received_on")
        widgets = {"received_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean(self) -> dict[str, Any]:
        """At least one answer; a way to reach somebody belongs to a name."""
        cleaned = super().clean()
        not_later_than_today(self, "received_on", cleaned.get("received_on"))
        if not self.answers:
            self.add_error(None, "Write at least one answer.")
        if cleaned.get("source_contact") and not cleaned.get("source_name"):
            self.add_error("source_name", "Write whose number or address this is, or leave both empty.")
        return cleaned


class NominationForm(CaseForm):
    """Whom an answer names: somebody on the list already, or a new person."""

    why = forms.CharField(
        label="What was said, and how it is known",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For a new name this is the written basis.",
    )
    where_seen = forms.CharField(label="Where", required=False, max_length=200)

    class Meta:
        model = Person
        fields = PERSON_FIELDS
        widgets = {"birth_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, sees_list: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sees_list = sees_list
        self.player: Player | None = None
        self.alike: list[Player] = []
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
        chosen = cleaned.get("same_as", "")
        if chosen and chosen != SOMEBODY_ELSE:
            self.player = next(player for player in self.alike if str(player.pk) == chosen)
        elif not self.sees_list and cleaned.get("full_name"):
            self.player = selectors.same_person(self.case, cleaned["full_name"], cleaned.get("birth_on"))
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        """What the action needs: the player found, or what describes a new person."""
        found: dict[str, Any] = {"why": self.cleaned_data["why"], "where_seen": self.cleaned_data["where_seen"]}
        if self.player is not None:
            return found | {"player": self.player}
        return found | {name: self.cleaned_data[name] for name in PERSON_FIELDS}
