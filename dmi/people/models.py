"""Persons, and the players they are in a market."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils import timezone

from dmi.core.models import CaseQuerySet, CaseRecord
from dmi.people.stages import ON_THE_CALL_IN, Stage

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

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


class PlayerQuerySet(CaseQuerySet["Player"]):
    """Players of a case, by where they stand; one merged into another is no player of his or her own any more."""

    def for_case(self, case: MarketCase | None) -> Self:
        """Only players of `case` who stand for themselves."""
        return super().for_case(case).filter(merged_into__isnull=True)

    def with_merged(self, case: MarketCase | None) -> Self:
        """Every player of `case` there ever was, also those merged into another."""
        return super().for_case(case)

    def at(self, *stages: str) -> Self:
        """Only players who stand at one of these stages."""
        return self.filter(stage__in=stages)

    def on_the_call_in(self) -> Self:
        """Candidates, invited or notified, in order of their numbers."""
        return self.at(*ON_THE_CALL_IN).order_by("number")

    def within_review(self, day: date) -> Self:
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
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="merged_here"
    )

    objects: ClassVar = PlayerQuerySet.as_manager()

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint("case", Upper("number"), name="player_number_once"),
            models.CheckConstraint(name="player_has_a_basis", condition=~Q(basis="")),
            models.CheckConstraint(
                name="player_not_merged_into_itself", condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id"))
            ),
        ]
        indexes = [models.Index(fields=("case", "stage"))]

    def __str__(self) -> str:
        return self.number

    @property
    def is_adult(self) -> bool:
        """Whether the person is known to be 18 or older today; an unknown age is not."""
        age = self.person.age_on(timezone.localdate())
        return age is not None and age >= ADULT_AGE


class Merger(CaseRecord):
    """Two entries of the list were found to be one person; what moved is written down, so that it can be undone."""

    data_class = "player_list"

    kept = models.ForeignKey(Player, models.PROTECT, related_name="+")
    gone = models.ForeignKey(Player, models.PROTECT, related_name="+")
    reason = models.CharField("how it is known", max_length=400)
    moved = models.JSONField(default=list, blank=True, help_text="Model, key and field of every record that moved.")
    filled = models.JSONField(
        default=dict, blank=True, help_text="What the kept person's fields held before and after."
    )
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_reason = models.CharField("why it was undone", max_length=400, blank=True)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(name="merger_of_two", condition=~Q(kept=F("gone"))),
            models.CheckConstraint(name="merger_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(fields=("gone",), condition=Q(undone_at__isnull=True), name="merged_away_once"),
        ]

    def __str__(self) -> str:
        return f"{self.gone.number} into {self.kept.number}"


class Distinction(CaseRecord):
    """Two entries that look alike were found to be different people; they are not proposed again."""

    data_class = "player_list"

    first = models.ForeignKey(Player, models.PROTECT, related_name="+")
    second = models.ForeignKey(Player, models.PROTECT, related_name="+")
    reason = models.CharField("how it is known", max_length=400)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(name="distinction_in_order", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="distinction_has_a_reason", condition=~Q(reason="")),
            models.UniqueConstraint(fields=("first", "second"), name="told_apart_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first.number} is not {self.second.number}"
