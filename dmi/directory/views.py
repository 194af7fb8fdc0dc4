"""Pages of the contact book and of the catalogue of help."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.forms import STALE, CaseForm
from dmi.core.models import StaleRecord
from dmi.core.requests import CaseRequest
from dmi.directory import actions, forms, selectors
from dmi.directory.models import Contact, Organisation, Service

PER_PAGE = 50
BOOK = "community_contacts"
CATALOGUE = "services_catalogue"


def _list(request: HttpRequest, template: str, found: QuerySet[Any], **context: Any) -> HttpResponse:
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    asked = {name: request.GET.get(name, "") for name in ("q", "kind", "answer")}
    return render(request, template, {"page": page, **asked, "is_narrowed": any(asked.values()), **context})


def _edit(request: CaseRequest, form: CaseForm, template: str, saved: str) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            entry = actions.save_entry(entry=form.instance, actor=request.user)
        except StaleRecord:
            form.add_error(None, STALE)
        else:
            messages.success(request, saved)
            return redirect(entry)
    is_new = form.instance._state.adding
    return render(request, template, {"form": form, "entry": form.instance, "is_new": is_new})


@require_GET
@case_view(f"{BOOK}.view")
def list_contacts(request: CaseRequest) -> HttpResponse:
    """People the team may ask for help."""
    narrow = {name: request.GET.get(name, "") for name in ("q", "kind", "answer")}
    found = selectors.contacts(case=request.case, **narrow)
    return _list(request, "directory/contacts.html", found, kinds=Contact.Kind.choices, answers=Contact.Answer.choices)


@require_GET
@case_view(f"{BOOK}.view")
def show_contact(request: CaseRequest, contact_id: uuid.UUID) -> HttpResponse:
    """One person: how to reach them, what was asked, what they answered."""
    contact = get_object_or_404(selectors.contacts(case=request.case), pk=contact_id)
    return render(request, "directory/contact.html", {"contact": contact})


@require_http_methods(["GET", "POST"])
@case_view(f"{BOOK}.change")
def add_contact(request: CaseRequest) -> HttpResponse:
    """Put a person into the book."""
    form = forms.ContactForm(request.POST or None, case=request.case)
    return _edit(request, form, "directory/edit_contact.html", "In the book.")


@require_http_methods(["GET", "POST"])
@case_view(f"{BOOK}.change")
def edit_contact(request: CaseRequest, contact_id: uuid.UUID) -> HttpResponse:
    """Change what the book says about a person."""
    contact = get_object_or_404(selectors.contacts(case=request.case), pk=contact_id)
    form = forms.ContactForm(request.POST or None, instance=contact, case=request.case)
    return _edit(request, form, "directory/edit_contact.html", "Saved.")


@require_GET
@case_view(f"{BOOK}.view")
def list_organisations(request: CaseRequest) -> HttpResponse:
    """Organizations the team works with."""
    found = selectors.organisations(case=request.case, q=request.GET.get("q", ""), kind=request.GET.get("kind", ""))
    return _list(request, "directory/organisations.html", found, kinds=Organisation.Kind.choices)


@require_GET
@case_view(f"{BOOK}.view")
def show_organisation(request: CaseRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """One organization and the people known there."""
    organisation = get_object_or_404(Organisation.objects.for_case(request.case), pk=organisation_id)
    people = selectors.contacts(case=request.case).filter(organisation=organisation)
    return render(request, "directory/organisation.html", {"organisation": organisation, "people": people})


@require_http_methods(["GET", "POST"])
@case_view(f"{BOOK}.change")
def add_organisation(request: CaseRequest) -> HttpResponse:
    """Put an organization into the book."""
    form = forms.OrganisationForm(request.POST or None, case=request.case)
    return _edit(request, form, "directory/edit_organisation.html", "In the book.")


@require_http_methods(["GET", "POST"])
@case_view(f"{BOOK}.change")
def edit_organisation(request: CaseRequest, organisation_id: uuid.UUID) -> HttpResponse:
    """Change what the book says about an organization."""
    organisation = get_object_or_404(Organisation.objects.for_case(request.case), pk=organisation_id)
    form = forms.OrganisationForm(request.POST or None, instance=organisation, case=request.case)
    return _edit(request, form, "directory/edit_organisation.html", "Saved.")


@require_GET
@case_view(f"{CATALOGUE}.view")
def list_services(request: CaseRequest) -> HttpResponse:
    """The catalogue of help, and which kinds of help are still missing."""
    found = selectors.services(case=request.case, q=request.GET.get("q", ""), kind=request.GET.get("kind", ""))
    missing = selectors.kinds_without_help(request.case)
    return _list(request, "directory/services.html", found, kinds=Service.Kind.choices, missing=missing)


@require_GET
@case_view(f"{CATALOGUE}.view")
def show_service(request: CaseRequest, service_id: uuid.UUID) -> HttpResponse:
    """One program: what it offers, to whom, when, and whom to ask."""
    service = get_object_or_404(Service.objects.for_case(request.case), pk=service_id)
    return render(request, "directory/service.html", {"service": service})


@require_http_methods(["GET", "POST"])
@case_view(f"{CATALOGUE}.change")
def add_service(request: CaseRequest) -> HttpResponse:
    """Put a program into the catalogue."""
    form = forms.ServiceForm(request.POST or None, case=request.case)
    return _edit(request, form, "directory/edit_service.html", "In the catalogue.")


@require_http_methods(["GET", "POST"])
@case_view(f"{CATALOGUE}.change")
def edit_service(request: CaseRequest, service_id: uuid.UUID) -> HttpResponse:
    """Change what the catalogue says about a program."""
    service = get_object_or_404(Service.objects.for_case(request.case), pk=service_id)
    form = forms.ServiceForm(request.POST or None, instance=service, case=request.case)
    return _edit(request, form, "directory/edit_service.html", "Saved.")
