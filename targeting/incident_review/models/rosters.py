"""The call-in list, the safe-passage checks before it, and the hand-off of those prosecuted now."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.people.models import Player
from targeting.incident_review.models.files import Jurisdiction


class SafePassage(CaseRecord):
    """One check that a candidate can come and go in safety: warrants, custody, counsel, orders; the latest counts."""

    data_class = "assessments"

    class Finding(models.TextChoices):
        UNKNOWN = "unknown", "Not checked"
        CLEAR = "clear", "None"
        FOUND = "found", "Found"

    class Counsel(models.TextChoices):
        UNKNOWN = "unknown", "Not checked"
        NONE = "none", "No counsel"
        TOLD = "told", "Has counsel, and counsel knows"
        UNTOLD = "untold", "Has counsel, not told yet"

    player = models.ForeignKey(Player, models.PROTECT, related_name="safe_passages")
    checked_on = models.DateField("checked on", default=timezone.localdate)
    warrants = models.CharField("open warrants", max_length=8, choices=Finding, default=Finding.UNKNOWN)
    custody = models.CharField("in custody", max_length=8, choices=Finding, default=Finding.UNKNOWN)
    orders = models.CharField("no-contact orders", max_length=8, choices=Finding, default=Finding.UNKNOWN)
    counsel = models.CharField(max_length=8, choices=Counsel, default=Counsel.UNKNOWN)
    words = models.CharField("what was found, and what is done", max_length=600, blank=True)
    overridden_because = models.CharField("why it does not hold up the list", max_length=600, blank=True)

    class Meta:
        ordering = ("-checked_on", "-created_at")
        constraints = [
            models.CheckConstraint(
                name="passage_says_what_was_found",
                condition=(~Q(warrants="found") & ~Q(custody="found") & ~Q(orders="found") & ~Q(counsel="untold"))
                | ~Q(words=""),
                violation_error_message="Say what was found, and what is done about it.",
            )
        ]
        indexes = [models.Index(fields=("player", "-checked_on"), name="passage_latest")]

    def __str__(self) -> str:
        return f"Safe passage of {self.player.number}"

    @property
    def holds_up(self) -> list[str]:
        """What stands in the way, in words."""
        found = [
            (self.warrants, "open warrant", "warrants not checked"),
            (self.custody, "in custody", "custody not checked"),
            (self.orders, "no-contact order", "orders not checked"),
        ]
        reasons = [words for state, words, _ in found if state == self.Finding.FOUND]
        reasons += [words for state, _, words in found if state == self.Finding.UNKNOWN]
        if self.counsel == self.Counsel.UNTOLD:
            reasons.append("counsel not told")
        elif self.counsel == self.Counsel.UNKNOWN:
            reasons.append("counsel not checked")
        return reasons

    def is_stale(self, today: date, days: int) -> bool:
        """Whether the check is too old to count."""
        return self.checked_on + timedelta(days=days) < today


class HandOff(CaseRecord):
    """The case of somebody prosecuted now, handed to the office that files it, and how far it has come."""

    data_class = "pending_charges"

    class Status(models.TextChoices):
        HANDED = "handed", "Handed over"
        WARRANT = "warrant", "Warrant issued"
        ARRESTED = "arrested", "Arrested"
        CHARGED = "charged", "Charged"
        PLEADED = "pleaded", "Pleaded"
        CONVICTED = "convicted", "Convicted"
        DISMISSED = "dismissed", "Dismissed"

    player = models.OneToOneField(Player, models.PROTECT, related_name="hand_off")
    charge = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=8, choices=Jurisdiction, default=Jurisdiction.COUNTY)
    handed_on = models.DateField("handed over on", default=timezone.localdate)
    status = models.CharField(max_length=10, choices=Status, default=Status.HANDED)
    status_on = models.DateField("since", default=timezone.localdate)
    docket = models.CharField("docket number", max_length=60, blank=True)
    court = models.CharField(max_length=120, blank=True)
    arrested_on = models.DateField("arrested on", null=True, blank=True)
    next_court_on = models.DateField("next court date", null=True, blank=True)

    class Meta:
        ordering = ("player__number",)
        constraints = [
            models.CheckConstraint(
                name="charged_case_has_a_docket",
                condition=Q(status__in=("handed", "warrant", "arrested")) | (~Q(docket="") & ~Q(court="")),
                violation_error_message="A case before a court needs its docket number and the court.",
            )
        ]

    def __str__(self) -> str:
        return f"Hand-off of {self.player.number}"

    @property
    def is_charged(self) -> bool:
        """Whether a court has the case, or had it."""
        return self.status in (self.Status.CHARGED, self.Status.PLEADED, self.Status.CONVICTED, self.Status.DISMISSED)


class Roster(CaseRecord):
    """The call-in list as it was frozen: numbers of the candidates, signed by two people."""

    data_class = "call_in_roster"

    class Change(models.TextChoices):
        FROZEN = "frozen", "Frozen"
        ADDED = "added", "Added to"
        REMOVED = "removed", "Taken off"

    change = models.CharField(max_length=8, choices=Change, default=Change.FROZEN, editable=False)
    about = models.CharField("number added or taken off", max_length=8, blank=True, editable=False)
    numbers = models.JSONField(default=list)
    frozen_at = models.DateTimeField(default=timezone.now)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField("why it was frozen again", max_length=400, blank=True)

    class Meta:
        ordering = ("-frozen_at",)
        constraints = [
            models.CheckConstraint(
                name="roster_countersigned_by_another",
                condition=Q(countersigned_by__isnull=True) | ~Q(countersigned_by=F("created_by")),
                violation_error_message="Somebody else must countersign.",
            )
        ]

    def __str__(self) -> str:
        return f"Call-in list of {self.frozen_at:%Y-%m-%d}"


class ResidentShares(CaseRecord):
    """How the residents of the area divide by age, sex and race, in percent, from a named source."""

    data_class = "area_counts"

    source = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField("as of the year")
    lines = models.JSONField(default=list)

    class Meta:
        ordering = ("-created_at",)
        verbose_name_plural = "resident shares"

    def __str__(self) -> str:
        return f"Residents, {self.year}"

    @property
    def shares(self) -> dict[tuple[str, str], str]:
        """Percent of each part, by way of dividing and part."""
        return {(line["way"], line["part"]): f"{line['percent']:g}%" for line in self.lines}
