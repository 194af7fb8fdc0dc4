"""The prosecutor's page about a player, with the word that the case stands."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from dmi.core.models import CaseRecord
from dmi.people.models import Player

# The clock of the limitation date warns this many days before.
LIMITATION_WARNING_DAYS = 180


class ChargePage(CaseRecord):
    """The prosecutor's page about a player: charges, the warrant as it would be asked for, case readiness."""

    data_class = "warrants"

    player = models.OneToOneField(Player, models.PROTECT, related_name="charge_page")
    court = models.CharField(max_length=160)
    charges = models.TextField("charges, a line each", max_length=2000)
    penalty = models.CharField("what the charges can bring", max_length=300)
    statement = models.TextField("statement of facts for the warrant", max_length=6000)
    limitation_on = models.DateField("last day to charge", null=True, blank=True)
    ready_on = models.DateField("case stands since", null=True, blank=True)
    ready_reason = models.CharField("why the case stands, or no longer does", max_length=400, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="charge_page_names_charges", condition=~Q(charges=""))]

    def __str__(self) -> str:
        return f"Charges of {self.player.number}"

    def days_left(self, today: date) -> int | None:
        """Days until the last day to charge; None where none is entered."""
        return (self.limitation_on - today).days if self.limitation_on else None

    def clock(self, today: date) -> str:
        """Where the limitation clock stands: unknown, over, soon or far."""
        left = self.days_left(today)
        if left is None:
            return "unknown"
        if left < 0:
            return "over"
        return "soon" if left <= LIMITATION_WARNING_DAYS else "far"
