"""Forms of step 4; none of them saves."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils import timezone

from dmi.core.forms import CaseForm
from dmi.people import selectors as people
from targeting.undercover import selectors
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, OfficerBuy

FACTS = (
    "bought_at", "place", "product", "weight_grams", "money_dollars", "serials", "recording", "report_number",
    "account", "lab_number", "lab_result", "lab_on",
)  # fmt: skip
TO_COME = "This day has not come yet."
NO_NAMES = "No name of an officer or informant."


def day() -> forms.DateInput:
    """A box for a date."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def text(rows: int = 3) -> forms.Textarea:
    """A box for some lines."""
    return forms.Textarea(attrs={"rows": rows})


class BuyForm(CaseForm):
    """A buy by an officer, with its point as two numbers where they are known."""

    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, help_text="In degrees: 38.6270.")
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, help_text="In degrees: -90.1994.")

    class Meta:
        model = OfficerBuy
        fields = FACTS
        widgets = {
            "bought_at": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
            "serials": text(2), "account": text(5), "lab_on": day(),
        }  # fmt: skip
        help_texts = {"account": f"Printed in the notebook. {NO_NAMES}"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.point:
            self.initial["longitude"], self.initial["latitude"] = self.instance.point.coords

    def clean_bought_at(self) -> datetime:
        """A buy lies in the past."""
        when = self.cleaned_data["bought_at"]
        if when > timezone.now():
            raise forms.ValidationError("This moment has not come yet.")
        return when

    def clean_lab_on(self) -> Any:
        """A laboratory result lies in the past."""
        on = self.cleaned_data["lab_on"]
        if on and on > timezone.localdate():
            raise forms.ValidationError(TO_COME)
        return on

    def clean(self) -> dict[str, Any]:
        """Both numbers of the point or neither."""
        cleaned = super().clean()
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude", "Give both numbers or neither.")
        self.instance.point = None if None in (latitude, longitude) else Point(longitude, latitude, srid=4326)
        return cleaned


class InformantBuyForm(BuyForm):
    """A buy by an informant, under the informant's number."""

    number = forms.CharField(label="number of the informant", max_length=20, help_text="The number only, never a name.")

    class Meta(BuyForm.Meta):
        model = InformantBuy
        fields = ("player", *FACTS)
        help_texts = {"account": NO_NAMES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["player"]
        field.label, field.queryset = "person", people.players(self.case).order_by("number")
        field.label_from_instance = lambda player: player.number


class AttachForm(CaseForm):
    """Evidence of the case shown with a buy."""

    class Meta:
        model = BuyMedia
        fields = ("item", "caption", "position")
        labels = {"item": "evidence"}
        help_texts = {
            "item": "Checked or released. Only released evidence is printed.",
            "caption": f"Printed below the picture. {NO_NAMES}",
            "position": "1 is shown first.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["item"]
        field.queryset = selectors.attachable(self.instance.buy)
        field.label_from_instance = lambda item: f"{item}, {item.get_status_display()}"


class ChargePageForm(CaseForm):
    """The prosecutor's page about a player."""

    class Meta:
        model = ChargePage
        fields = ("court", "charges", "penalty", "statement", "limitation_on")
        widgets = {"charges": text(4), "statement": text(8), "limitation_on": day()}
        help_texts = {"statement": f"For the unsigned warrant. {NO_NAMES}"}
