"""Operations: the plan before, the outcome after, and which buys came of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from dmi.core.models import CaseRecord
from targeting.undercover.models.buys import OfficerBuy
from targeting.undercover.models.sealed import InformantBuy


class Operation(CaseRecord):
    """A planned buy or series of buys: restricted to the handler, the prosecutors and the officers named to it."""

    data_class = "operations"

    code_name = models.CharField(max_length=60)
    starts_on = models.DateField("begins on")
    ends_on = models.DateField("ends on", null=True, blank=True)
    uses_informant = models.BooleanField("an informant takes part", default=False)
    place = models.CharField("where", max_length=200, blank=True)
    plan = models.TextField("plan", max_length=4000, blank=True)
    team_codes = models.TextField("team, a code and a task on each line", max_length=1000, blank=True)
    safety_brief = models.TextField("safety brief", max_length=3000, blank=True)
    signal = models.CharField("distress signal", max_length=200, blank=True)
    outcome = models.TextField("what came of it", max_length=3000, blank=True)
    ended_on = models.DateField("closed on", null=True, blank=True)

    class Meta:
        ordering = ("-starts_on", "code_name")
        constraints = [
            models.UniqueConstraint(
                fields=("case", "code_name"), name="operation_code_once",
                violation_error_message="An operation with this code name is on file already.",
            ),
            models.CheckConstraint(
                name="operation_ends_after_start", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day cannot lie before the first.",
            ),
            models.CheckConstraint(
                name="closed_operation_has_an_outcome", condition=Q(ended_on__isnull=True) | ~Q(outcome=""),
                violation_error_message="Say what came of it.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.code_name

    @property
    def open_points(self) -> list[str]:
        """What a plan must say before anybody goes out."""
        wanted = (
            ("where", self.place), ("team", self.team_codes), ("safety brief", self.safety_brief),
            ("distress signal", self.signal),
        )  # fmt: skip
        return [words for words, said in wanted if not said.strip()]


class OperationReader(CaseRecord):
    """An officer who may read one operation's plan; says nothing about which code is whose."""

    data_class = "operations"

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="readers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("user__full_name",)
        constraints = [models.UniqueConstraint(fields=("operation", "user"), name="operation_reader_once")]

    def __str__(self) -> str:
        return f"{self.user.short_name} reads {self.operation}"


class OperationBuy(CaseRecord):
    """A buy that came of an operation: an officer's or an informant's, exactly one."""

    data_class = "operations"

    operation = models.ForeignKey(Operation, models.PROTECT, related_name="buys")
    officer_buy = models.OneToOneField(OfficerBuy, models.PROTECT, null=True, blank=True, related_name="operation_link")
    informant_buy = models.OneToOneField(
        InformantBuy, models.PROTECT, null=True, blank=True, related_name="operation_link"
    )

    class Meta:
        ordering = ("created_at",)
        constraints = [
            models.CheckConstraint(
                name="operation_buy_is_one_buy",
                condition=Q(officer_buy__isnull=False, informant_buy__isnull=True)
                | Q(officer_buy__isnull=True, informant_buy__isnull=False),
                violation_error_message="Name one buy.",
            )
        ]

    def __str__(self) -> str:
        return f"A buy of {self.operation}"
