"""A record with one field for each question of the version now in use."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone

from dmi.core.forms import CaseForm, offer
from targeting.survey import selectors
from targeting.survey.models import CommunityReply, Interview, Question
from targeting.survey.models.questions import COMMUNITY

PREFIX = "answer_"
LONGEST = {"line": 200, "text": 2000}


def field_of(question: Question, language: str = "en") -> forms.Field:
    """The field that takes the answer to one question."""
    words, hint = question.asked(language), question.hinted(language)
    given: dict[str, Any] = {"label": words, "required": False, "help_text": hint}
    if question.kind == Question.Kind.MANY:
        return forms.MultipleChoiceField(
            choices=question.offered(language), widget=forms.CheckboxSelectMultiple, **given
        )
    if offered := question.offered(language):
        return forms.ChoiceField(choices=offered, widget=forms.RadioSelect, **given)
    widget = forms.Textarea(attrs={"rows": 3}) if question.kind == Question.Kind.TEXT else forms.TextInput()
    return forms.CharField(max_length=LONGEST[question.kind], widget=widget, **given)


def answers_of(cleaned: dict[str, Any], questions: Iterable[Question]) -> dict[str, Any]:
    """What was answered, by question; nothing for questions left open."""
    typed = {question.code: cleaned.get(PREFIX + question.code) for question in questions}
    plain = {code: said.strip() if isinstance(said, str) else list(said or []) for code, said in typed.items()}
    return {code: said for code, said in plain.items() if said}


def not_later_than_today(form: forms.BaseForm, name: str, day: Any) -> None:
    """Refuse a day that has not come."""
    if day and day > timezone.localdate():
        form.add_error(name, "This day has not come yet.")


def date_input() -> forms.DateInput:
    """The browser's own date field."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AnswersForm(CaseForm):
    """A record with its answers."""

    def __init__(self, *args: Any, group: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = selectors.questions_of(selectors.current_set(group))
        for question in self.questions:
            field = field_of(question)
            field.says_optional = False  # type: ignore[attr-defined]  # the page says it once for all questions
            self.fields[PREFIX + question.code] = field

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered, by question."""
        return answers_of(self.cleaned_data, self.questions)


class InterviewForm(AnswersForm):
    """One officer's answers."""

    class Meta:
        model = Interview
        fields = ("group", "officer_name", "officer_unit", "held_on")
        widgets = {"held_on": date_input(), "group": forms.HiddenInput()}

    def __init__(self, *args: Any, group: str, **kwargs: Any) -> None:
        super().__init__(*args, group=group, **kwargs)
        offer(self, "group", [choice for choice in Interview.Group.choices if choice[0] == group])
        self.initial["group"] = group

    def clean(self) -> dict[str, Any]:
        """Answered today or before."""
        cleaned = super().clean()
        not_later_than_today(self, "held_on", cleaned.get("held_on"))
        return cleaned


class ReplyForm(AnswersForm):
    """A resident's answers, handed in without a name unless the resident wishes otherwise."""

    source_name = forms.CharField(
        label="Name of the person, only if he or she wants it kept",
        required=False,
        max_length=120,
        help_text="It is stored apart from the answers, locked, and nobody reads it in daily work.",
    )
    source_contact = forms.CharField(label="How to reach the person", required=False, max_length=160)

    class Meta:
        model = CommunityReply
        fields = ("channel", "received_on", "language")
        widgets = {"received_on": date_input()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, group=COMMUNITY, **kwargs)
        channels = [pair for pair in CommunityReply.Channel.choices if pair[0] != CommunityReply.Channel.ONLINE]
        offer(self, "channel", channels)
        self.order_fields([name for name in self.fields if not name.startswith("source_")])

    def clean(self) -> dict[str, Any]:
        """At least one answer; a way to reach somebody belongs to a name."""
        cleaned = super().clean()
        not_later_than_today(self, "received_on", cleaned.get("received_on"))
        if not self.answers:
            self.add_error(None, "Write at least one answer.")
        if cleaned.get("source_contact") and not cleaned.get("source_name"):
            self.add_error("source_name", "Write whose number or address this is, or leave both empty.")
        return cleaned
