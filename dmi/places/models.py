"""Places that matter in a market: houses, corners, stores, parks, vacant lots."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.gis.db import models
from django.core.exceptions import ValidationError
from django.urls import reverse

from dmi.core.models import CaseRecord
from dmi.places.addresses import normalise


class Place(CaseRecord):
    """One place in or near the market, under one spelling of its address."""

    data_class = "key_addresses"

    class Kind(models.TextChoices):
        HOUSE = "house", "House"
        CORNER = "corner", "Corner"
        STORE = "store", "Store"
        PARK = "park", "Park"
        VACANT = "vacant", "Vacant building or lot"
        LOT = "lot", "Parking lot"
        OTHER = "other", "Other"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField("known as", max_length=120, blank=True)
    address = models.CharField(
        max_length=200, help_text="House and street, or two streets joined by “and” for a corner."
    )
    normalised_address = models.CharField(max_length=200, editable=False)
    unit = models.CharField("apartment", max_length=20, blank=True)
    point = models.PointField(srid=4326, null=True, blank=True, editable=False)
    beat = models.CharField(max_length=40, blank=True)
    neighborhood = models.CharField(max_length=80, blank=True)
    is_key = models.BooleanField("key address", default=False, help_text="Sales are made here or from here.")
    basis = models.CharField(max_length=400, blank=True, help_text="Which report, observation or answer says so.")
    owner_contact = models.CharField(
        max_length=200, blank=True, help_text="Owner or manager and how to reach them. Never printed."
    )
    notes = models.TextField(max_length=2000, blank=True)

    class Meta:
        ordering = ("normalised_address", "unit")
        constraints = [
            models.UniqueConstraint(
                fields=("case", "normalised_address", "unit"), name="place_listed_once",
                violation_error_message="This address is in the list already.",
            ),
            models.CheckConstraint(
                name="key_address_has_a_basis", condition=models.Q(is_key=False) | ~models.Q(basis=""),
                violation_error_message="A key address needs a written basis.",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        shown = f"{self.address}, {self.unit}" if self.unit else self.address
        return f"{self.name} ({shown})" if self.name else shown

    def get_absolute_url(self) -> str:
        """The place's page."""
        return reverse("places:show-place", args=[self.case_id, self.pk])

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """Bring the address to its one spelling before anything is compared with it."""
        self.normalised_address = normalise(self.address)
        self.unit = self.unit.strip().upper()
        super().clean_fields(exclude)
        if not self.normalised_address:
            raise ValidationError({"address": "Write a house and street, or two streets."})


class AddressPoint(models.Model):
    """One address of the county's own list, for finding places without asking anybody outside. Replaced whole."""

    case = models.ForeignKey("cases.MarketCase", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    street = models.CharField(max_length=120)
    point = models.PointField(srid=4326, spatial_index=False)

    def __str__(self) -> str:
        return f"{self.number} {self.street}"


class StreetSegment(models.Model):
    """A piece of street between two crossings, with the house numbers on its sides. Replaced whole."""

    case = models.ForeignKey("cases.MarketCase", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    left_from = models.PositiveIntegerField(null=True)
    left_to = models.PositiveIntegerField(null=True)
    right_from = models.PositiveIntegerField(null=True)
    right_to = models.PositiveIntegerField(null=True)
    line = models.LineStringField(srid=4326)

    def __str__(self) -> str:
        return self.name
