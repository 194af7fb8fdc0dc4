"""The team: its seats, who was asked and answered, what was signed and until when, and whether the team is ready."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dmi.core.models import CaseQuerySet, CaseRecord

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase


class SeatKind(models.TextChoices):
    """The seats the process names: four core ones, seven wider ones, and whatever else the team needs."""

    POLICE = "police", "Police or sheriff"
    PROSECUTOR = "prosecutor", "Prosecutor's office"
    COMMUNITY = "community", "Influential community member"
    SERVICES = "services", "Social services"
    CITY = "city", "City management or Mayor's office"
    US_ATTORNEY = "us-attorney", "U.S. Attorney's Office"
    FAITH = "faith", "Faith organizations"
    PROBATION = "probation", "Probation and parole"
    OUTREACH = "outreach", "Outreach workers"
    REENTRY = "reentry", "Reentry services"
    RESEARCH = "research", "Research partner"
    OTHER = "other", "Another partner"


CORE = (SeatKind.POLICE, SeatKind.PROSECUTOR, SeatKind.COMMUNITY, SeatKind.SERVICES)
WIDER = (
    SeatKind.CITY, SeatKind.US_ATTORNEY, SeatKind.FAITH, SeatKind.PROBATION, SeatKind.OUTREACH, SeatKind.REENTRY,
    SeatKind.RESEARCH,
)  # fmt: skip
CONFIDENTIAL_CONTACTS = (SeatKind.COMMUNITY, SeatKind.FAITH, SeatKind.OUTREACH)


class Position(models.TextChoices):
    """What a person is on a seat."""

    EXECUTIVE = "executive", "Head or executive sponsor"
    LEAD = "lead", "Lead"
    NARCOTICS = "narcotics", "Narcotics lead"
    ASSIGNED = "assigned", "Assigned assistant prosecutor"
    MEMBER = "member", "Member"


# Positions without which a core seat is not filled; elsewhere anybody who accepted fills the seat.
NEEDED_POSITIONS: dict[str, tuple[str, ...]] = {
    SeatKind.POLICE: (Position.EXECUTIVE, Position.LEAD, Position.NARCOTICS),
    SeatKind.PROSECUTOR: (Position.EXECUTIVE, Position.ASSIGNED),
}
# Whose signature binds the agency; where nobody holds such a position, any holder's.
BINDING_POSITION = Position.EXECUTIVE


class Seat(CaseRecord):
    """A place at the table: one for each partner the process names, and those the team adds."""

    data_class = "roster"

    kind = models.CharField(max_length=12, choices=SeatKind, editable=False)
    code = models.SlugField(max_length=60, editable=False)
    title = models.CharField("partner", max_length=120, help_text="For example Housing authority.")
    why = models.TextField("why the team needs this partner", max_length=600, blank=True)
    speaks_for = models.CharField(
        "speaks for", max_length=200, blank=True, help_text="Whose trust the holder of this seat carries."
    )
    watch = models.TextField(
        "to watch", max_length=600, blank=True, help_text="Elections, vacancies, budgets: what could move this seat."
    )

    class Meta:
        ordering = ("title",)
        constraints = [models.UniqueConstraint(fields=("case", "code"), name="seat_code_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_core(self) -> bool:
        """Whether the market cannot start without this seat."""
        return self.kind in CORE

    @property
    def hides_contacts(self) -> bool:
        """Whether private contact details of its holders stay with the community side."""
        return self.kind in CONFIDENTIAL_CONTACTS


class Holder(CaseRecord):
    """A person asked to sit on a seat: the answer, and when he or she came and left."""

    data_class = "roster"

    class Answer(models.TextChoices):
        WAITING = "waiting", "Invited, no answer yet"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="holders", editable=False)
    full_name = models.CharField("name", max_length=120)
    job_title = models.CharField("title", max_length=120, blank=True, help_text="For example Chief of Police.")
    organization = models.CharField("agency or organization", max_length=160)
    position = models.CharField(max_length=10, choices=Position, default=Position.LEAD)
    work_phone = models.CharField(max_length=40, blank=True)
    work_email = models.EmailField(blank=True)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        help_text="The sign-in of this person, if there is one: the board notices when it is closed.",
    )  # fmt: skip
    may_be_named = models.BooleanField("may be named in public", default=True)
    invited_on = models.DateField("asked on", default=date.today)
    answer = models.CharField(max_length=10, choices=Answer, default=Answer.WAITING)
    answered_on = models.DateField("answered on", null=True, blank=True)
    answer_note = models.CharField("what was said", max_length=400, blank=True)
    left_on = models.DateField("last day", null=True, blank=True)
    left_because = models.CharField("why", max_length=400, blank=True)

    class Meta:
        ordering = ("position", "full_name")
        constraints = [
            models.CheckConstraint(
                name="holder_answer_is_dated",
                condition=Q(answer="waiting", answered_on__isnull=True) | Q(answered_on__isnull=False),
                violation_error_message="An answer needs its date.",
            ),
            models.CheckConstraint(
                name="holder_answers_after_asked",
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("invited_on")),
                violation_error_message="The answer cannot come before the question.",
            ),
            models.CheckConstraint(
                name="holder_leaves_after_coming",
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("answered_on"), answer="accepted"),
                violation_error_message="Only somebody who accepted can leave, and not before that day.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def sits_on(self, day: date) -> bool:
        """Whether the person holds the seat on that day."""
        return self.answer == self.Answer.ACCEPTED and (self.left_on is None or day <= self.left_on)

    def clean(self) -> None:
        """Nobody is asked or answers in the future."""
        for name in ("invited_on", "answered_on"):
            value = getattr(self, name)
            if value and value > timezone.localdate():
                raise ValidationError({name: "This day is still to come."})


class PrivateContact(CaseRecord):
    """How to reach a community-side holder at home; stays with the community and the coordinator."""

    data_class = "community_contacts"

    holder = models.OneToOneField(Holder, models.PROTECT, related_name="private_contact", editable=False)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    best_way = models.CharField("best way and hours", max_length=200, blank=True)

    def __str__(self) -> str:
        return "Private contact"

    def clean(self) -> None:
        """An empty card helps nobody."""
        if not (self.phone or self.email or self.best_way):
            raise ValidationError("Give a phone number, an e-mail address or another way.")


class Commitment(CaseRecord):
    """A letter in which a holder commits the agency, signed on one day and good until another."""

    data_class = "agreements"

    holder = models.ForeignKey(Holder, models.PROTECT, related_name="commitments", editable=False)
    signed_on = models.DateField()
    expires_on = models.DateField("good until")
    kept_at = models.CharField("where the signed letter is kept", max_length=200)
    phase = models.CharField(max_length=12, blank=True, editable=False)

    class Meta:
        ordering = ("-signed_on",)
        constraints = [
            models.CheckConstraint(
                name="commitment_ends_after_signature",
                condition=Q(expires_on__gt=F("signed_on")),
                violation_error_message="The commitment must last beyond the day it was signed.",
            )
        ]

    def __str__(self) -> str:
        return f"Commitment of {self.signed_on}"

    def clean(self) -> None:
        """A letter is recorded once it is signed, not before."""
        if self.signed_on and self.signed_on > timezone.localdate():
            raise ValidationError({"signed_on": "This day is still to come."})


class SeatRecord(CaseRecord):
    """A dated thing that happened on a seat: a briefing, an acknowledgement, an agreement, a request."""

    data_class = "agreements"

    class Kind(models.TextChoices):
        BRIEFING = "briefing", "Briefing held"
        FIREWALL = "firewall", "Firewall acknowledged"
        DATA_USE = "data_use", "Data-use agreement"
        FEDERAL = "federal", "Contact for federal adoption named"
        MATCH = "match", "Match of supervised people asked for"
        OTHER = "other", "Other agreement"

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="records", editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    happened_on = models.DateField("day")
    until_on = models.DateField("good until", null=True, blank=True)
    note = models.TextField(max_length=1000, blank=True, help_text="No names of people on the list, and no case facts.")

    class Meta:
        ordering = ("-happened_on", "-created_at")
        constraints = [
            models.CheckConstraint(
                name="seat_record_ends_after_start",
                condition=Q(until_on__isnull=True) | Q(until_on__gte=F("happened_on")),
                violation_error_message="It cannot end before it begins.",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def is_good(self, day: date) -> bool:
        """Whether it has happened by that day and has not run out."""
        return self.happened_on <= day and (self.until_on is None or day <= self.until_on)


# What a wider seat should have on record besides a person who accepted.
NEEDED_RECORDS: dict[str, str] = {
    SeatKind.OUTREACH: SeatRecord.Kind.FIREWALL,
    SeatKind.RESEARCH: SeatRecord.Kind.DATA_USE,
    SeatKind.US_ATTORNEY: SeatRecord.Kind.FEDERAL,
    SeatKind.CITY: SeatRecord.Kind.BRIEFING,
}


class Capacity(CaseRecord):
    """What the services seat says it can carry for one kind of help: places, bars, waiting time."""

    data_class = "services_catalogue"

    class Kind(models.TextChoices):
        TREATMENT = "a", "Drug treatment"
        EDUCATION = "b", "Education"
        TRAINING = "c", "Job training"
        EMPLOYMENT = "d", "Gainful employment"
        FAMILY = "e", "Help with family issues"
        TRANSPORT = "f", "Transportation"

    kind = models.CharField("kind of help", max_length=1, choices=Kind, editable=False)
    provider = models.CharField(max_length=160)
    places = models.PositiveSmallIntegerField("places for this market")
    bars = models.CharField(
        "who cannot be taken", max_length=300, blank=True, help_text="For example certain convictions, no ID, age."
    )
    wait_days = models.PositiveSmallIntegerField("days until the first appointment")
    stated_on = models.DateField("stated on", default=date.today)

    class Meta:
        ordering = ("kind",)
        verbose_name_plural = "capacities"
        constraints = [models.UniqueConstraint(fields=("case", "kind"), name="capacity_once_a_kind")]

    def __str__(self) -> str:
        return self.get_kind_display()


class Protocol(CaseRecord):
    """The terms on which the prosecutor's office holds cases and brings them back: work product until it is shared."""

    data_class = "prosecutor_terms"

    holds_cases = models.BooleanField("the office agrees to hold prepared cases", default=False)
    activation_rule = models.TextField("when a held case is filed", max_length=2000)
    sharing = models.TextField("who is told what", max_length=2000, blank=True)
    agreed_on = models.DateField()
    review_on = models.DateField("look at it again on", null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("case",), name="one_protocol_a_case"),
            models.CheckConstraint(
                name="protocol_reviewed_after_agreed",
                condition=Q(review_on__isnull=True) | Q(review_on__gt=F("agreed_on")),
                violation_error_message="The next look must come after the day it was agreed.",
            ),
        ]

    def __str__(self) -> str:
        return f"Protocol of {self.agreed_on}"


class DecisionQuerySet(CaseQuerySet["ReadinessDecision"]):
    """Readiness decisions of a case, newest first."""

    def latest_of(self, case: MarketCase) -> ReadinessDecision | None:
        """The decision that counts: the last one."""
        return self.for_case(case).order_by("-decided_on", "-created_at").first()


class ReadinessDecision(CaseRecord):
    """Go or no-go, with the reasons and how the seats stood that day."""

    data_class = "planning_items"

    class Outcome(models.TextChoices):
        GO = "go", "Go"
        NO_GO = "no_go", "No-go"

    outcome = models.CharField("decision", max_length=6, choices=Outcome)
    reasons = models.TextField(max_length=2000)
    decided_on = models.DateField(default=date.today, editable=False)
    standing = models.JSONField(default=dict, editable=False)

    objects: ClassVar = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ("-decided_on", "-created_at")

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.decided_on}"
