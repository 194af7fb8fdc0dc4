"""The link chart: who and what stands on it, and which record says that two of them belong together."""

from __future__ import annotations

from typing import ClassVar, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dmi.core.models import CaseQuerySet, CaseRecord, Row
from dmi.people.models import Player
from dmi.places.models import Place


class ChartQuerySet(CaseQuerySet[Row]):
    """Rows of the chart; one taken off stays stored, so that it can be put back."""

    def on_chart(self) -> Self:
        """Only what was not taken off."""
        return self.filter(removed_at__isnull=True)


class NetworkImport(CaseRecord):
    """A network file that was checked; committed once, undone once. One file, one citation for all its links."""

    data_class = "link_chart"

    file_name = models.CharField(max_length=200)
    digest = models.CharField(max_length=64, editable=False)
    shape = models.CharField(max_length=8, editable=False)
    names = models.JSONField(default=list, editable=False)
    pairs = models.JSONField(default=list, editable=False, help_text="Place of the one, place of the other, weight.")
    about = models.JSONField(default=dict, editable=False, help_text="What every entry and link of the file is.")
    committed_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                name="network_undone_after_commit", condition=Q(undone_at__isnull=True) | Q(committed_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.file_name


class Entity(CaseRecord):
    """A person, place, vehicle, telephone, organization or incident on the chart. Informants are never on it."""

    data_class = "link_chart"
    joins_on_merge = True

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        PLACE = "place", "Place"
        VEHICLE = "vehicle", "Vehicle"
        PHONE = "phone", "Telephone"
        ORGANIZATION = "organization", "Organization"
        INCIDENT = "incident", "Incident"

    class Standing(models.TextChoices):
        SUBJECT = "subject", "Believed to take part in the market"
        OTHER = "other", "Family, witness, resident or helper"

    kind = models.CharField(max_length=12, choices=Kind)
    label = models.CharField("name", max_length=120, blank=True)
    player = models.ForeignKey(Player, models.PROTECT, null=True, blank=True, related_name="charted")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="charted")
    standing = models.CharField(
        "if a person, who", max_length=8, choices=Standing, default=Standing.SUBJECT, blank=True
    )
    basis = models.CharField("written basis", max_length=400, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    came_with = models.ForeignKey(
        NetworkImport, models.PROTECT, null=True, blank=True, editable=False, related_name="entities"
    )
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = ChartQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "label", "created_at")
        verbose_name_plural = "entities"
        constraints = [
            models.CheckConstraint(
                name="entity_is_named",
                condition=~Q(label="") | Q(player__isnull=False) | Q(place__isnull=False),
                violation_error_message="Write a name, or choose somebody or some place already on record.",
            ),
            models.CheckConstraint(
                name="entity_player_is_a_person", condition=Q(player__isnull=True) | Q(kind="person"),
                violation_error_message="A player is a person.",
            ),
            models.CheckConstraint(
                name="entity_place_is_a_place", condition=Q(place__isnull=True) | Q(kind="place"),
                violation_error_message="An address is a place.",
            ),
            models.CheckConstraint(
                name="entity_person_has_a_basis",
                condition=~Q(kind="person") | Q(player__isnull=False) | ~Q(basis=""),
                violation_error_message="A person who is not on the player list needs a written basis.",
            ),
            models.CheckConstraint(
                name="entity_player_is_a_subject", condition=Q(player__isnull=True) | Q(standing="subject"),
                violation_error_message="A player on the list is believed to take part in the market.",
            ),
            models.CheckConstraint(
                name="entity_approved_by_somebody",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label or str(self.player or self.place or self.get_kind_display())

    @property
    def awaits_approval(self) -> bool:
        """A person who is no subject is on no chart before a prosecutor has approved the basis."""
        return self.kind == self.Kind.PERSON and self.standing == self.Standing.OTHER and self.approved_at is None


class Link(CaseRecord):
    """Two entries of the chart belong together: how, on which record's word, when, and how well it is known."""

    data_class = "link_chart"

    class Kind(models.TextChoices):
        SEEN_TOGETHER = "seen_together", "Seen together"
        ARRESTED_TOGETHER = "arrested_together", "Arrested together"
        SUPPLIES = "supplies", "Supplies"
        SELLS_AT = "sells_at", "Sells at"
        LIVES_AT = "lives_at", "Lives at"
        VISITS = "visits", "Comes and goes at"
        DRIVES = "drives", "Drives or rides in"
        CALLS = "calls", "Calls or is called"
        FAMILY = "family", "Family"
        MEMBER = "member", "Belongs to"
        INVOLVED = "involved", "Named in the report of"
        OTHER = "other", "Other"

    class Grade(models.TextChoices):
        SEEN = "seen", "Seen"
        RECORDED = "recorded", "Recorded"
        REPORTED = "reported", "Reported"

    class Record(models.TextChoices):
        CONTACT = "contact", "Police contact or report"
        INTELLIGENCE = "intelligence", "Intelligence"
        SURVEY = "survey", "Officer survey"
        COURT = "court", "Court or jail record"
        OTHER = "other", "Other record"

    first = models.ForeignKey(Entity, models.PROTECT, related_name="links_out")
    second = models.ForeignKey(Entity, models.PROTECT, related_name="links_in")
    kind = models.CharField("how they are linked", max_length=18, choices=Kind)
    times = models.PositiveIntegerField("how often", default=1)
    grade = models.CharField("how it is known", max_length=8, choices=Grade)
    record = models.CharField("kind of record", max_length=12, choices=Record)
    contact = models.ForeignKey(
        "incident_review.PoliceContact", models.PROTECT, null=True, blank=True, related_name="charted",
        verbose_name="police contact on file",
    )  # fmt: skip
    intelligence = models.ForeignKey(
        "incident_review.IntelligenceNote", models.PROTECT, null=True, blank=True, related_name="charted",
        verbose_name="intelligence on file",
    )  # fmt: skip
    cites = models.CharField("record that says so", max_length=200)
    happened_on = models.DateField("date of the record")
    source = models.CharField("who recorded it", max_length=160, blank=True)
    note = models.CharField(max_length=400, blank=True)
    came_with = models.ForeignKey(
        NetworkImport, models.PROTECT, null=True, blank=True, editable=False, related_name="links"
    )
    removed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar = ChartQuerySet.as_manager()

    class Meta:
        ordering = ("-happened_on", "created_at")
        constraints = [
            models.CheckConstraint(
                name="link_joins_two", condition=~Q(first=F("second")),
                violation_error_message="A link joins two different entries of the chart.",
            ),
            models.CheckConstraint(
                name="link_cites_a_record", condition=~Q(cites=""),
                violation_error_message="Name the record that says so: a link without its record is not charted.",
            ),
            models.CheckConstraint(
                name="link_contact_is_cited_as_one", condition=Q(contact__isnull=True) | Q(record="contact"),
                violation_error_message="A police contact is cited as one.",
            ),
            models.CheckConstraint(
                name="link_intelligence_is_cited_as_one",
                condition=Q(intelligence__isnull=True) | Q(record="intelligence"),
                violation_error_message="Intelligence is cited as intelligence.",
            ),
            models.CheckConstraint(
                name="link_on_intelligence_is_reported", condition=~Q(record="intelligence") | Q(grade="reported"),
                violation_error_message="A link that rests on intelligence is reported, never seen or recorded.",
            ),
            models.CheckConstraint(name="link_happened_at_least_once", condition=Q(times__gte=1)),
        ]  # fmt: skip
        indexes = [models.Index(fields=("case", "removed_at"), name="link_on_chart")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.happened_on}"

    def clean(self) -> None:
        """A record is dated in the past, and both ends stand on this case's chart."""
        if self.happened_on and self.happened_on > timezone.localdate():
            raise ValidationError({"happened_on": "This day has not come yet."})
        for name in ("first", "second", "contact", "intelligence"):
            other = getattr(self, name, None) if getattr(self, f"{name}_id") else None
            if other is not None and other.case_id != self.case_id:
                raise ValidationError({name: "This belongs to another market."})

    @property
    def is_solid(self) -> bool:
        """Seen or recorded is drawn solid; what was only reported, dashed."""
        return self.grade != self.Grade.REPORTED


class Arrangement(CaseRecord):
    """Where everything stands on the drawn chart, so that it looks the same tomorrow and on paper."""

    data_class = "link_chart"

    positions = models.JSONField(
        default=dict, blank=True, help_text="Entity's key to [x, y] on a field of 1000 by 640."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case",), name="one_arrangement_a_case")]

    def __str__(self) -> str:
        return f"Arrangement of {len(self.positions)} entries"
