"""The file of a player: contacts, intelligence, violence, charges, the three answers of step 3a, the refined list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.gis.db import models
from django.db.models import Q
from django.utils import timezone

from dmi.core.models import CaseRecord
from dmi.people.models import Player

if TYPE_CHECKING:
    from django.contrib.gis.geos import GEOSGeometry


class PoliceContact(CaseRecord):
    """One dated contact of the police with a player: arrest, report, field contact, citation or sighting."""

    data_class = "police_contacts"
    joins_on_merge = True

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
    point = models.PointField(srid=4326, null=True, blank=True, editable=False)
    summary = models.CharField("what happened", max_length=800)
    is_in_area = models.BooleanField(
        "inside the target area", default=False, help_text="Checked on the map where the address is known."
    )
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

    def is_shown_in(self, area: GEOSGeometry | None) -> bool | None:
        """Whether the point lies in `area`; None where the point or the area is not known."""
        return None if self.point is None or area is None else area.covers(self.point)


class IntelligenceNote(CaseRecord):
    """A graded piece of intelligence with its support and an end date; it never enters a notebook."""

    data_class = "intelligence"
    joins_on_merge = True

    class Dissemination(models.TextChoices):
        ASK = "ask", "Only after asking whoever gave it"
        TEAM = "team", "Within this case's law enforcement only"
        POLICE = "police", "To other law enforcement, with a written record"

    player = models.ForeignKey(Player, models.PROTECT, related_name="intelligence")
    reliability = models.CharField(max_length=1, choices=[(c, c) for c in "ABCDEFX"])
    validity = models.CharField(max_length=1, choices=[(c, c) for c in "123456"])
    offence = models.CharField(max_length=160)
    note = models.TextField(max_length=2000)
    support = models.CharField("report that supports it", max_length=200)
    dissemination = models.CharField(
        "may be passed on", max_length=10, choices=Dissemination, default=Dissemination.TEAM
    )
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


class ViolenceEntry(CaseRecord):
    """One line of a player's history of violence: what, when, with a gun or not, and the record that shows it."""

    data_class = "assessments"

    class Kind(models.TextChoices):
        CONVICTION = "conviction", "Conviction"
        ARREST = "arrest", "Arrest"
        REPORT = "report", "Report"
        INTELLIGENCE = "intel", "Intelligence"

    player = models.ForeignKey(Player, models.PROTECT, related_name="violence_entries")
    kind = models.CharField(max_length=10, choices=Kind)
    offence = models.CharField("offense", max_length=160)
    happened_on = models.DateField("day")
    with_gun = models.BooleanField("a gun was involved", default=False)
    ended = models.CharField("how it ended", max_length=120, blank=True)
    record = models.CharField("record that shows it", max_length=120)
    is_juvenile = models.BooleanField("from a juvenile record", default=False)

    class Meta:
        ordering = ("-happened_on",)
        constraints = [
            models.CheckConstraint(name="violence_cites_a_record", condition=~Q(record="") & ~Q(offence="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.player.number}"


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
    level_basis = models.CharField("what shows it", max_length=400, blank=True)
    violence = models.CharField("history of violence", max_length=8, choices=Violence)
    violence_basis = models.CharField("reports that show it", max_length=400, blank=True)
    last_active_on = models.DateField("last seen active in the area", null=True, blank=True)
    activity_contact = models.ForeignKey(
        PoliceContact, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="contact that shows it"
    )
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


class Jurisdiction(models.TextChoices):
    """Before which court a case lies."""

    COUNTY = "county", "County"
    FEDERAL = "federal", "Federal"


class PendingCharge(CaseRecord):
    """A charge already before a court: a player with counsel is not approached past counsel."""

    data_class = "pending_charges"
    joins_on_merge = True

    player = models.ForeignKey(Player, models.PROTECT, related_name="pending_charges")
    docket = models.CharField("docket number", max_length=60)
    court = models.CharField(max_length=120)
    charge = models.CharField(max_length=200)
    jurisdiction = models.CharField(max_length=8, choices=Jurisdiction, default=Jurisdiction.COUNTY)
    next_court_on = models.DateField("next court date", null=True, blank=True)
    counsel = models.CharField(max_length=120, blank=True)
    filed_on = models.DateField()

    class Meta:
        ordering = ("-filed_on",)
        constraints = [models.UniqueConstraint(fields=("case", "docket", "charge"), name="charge_once")]

    def __str__(self) -> str:
        return self.docket


class RefinedList(CaseRecord):
    """The list of step 3a as it was fixed on a day: numbers with their three answers, in versions."""

    data_class = "assessments"

    number = models.PositiveSmallIntegerField("version of the list", editable=False)
    fixed_on = models.DateField(default=timezone.localdate)
    lines = models.JSONField(default=list)
    reason = models.CharField("why it was fixed again", max_length=400, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = [models.UniqueConstraint(fields=("case", "number"), name="refined_list_version_once")]

    def __str__(self) -> str:
        return f"Refined list, version {self.number}"
