"""Forms for sources, files, columns, codes and boundaries; none of them saves."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.core.forms import CaseForm
from dmi.geo.projections import UnknownProjection, crs_from_code
from targeting.crime_mapping.intake.columns import FIELDS
from targeting.crime_mapping.intake.positions import MILLIONTHS
from targeting.crime_mapping.intake.problems import FIXES, is_fix
from targeting.crime_mapping.models import Category, Source

MOST_UPLOADED = 400_000_000
KINDS = (
    ("beats", "Police beats"),
    ("neighborhoods", "Neighborhoods"),
    ("census_blocks", "Census blocks"),
    ("districts", "Police districts"),
    ("wards", "Wards"),
    ("other", "Another kind"),
)


class SourceForm(CaseForm):
    """A source of the register."""

    class Meta:
        model = Source
        fields = ("kind", "name", "owner", "period_from", "period_until", "known_bias", "refreshed_on")
        widgets = {
            "known_bias": forms.Textarea(attrs={"rows": 4}),
            "period_from": forms.DateInput(attrs={"type": "date"}),
            "period_until": forms.DateInput(attrs={"type": "date"}),
            "refreshed_on": forms.DateInput(attrs={"type": "date"}),
        }


def _known_system(text: str) -> None:
    if text == MILLIONTHS:
        return
    try:
        crs_from_code(text)
    except UnknownProjection as unknown:
        raise forms.ValidationError(str(unknown)) from None


class SystemField(forms.CharField):
    """The code of a coordinate system, such as ESRI:102696; empty is allowed."""

    def __init__(self, **given: Any) -> None:
        words = "Only if the file has X and Y and no degrees, for example ESRI:102696 or EPSG:26996."
        super().__init__(
            required=False, max_length=20, label="Coordinate system", help_text=words, validators=[_known_system],
            **given,
        )  # fmt: skip


class FileForm(forms.Form):
    """A file of incidents."""

    file = forms.FileField(label="File", help_text="CSV, also compressed (.gz, .zip), or Excel (.xlsx), up to 400 MB.")
    srid = SystemField()

    def clean_file(self) -> Any:
        """Not empty and not beyond the limit."""
        sent = self.cleaned_data["file"]
        if sent.size > MOST_UPLOADED:
            raise forms.ValidationError("The file is larger than 400 MB. Split it by year, or use the command line.")
        return sent


class ColumnsForm(forms.Form):
    """Which column is what; each is used once."""

    def __init__(self, *args: Any, headings: list[str], found: dict[str, str], srid: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "Not in the file"), *[(heading, heading) for heading in headings]]
        for name, words in FIELDS.items():
            self.fields[name] = forms.ChoiceField(
                label=words, choices=choices, required=False, initial=found.get(name, "")
            )
        self.fields["srid"] = SystemField(initial=srid)

    def clean(self) -> dict[str, Any]:
        """A date and an offense are needed, and no column twice."""
        cleaned = super().clean() or {}
        chosen = [heading for name, heading in cleaned.items() if name in FIELDS and heading]
        twice = {heading for heading in chosen if chosen.count(heading) > 1}
        if twice:
            raise forms.ValidationError(f"The column “{sorted(twice)[0]}” is chosen twice.")
        if "date" in cleaned and not cleaned["date"]:
            self.add_error("date", "Say which column holds the date.")
        if not cleaned.get("code") and not cleaned.get("title"):
            self.add_error("code", "Say which column holds the offense or the kind of call.")
        return cleaned

    def columns(self) -> dict[str, str]:
        """What was chosen: field → heading."""
        return {name: self.cleaned_data[name] for name in FIELDS if self.cleaned_data.get(name)}


class CodeForm(forms.Form):
    """The category of one code."""

    code = forms.CharField(max_length=40, required=False, widget=forms.HiddenInput)
    title = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    category = forms.ChoiceField(label="Counts as", choices=[c for c in Category.choices if c[0] != Category.UNMATCHED])


class FixForm(forms.Form):
    """One fix for all rows with the same problem."""

    problem = forms.ChoiceField(choices=[(code, code) for code in FIXES])
    fix = forms.CharField(max_length=20, required=False)

    def clean(self) -> dict[str, Any]:
        """The fix is one that is offered for the problem; none takes it back."""
        cleaned = super().clean() or {}
        if cleaned.get("fix") and not is_fix(cleaned.get("problem", ""), cleaned["fix"]):
            self.add_error("fix", "Choose one of the fixes.")
        return cleaned


class PlaceForm(forms.Form):
    """Where an address lies: as found, at one of the other places, or nowhere."""

    address = forms.CharField(max_length=200, widget=forms.HiddenInput, strip=False)
    choice = forms.CharField(max_length=40)


class BoundaryForm(forms.Form):
    """A file with the outlines of one kind of area."""

    kind = forms.ChoiceField(label="Kind", choices=KINDS)
    other = forms.CharField(label="Name of another kind", max_length=40, required=False)
    file = forms.FileField(label="File", help_text="GeoJSON, a zipped shapefile or a GeoPackage.")
    srid = SystemField()

    def clean(self) -> dict[str, Any]:
        """Another kind has a name."""
        cleaned = super().clean() or {}
        if cleaned.get("kind") == "other" and not cleaned.get("other", "").strip():
            self.add_error("other", "Name the kind of area, for example parks.")
        return cleaned

    @property
    def kind_code(self) -> str:
        """The kind as it is stored."""
        chosen = self.cleaned_data["kind"]
        text = self.cleaned_data["other"] if chosen == "other" else chosen
        return "_".join("".join(c if c.isalnum() else " " for c in text.lower()).split())[:40]
