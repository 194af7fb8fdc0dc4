"""Step 7: offender notebooks cleared page by page, and the call-in binder."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.documents.models import PrintRun
from dmi.people.models import Player


class NotebookClearance(CaseRecord):
    """The prosecutor read a candidate's notebook and cleared exactly these facts for printing by somebody else."""

    data_class = "notebook_drafts"

    player = models.ForeignKey(Player, models.PROTECT, related_name="notebook_clearances")
    facts_hash = models.CharField(max_length=64)
    cleared_at = models.DateTimeField(default=timezone.now)
    remark = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ("-cleared_at",)

    def __str__(self) -> str:
        return f"Notebook of {self.player.number} cleared"


class BinderRun(CaseRecord):
    """One press of the button: notebooks, letters, spines and manifest of these facts, in one run."""

    data_class = "notebooks"

    run = models.ForeignKey(PrintRun, models.PROTECT, related_name="+")
    facts_hash = models.CharField(max_length=64)
    numbers = models.JSONField("candidates in it", default=list)
    left_out = models.JSONField("candidates left out, and why", default=list, blank=True)

    class Meta:
        ordering = ("-created_at",)

    def __str__(self) -> str:
        return f"Binder of {self.created_at:%Y-%m-%d}"
