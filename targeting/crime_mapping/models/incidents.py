"""Incidents: many, loaded and undone by the batch, so their history is their batch's."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField

from targeting.crime_mapping.models.categories import VICTIM_BEARING, Category
from targeting.crime_mapping.models.sources import ImportBatch, Source

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase


class IncidentQuerySet(models.QuerySet["Incident"]):
    """Incidents of a case; those that count are the ones not withdrawn."""

    def for_case(self, case: MarketCase | None) -> Self:
        """Of one case; of no case, none."""
        return self.filter(case=case) if case is not None else self.none()

    def counted(self) -> Self:
        """Without withdrawn rows and without the rows that withdrew them."""
        return self.filter(is_counted=True)


class Incident(models.Model):
    """One row of a records system: a call, an offense, a contact. No person's name is ever kept with it.

    Rows come and go by the batch (COPY in, one statement out), so the batch carries history and audit
    (docs/decisions/006). A row with `sign` −1 withdraws one of its complaint and code; neither of the two counts.
    """

    data_class = "incident_points"
    # Every write in bulk saves one of these.
    told_by = ("ImportBatch", "OffenseCode", "BoundaryLayer", "MapGrid", "PlaceDecision")

    class LocatedBy(models.TextChoices):
        FILE = "file", "Coordinates of the file"
        ADDRESS = "address", "Found by its address"
        NOTHING = "nothing", "Not located"

    id = models.BigAutoField(primary_key=True)
    # One key of the database holds the three together (migration 0004): they agree, at a third of the cost.
    case = models.ForeignKey("cases.MarketCase", models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    source = models.ForeignKey(Source, models.PROTECT, related_name="incidents", db_index=False, db_constraint=False)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="incidents", db_constraint=False)
    key = models.UUIDField()
    ordinal = models.PositiveIntegerField(default=1)
    number = models.CharField(max_length=60, blank=True)
    code = models.CharField(max_length=40, blank=True)
    title = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=20, choices=Category.choices)
    occurred_at = models.DateTimeField()
    hour = models.PositiveSmallIntegerField(null=True)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday.")
    address = models.CharField(max_length=200, blank=True)
    point = models.PointField(srid=4326, null=True, spatial_index=True)
    located_by = models.CharField(max_length=10, choices=LocatedBy.choices)
    located_how = models.CharField(max_length=40, blank=True)
    score = models.PositiveSmallIntegerField(null=True)
    cell = models.IntegerField(null=True)
    units = ArrayField(models.IntegerField(), default=list)
    recorded = models.JSONField(default=dict)
    sign = models.SmallIntegerField(default=1)
    is_counted = models.BooleanField(default=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("source", "key", "ordinal"), name="incident_stored_once"),
            models.CheckConstraint(name="incident_sign_known", condition=models.Q(sign__in=(1, -1))),
            models.CheckConstraint(
                name="withdrawal_never_counts", condition=models.Q(sign=1) | models.Q(is_counted=False)
            ),
            models.CheckConstraint(
                name="located_has_a_point",
                condition=models.Q(located_by="nothing", point__isnull=True)
                | (~models.Q(located_by="nothing") & models.Q(point__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["case", "occurred_at"],
                include=["cell", "category", "source"],
                condition=models.Q(is_counted=True),
                name="incident_by_day",
            ),
            models.Index(fields=["source", "number"], name="incident_by_number"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_victim_bearing(self) -> bool:
        """Whether its place could lead to a victim: kept from every map outside law enforcement."""
        return self.category in VICTIM_BEARING
