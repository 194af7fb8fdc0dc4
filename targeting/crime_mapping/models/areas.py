"""The broad and the target area as versions, who signed them, and what the evaluation will compare them with."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.gis.db import models
from django.core.exceptions import ValidationError

from dmi.core.models import CaseRecord


class AreaVersion(CaseRecord):
    """One drawing of an area, with its reasons and its figures as they stood; a newer one replaces it."""

    data_class = "areas"

    class Kind(models.TextChoices):
        BROAD = "broad", "Broad target area"
        TARGET = "target", "Target area"
        COMPARISON = "comparison", "Comparison area"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        ADOPTED = "adopted", "Adopted"
        REPLACED = "replaced", "Replaced"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.PositiveIntegerField(editable=False)
    name = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    shape = models.MultiPolygonField(srid=4326)
    reasons = models.TextField("why here", max_length=4000)
    landmarks = models.CharField(
        max_length=500, blank=True, help_text="Named places by which a resident knows the edges."
    )
    blocks = models.PositiveIntegerField("city blocks", null=True, blank=True)
    square_meters = models.FloatField(default=0.0, editable=False)
    figures = models.JSONField(default=dict, blank=True, editable=False)
    adopted_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("kind", "-number")
        constraints = [
            models.UniqueConstraint(fields=("case", "kind", "number"), name="area_version_numbered_once"),
            models.UniqueConstraint(
                fields=("case", "kind"),
                condition=models.Q(state="adopted") & ~models.Q(kind="comparison"),
                name="one_adopted_area_a_kind",
            ),
            models.CheckConstraint(
                name="adopted_area_is_dated",
                condition=models.Q(state="draft") | models.Q(adopted_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_kind_display().lower()} {self.number}"


class AreaSignature(CaseRecord):
    """One seat's yes to one version of the target area (element 1.6: police, prosecutor and community)."""

    data_class = "areas"

    area = models.ForeignKey(AreaVersion, models.PROTECT, related_name="signatures")
    seat = models.CharField(max_length=20)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_on = models.DateField(default=date.today)
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("signed_on",)
        constraints = [models.UniqueConstraint(fields=("area", "seat"), name="area_signed_once_a_seat")]

    def __str__(self) -> str:
        return f"{self.seat}, {self.area}"


class EvaluationPlan(CaseRecord):
    """What the market will be compared with, chosen before the call-in, and why this place (element 1.7)."""

    data_class = "measures"

    buffer_meters = models.PositiveIntegerField("buffer ring in meters", default=200)
    baseline_from = models.DateField("baseline from")
    baseline_until = models.DateField("baseline until")
    why_here = models.TextField("why this place", max_length=4000)
    regression_note = models.TextField(
        "could it fall by itself?",
        max_length=2000,
        help_text="A place chosen at its worst month tends to fall back. How many months was it high, and compared"
        " with what?",
    )
    equity_note = models.TextField(
        "who bears it", max_length=2000, help_text="Who lives here, who asked for this, and who might be harmed by it."
    )
    decided_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case",), name="one_evaluation_plan_a_case")]

    def __str__(self) -> str:
        return f"Evaluation plan of {self.case}"

    def clean(self) -> None:
        """The baseline runs forward and is a year at least, so that seasons even out."""
        if self.baseline_from and self.baseline_until and (self.baseline_until - self.baseline_from).days < 360:
            raise ValidationError({"baseline_until": "Take a year at least, so that the seasons even out."})
