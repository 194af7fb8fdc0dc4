"""Where incidents come from: the register of sources, their imports and what could not be imported."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

from dmi.core.models import CaseRecord
from targeting.crime_mapping.models.categories import Category


class Source(CaseRecord):
    """A supplier of incidents, and what the team knows about how far to trust it (element 1.1)."""

    data_class = "area_counts"

    class Kind(models.TextChoices):
        CALLS = "calls_for_service", "Calls for service"
        PART_ONE = "part_one", "UCR Part I crimes"
        OFFENSES = "offences", "Drug, weapons, sex and prostitution offenses"
        CONTACTS = "field_contacts", "Field contacts of narcotics officers"
        OTHER = "other", "Another source"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    name = models.CharField(max_length=120, help_text="As the team calls it, for example Calls for service, dispatch.")
    owner = models.CharField("kept by", max_length=160, blank=True, help_text="Unit or person who answers for it.")
    period_from = models.DateField("covers from", null=True, blank=True)
    period_until = models.DateField("covers until", null=True, blank=True)
    known_bias = models.TextField(
        "known bias",
        max_length=2000,
        blank=True,
        help_text="What is over- or undercounted: who calls, what is not reported, where patrols go.",
    )
    refreshed_on = models.DateField("last refreshed", null=True, blank=True)
    assessed_on = models.DateField("assessed", null=True, blank=True, editable=False)
    columns = models.JSONField(default=dict, blank=True, editable=False)
    srid = models.CharField("coordinate system", max_length=20, blank=True, editable=False)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                fields=("case", "name"), name="source_named_once",
                violation_error_message="There is a source of this name already.",
            ),
            models.CheckConstraint(
                name="assessed_source_is_described",
                condition=models.Q(assessed_on__isnull=True) | (~models.Q(owner="") & ~models.Q(known_bias="")),
                violation_error_message="Say who keeps it and what its known bias is.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The period runs forward."""
        if self.period_from and self.period_until and self.period_until < self.period_from:
            raise ValidationError({"period_until": "The last day cannot lie before the first."})

    @property
    def is_assessed(self) -> bool:
        """Whether the team has judged it: only then may it be mapped."""
        return self.assessed_on is not None


class ImportBatch(CaseRecord):
    """One file brought in: checked first, then imported whole or not at all, and undone whole if need be."""

    data_class = "import_batches"

    class State(models.TextChoices):
        SENT = "sent", "Sent"
        CHECKED = "checked", "Checked"
        IMPORTED = "imported", "Imported"
        UNDONE = "undone", "Undone"
        FAILED = "failed", "Cannot be read"

    source = models.ForeignKey(Source, models.PROTECT, related_name="batches")
    state = models.CharField(max_length=10, choices=State.choices, default=State.SENT)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(default=0)
    encoding = models.CharField(max_length=20, blank=True)
    columns = models.JSONField(default=dict, blank=True)
    headings = models.JSONField(default=list, blank=True)
    fixes = models.JSONField(default=dict, blank=True)
    srid = models.CharField(max_length=20, blank=True)
    rows_read = models.PositiveIntegerField(default=0)
    imported = models.PositiveIntegerField(default=0)
    already_here = models.PositiveIntegerField(default=0)
    withdrawn = models.PositiveIntegerField(default=0)
    reported = models.PositiveIntegerField(default=0)
    without_location = models.PositiveIntegerField(default=0)
    geocoded = models.PositiveIntegerField(default=0)
    need_a_look = models.PositiveIntegerField(default=0)
    problems = models.JSONField(default=list, blank=True)
    first_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(null=True, blank=True)
    imported_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                name="every_row_accounted_for",
                condition=models.Q(
                    rows_read=models.F("imported")
                    + models.F("already_here")
                    + models.F("withdrawn")
                    + models.F("reported")
                ),
                violation_error_message="Rows are missing from the account of this import.",
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ReportedRow(models.Model):
    """A row of a file that could not be imported, or is in and needs a look (`is_kept`): the reason, what it says.

    A row with two reasons to look stands here twice. Cells of columns that may name a person are blank.
    """

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="reported_rows")
    row_number = models.PositiveIntegerField()
    reason = models.CharField(max_length=40)
    column = models.CharField(max_length=120, blank=True)
    found = models.CharField(max_length=200, blank=True)
    cells = models.JSONField(default=list)
    is_kept = models.BooleanField("imported, needs a look", default=False)

    class Meta:
        ordering = ("row_number", "id")
        indexes = [models.Index(fields=["batch", "reason", "row_number"], name="reported_by_reason")]

    def __str__(self) -> str:
        return f"row {self.row_number}: {self.reason}"


class OffenseCode(CaseRecord):
    """A code of a records system and the category the team counts it in."""

    data_class = "area_counts"

    code = models.CharField(max_length=40)
    title = models.CharField(max_length=200, blank=True)
    category = models.CharField(max_length=20, choices=Category.choices)
    is_checked = models.BooleanField("checked by a person", default=False)

    class Meta:
        ordering = ("code",)
        constraints = [models.UniqueConstraint(fields=("case", "code", "title"), name="code_matched_once")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()
