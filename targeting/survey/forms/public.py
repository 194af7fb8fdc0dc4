"""What a resident fills in on a phone: one screen of questions at a time, and at the end a contact if wished."""

from __future__ import annotations

from typing import Any

from django import forms

from targeting.survey.forms.answers import PREFIX, answers_of, field_of
from targeting.survey.models import Question

SAY_EN = {
    "name": "Your name or a first name", "reached_at": "A phone number or e-mail",
    "name_hint": "Only if you want us to be able to reach you.",
}  # fmt: skip
SAY_ES = {
    "name": "Su nombre", "reached_at": "Un teléfono o correo electrónico",
    "name_hint": "Solo si quiere que podamos comunicarnos con usted.",
}  # fmt: skip


class ScreenForm(forms.Form):
    """The questions of one screen."""

    def __init__(self, *args: Any, questions: list[Question], language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[PREFIX + question.code] = field_of(question, language)

    @property
    def answers(self) -> dict[str, Any]:
        """What was answered on this screen."""
        return answers_of(self.cleaned_data, self.questions)


class ContactForm(forms.Form):
    """Who the resident is, if he or she wants it kept."""

    name = forms.CharField(required=False, max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    reached_at = forms.CharField(required=False, max_length=160, widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def __init__(self, *args: Any, language: str = "en", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say = SAY_ES if language == "es" else SAY_EN
        self.fields["name"].label, self.fields["reached_at"].label = say["name"], say["reached_at"]
        self.fields["name"].help_text = say["name_hint"]
