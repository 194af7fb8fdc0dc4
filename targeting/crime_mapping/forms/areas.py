"""Forms of the areas and the evaluation plan."""

from __future__ import annotations

from typing import Any

import shapely
from django import forms
from django.core.exceptions import ValidationError
from shapely.geometry import MultiPolygon

from dmi.core.forms import CaseForm, offer
from targeting.crime_mapping.forms import drawing
from targeting.crime_mapping.models import AreaVersion, EvaluationPlan
from targeting.crime_mapping.selectors import areas, grids, layers

CORNERS_HELP = (
    "One corner a line, in order around the area: a crossing such as Calder & Eighth, or latitude and longitude."
    " An empty line begins a further part."
)


class CornersForm(forms.Form):
    """The drawing alone, for the figures that follow it while it is drawn."""

    corners = forms.CharField(
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}), required=False, max_length=40_000,
        help_text=CORNERS_HELP,
    )  # fmt: skip

    def __init__(self, *args: Any, case: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.shape: MultiPolygon | None = None

    def clean_corners(self) -> str:
        """The corners make an area that does not cross itself."""
        text: str = self.cleaned_data["corners"]
        if text.strip():
            self.shape = drawing.read_corners(text, lambda one, other: areas.crossing(self.case, one, other))
            _check_in_city(self.case, self.shape)
        return text


class AreaForm(CaseForm):
    """One version of an area: drawn as corners or taken from a file, with its reasons."""

    corners = forms.CharField(
        widget=forms.Textarea({"rows": 8, "spellcheck": "false"}), required=False, max_length=40_000,
        help_text=CORNERS_HELP,
    )  # fmt: skip
    file = forms.FileField(required=False, label="or a file", help_text="GeoJSON, or a shapefile in a zip.")

    class Meta:
        model = AreaVersion
        fields = ("name", "reasons", "landmarks")
        widgets = {"reasons": forms.Textarea({"rows": 4})}

    field_order = ("name", "corners", "file", "reasons", "landmarks")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shape: MultiPolygon | None = None
        self.notes: list[str] = []
        if self.instance.shape:
            self.initial["corners"] = drawing.corners_text(layers.shape_of(self.instance.shape))

    def clean(self) -> dict[str, Any]:
        """A file wins over corners; one of them is needed."""
        cleaned = super().clean()
        try:
            self._read(cleaned)
        except ValidationError as problem:
            self.add_error("file" if cleaned.get("file") else "corners", problem)
        return cleaned

    def _read(self, cleaned: dict[str, Any]) -> None:
        if cleaned.get("file"):
            self.shape, self.notes = drawing.read_area_file(cleaned["file"].read(drawing.LARGEST_FILE + 1))
        elif cleaned.get("corners", "").strip():
            self.shape = drawing.read_corners(
                cleaned["corners"], lambda one, other: areas.crossing(self.case, one, other)
            )
        else:
            raise ValidationError("Draw the area, type its corners, or choose a file.")
        _check_in_city(self.case, self.shape)

    def _post_clean(self) -> None:
        """The model checks everything but the drawing, which the action stores."""
        if self.shape is not None:
            self.instance.shape = areas.as_stored(self.shape)
        super()._post_clean()  # type: ignore[misc]  # not in the stubs


def _check_in_city(case: Any, shape: MultiPolygon) -> None:
    city = grids.city_box(case)
    if city and not shapely.intersects(shape, shapely.box(city.west, city.south, city.east, city.north)):
        raise ValidationError("This lies outside the city's boundaries. Are latitude and longitude swapped?")


class SignForm(forms.Form):
    """A seat's yes to the target area."""

    seat = forms.ChoiceField()
    remark = forms.CharField(max_length=400, required=False)

    def __init__(self, *args: Any, seats: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "seat", seats)


class PlanForm(CaseForm):
    """The evaluation plan: ring, baseline window and the three notes."""

    class Meta:
        model = EvaluationPlan
        fields = ("buffer_meters", "baseline_from", "baseline_until", "why_here", "regression_note", "equity_note")
        widgets = {
            "baseline_from": forms.DateInput({"type": "date"}),
            "baseline_until": forms.DateInput({"type": "date"}),
            "why_here": forms.Textarea({"rows": 3}),
            "regression_note": forms.Textarea({"rows": 3}),
            "equity_note": forms.Textarea({"rows": 3}),
        }

    def clean_buffer_meters(self) -> int:
        """A ring that is neither nothing nor the whole city."""
        meters: int = self.cleaned_data["buffer_meters"]
        if not 50 <= meters <= 2_000:
            raise ValidationError("Take between 50 and 2,000 meters.")
        return meters


class ComparisonForm(forms.Form):
    """Why a unit is the comparison area."""

    unit = forms.IntegerField(widget=forms.HiddenInput)
    reasons = forms.CharField(max_length=1000, label="Why this one")
