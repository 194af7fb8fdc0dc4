"""Persons, and the players they are in a market."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper
from django.utils import timezone

from dmi.core.models import CaseQuerySet, CaseRecord
from dmi.people.stages import ON_THE_CALL_IN, Stage

ADULT_AGE = 18


class Sex(models.TextChoices):
    """As recorded by the police source; unknown stays unknown."""

    FEMALE = "f", "Female"
    MALE = "m", "Male"
    OTHER = "x", "Other"
    UNKNOWN = "u", "Not recorded"


class Person(CaseRecord):
    """Somebody the case knows by name, once, however often he or she is named."""

    data_class = "player_list"

    full_name = models.CharField(max_length=160)
    aliases = ArrayField(
        models.CharField(max_length=80), default=list, blank=True, help_text="Street names, separated by commas."
    )
    birth_on = models.DateField("date of birth", null=True, blank=True)
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    race = models.CharField("race as recorded", max_length=60, blank=True)
    language = models.CharField(
        "language for letters", max_length=2, default="en", choices=[("en", "English"), ("es", "Spanish")]
    )
    home_address = models.CharField(max_length=200, blank=True)
    photo_id = models.UUIDField("photograph", null=True, blank=True, editable=False)

    class Meta:
        ordering = ("full_name",)
        constraints = [
            models.CheckConstraint(name="person_has_a_name", condition=~Q(full_name="")),
        ]
        indexes = [GinIndex(fields=("full_name",), name="person_name_trigram", opclasses=("gin_trgm_ops",))]

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """A date of birth lies in the past."""
        if self.birth_on and self.birth_on > timezone.localdate():
            raise ValidationError({"birth_on": "A date of birth cannot lie in the future."})

    def age_on(self, day: date) -> int | None:
        """Age in full years on that day; None when the date of birth is not known."""
        if self.birth_on is None:
            return None
        had_birthday = (day.month, day.day) >= (self.birth_on.month, self.birth_on.day)
        return day.year - self.birth_on.year - (0 if had_birthday else 1)

    @property
    def initials(self) -> str:
        """First letters of first and last name, for the round badge."""
        words = self.full_name.split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


class PlayerQuerySet(CaseQuerySet):
    """Players of a case, by where they stand."""

    def at(self, *stages: str) -> PlayerQuerySet:
        """Only players who stand at one of these stages."""
        return self.filter(stage__in=stages)

    def on_the_call_in(self) -> PlayerQuerySet:
        """Candidates, invited or notified, in order of their numbers."""
        return self.at(*ON_THE_CALL_IN).order_by("number")

    def within_review(self, day: date) -> PlayerQuerySet:
        """Only players whose written basis is not overdue for review: overdue means invisible (O5)."""
        return self.filter(review_by__gte=day)


class Player(CaseRecord):
    """A person named as dealing in this market, under a code number that may be said aloud."""

    data_class = "player_list"

    person = models.OneToOneField(Person, models.PROTECT, related_name="player")
    number = models.CharField(max_length=8, editable=False)
    stage = models.CharField(max_length=12, choices=Stage, default=Stage.NAMED, editable=False)
    stage_since = models.DateTimeField(default=timezone.now, editable=False)
    stage_reason = models.CharField(max_length=400, blank=True, editable=False)
    basis = models.CharField("written basis", max_length=400)
    review_by = models.DateField("look again by")

    objects = PlayerQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint("case", Upper("number"), name="player_number_once"),
            models.CheckConstraint(name="player_has_a_basis", condition=~Q(basis="")),
        ]
        indexes = [models.Index(fields=("case", "stage"))]

    def __str__(self) -> str:
        return self.number

    @property
    def is_adult(self) -> bool:
        """Whether the person is known to be 18 or older today; an unknown age is not."""
        age = self.person.age_on(timezone.localdate())
        return age is not None and age >= ADULT_AGE
