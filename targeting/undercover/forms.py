"""Forms of step 4; none of them saves."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils import timezone

from dmi.core.forms import CaseForm, offer_records
from dmi.core.models import CaseRecord
from dmi.directory.models import Service
from dmi.evidence.forms import ManyFilesField
from dmi.evidence.models import MediaItem, Status
from dmi.people import selectors as people
from dmi.places import selectors as places
from dmi.places.addresses import normalise
from targeting.undercover import selectors
from targeting.undercover.models import (
    BuyMedia,
    ChargePage,
    InformantBuy,
    InformantNumber,
    Observation,
    OfficerBuy,
    Operation,
    RegisterLook,
)

if TYPE_CHECKING:
    from dmi.accounts.models import User

WHERE = ("bought_at", "place", "listed_place")
WHAT = ("product", "weight", "weight_unit", "money_dollars", "serials")
PROOF = (
    "recording", "has_photographs", "report_number", "evidence_numbers", "account", "lab_number", "lab_sent_on",
    "lab_result", "lab_on",
)  # fmt: skip
TO_COME = "This day has not come yet."
MOMENT_TO_COME = "This moment has not come yet."
NO_NAMES = "No name of an officer or informant."
WHEN = "%Y-%m-%dT%H:%M"


def day() -> forms.DateInput:
    """A box for a date."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def moment() -> forms.DateTimeInput:
    """A box for a day and a time."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN)


def text(rows: int = 3) -> forms.Textarea:
    """A box for some lines."""
    return forms.Textarea(attrs={"rows": rows})


def past(form: forms.BaseForm, name: str) -> Any:
    """The day in that field; ValidationError when it has not come."""
    on = form.cleaned_data[name]
    if on and on > timezone.localdate():
        raise forms.ValidationError(TO_COME)
    return on


class BuyForm(CaseForm):
    """A buy by an officer: a place in words, from the list of places, or as two numbers."""

    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, help_text="In degrees: 38.6270.")
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, help_text="In degrees: -90.1994.")
    weight = forms.DecimalField(min_value=0, max_digits=10, decimal_places=3)

    class Meta:
        model: type[CaseRecord] = OfficerBuy
        fields: tuple[str, ...] = ("officer_code", *WHERE, *WHAT, *PROOF)
        labels = {"listed_place": "Place on the list"}
        widgets = {
            "bought_at": moment(), "serials": text(2), "account": text(5), "evidence_numbers": text(2),
            "lab_on": day(), "lab_sent_on": day(),
        }  # fmt: skip
        help_texts = {
            "account": f"Printed in the notebook. {NO_NAMES}",
            "officer_code": "Such as UC-3. Never a name.",
            "serials": "One on each line.",
            "evidence_numbers": "As the property room gives them, one on each line.",
            "listed_place": "Its point on the map is used unless you give one below.",
        }

    field_order = (
        "player", "number", "officer_code", "handler_code", *WHERE, "latitude", "longitude", *WHAT,
        "is_controlled_money", "money_returned_dollars", "search_before", "search_before_note", "search_after",
        "search_after_note", "watched_by", *PROOF,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "officer_code" in self.fields:
            self.fields["officer_code"].required = True
        offer_records(self, "listed_place", places.places(case=self.case))
        if self.instance.point:
            self.initial["longitude"], self.initial["latitude"] = self.instance.point.coords
        if self.instance.weight is None and self.instance.weight_grams is not None:
            self.initial["weight"] = self.instance.weight_grams

    def clean_bought_at(self) -> datetime:
        """A buy lies in the past."""
        when: datetime = self.cleaned_data["bought_at"]
        if when > timezone.now():
            raise forms.ValidationError(MOMENT_TO_COME)
        return when

    def clean_lab_on(self) -> Any:
        """A laboratory result lies in the past."""
        return past(self, "lab_on")

    def clean_lab_sent_on(self) -> Any:
        """So does the day it was sent."""
        return past(self, "lab_sent_on")

    def clean(self) -> dict[str, Any]:
        """Both numbers of the point or neither; without them, the point of the listed place."""
        cleaned = super().clean()
        latitude, longitude = cleaned.get("latitude"), cleaned.get("longitude")
        if (latitude is None) != (longitude is None):
            self.add_error("longitude", "Give both numbers or neither.")
        listed = cleaned.get("listed_place")
        typed = None if None in (latitude, longitude) else Point(longitude, latitude, srid=4326)
        self.instance.point = typed or (listed.point if listed else None)
        sent, result = cleaned.get("lab_sent_on"), cleaned.get("lab_on")
        if sent and result and result < sent:
            self.add_error("lab_on", "The result cannot lie before the day it was sent.")
        return cleaned


class InformantBuyForm(BuyForm):
    """A buy by an informant, under the informant's number."""

    number = forms.CharField(
        label="Number of the informant", max_length=20, help_text="The number only, such as CI-41. Never a name.",
        validators=InformantNumber._meta.get_field("number").validators[:1],
    )  # fmt: skip

    class Meta(BuyForm.Meta):
        model = InformantBuy
        fields = (
            "player", "handler_code", *WHERE, *WHAT, "is_controlled_money", "money_returned_dollars", "search_before",
            "search_before_note", "search_after", "search_after_note", "watched_by", *PROOF,
        )  # fmt: skip
        help_texts = BuyForm.Meta.help_texts | {"account": NO_NAMES, "handler_code": "Such as H-2. Never a name."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["player"].label = "Person"
        offer_records(self, "player", people.players(self.case).order_by("number"), lambda player: player.number)

    def clean_search_before_note(self) -> str:
        """What was found must be said."""
        return self._found("search_before")

    def clean_search_after_note(self) -> str:
        """What was found must be said."""
        return self._found("search_after")

    def _found(self, name: str) -> str:
        note: str = self.cleaned_data[f"{name}_note"]
        if self.cleaned_data.get(name) == InformantBuy.Search.FOUND and not note.strip():
            raise forms.ValidationError("Say what was found and what was done with it.")
        return note


class AttachForm(CaseForm):
    """Evidence of the case shown with a buy."""

    reason = forms.CharField(
        label="Why it may be shown", required=False, max_length=300,
        help_text="Asked for when released evidence could give away who bought. Kept sealed.",
    )  # fmt: skip

    class Meta:
        model = BuyMedia
        fields = ("item", "caption", "position")
        labels = {"item": "Evidence"}
        help_texts = {
            "item": "Checked or released. Only released evidence is printed.",
            "caption": f"Printed below the picture. {NO_NAMES}",
            "position": "1 is shown first.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = selectors.attachable(self.instance.buy)
        offer_records(self, "item", found, lambda item: f"{item}, {item.get_status_display()}")


class UploadForm(forms.Form):
    """Recordings and photographs taken into evidence for one buy."""

    files = ManyFilesField(  # type: ignore[assignment]  # a field, not files
        label="Files", help_text="Photographs, audio, video, PDF. Each is kept as it is."
    )
    caption = forms.CharField(required=False, max_length=200, help_text=f"Printed below a picture. {NO_NAMES}")
    item_number = forms.CharField(
        label="Property number", required=False, max_length=40, help_text="Of the card, disc or tape."
    )
    holder = forms.CharField(label="Held by", max_length=120, help_text="Who has the card, disc or tape now.")


class ChargePageForm(CaseForm):
    """The prosecutor's page about a player."""

    class Meta:
        model = ChargePage
        fields = ("court", "charges", "penalty", "statement", "limitation_on")
        widgets = {"charges": text(4), "statement": text(8), "limitation_on": day()}
        help_texts = {
            "statement": f"For the unsigned warrant. {NO_NAMES}",
            "limitation_on": "The earliest of all counts. The table warns half a year before.",
        }


class WordForm(forms.Form):
    """Why the case stands, or no longer does."""

    reason = forms.CharField(label="Reason", max_length=400)


class ObservationForm(CaseForm):
    """Activity seen or learned in another way than by a buy."""

    class Meta:
        model = Observation
        fields = ("player", "kind", "seen_at", "place", "source", "report_number", "summary", "item")
        widgets = {"seen_at": moment(), "summary": text(4)}
        help_texts = {
            "source": "Report, camera, unit or officer's code. No name of an informant or a caller.",
            "item": "Checked or released evidence of this market.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["player"].label = "Person"
        offer_records(self, "player", people.players(self.case).order_by("number"), lambda player: player.number)
        sealed = selectors.INFORMANT_SOURCE
        shown = MediaItem.objects.for_case(self.case).shown().exclude(source_class=sealed)
        shown = shown.exclude(derived_from__source_class=sealed)
        offer_records(self, "item", shown, lambda item: f"{item}, {Status(item.status).label}")

    def clean_seen_at(self) -> datetime:
        """It lies in the past."""
        when: datetime = self.cleaned_data["seen_at"]
        if when > timezone.now():
            raise forms.ValidationError(MOMENT_TO_COME)
        return when


class OperationForm(CaseForm):
    """The plan of an operation: when, where, who by code, how they stay safe."""

    class Meta:
        model = Operation
        fields = (
            "code_name", "starts_on", "ends_on", "uses_informant", "place", "plan", "team_codes", "safety_brief",
            "signal",
        )  # fmt: skip
        widgets = {
            "starts_on": day(), "ends_on": day(), "plan": text(4), "team_codes": text(4), "safety_brief": text(4),
        }  # fmt: skip
        help_texts = {
            "team_codes": f"UC-3, buyer. {NO_NAMES}",
            "plan": NO_NAMES,
            "signal": "The words or sign that bring everybody in.",
            "uses_informant": "The plan is then read by the handler and the prosecutors only.",
        }

    def clean_place(self) -> str:
        """No operation at a place where help is given (42 CFR 2.17)."""
        place: str = self.cleaned_data["place"]
        where = normalise(place)
        services = Service.objects.for_case(self.case).exclude(where="").values_list("where", flat=True)
        if where and any(normalise(said) == where for said in services):
            raise forms.ValidationError("Help is given at this address. No operation is planned there (42 CFR 2.17).")
        return place

    def clean(self) -> dict[str, Any]:
        """Named readers and an informant do not go together."""
        cleaned = super().clean()
        is_new = self.instance._state.adding
        if cleaned.get("uses_informant") and not is_new and self.instance.readers.exists():
            self.add_error("uses_informant", "Officers are named as readers. Take them off first.")
        return cleaned


class OutcomeForm(CaseForm):
    """What came of an operation."""

    ended_on = forms.DateField(label="Closed on", widget=day())
    outcome = forms.CharField(label="What came of it", widget=text(5), max_length=3000)

    class Meta:
        model = Operation
        fields = ("ended_on", "outcome")

    def clean_ended_on(self) -> Any:
        """It lies in the past."""
        return past(self, "ended_on")


class ReadersForm(forms.Form):
    """Officers who may read the plan."""

    users: forms.ModelMultipleChoiceField[User] = forms.ModelMultipleChoiceField(
        label="Officers who may read this plan", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, operation: Operation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "users", selectors.possible_readers(operation.case), lambda user: user.display_name)
        self.fields["users"].initial = [reader.user_id for reader in operation.readers.all()]


class LinkForm(forms.Form):
    """The buys that came of an operation."""

    officer_buys: forms.ModelMultipleChoiceField[OfficerBuy] = forms.ModelMultipleChoiceField(
        label="Buys by officers", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )
    informant_buys: forms.ModelMultipleChoiceField[InformantBuy] = forms.ModelMultipleChoiceField(
        label="Buys by informants", queryset=None, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, operation: Operation, sees_sealed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        linked = selectors.operation_buys(operation, {selectors.SEES_SEALED} if sees_sealed else set())
        self._fill("officer_buys", selectors.linkable_officer_buys(operation), [row.officer_buy_id for row in linked])
        if sees_sealed:
            found = selectors.linkable_informant_buys(operation)
            self._fill("informant_buys", found, [row.informant_buy_id for row in linked])
        else:
            del self.fields["informant_buys"]

    def _fill(self, name: str, queryset: Any, linked: list[Any]) -> None:
        self.fields[name].initial = [pk for pk in linked if pk]
        offer_records(self, name, queryset, lambda buy: f"{buy.player.number}, report {buy.report_number}, {buy.place}")


class LookForm(CaseForm):
    """The handler's word that the sealed register was looked over."""

    class Meta:
        model = RegisterLook
        fields = ("looked_on", "note")
        widgets = {"looked_on": day()}
        help_texts = {"note": "Sealed. Say it also where nothing stands in the register."}

    def clean_looked_on(self) -> Any:
        """It lies in the past."""
        return past(self, "looked_on")
