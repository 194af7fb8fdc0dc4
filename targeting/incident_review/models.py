"""Steps 3, 3a and 3b: what the file shows about each player, and what each office decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.people.models import Player


class PoliceContact(CaseRecord):
    """One dated contact of the police with a player: arrest, report, field contact, citation or sighting."""

    data_class = "police_contacts"

    class Kind(models.TextChoices):
        ARREST = "arrest", "Arrest"
        REPORT = "report", "Incident report"
        FIELD = "field", "Field contact"
        CITATION = "citation", "Citation"
        SIGHTING = "sighting", "Sighting"

    player = models.ForeignKey(Player, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=10, choices=Kind)
    report_number = models.CharField(max_length=40, blank=True)
    happened_at = models.DateTimeField("when")
    place = models.CharField("where", max_length=200, blank=True)
    summary = models.CharField("what happened", max_length=800)
    is_in_area = models.BooleanField("inside the target area", default=False)
    is_drug_related = models.BooleanField("about drugs", default=False)
    is_violent = models.BooleanField("violence or a weapon", default=False)
    is_juvenile = models.BooleanField("from a juvenile record", default=False)

    class Meta:
        ordering = ("-happened_at",)
        constraints = [
            models.CheckConstraint(
                name="report_has_a_number",
                condition=Q(kind__in=("field", "sighting")) | ~Q(report_number=""),
                violation_error_message="Arrests, reports and citations need their number.",
            )
        ]
        indexes = [models.Index(fields=("player", "-happened_at"), name="contact_timeline")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.player.number}"


class IntelligenceNote(CaseRecord):
    """A graded piece of intelligence with its support and an end date; it never enters a notebook."""

    data_class = "intelligence"

    player = models.ForeignKey(Player, models.PROTECT, related_name="intelligence")
    reliability = models.CharField(max_length=1, choices=[(c, c) for c in "ABCDEFX"])
    validity = models.CharField(max_length=1, choices=[(c, c) for c in "123456"])
    offence = models.CharField(max_length=160)
    note = models.TextField(max_length=2000)
    support = models.CharField("report that supports it", max_length=200)
    gathered_lawfully = models.BooleanField("lawfully gathered", default=False)
    review_by = models.DateField("look again by")

    class Meta:
        ordering = ("-created_at",)
        constraints = [
            models.CheckConstraint(
                name="intelligence_has_a_basis",
                condition=Q(gathered_lawfully=True) & ~Q(support="") & ~Q(offence=""),
                violation_error_message=(
                    "Intelligence needs an offense, the report that supports it, and lawful gathering (28 CFR 23.20)."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Intelligence {self.reliability}{self.validity}"


class ReviewSession(CaseRecord):
    """A sitting at which officers went through the list person by person."""

    data_class = "review_minutes"

    held_on = models.DateField(default=timezone.localdate)
    officers = models.JSONField("officers present", default=list, help_text="Names and units, a line each.")
    notes = models.TextField(max_length=4000, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-held_on",)

    def __str__(self) -> str:
        return f"Incident review of {self.held_on}"


class PlayerReview(CaseRecord):
    """What one sitting concluded about one player, with the reason."""

    data_class = "review_minutes"

    class Outcome(models.TextChoices):
        KEEP = "keep", "Keep"
        DROP = "drop", "Drop"
        MORE = "more", "Need more"

    session = models.ForeignKey(ReviewSession, models.PROTECT, related_name="reviews")
    player = models.ForeignKey(Player, models.PROTECT, related_name="reviews")
    outcome = models.CharField(max_length=5, choices=Outcome)
    reason = models.CharField(max_length=600)

    class Meta:
        ordering = ("player__number",)
        constraints = [
            models.UniqueConstraint(fields=("session", "player"), name="reviewed_once_a_sitting"),
            models.CheckConstraint(name="review_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.player.number}: {self.get_outcome_display()}"


class Assessment(CaseRecord):
    """Step 3a: the three questions about a player, answered from dated evidence."""

    data_class = "assessments"

    class Level(models.TextChoices):
        STREET = "street", "Street level"
        MID = "mid", "Mid level"
        UPPER = "upper", "Above mid level"

    class Violence(models.TextChoices):
        NONE = "none", "None on file"
        SOME = "some", "Some, not recent or not serious"
        SERIOUS = "serious", "Serious or recent"

    player = models.OneToOneField(Player, models.PROTECT, related_name="assessment")
    level = models.CharField("level in the market", max_length=8, choices=Level)
    violence = models.CharField("history of violence", max_length=8, choices=Violence)
    violence_basis = models.CharField("reports that show it", max_length=400, blank=True)
    last_active_on = models.DateField("last seen active in the area", null=True, blank=True)
    activity_basis = models.CharField("report that shows it", max_length=400, blank=True)
    pending_checked_on = models.DateField("dockets checked on", null=True, blank=True)
    assessed_on = models.DateField(default=timezone.localdate)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="violence_shows_its_reports",
                condition=Q(violence="none") | ~Q(violence_basis=""),
                violation_error_message="Name the reports that show the violence.",
            ),
            models.CheckConstraint(
                name="activity_shows_its_report",
                condition=Q(last_active_on__isnull=True) | ~Q(activity_basis=""),
                violation_error_message="Name the report that shows the activity.",
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment of {self.player.number}"


class PendingCharge(CaseRecord):
    """A charge already before a court: a player with counsel is not approached past counsel."""

    data_class = "pending_charges"

    player = models.ForeignKey(Player, models.PROTECT, related_name="pending_charges")
    docket = models.CharField("docket number", max_length=60)
    court = models.CharField(max_length=120)
    charge = models.CharField(max_length=200)
    counsel = models.CharField(max_length=120, blank=True)
    filed_on = models.DateField()

    class Meta:
        ordering = ("-filed_on",)
        constraints = [models.UniqueConstraint(fields=("case", "docket", "charge"), name="charge_once")]

    def __str__(self) -> str:
        return self.docket


class Choice(models.TextChoices):
    """What an office wants to happen with a player."""

    PROSECUTE = "prosecute", "Prosecute now"
    CALL_IN = "callin", "Call-in"
    DROP = "drop", "Drop"
    HOLD = "hold", "Hold"


class ReasonCode(models.TextChoices):
    """Why, in a word that can be counted."""

    VIOLENT = "violent", "Violent history"
    SUPPLIER = "supplier", "Supplies others"
    PENDING = "pending", "Case already pending"
    NONVIOLENT = "nonviolent", "No violence, street level"
    NOT_ACTIVE = "not_active", "No longer active in the area"
    WEAK_CASE = "weak_case", "Case not strong enough yet"
    MINOR = "minor", "Under 18 or age unknown"
    OTHER = "other", "Other, in words"


class Opinion(CaseRecord):
    """Shared shape of what an office says about a player."""

    choice = models.CharField("decision", max_length=10, choices=Choice)
    reason_code = models.CharField("reason", max_length=12, choices=ReasonCode)
    words = models.TextField("in words", max_length=1000)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        abstract = True


class PoliceRecommendation(Opinion):
    """What the police recommend for a player."""

    data_class = "assessments"

    player = models.OneToOneField(Player, models.PROTECT, related_name="police_recommendation")

    class Meta:
        constraints = [models.CheckConstraint(name="recommendation_in_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"Police on {self.player.number}"


class ProsecutorDecision(Opinion):
    """What the local or the federal prosecutor decides for a player: work product."""

    data_class = "decision_worksheet"

    class Office(models.TextChoices):
        LOCAL = "local", "Local prosecutor"
        FEDERAL = "federal", "Federal prosecutor"

    player = models.ForeignKey(Player, models.PROTECT, related_name="decisions")
    office = models.CharField(max_length=8, choices=Office)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("player", "office"), name="one_decision_an_office"),
            models.CheckConstraint(name="decision_in_words", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_office_display()} on {self.player.number}"


class Roster(CaseRecord):
    """The call-in list as it was frozen: numbers of the candidates, signed by two people."""

    data_class = "call_in_roster"

    numbers = models.JSONField(default=list)
    frozen_at = models.DateTimeField(default=timezone.now)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField("why it was frozen again", max_length=400, blank=True)

    class Meta:
        ordering = ("-frozen_at",)
        constraints = [
            models.CheckConstraint(
                name="roster_countersigned_by_another",
                condition=Q(countersigned_by__isnull=True) | ~Q(countersigned_by=F("created_by")),
                violation_error_message="Somebody else must countersign.",
            )
        ]

    def __str__(self) -> str:
        return f"Call-in list of {self.frozen_at:%Y-%m-%d}"
