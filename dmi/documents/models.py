"""Documents as issued, print runs, the ledger of what left the system on paper, and the register of copies."""

from __future__ import annotations

import uuid
from datetime import date
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from dmi.audit.models import AppendOnly, AppendOnlyQuerySet
from dmi.cases import policy
from dmi.core.fields import EncryptedTextField
from dmi.core.models import CaseQuerySet, CaseRecord, Row
from dmi.documents import store

ONE_OF_BOTH = Q(document__isnull=False, run__isnull=True) | Q(document__isnull=True, run__isnull=False)


class State(models.TextChoices):
    """Where a document or a run stands; why a job failed is said by the job."""

    PREPARING = "preparing", "Being prepared"
    READY = "ready", "Ready"
    WITHDRAWN = "withdrawn", "Withdrawn"


class PrintedQuerySet(CaseQuerySet[Row]):
    """Documents or runs of a case, by what the reader may meet."""

    def of_classes(self, codes: Any) -> Self:
        """Only those whose data class is among `codes`; of none, none."""
        return self.filter(label_class__in=list(codes))


class Printed(CaseRecord):
    """What a document and a print run share: the numbered copy, its drawer, its file."""

    data_class = "notebooks"  # for the whole table, the strictest in daily use; each row names its own below

    title = models.CharField(max_length=160)
    label_class = models.CharField("data class", max_length=40, editable=False)
    copy_number = models.PositiveIntegerField(editable=False)
    key = models.CharField(max_length=160, editable=False)
    turn = models.PositiveIntegerField(default=1, editable=False)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARING, editable=False)
    file = models.FileField(storage=store.private, max_length=200, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    pages = models.PositiveIntegerField(default=0, editable=False)
    size = models.PositiveBigIntegerField(default=0, editable=False)
    job = models.ForeignKey("jobs.Job", models.PROTECT, null=True, blank=True, editable=False, related_name="+")
    needs_second = models.BooleanField("a second person must agree", default=False, editable=False)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField(max_length=400, blank=True, editable=False)

    objects: ClassVar = PrintedQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"{self.title}, copy {self.copy_number}"

    @property
    def compartment(self) -> str:
        """The compartment of this very document, from its kind."""
        return policy.compartment_of(self.label_class)

    @property
    def compartment_label(self) -> str:
        """The compartment's name as printed on every page."""
        return policy.compartment_label(self.label_class)

    @property
    def is_ready(self) -> bool:
        """Whether the file stands and was not withdrawn."""
        return self.state == State.READY

    @property
    def awaits_second(self) -> bool:
        """Whether a second named person must still agree before it is handed out."""
        return self.needs_second and self.approved_by_id is None


class Document(Printed):
    """One document as issued: its frozen facts, its copy number, and the file made from them."""

    kind = models.CharField(max_length=60, editable=False)
    player_number = models.CharField(max_length=8, blank=True, editable=False)
    facts_hash = models.CharField(max_length=64, editable=False)
    section_hashes = models.JSONField(default=dict, blank=True, editable=False)
    media = models.JSONField(default=list, blank=True, editable=False)
    schema_version = models.PositiveSmallIntegerField(default=1, editable=False)
    template_version = models.PositiveSmallIntegerField(default=1, editable=False)

    class Meta(Printed.Meta):
        constraints = [
            models.UniqueConstraint(fields=("case", "key", "turn"), name="document_key_once"),
            models.UniqueConstraint(fields=("case", "kind", "copy_number"), name="document_copy_once"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (Q(pages__gt=0) & ~Q(sha256="") & ~Q(file="")),
                name="document_ready_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("created_by")),
                name="document_second_is_another",
            ),
        ]
        indexes = [models.Index(fields=("case", "label_class", "-created_at"), name="documents_by_class")]

    def get_absolute_url(self) -> str:
        """The document's own page."""
        return reverse("documents:document", args=[self.case_id, self.pk])


class FrozenFacts(models.Model):
    """The facts a document was made from; written once, and a database trigger refuses any change."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True, related_name="frozen")
    body = EncryptedTextField()

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Facts of {self.document_id}"


class PrintRun(Printed):
    """Many documents printed in one press: one job each, then one file with contents, outline and page numbers."""

    is_binder = models.BooleanField(default=False, editable=False)

    class Meta(Printed.Meta):
        constraints = [
            models.UniqueConstraint(fields=("case", "key", "turn"), name="run_key_once"),
            models.UniqueConstraint(fields=("case", "is_binder", "copy_number"), name="run_copy_once"),
            models.CheckConstraint(
                condition=~Q(state="ready") | (Q(pages__gt=0) & ~Q(sha256="") & ~Q(file="")),
                name="run_ready_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("created_by")), name="run_second_is_another"
            ),
        ]

    def get_absolute_url(self) -> str:
        """The run's own page."""
        return reverse("documents:run", args=[self.case_id, self.pk])


Issued = Document | PrintRun
"""What has a numbered copy and a file of its own."""


class PrintPart(models.Model):
    """The place of one document in a print run; never changed once the run is written."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    run = models.ForeignKey(PrintRun, models.CASCADE, related_name="parts")
    document = models.ForeignKey(Document, models.PROTECT, related_name="places")
    position = models.PositiveIntegerField()
    heading = models.CharField(max_length=160)
    is_listed = models.BooleanField(default=True)
    is_front = models.BooleanField(default=False)

    class Meta:
        ordering = ("run", "position")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=("run", "position"), name="part_position_once")]

    def __str__(self) -> str:
        return f"{self.position}. {self.heading}"


class Delivery(models.Model):
    """The ledger: this file was handed to this person at this time. Rows are only ever added."""

    id = models.BigAutoField(primary_key=True)
    case = models.ForeignKey("cases.MarketCase", models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="deliveries")
    run = models.ForeignKey(PrintRun, models.PROTECT, null=True, blank=True, related_name="deliveries")
    delivered_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    delivered_at = models.DateTimeField(default=timezone.now, editable=False)
    copy_number = models.PositiveIntegerField()
    pages = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ("-id",)
        default_permissions = ()
        constraints = [models.CheckConstraint(condition=ONE_OF_BOTH, name="delivery_of_one_thing")]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the ledger is append-only."""
        raise AppendOnly("Rows of the delivery ledger are never deleted.")


class Copy(CaseRecord):
    """One numbered copy on paper: who has it, until when, and how it ended. Its history is the chain of hands."""

    data_class = "ledgers"

    class Place(models.TextChoices):
        PRINTED = "printed", "Printed"
        HANDED = "handed", "Handed over"
        RETURNED = "returned", "Returned"
        DESTROYED = "destroyed", "Destroyed"
        LOST = "lost", "Lost"

    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="paper")
    run = models.OneToOneField(PrintRun, models.PROTECT, null=True, blank=True, related_name="paper")
    place = models.CharField(max_length=10, choices=Place, default=Place.PRINTED, editable=False)
    holder = models.CharField("who has it", max_length=120)
    since_on = models.DateField("since", default=date.today)
    due_on = models.DateField("due back", null=True, blank=True)
    witness = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-created_at",)
        verbose_name_plural = "copies"
        constraints = [
            models.CheckConstraint(condition=ONE_OF_BOTH, name="copy_of_one_thing"),
            models.CheckConstraint(
                condition=~Q(place="destroyed") | ~Q(witness=""),
                name="copy_destroyed_has_a_witness",
                violation_error_message="A copy is destroyed before a witness; give the name.",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("since_on")),
                name="copy_due_after_handed",
                violation_error_message="It cannot be due back before it was handed over.",
            ),
        ]
        indexes = [models.Index(fields=("case", "place", "due_on"), name="documents_copies_due")]

    def __str__(self) -> str:
        return str(self.printed)

    @property
    def printed(self) -> Issued:
        """The document or run this is a copy of."""
        printed = self.document or self.run
        assert printed is not None  # the constraint "copy_of_one_thing"
        return printed

    @property
    def is_out(self) -> bool:
        """Whether somebody outside the issuing desk has it."""
        return self.place == Copy.Place.HANDED

    def is_overdue(self, today: date | None = None) -> bool:
        """Whether it should be back by now."""
        return self.is_out and self.due_on is not None and self.due_on < (today or timezone.localdate())
