"""The form of a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.gis.geos import Point

from dmi.core.forms import CaseForm
from dmi.places.models import Place


class PlaceForm(CaseForm):
    """A place, with its point as two numbers where they are known."""

    latitude = forms.FloatField(
        required=False, min_value=-90, max_value=90, help_text="In degrees, for example 38.6270."
    )
    longitude = forms.FloatField(
        required=False, min_value=-180, max_value=180, help_text="In degrees, for example -90.1994."
    )

    class Meta:
        model = Place
        fields = (
            "kind",
            "name",
            "address",
            "unit",
            "beat",
            "neighborhood",
            "is_key",
            "basis",
            "owner_contact",
            "notes",
        )
        widgets = {"notes": forms.Textarea(attrs={"rows": 3}), "basis": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.point:
            self.initial["longitude"], self.initial["latitude"] = self.instance.point.coords

    def clean(self) -> dict[str, Any]:
        """Both numbers or neither."""
        cleaned = super().clean()
        if (cleaned.get("latitude") is None) != (cleaned.get("longitude") is None):
            self.add_error("longitude", "Give both numbers or neither.")
        return cleaned

    @property
    def point(self) -> Point | None:
        """The point of the cleaned form, or None."""
        latitude, longitude = self.cleaned_data.get("latitude"), self.cleaned_data.get("longitude")
        return None if latitude is None or longitude is None else Point(longitude, latitude, srid=4326)

    def _get_validation_exclusions(self) -> set[str]:
        """Compare the one spelling of the address too, although it is never typed."""
        return super()._get_validation_exclusions() - {"normalised_address"}
