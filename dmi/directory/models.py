"""The team's one contact book and its catalogue of help: who there is, and what can be had from whom."""

from __future__ import annotations

from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse

from dmi.core.models import CaseQuerySet, CaseRecord

PHONE = RegexValidator(r"^[0-9+().\- x]{7,30}$", "Digits, spaces and + ( ) - . only, for example 555-010-4477.")


class Organisation(CaseRecord):
    """A church, association, business or agency the team works with in this market."""

    data_class = "community_contacts"

    class Kind(models.TextChoices):
        COMMUNITY = "community", "Neighborhood association"
        FAITH = "faith", "Faith community"
        BUSINESS = "business", "Business"
        SERVICES = "services", "Service provider"
        SCHOOL = "school", "School or college"
        OTHER = "other", "Other"

    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    address = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True, validators=[PHONE])
    website = models.CharField(max_length=200, blank=True)
    notes = models.TextField(max_length=2000, blank=True)
    is_active = models.BooleanField("works with the team", default=True)

    class Meta:
        ordering = ("name",)
        constraints = [
            models.UniqueConstraint(
                "case", models.functions.Lower("name"), name="organisation_named_once",
                violation_error_message="An organization of this name is in the book already.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The organization's page."""
        return reverse("directory:show-organisation", args=[self.case_id, self.pk])


class ContactQuerySet(CaseQuerySet["Contact"]):
    """People of the contact book."""

    def may_be_called(self) -> Self:
        """Those who have not asked to be left alone."""
        return self.filter(do_not_contact=False)


class Contact(CaseRecord):
    """Somebody the community knows and the team may ask for help: never a subject of the case."""

    data_class = "community_contacts"

    class Kind(models.TextChoices):
        LEADER = "leader", "Neighborhood leader"
        RESIDENT = "resident", "Resident"
        FAITH = "faith", "Faith leader or member"
        BUSINESS = "business", "Business owner"
        SERVICES = "services", "Service provider"
        OUTREACH = "outreach", "Outreach worker"
        OTHER = "other", "Other"

    class Answer(models.TextChoices):
        NOT_ASKED = "not_asked", "Not asked yet"
        THINKING = "thinking", "Thinking about it"
        YES = "yes", "Yes"
        NO = "no", "No"

    name = models.CharField(max_length=120, help_text="As this person likes to be called.")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="people", verbose_name="organization"
    )
    standing = models.CharField(max_length=160, blank=True, help_text="Who this person speaks for, or is trusted by.")
    phone = models.CharField(max_length=30, blank=True, validators=[PHONE])
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=40, blank=True, help_text="If not English.")
    best_way = models.CharField("best way to reach", max_length=160, blank=True)
    ask = models.CharField("what we ask", max_length=200, blank=True)
    answer = models.CharField(max_length=10, choices=Answer.choices, default=Answer.NOT_ASKED)
    may_be_named = models.BooleanField("may be named in public", default=False)
    do_not_contact = models.BooleanField("asked to be left alone", default=False)
    notes = models.TextField(
        max_length=2000, blank=True, help_text="Not about faith or opinions, and nothing about any case."
    )

    objects: ClassVar = ContactQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(
                name="left_alone_is_not_asked",
                condition=Q(do_not_contact=False) | ~Q(answer="thinking"),
                violation_error_message="This person asked to be left alone, so no answer is awaited.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The contact's page."""
        return reverse("directory:show-contact", args=[self.case_id, self.pk])


class ServiceQuerySet(CaseQuerySet["Service"]):
    """The catalogue of help."""

    def on_offer(self) -> Self:
        """What can be had now."""
        return self.filter(is_active=True)


class Service(CaseRecord):
    """One thing a program offers to people who stop: what, for whom, when, how many, and whom to ask."""

    data_class = "services_catalogue"

    class Kind(models.TextChoices):
        TREATMENT = "treatment", "Drug treatment"
        EDUCATION = "education", "Education"
        TRAINING = "training", "Job training"
        EMPLOYMENT = "employment", "Employment"
        FAMILY = "family", "Family issues"
        TRANSPORT = "transport", "Transportation"
        OTHER = "other", "Other help"

    kind = models.CharField("help with", max_length=12, choices=Kind.choices)
    program = models.CharField(max_length=160)
    provider = models.CharField("offered by", max_length=160)
    offers = models.TextField(
        "what it offers", max_length=1000, help_text="In words a candidate understands; printed in the notebook."
    )
    where = models.CharField(max_length=200, blank=True)
    hours = models.CharField(max_length=160, blank=True)
    eligibility = models.CharField(
        "who can come", max_length=300, blank=True, help_text="Age, papers, convictions that rule people out."
    )
    cost = models.CharField(max_length=120, blank=True, help_text="What it costs and who pays.")
    capacity = models.PositiveSmallIntegerField("places kept free", null=True, blank=True)
    first_visit = models.CharField("first visit within", max_length=120, blank=True)
    contact_name = models.CharField("ask for", max_length=120, blank=True)
    contact_phone = models.CharField("phone", max_length=30, blank=True, validators=[PHONE])
    is_at_call_in = models.BooleanField("has somebody at the call-in", default=False)
    confirmed_on = models.DateField("last confirmed", null=True, blank=True)
    is_active = models.BooleanField("on offer", default=True)

    objects: ClassVar = ServiceQuerySet.as_manager()

    class Meta:
        ordering = ("kind", "program")
        constraints = [
            models.UniqueConstraint(
                "case", models.functions.Lower("program"), models.functions.Lower("provider"),
                name="service_listed_once",
                violation_error_message="This program of this provider is in the catalogue already.",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.program}, {self.provider}"

    def get_absolute_url(self) -> str:
        """The service's page."""
        return reverse("directory:show-service", args=[self.case_id, self.pk])
