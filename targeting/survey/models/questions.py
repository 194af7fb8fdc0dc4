"""The four question sets, in versions. Reference data of the whole casebook: no case content."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from dmi.core.models import Tracked

COMMUNITY = "community"
# Scales a resident may answer on, from worst to best; the codes are stored.
SCALES: dict[str, tuple[tuple[str, str, str], ...]] = {
    "safe": (
        ("1", "Very unsafe", "Muy inseguro"), ("2", "Unsafe", "Inseguro"), ("3", "Safe", "Seguro"),
        ("4", "Very safe", "Muy seguro"),
    ),
    "agree": (
        ("1", "Strongly disagree", "Muy en desacuerdo"), ("2", "Disagree", "En desacuerdo"),
        ("3", "Agree", "De acuerdo"), ("4", "Strongly agree", "Muy de acuerdo"),
    ),
    "yes_no": (("no", "No", "No"), ("yes", "Yes", "Sí")),
}  # fmt: skip


class QuestionSet(Tracked):
    """One version of the questions one group is asked. Once in use it is never edited: a change is a new version."""

    class Group(models.TextChoices):
        STREET = "street", "Street officers"
        PROBATION = "probation", "Probation and parole officers"
        VICE = "vice", "Vice and narcotics officers"
        COMMUNITY = COMMUNITY, "Community members"

    group = models.CharField("asked of", max_length=12, choices=Group)
    number = models.PositiveSmallIntegerField("version", editable=False)
    published_at = models.DateTimeField("in use since", null=True, blank=True, editable=False)

    class Meta:
        ordering = ("group", "-number")
        constraints = [models.UniqueConstraint(fields=("group", "number"), name="question_set_number_once")]

    def __str__(self) -> str:
        return f"{self.get_group_display()}, version {self.number}"

    @property
    def is_published(self) -> bool:
        """Whether it is, or was, in use and can no longer change."""
        return self.published_at is not None


class Question(Tracked):
    """One question of a set, in English and Spanish."""

    class Kind(models.TextChoices):
        LINE = "line", "One line"
        TEXT = "text", "Several lines"
        ONE = "one", "One of the choices"
        MANY = "many", "Any of the choices"
        SAFE = "safe", "Very unsafe to very safe"
        AGREE = "agree", "Strongly disagree to strongly agree"
        YES_NO = "yes_no", "Yes or no"

    class Topic(models.TextChoices):
        NONE = "", "No baseline"
        FEAR = "fear", "Fear"
        AWARENESS = "awareness", "Awareness of the effort"
        JUSTICE = "justice", "How police treat people"

    question_set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="questions")
    position = models.PositiveSmallIntegerField("order")
    screen = models.PositiveSmallIntegerField(
        default=1, help_text="On a phone the questions of one screen are shown together."
    )
    code = models.SlugField(
        max_length=30, help_text="Stored with each answer. Keep it when the words change and the meaning does not."
    )
    kind = models.CharField("answered by", max_length=10, choices=Kind, default=Kind.TEXT)
    words = models.CharField("question", max_length=200)
    words_es = models.CharField("question in Spanish", max_length=200, blank=True)
    hint = models.CharField(max_length=200, blank=True)
    hint_es = models.CharField("hint in Spanish", max_length=200, blank=True)
    choices = models.TextField(
        max_length=2000, blank=True, help_text="One a line: code | English | Spanish. For the kinds with choices only."
    )
    topic = models.CharField("baseline topic", max_length=12, choices=Topic, blank=True)

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(fields=("question_set", "code"), name="question_code_once"),
            models.CheckConstraint(
                name="question_choices_where_needed",
                condition=Q(kind__in=("one", "many"), choices__gt="") | ~Q(kind__in=("one", "many")),
                violation_error_message="Write the choices, one a line.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        """Choices can be read, and the set is not in use yet."""
        if self.question_set_id and self.question_set.is_published:
            raise ValidationError("This version is in use and is never edited. Make a new version.")
        for line in self.choices.splitlines():
            if line.strip() and len([part for part in line.split("|") if part.strip()]) < 2:
                raise ValidationError({"choices": f"“{line}” needs a code, a bar and the words."})

    def offered(self, language: str = "en") -> list[tuple[str, str]]:
        """The choices with their words in that language; none for questions answered in words."""
        rows = SCALES.get(self.kind) or [_parts(line) for line in self.choices.splitlines() if line.strip()]
        return [(code, spanish if language == "es" and spanish else english) for code, english, spanish in rows]

    def asked(self, language: str = "en") -> str:
        """The question in that language; in English where no translation was written."""
        return self.words_es if language == "es" and self.words_es else self.words

    def hinted(self, language: str = "en") -> str:
        """The hint in that language."""
        return self.hint_es if language == "es" and self.hint_es else self.hint

    def read(self, answer: Any, language: str = "en") -> str:
        """A stored answer in words."""
        words = dict(self.offered(language))
        if isinstance(answer, list):
            codes: list[str] = answer
            return ", ".join(words.get(code, code) for code in codes)
        return words.get(answer, str(answer))


def _parts(line: str) -> tuple[str, str, str]:
    code, english, spanish, *_ = [*(part.strip() for part in line.split("|")), "", ""]
    return code, english, spanish
