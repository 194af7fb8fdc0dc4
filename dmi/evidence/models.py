"""Media and their custody: an original that never changes, who had it when, and the copies that may be shown."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar, NoReturn, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from dmi.cases import policy
from dmi.core.models import CaseQuerySet, CaseRecord
from dmi.evidence.kinds import Kind

# Media of these records tell of an informant or an officer by being there; a check of the picture does not open them.
SEALED_SOURCES = frozenset(code for code, kind in policy.CLASSES.items() if kind.compartment.code == "R")


class Status(models.TextChoices):
    """How far a piece of media is on its way to being shown."""

    UNCHECKED = "unchecked", "Not checked"
    CHECKED = "checked", "Checked"
    RELEASED = "released", "Released"
    WITHHELD = "withheld", "Withheld"


class Readiness(models.TextChoices):
    """Whether the copies for screen and paper were made."""

    WAITING = "waiting", "Being made"
    READY = "ready", "Ready"
    FAILED = "failed", "Could not be made"


class MediaQuerySet(CaseQuerySet["MediaItem"]):
    """Media of a case, narrowed by how far they are."""

    def shown(self) -> Self:
        """Checked or released, and nobody in it needs protection; media of a sealed record only once released."""
        checked = Q(status=Status.CHECKED) & ~Q(source_class__in=SEALED_SOURCES)
        return self.filter(Q(status=Status.RELEASED) | checked, is_flagged=False)

    def printable(self) -> Self:
        """Released, with copies made: these alone may reach paper."""
        return self.filter(status=Status.RELEASED, is_flagged=False, readiness=Readiness.READY)


class MediaItem(CaseRecord):
    """One photograph, recording or document as it was taken in, bit by bit, with its hash."""

    data_class = "original_media"

    kind = models.CharField(max_length=10, choices=Kind.choices, editable=False)
    content_type = models.CharField(max_length=60, editable=False)
    source_class = models.CharField(max_length=40, default="original_media", editable=False)
    original_name = models.CharField("name of the file", max_length=120, editable=False)
    file = models.CharField(max_length=200, unique=True, editable=False)
    byte_size = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField(
        max_length=64, editable=False, validators=[RegexValidator(r"^[0-9a-f]{64}$", "Not a SHA-256.")]
    )
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    seconds = models.FloatField(null=True, blank=True, editable=False)
    pages = models.PositiveIntegerField(null=True, blank=True, editable=False)

    caption = models.CharField(
        max_length=200, blank=True, help_text="Printed below the picture. No names of officers or informants."
    )
    notes = models.TextField(max_length=4000, blank=True, help_text="For the file only, never printed in a notebook.")
    taken_at = models.DateTimeField("recorded at", null=True, blank=True)
    item_number = models.CharField(
        "property number", max_length=40, blank=True, help_text="Of the card, disc or tape in the property room."
    )
    holder = models.CharField("held by", max_length=120, blank=True, editable=False)

    status = models.CharField(max_length=10, choices=Status.choices, default=Status.UNCHECKED, editable=False)
    is_flagged = models.BooleanField("shows an officer or informant", default=False, editable=False)
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    derived_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="copies"
    )
    readiness = models.CharField(max_length=10, choices=Readiness.choices, default=Readiness.WAITING, editable=False)
    trouble = models.CharField(max_length=300, blank=True, editable=False)

    objects: ClassVar = MediaQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        indexes = [models.Index(fields=["case", "sha256"], name="media_case_hash")]
        constraints = [
            models.CheckConstraint(
                name="flagged_media_never_released",
                condition=~Q(status=Status.RELEASED) | Q(is_flagged=False),
                violation_error_message="It shows an officer or informant: "
                "only a blurred or trimmed copy can be released.",
            ),
            models.CheckConstraint(
                name="media_checked_before_shown",
                condition=~Q(status__in=(Status.CHECKED, Status.RELEASED))
                | Q(checked_at__isnull=False, checked_by__isnull=False),
                violation_error_message="It must be checked first.",
            ),
            models.CheckConstraint(
                name="media_released_by_a_second_person",
                condition=~Q(status=Status.RELEASED)
                | (Q(released_at__isnull=False, released_by__isnull=False) & ~Q(released_by=F("checked_by"))),
                violation_error_message="Whoever checked it cannot release it too; a second person must.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code}"

    @property
    def code(self) -> str:
        """The short code on paper and screen: the beginning of the hash, so it also vouches for the content."""
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()

    @property
    def is_open(self) -> bool:
        """Whether it was checked, or released too, and nobody in it needs protection.

        Media of a sealed record are open only once a prosecutor has released them.
        """
        is_checked = self.status == Status.CHECKED and not self.is_sealed
        return (is_checked or self.status == Status.RELEASED) and not self.is_flagged

    @property
    def is_sealed(self) -> bool:
        """Whether it came with a restricted record, so that its custody and particulars tell of that record."""
        return self.source_class in SEALED_SOURCES

    @property
    def compartment(self) -> str:
        """Restricted while unchecked or flagged, or with a sealed record; law-enforcement sensitive else."""
        return policy.compartment_of(self.data_class) if self.is_open and not self.is_sealed else "R"

    def get_absolute_url(self) -> str:
        """The item's own page."""
        return reverse("evidence:show-item", args=[self.case_id, self.pk])

    def clean(self) -> None:
        """The class of the record it came with must be one the policy knows."""
        if self.source_class not in policy.CLASSES:
            raise ValidationError("Unknown class of record.")


class Role(models.TextChoices):
    """What a rendition is for."""

    THUMB = "thumb", "List"
    SCREEN = "screen", "Screen"
    PRINT = "print", "Paper"
    PREVIEW = "preview", "Playing"


class Rendition(CaseRecord):
    """A copy of an item for list, screen, paper or playing, with all hidden data left out."""

    data_class = "cleared_media"

    item = models.ForeignKey(MediaItem, models.PROTECT, related_name="renditions", editable=False)
    role = models.CharField(max_length=10, choices=Role.choices, editable=False)
    content_type = models.CharField(max_length=60, editable=False)
    file = models.CharField(max_length=200, unique=True, editable=False)
    byte_size = models.PositiveBigIntegerField(editable=False)
    sha256 = models.CharField(max_length=64, editable=False)
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("item", "role"), name="one_rendition_a_role")]

    def __str__(self) -> str:
        return f"{self.get_role_display()} of {self.item_id}"

    @property
    def ending(self) -> str:
        """The ending of its file's name, such as ".jpg"."""
        return Path(self.file).suffix


class AppendOnly(TypeError):
    """Rows of the custody log are never changed or deleted."""


class CustodyQuerySet(CaseQuerySet["CustodyEvent"]):
    """The custody log in order."""

    def delete(self) -> NoReturn:
        """Refused: the log is append-only."""
        raise AppendOnly("The custody log is never deleted.")


class CustodyEvent(CaseRecord):
    """One line of the custody log: what happened to an item, when, through whom, from where to where, and why."""

    data_class = "custody"

    class Act(models.TextChoices):
        TAKEN_IN = "taken_in", "Taken in"
        VIEWED = "viewed", "Original opened"
        CHECKED = "checked", "Checked"
        RELEASED = "released", "Released"
        WITHHELD = "withheld", "Withheld"
        REOPENED = "reopened", "Sent back to be checked"
        MOVED = "moved", "Moved"
        VERIFIED = "verified", "Hash compared"
        COPIED = "copied", "Copy made"

    item = models.ForeignKey(MediaItem, models.PROTECT, related_name="custody", editable=False)
    act = models.CharField(max_length=10, choices=Act.choices)
    happened_at = models.DateTimeField(default=timezone.now)
    from_holder = models.CharField("from", max_length=120, blank=True)
    to_holder = models.CharField("to", max_length=120, blank=True)
    purpose = models.CharField(max_length=300, blank=True)

    objects: ClassVar = CustodyQuerySet.as_manager()

    class Meta:
        ordering = ("happened_at", "created_at")
        constraints = [
            models.CheckConstraint(
                name="moved_from_one_to_another",
                condition=~Q(act="moved") | (~Q(to_holder="") & ~Q(from_holder=F("to_holder"))),
                violation_error_message="Say who holds it now, other than before.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_act_display()} {self.happened_at:%Y-%m-%d %H:%M}"

    def save_by(self, actor: Any) -> None:
        """Write a new line; a line that is there is never changed. Raises AppendOnly."""
        if not self._state.adding:
            raise AppendOnly("The custody log is never changed.")
        super().save_by(actor)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: the log is append-only."""
        raise AppendOnly("The custody log is never deleted.")
