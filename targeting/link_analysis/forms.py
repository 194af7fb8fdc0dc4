"""Forms of the link chart; none of them saves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from dmi.cases.models import MarketCase
from dmi.core.dates import short_date
from dmi.core.forms import CaseForm, offer, offer_records
from dmi.people import selectors as people
from dmi.places import selectors as places
from targeting.incident_review import selectors as review
from targeting.link_analysis import informants
from targeting.link_analysis.chart import Chart, Sight
from targeting.link_analysis.models import Entity, Link

LARGEST_FILE = 2_000_000
TO_COME = "This day has not come yet."


def day() -> forms.DateInput:
    """A box for a date."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def refuse_informants(form: forms.BaseForm, *names: str) -> None:
    """Words that point to an informant are an error of their field."""
    for name in names:
        if informants.are_meant(form.cleaned_data.get(name) or ""):
            form.add_error(name, informants.NEVER)


class NamedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """Records to choose from, named as the reader may see them."""

    names: Mapping[Any, str] = {}

    def label_from_instance(self, record: Any) -> str:
        """The name from the chart, or the record's own."""
        return self.names.get(record.pk, str(record))


def _offer_named(form: forms.BaseForm, name: str, records: QuerySet[Any], names: Mapping[Any, str]) -> None:
    """The field `name` offers these records under these names."""
    field = form.fields[name]
    assert isinstance(field, NamedChoice)
    field.queryset, field.names = records, names


def _offer_entries(form: forms.BaseForm, name: str, case: MarketCase, chart: Chart) -> None:
    """The field `name` offers what stands on the chart."""
    entities = Entity.objects.for_case(case).filter(pk__in=list(chart.place))
    _offer_named(form, name, entities, {node.entity.pk: node.in_words for node in chart.nodes})


class EntityForm(CaseForm):
    """Somebody or something on the chart."""

    class Meta:
        model = Entity
        fields = ("kind", "player", "place", "label", "standing", "basis")
        field_classes = {"player": NamedChoice, "place": NamedChoice}
        help_texts = {
            "player": "If the person is on the player list.",
            "place": "If the address is in the address list.",
            "label": "For everybody and everything else: name, plate, number. Never a resident or caller.",
            "standing": "Family, witnesses, residents and helpers wait until a prosecutor approves the written basis.",
            "basis": "Which record says so, and why the chart needs it. Needed for a person who is not on the list.",
        }
        widgets = {"basis": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        players = list(people.players(self.case))
        known = people.players(self.case) if sight.names else people.players(self.case).none()
        _offer_named(self, "player", known, {p.pk: f"{p.number} {p.person.full_name}" for p in players})
        offer_records(self, "place", places.places(case=self.case))

    def clean(self) -> dict[str, Any]:
        """Only what fits the kind is kept; informants are refused."""
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind != Entity.Kind.PERSON:
            cleaned["player"] = None
            cleaned["standing"] = Entity.Standing.SUBJECT
        if kind != Entity.Kind.PLACE:
            cleaned["place"] = None
        cleaned["standing"] = cleaned.get("standing") or Entity.Standing.SUBJECT
        if cleaned.get("player") or cleaned.get("place"):
            cleaned["label"] = ""
        refuse_informants(self, "label", "basis")
        return cleaned


class LinkForm(CaseForm):
    """Two entries and the record that links them."""

    class Meta:
        model = Link
        fields = (
            "first", "second", "kind", "times", "grade", "record", "contact", "intelligence", "cites", "happened_on",
            "source", "note",
        )  # fmt: skip
        field_classes = dict.fromkeys(("first", "second", "contact", "intelligence"), NamedChoice)
        widgets = {"happened_on": day()}
        labels = {"first": "Who or what", "second": "With whom or what"}
        help_texts = {
            "grade": "Seen or recorded is drawn solid; reported, dashed.",
            "contact": "Choose it and its number and date are filled in.",
            "cites": "Number and kind of the record, for example “Report 26-04471”. Blank only with one on file above.",
            "happened_on": "Blank only with a police contact on file above.",
            "source": "Officer and unit, or system. Never a resident, a caller or an informant.",
        }

    def __init__(self, *args: Any, chart: Chart, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            _offer_entries(self, name, self.case, chart)
        for name in ("cites", "happened_on"):
            self.fields[name].required = False
        self._offer_records(sight)

    def _offer_records(self, sight: Sight) -> None:
        contacts = review.contacts(self.case)
        if not sight.juvenile:
            contacts = contacts.filter(is_juvenile=False)
        _offer_named(self, "contact", contacts, {contact.pk: _named(contact) for contact in contacts})
        if not sight.intelligence:
            del self.fields["intelligence"]
            offer(self, "record", [c for c in Link.Record.choices if c[0] != Link.Record.INTELLIGENCE])
            return
        notes = review.intelligence(self.case, today=timezone.localdate())
        names = {n.pk: f"{n.player.number}, {n.reliability}{n.validity}" for n in notes}
        _offer_named(self, "intelligence", notes, names)

    def clean(self) -> dict[str, Any]:
        """The record on file fills in what was left blank; every link has a citation and a day that has come."""
        cleaned = super().clean()
        contact = cleaned.get("contact")
        if contact:
            cleaned["cites"] = cleaned.get("cites") or _citation(contact)
            cleaned["happened_on"] = cleaned.get("happened_on") or timezone.localtime(contact.happened_at).date()
        elif cleaned.get("intelligence"):
            note = cleaned["intelligence"]
            cleaned["cites"] = cleaned.get("cites") or f"Intelligence {note.reliability}{note.validity} on file"
        if not cleaned.get("cites"):
            self.add_error("cites", "Name the record that says so: a link without its record is not charted.")
        if not cleaned.get("happened_on") and "happened_on" not in self.errors:
            self.add_error("happened_on", "Write the date of the record.")
        refuse_informants(self, "cites", "source", "note")
        return cleaned


def _citation(contact: Any) -> str:
    return f"{contact.get_kind_display()} {contact.report_number}".strip()


def _named(contact: Any) -> str:
    return (
        f"{short_date(timezone.localtime(contact.happened_at).date())}, {contact.player.number}, {_citation(contact)}"
    )


REACHES = (("1", "One link away"), ("2", "Two links away"), ("all", "The whole chart"))


class PickForm(forms.Form):
    """Which part of the chart is shown."""

    center = NamedChoice(label="Around", queryset=Entity.objects.none(), required=False, empty_label="The first person")
    reach = forms.ChoiceField(label="How far", choices=REACHES, required=False)
    entity = forms.ChoiceField(label="Show", required=False)
    kind = forms.ChoiceField(label="Linked by", required=False)
    since = forms.DateField(label="From", required=False, widget=day())
    until = forms.DateField(label="To", required=False, widget=day())

    def __init__(self, *args: Any, case: MarketCase, chart: Chart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer_entries(self, "center", case, chart)
        offer(self, "entity", [("", "Everything"), *Entity.Kind.choices])
        offer(self, "kind", [("", "Anything"), *Link.Kind.choices])


class WayForm(forms.Form):
    """From whom to whom."""

    start = NamedChoice(label="From", queryset=Entity.objects.none())
    end = NamedChoice(label="To", queryset=Entity.objects.none())

    def __init__(self, *args: Any, case: MarketCase, chart: Chart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("start", "end"):
            _offer_entries(self, name, case, chart)


class NetworkForm(forms.Form):
    """A file of links, and what every entry and link of it is."""

    file = forms.FileField(
        label="File",
        help_text="CSV: a matrix with the names in the first column and the first row, or two columns of names and "
        "perhaps a weight. Any weight above zero is a link; the direction is left out.",
    )
    entity_kind = forms.ChoiceField(
        label="The names are", choices=Entity.Kind.choices,
        help_text="People of the file are believed to take part in the market. Enter family, witnesses, residents "
        "and helpers one by one.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="They are linked by", choices=Link.Kind.choices)
    grade = forms.ChoiceField(label="How it is known", choices=Link.Grade.choices)
    record = forms.ChoiceField(label="Kind of record", choices=Link.Record.choices)
    cites = forms.CharField(
        label="Record that says so", max_length=200, help_text="It is the citation of every link of the file."
    )
    happened_on = forms.DateField(label="Date of the record", widget=day())
    source = forms.CharField(
        label="Who recorded it", max_length=160, required=False, help_text="Officer and unit, or system."
    )

    def __init__(self, *args: Any, sight: Sight, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sight.intelligence:
            offer(self, "record", [c for c in Link.Record.choices if c[0] != Link.Record.INTELLIGENCE])

    def clean_file(self) -> Any:
        """A file a person can look over."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 2 MB. Cut it to the people this market is about.")
        return file

    def clean_happened_on(self) -> Any:
        """A day that has come."""
        if self.cleaned_data["happened_on"] > timezone.localdate():
            raise forms.ValidationError(TO_COME)
        return self.cleaned_data["happened_on"]

    def clean(self) -> dict[str, Any]:
        """Intelligence is reported, never seen; informants are refused."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("record") == Link.Record.INTELLIGENCE and cleaned.get("grade") != Link.Grade.REPORTED:
            self.add_error("grade", "A link that rests on intelligence is reported, never seen or recorded.")
        refuse_informants(self, "cites", "source")
        return cleaned

    @property
    def about(self) -> dict[str, Any]:
        """What was said of every entry and link, as it is stored with the file."""
        data = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return data | {"happened_on": data["happened_on"].isoformat()}
