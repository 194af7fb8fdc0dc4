"""The case every step shares: one market, its team's seats and policy, its gates."""

from __future__ import annotations

import uuid
from datetime import date

from django.conf import settings
from django.contrib.gis.db import models
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator, RegexValidator
from django.db.models import F, Q
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from dmi.cases import policy
from dmi.core.models import CaseRecord, Tracked


class Phase(models.TextChoices):
    """Where a market stands; gates lie between."""

    PLANNING = "planning", "Planning"
    TARGETING = "targeting", "Targeting"
    COMMUNITY = "community", "Community"
    CALL_IN = "callin", "Call-in"
    FOLLOW_UP = "followup", "Follow-up"
    EVALUATION = "evaluation", "Evaluation"
    CLOSED = "closed", "Closed"


class MarketCase(Tracked):
    """One drug market, carried from the SWOT analysis to the debrief."""

    slug = models.SlugField(unique=True, help_text="Short name in commands, for example eastgate.")
    name = models.CharField("market", max_length=120)
    city_name = models.CharField("city", max_length=120)
    number_prefix = models.CharField(
        max_length=3,
        validators=[RegexValidator(r"^[A-Z]{1,3}$", "One to three capital letters.")],
        help_text="Starts each person's number: E gives E-01, E-02.",
    )
    is_invented = models.BooleanField(default=False, help_text="Every page of an invented market says so.")
    time_zone = models.CharField(max_length=60, default="America/New_York")
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.PLANNING, editable=False)
    opened_on = models.DateField(default=date.today)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    broad_area = models.MultiPolygonField(srid=4326, null=True, blank=True, editable=False)
    target_area = models.MultiPolygonField(srid=4326, null=True, blank=True, editable=False)
    area_version = models.PositiveIntegerField(default=0, editable=False)
    call_in_at = models.DateTimeField("call-in", null=True, blank=True)
    call_in_place = models.CharField("place of the call-in", max_length=160, blank=True)
    call_in_address = models.CharField("address of the call-in", max_length=200, blank=True)
    deadline_at = models.DateTimeField("deadline to stop dealing", null=True, blank=True)

    class Meta:
        ordering = ("name",)
        default_permissions = ()
        permissions = [(seat, f"Holds the seat: {words}") for seat, words in policy.SEATS.items()]
        constraints = [
            models.CheckConstraint(
                name="deadline_after_call_in",
                condition=Q(deadline_at__isnull=True) | Q(deadline_at__gt=F("call_in_at")),
                violation_error_message="The deadline to stop dealing must lie after the call-in.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def told_case_id(self) -> uuid.UUID:
        """A change of the case is told in the case itself."""
        return self.pk

    @property
    def is_closed(self) -> bool:
        """Whether the case may only be read any more."""
        return self.closed_at is not None


class MarketCaseUserObjectPermission(UserObjectPermissionBase):
    """Unused by design: people get seats through groups only. guardian asks for the table."""

    content_object = models.ForeignKey(MarketCase, models.CASCADE)


class MarketCaseGroupObjectPermission(GroupObjectPermissionBase):
    """The group of a case and seat holds that seat on that case; `seats.py` alone writes here."""

    content_object = models.ForeignKey(MarketCase, models.CASCADE)


class Membership(Tracked):
    """A person's seat on a case, from one day to another."""

    case = models.ForeignKey(MarketCase, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    role = models.CharField("seat", max_length=20, choices=list(policy.SEATS.items()))
    starts_on = models.DateField(default=date.today)
    ends_on = models.DateField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("role", "user__username")
        constraints = [
            models.UniqueConstraint(fields=("case", "user", "role"), name="one_seat_once"),
            models.CheckConstraint(
                name="seat_ends_after_start",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message="The last day cannot lie before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.display_name}, {self.get_role_display()}"

    def is_current(self, on: date | None = None) -> bool:
        """Whether the seat gives its rights on that day (default today)."""
        on = on or timezone.localdate()
        return not self.suspended_at and self.starts_on <= on and (self.ends_on is None or on <= self.ends_on)


class TeamPolicy(CaseRecord):
    """The numbers a team decides for itself; the defaults are those the field has learned to use."""

    data_class = "planning_items"

    buys_required = models.PositiveSmallIntegerField(
        "buys from each candidate", default=2, validators=[MinValueValidator(1)]
    )
    recorded_buys_required = models.PositiveSmallIntegerField("of these recorded on audio or video", default=1)
    activity_window_days = models.PositiveSmallIntegerField("days within which activity counts as current", default=90)
    influentials_required = models.PositiveSmallIntegerField("influential people for each candidate", default=2)
    survey_sources_required = models.PositiveSmallIntegerField("independent sources before a review", default=2)
    cease_hours = models.PositiveSmallIntegerField("hours from call-in to deadline", default=72)
    letter_lead_days = models.PositiveSmallIntegerField("days between letter and call-in", default=7)
    review_months = models.PositiveSmallIntegerField("months until a name is looked at again", default=12)
    review_quorum = models.PositiveSmallIntegerField("officers needed for an incident review", default=2)
    candidates_max = models.PositiveSmallIntegerField("most candidates at one call-in", default=20)
    commitment_months = models.PositiveSmallIntegerField("months a partner's commitment holds", default=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case",), name="one_policy_a_case")]

    def __str__(self) -> str:
        return f"Policy of {self.case}"

    def clean(self) -> None:
        """No more recorded buys than buys."""
        if self.recorded_buys_required > self.buys_required:
            raise ValidationError({"recorded_buys_required": "This cannot be more than the buys from each candidate."})


class ElementMark(CaseRecord):
    """An element of the process set aside for this market, with the reason."""

    data_class = "planning_items"

    element = models.CharField(max_length=12)
    reason = models.CharField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("case", "element"), name="element_marked_once")]

    def __str__(self) -> str:
        return f"{self.element} not applicable"


class GateDecision(CaseRecord):
    """A phase was closed and the next opened: by whom, why, and what was still missing."""

    data_class = "planning_items"

    class Outcome(models.TextChoices):
        PASSED = "passed", "Passed"
        OVERRIDDEN = "overridden", "Passed with gaps"
        SENT_BACK = "sent_back", "Not yet"

    gate = models.CharField(max_length=12)
    outcome = models.CharField(max_length=12, choices=Outcome)
    reason = models.TextField(max_length=2000)
    missing = models.JSONField(default=list, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-decided_at",)
        constraints = [
            models.CheckConstraint(
                name="gaps_only_when_overridden",
                condition=~Q(outcome="passed") | Q(missing=[]),
                violation_error_message="A gate with gaps can only be overridden, with the reason.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.gate}: {self.get_outcome_display()}"


class SubmittedForm(models.Model):
    """A form that was acted on, by its one-time token: the second click of a double click finds it here."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    path = models.CharField(max_length=300)
    answered_with = models.CharField(max_length=500, blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return str(self.token)
