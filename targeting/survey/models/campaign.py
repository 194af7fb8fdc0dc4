"""Who was asked, when and how; and the links through which residents answer without an account."""

from __future__ import annotations

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from dmi.core.fields import EncryptedTextField
from dmi.core.models import CaseRecord


class How(models.TextChoices):
    """How somebody was asked or reminded."""

    IN_PERSON = "in_person", "In person"
    ROLL_CALL = "roll_call", "At roll call"
    PHONE = "phone", "By telephone"
    MESSAGE = "message", "By message"
    PAPER = "paper", "On paper"


class Ask(CaseRecord):
    """One officer was asked to answer; it ends with the answers or with a refusal and its reason."""

    data_class = "officer_survey"

    class Group(models.TextChoices):
        STREET = "street", "Street officers"
        PROBATION = "probation", "Probation and parole officers"
        VICE = "vice", "Vice and narcotics officers"

    group = models.CharField(max_length=12, choices=Group)
    officer_name = models.CharField("officer", max_length=120)
    officer_unit = models.CharField("unit or beat", max_length=120, blank=True)
    how = models.CharField("asked how", max_length=10, choices=How, default=How.IN_PERSON)
    asked_on = models.DateField(default=timezone.localdate)
    interview = models.OneToOneField(
        "survey.Interview", models.PROTECT, null=True, blank=True, editable=False, related_name="ask"
    )
    declined_on = models.DateField(null=True, blank=True)
    decline_reason = models.CharField("reason given", max_length=300, blank=True)

    class Meta:
        ordering = ("group", "officer_name", "id")
        constraints = [
            models.CheckConstraint(name="ask_names_the_officer", condition=~Q(officer_name="")),
            models.CheckConstraint(
                name="declined_with_a_reason", condition=Q(declined_on__isnull=True) | ~Q(decline_reason=""),
                violation_error_message="Write why the officer did not answer.",
            ),
            models.CheckConstraint(
                name="answered_or_declined", condition=Q(declined_on__isnull=True) | Q(interview__isnull=True)
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_group_display()}, asked {self.asked_on}"

    @property
    def is_open(self) -> bool:
        """Whether the officer still owes an answer."""
        return self.interview_id is None and self.declined_on is None


class Reminder(CaseRecord):
    """An officer was reminded."""

    data_class = "officer_survey"

    ask = models.ForeignKey(Ask, models.PROTECT, related_name="reminders")
    how = models.CharField("reminded how", max_length=10, choices=How, default=How.IN_PERSON)
    reminded_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("reminded_on",)

    def __str__(self) -> str:
        return f"Reminded {self.reminded_on}"


class CommunityLink(CaseRecord):
    """A link or code residents answer through: where it was handed out, how long it works, how often it may be used."""

    data_class = "community_contacts"

    place = models.CharField(
        "where it is handed out", max_length=120, help_text="A meeting, a church, a street. Never one resident's name."
    )
    handed_to = models.PositiveIntegerField("about how many people get it", null=True, blank=True)
    opened_on = models.DateField(default=timezone.localdate, editable=False)
    expires_on = models.DateField("works until")
    per_day = models.PositiveSmallIntegerField(
        "most answers in a day", default=100, validators=[MinValueValidator(1)],
        help_text="More than this in one day is more likely a machine than a neighborhood.",
    )  # fmt: skip
    token = EncryptedTextField(editable=False)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    works: bool  # put on by the page that lists them

    class Meta:
        ordering = ("-opened_on", "place", "id")
        constraints = [
            models.CheckConstraint(
                name="link_expires_after_it_opens", condition=Q(expires_on__gte=F("opened_on")),
                violation_error_message="The last day cannot lie before today.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Link, {self.place}"

    def is_live(self, today: date) -> bool:
        """Whether residents can answer through it today."""
        return self.closed_at is None and today <= self.expires_on and not self.case.is_closed


class LinkUse(models.Model):
    """How often one address answered through a link today, under a hash made with that day's key; kept two days.

    It stands beside the answers, never with one: nothing here points to a reply.
    """

    link = models.ForeignKey(CommunityLink, models.CASCADE, related_name="+")
    used_on = models.DateField()
    address_hash = models.CharField(max_length=64)
    times = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=("link", "used_on", "address_hash"), name="link_use_once_a_day")]

    def __str__(self) -> str:
        return f"{self.times} on {self.used_on}"
