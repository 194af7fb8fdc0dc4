"""The SWOT board: one inventory at a time, its items, the team's votes, what is done, and its frozen copy."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone

from dmi.core.models import CaseQuerySet, CaseRecord

VOTE_BUDGET = 6
MOST_ON_ONE = 3


class Quadrant(models.TextChoices):
    """The four questions of a SWOT analysis."""

    STRENGTH = "S", "Strengths"
    WEAKNESS = "W", "Weaknesses"
    OPPORTUNITY = "O", "Opportunities"
    THREAT = "T", "Threats"


NEEDS_ANSWER = (Quadrant.WEAKNESS, Quadrant.THREAT)


class Prompt(models.TextChoices):
    """Threats other teams met: each is looked at before the board is locked."""

    LEADERSHIP = "leadership", "A chief, sheriff or elected prosecutor may change"
    DOUBT = "doubt", "The prosecutor's office has doubts about holding cases"
    SERVICES = "services", "Services are thin, barred or without money"
    VOICE = "voice", "The neighborhood has no voice on the team yet"
    RACE = "race", "There is a history between police and residents, of race and of force"
    POLITICS = "politics", "Elections, budgets or the press may turn against it"


class Inventory(CaseRecord):
    """One round of the SWOT analysis: the baseline first, later ones beside it. Locked, it is a frozen copy."""

    data_class = "planning_items"

    number = models.PositiveSmallIntegerField(default=1, editable=False)
    locked_on = models.DateField(null=True, blank=True, editable=False)
    frozen = models.JSONField(default=dict, blank=True, editable=False)

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "inventories"
        constraints = [
            models.UniqueConstraint(fields=("case", "number"), name="inventory_number_once"),
            models.UniqueConstraint(
                fields=("case",), condition=Q(locked_on__isnull=True), name="one_open_inventory_a_case"
            ),
            models.CheckConstraint(
                name="inventory_locked_has_a_copy", condition=Q(locked_on__isnull=True) | ~Q(frozen={})
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the team calls it."""
        return "Baseline" if self.number == 1 else f"Inventory {self.number}"

    @property
    def is_locked(self) -> bool:
        """Whether its items can no longer change."""
        return self.locked_on is not None


class ItemQuerySet(CaseQuerySet["Item"]):
    """Items of the board; removed ones can be put back until the board is locked."""

    def standing(self) -> Self:
        """Only items that were not removed."""
        return self.filter(removed_at__isnull=True)


class Item(CaseRecord):
    """One strength, weakness, opportunity or threat, in a member's words; unsigned when the member chose so.

    Of an unsigned item no author is stored anywhere, and its times are cut to the day.
    """

    data_class = "planning_items"

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="items", editable=False)
    quadrant = models.CharField(max_length=1, choices=Quadrant)
    text = models.TextField("in a sentence", max_length=500)
    prompt = models.CharField("answers the prompt", max_length=12, choices=Prompt, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    accepted_risk = models.TextField("why the team lives with it", max_length=500, blank=True)
    accepted_on = models.DateField(null=True, blank=True, editable=False)
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = ItemQuerySet.as_manager()

    class Meta:
        ordering = ("created_at", "id")
        constraints = [
            models.CheckConstraint(
                name="item_accepted_risk_is_dated",
                condition=Q(accepted_risk="", accepted_on__isnull=True)
                | (~Q(accepted_risk="") & Q(accepted_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="item_prompt_on_threats_only",
                condition=Q(prompt="") | Q(quadrant="T"),
                violation_error_message="Only a threat can answer a prompt.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_unsigned(self) -> bool:
        """Whether nobody is named as its author."""
        return self.author_id is None

    @property
    def needs_answer(self) -> bool:
        """Whether something must be done about it, or lived with, before the board is locked."""
        return self.quadrant in NEEDS_ANSWER

    def clean(self) -> None:
        """A new unsigned item keeps no hour, in the row or in its history: an hour could point at a person."""
        if self._state.adding and self.is_unsigned:
            day = datetime.combine(timezone.localdate(), time.min, tzinfo=timezone.get_current_timezone())
            self.created_at = self.updated_at = self._history_date = day


class Vote(CaseRecord):
    """How much weight a member gives an item, out of one budget a member."""

    data_class = "planning_items"

    item = models.ForeignKey(Item, models.PROTECT, related_name="votes", editable=False)
    voter = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False)
    points = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(MOST_ON_ONE)], editable=False
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=("item", "voter"), name="one_vote_a_member")]

    def __str__(self) -> str:
        return f"{self.points}"


class Response(CaseRecord):
    """What is done about an item, by whom and by when."""

    data_class = "planning_items"

    item = models.ForeignKey(Item, models.PROTECT, related_name="responses", editable=False)
    what = models.CharField("what will be done", max_length=300)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    due_on = models.DateField("by")
    done_on = models.DateField("done on", null=True, blank=True, editable=False)
    outcome = models.CharField("how it went", max_length=300, blank=True)

    class Meta:
        ordering = ("due_on", "created_at")

    def __str__(self) -> str:
        return self.what

    def is_late(self, day: date) -> bool:
        """Whether it should be done by now."""
        return self.done_on is None and self.due_on < day

    def clean(self) -> None:
        """A new response is due in the days to come."""
        if self._state.adding and self.due_on and self.due_on < timezone.localdate():
            raise ValidationError({"due_on": "This day has passed; choose a day to come."})


class PromptAnswer(CaseRecord):
    """A threat prompt the team looked at and found not to apply here."""

    data_class = "planning_items"

    inventory = models.ForeignKey(Inventory, models.PROTECT, related_name="answers", editable=False)
    prompt = models.CharField(max_length=12, choices=Prompt, editable=False)
    reason = models.CharField("why it is no threat here", max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("inventory", "prompt"), name="prompt_answered_once")]

    def __str__(self) -> str:
        return self.get_prompt_display()
