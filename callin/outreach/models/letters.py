"""Step 6a: the call-in letters, their wording and their delivery."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from dmi.core.models import CaseRecord
from dmi.documents.models import Document, PrintRun
from dmi.people.models import Player


class LetterWording(CaseRecord):
    """The words of the call-in letter, as the prosecutor approved them: five contents, English and Spanish.

    Source: guide element 6a; the five are that the police know, that it must stop, the invitation with time and
    place, that nobody is arrested at the call-in, and to bring somebody important.
    """

    data_class = "letters"

    police_know = models.TextField("the police know", max_length=1200)
    must_stop = models.TextField("it must stop", max_length=1200)
    invitation = models.TextField("the invitation; time and place are added", max_length=1200)
    no_arrest = models.TextField("no arrest at the call-in", max_length=1200)
    bring_someone = models.TextField("bring someone important", max_length=1200)
    spanish = models.JSONField("the same five in Spanish", default=dict, blank=True)
    signed_by = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="+", verbose_name="letterhead and signature of"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    approved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case",), name="one_wording_a_case"),
            models.CheckConstraint(
                name="wording_has_all_five",
                condition=~Q(police_know="")
                & ~Q(must_stop="")
                & ~Q(invitation="")
                & ~Q(no_arrest="")
                & ~Q(bring_someone=""),
            ),
            models.CheckConstraint(
                name="wording_approved_whole",
                condition=Q(approved_by__isnull=True, approved_at__isnull=True)
                | Q(approved_by__isnull=False, approved_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return "Wording of the call-in letter"


class LetterBatch(CaseRecord):
    """One press of the button: letters for these candidates, in one run."""

    data_class = "letters"

    run = models.ForeignKey(PrintRun, models.PROTECT, related_name="+")
    facts_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("-created_at",)
        verbose_name_plural = "letter batches"

    def __str__(self) -> str:
        return f"Letters of {self.created_at:%Y-%m-%d}"


class CallInLetter(CaseRecord):
    """The letter to one candidate, and how it reached him or her."""

    data_class = "letters"

    class Method(models.TextChoices):
        BY_HAND = "hand", "Handed over at the door"
        FAMILY = "family", "Given to family"
        MAIL = "mail", "Mailed"

    batch = models.ForeignKey(LetterBatch, models.PROTECT, related_name="letters")
    player = models.ForeignKey(Player, models.PROTECT, related_name="letters")
    document = models.ForeignKey(Document, models.PROTECT, related_name="+")
    delivered_on = models.DateField(null=True, blank=True)
    method = models.CharField("how", max_length=8, choices=Method, blank=True)
    delivered_by = models.CharField("by whom", max_length=120, blank=True)

    class Meta:
        ordering = ("player__number", "-created_at")
        constraints = [
            models.UniqueConstraint(fields=("batch", "player"), name="letter_once_a_batch"),
            models.CheckConstraint(
                name="delivery_says_how",
                condition=Q(delivered_on__isnull=True) | (~Q(method="") & ~Q(delivered_by="")),
                violation_error_message="Say how the letter was delivered and by whom.",
            ),
        ]

    def __str__(self) -> str:
        return f"Letter to {self.player.number}"
