"""Forms of the contact book and the catalogue of help."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.core.forms import CaseForm, offer_records
from dmi.directory.models import Contact, Organisation, Service

THREE_LINES = forms.Textarea(attrs={"rows": 3})


class OrganisationForm(CaseForm):
    """An organization the team works with."""

    class Meta:
        model = Organisation
        fields = ("name", "kind", "address", "phone", "website", "notes", "is_active")
        widgets = {"notes": THREE_LINES}


class ContactForm(CaseForm):
    """Somebody the community knows."""

    class Meta:
        model = Contact
        fields = (
            "name", "kind", "organisation", "standing", "phone", "email", "language", "best_way", "ask", "answer",
            "may_be_named", "do_not_contact", "notes",
        )  # fmt: skip
        widgets = {"notes": THREE_LINES}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_records(self, "organisation", Organisation.objects.for_case(self.case))


class ServiceForm(CaseForm):
    """One thing a program offers."""

    class Meta:
        model = Service
        fields = (
            "kind", "program", "provider", "offers", "where", "hours", "eligibility", "cost", "capacity", "first_visit",
            "contact_name", "contact_phone", "is_at_call_in", "confirmed_on", "is_active",
        )  # fmt: skip
        widgets = {"offers": THREE_LINES, "confirmed_on": forms.DateInput(attrs={"type": "date"})}
