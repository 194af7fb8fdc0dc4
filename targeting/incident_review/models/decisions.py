"""Step 3b: the criteria, the first pass with names hidden, what each office says, and the path of minors."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.people.models import Player


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


class Rule(models.TextChoices):
    """A criterion the casebook answers from the file; `JUDGED` is one a reader answers."""

    ADULT = "adult", "18 or older, date of birth known"
    ACTIVE = "active", "Active in the area within the team's window"
    STREET = "street", "Street level"
    NOT_UPPER = "not_upper", "Not above mid level"
    NOT_SERIOUS = "not_serious", "No serious or recent violence"
    NO_GUN = "no_gun", "No offense with a gun on file"
    DOCKETS = "dockets", "Dockets were checked"
    NO_CHARGES = "no_charges", "No charge pending"
    SOURCES = "sources", "Named by the independent sources the team asks for"
    JUDGED = "judged", "Judged by the reader"


class Criteria(CaseRecord):
    """The written criteria of this market for the call-in, fixed before anybody is looked at by name."""

    data_class = "assessments"

    number = models.PositiveSmallIntegerField("version of the criteria", editable=False)
    lines = models.JSONField(default=list)
    why = models.CharField("why these", max_length=600)
    check_days = models.PositiveSmallIntegerField("days a safe-passage check holds", default=14)
    fixed_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=("case", "number"), name="criteria_version_once"),
            models.CheckConstraint(
                name="criteria_say_something",
                condition=~Q(lines=[]) & ~Q(why=""),
                violation_error_message="Choose or write at least one criterion.",
            ),
        ]

    def __str__(self) -> str:
        return f"Criteria, version {self.number}"


class FirstPass(CaseRecord):
    """What an office thought of a card without name, race and place, or why it skipped that look; never changed."""

    data_class = "decision_worksheet"

    player = models.ForeignKey(Player, models.PROTECT, related_name="first_passes")
    office = models.CharField(max_length=8, choices=ProsecutorDecision.Office)
    criteria = models.ForeignKey(Criteria, models.PROTECT, related_name="+")
    card = models.CharField("neutral number", max_length=8)
    shown = models.JSONField("what the card showed", default=list)
    choice = models.CharField("first opinion", max_length=10, choices=Choice, blank=True)
    words = models.TextField("in words", max_length=1000, blank=True)
    skipped_because = models.CharField("why the first look was skipped", max_length=400, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("player", "office"), name="one_first_pass_an_office"),
            models.CheckConstraint(
                name="first_pass_or_skipped",
                condition=(~Q(choice="") & ~Q(words="") & Q(skipped_because=""))
                | (Q(choice="") & ~Q(skipped_because="")),
                violation_error_message="Give an opinion with words, or say why the first look is skipped.",
            ),
        ]

    def __str__(self) -> str:
        return f"Card {self.card}"


class FederalDecline(CaseRecord):
    """The federal prosecutor takes no part in this market's decisions, with the reason; it can be taken back."""

    data_class = "decision_worksheet"

    said_by = models.CharField("who said so", max_length=160)
    declined_on = models.DateField("day", default=timezone.localdate)
    reason = models.CharField(max_length=600)
    taken_back_on = models.DateField(null=True, blank=True, editable=False)
    taken_back_because = models.CharField(max_length=400, blank=True, editable=False)

    class Meta:
        ordering = ("-declined_on", "-created_at")
        constraints = [
            models.UniqueConstraint(
                fields=("case",), condition=Q(taken_back_on__isnull=True), name="one_federal_decline_at_a_time"
            ),
            models.CheckConstraint(
                name="decline_taken_back_with_reason",
                condition=Q(taken_back_on__isnull=True) | ~Q(taken_back_because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Federal decline of {self.declined_on}"


class SeparatePath(CaseRecord):
    """What happens with somebody under 18, or of unknown age: never the call-in, decided by the prosecutor apart."""

    data_class = "juvenile"

    class Way(models.TextChoices):
        JUVENILE_COURT = "court", "Juvenile court"
        FAMILY = "family", "Family and services, no case"
        AGE = "age", "Find out the age first"
        NOTHING = "nothing", "Nothing now"

    player = models.OneToOneField(Player, models.PROTECT, related_name="separate_path")
    way = models.CharField("what is done", max_length=8, choices=Way)
    words = models.TextField("in words", max_length=1000)
    look_again_on = models.DateField("look again on", null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="separate_path_in_words", condition=~Q(words=""))]

    def __str__(self) -> str:
        return f"Separate path of {self.player.number}"
