"""Step 6: the people a candidate listens to, what was looked for, and the pair that visits them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dmi.core.models import CaseRecord
from dmi.people.models import Player


class Tie(models.TextChoices):
    """What ties somebody to a candidate; the process asks to look for each kind (6.1 to 6.4)."""

    FAMILY = "family", "Family"
    FRIEND = "friend", "Friend"
    SPIRITUAL = "spiritual", "Spiritual advisor"
    OTHER = "other", "Other: teacher, coach, employer"


class Language(models.TextChoices):
    """The language somebody prefers to speak."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Spanish"
    OTHER = "xx", "Another; bring an interpreter"


class Influential(CaseRecord):
    """Somebody important to a candidate: family, friend, pastor. Not a subject of the case (O9)."""

    data_class = "influentials"
    joins_on_merge = True

    class Trust(models.TextChoices):
        CLOSE = "close", "The candidate listens to them"
        SOME = "some", "The candidate listens sometimes"
        UNKNOWN = "unknown", "Not known if the candidate listens"

    class Reached(models.TextChoices):
        HOME = "home", "At home"
        PHONE = "phone", "By telephone first"
        WORK = "work", "At work"
        CHURCH = "church", "At church or a center"
        THROUGH = "through", "Through somebody they trust"

    player = models.ForeignKey(Player, models.PROTECT, related_name="influentials")
    full_name = models.CharField("name", max_length=160)
    tie = models.CharField("kind of tie", max_length=10, choices=Tie, default=Tie.FAMILY)
    relation = models.CharField(max_length=80, help_text="For example grandmother, coach, pastor.")
    trust = models.CharField("does the candidate listen to them", max_length=8, choices=Trust, default=Trust.UNKNOWN)
    language = models.CharField("language they prefer", max_length=2, choices=Language, default=Language.ENGLISH)
    reached = models.CharField("how they are best reached", max_length=8, choices=Reached, default=Reached.HOME)
    reached_note = models.CharField(
        "more on reaching them", max_length=200, blank=True, help_text="For example evenings, or after the service."
    )
    phone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("player__number", "full_name")
        constraints = [
            models.UniqueConstraint(
                fields=("player", "full_name"),
                name="influential_once",
                violation_error_message="This person is already listed for the candidate.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.relation} of {self.player.number}"


class FamilySearch(CaseRecord):
    """Somebody looked for one kind of tie of a candidate, wherever it led; the documented search of element 6.0."""

    data_class = "influentials"
    joins_on_merge = True

    player = models.ForeignKey(Player, models.PROTECT, related_name="family_searches")
    tie = models.CharField("looked for", max_length=10, choices=Tie)
    searched_on = models.DateField("on")
    looked_in = models.CharField(
        "asked or looked in", max_length=200, help_text="For example church, school, neighbors."
    )
    found = models.CharField("what came of it", max_length=300)

    class Meta:
        ordering = ("player__number", "-searched_on")
        verbose_name_plural = "family searches"
        constraints = [
            models.CheckConstraint(name="search_says_where_and_what", condition=~Q(looked_in="") & ~Q(found=""))
        ]

    def __str__(self) -> str:
        return f"{self.get_tie_display()} of {self.player.number} looked for"


class VisitingPair(CaseRecord):
    """The two who visit for one candidate: police or prosecutor, and a neighbor.

    The neighbor learns the candidate's name only once the prosecutor has released it to him or her (O3).
    """

    data_class = "influentials"

    player = models.OneToOneField(Player, models.PROTECT, related_name="visiting_pair")
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="from police or prosecutor"
    )
    neighbor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="from the community"
    )
    visit_by = models.DateField("first visit by")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    released_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ("player__number",)
        constraints = [
            models.CheckConstraint(
                name="pair_of_two",
                condition=~Q(officer=F("neighbor")),
                violation_error_message="A pair needs two different people.",
            ),
            models.CheckConstraint(
                name="name_released_whole",
                condition=Q(released_by__isnull=True, released_at__isnull=True)
                | Q(released_by__isnull=False, released_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Visiting pair for {self.player.number}"
