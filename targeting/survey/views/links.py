"""Links and codes residents answer through."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.survey import actions, forms, letters, selectors
from targeting.survey.models import CommunityLink
from targeting.survey.views.answering import FORM_METHODS, PER_PAGE, form_page
from targeting.survey.views.lists import issue

USUAL_DAYS = 60


@require_GET
@case_view("community_contacts.change")
def list_links(request: CaseRequest) -> HttpResponse:
    """Every link there is or was, with how many answered through it."""
    page = Paginator(selectors.links(request.case), PER_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    for link in page.object_list:
        link.works = link.is_live(today)
    return render(request, "survey/links.html", {"page": page})


@require_http_methods(FORM_METHODS)
@case_view("community_contacts.change")
def open_link(request: CaseRequest) -> HttpResponse:
    """A new link."""
    start = {"expires_on": timezone.localdate() + timedelta(days=USUAL_DAYS)}
    form = forms.LinkForm(request.POST or None, case=request.case, initial=start)
    if request.method == "POST" and form.is_valid():
        link = actions.open_link(case=request.case, actor=request.user, **form.facts)
        messages.success(request, "The link works now.")
        return redirect("survey:link", request.case.pk, link.pk)
    return form_page(request, form, "A new link for residents", back="survey:links", button="Open the link")


@require_GET
@case_view("community_contacts.change")
def show_link(request: CaseRequest, link_id: uuid.UUID) -> HttpResponse:
    """One link with its address and code."""
    link = _link(request, link_id)
    address = _address(request, link)
    context = {
        "link": link,
        "address": address,
        "code": letters.code_drawing(address),
        "works": link.is_live(timezone.localdate()),
    }
    return render(request, "survey/link.html", context)


@require_POST
@case_view("community_contacts.change")
def close_link(request: CaseRequest, link_id: uuid.UUID) -> HttpResponse:
    """The link works no more."""
    actions.close_link(link=_link(request, link_id), actor=request.user)
    messages.success(request, "The link is closed. Whoever opens it is told so.")
    return redirect("survey:link", request.case.pk, link_id)


@require_POST
@case_view("community_contacts.change")
def print_poster(request: CaseRequest, link_id: uuid.UUID) -> HttpResponse:
    """The notice with the code, to hang out or hand round."""
    link = _link(request, link_id)
    return issue(request, letters.POSTER, letters.poster(request.case, link, _address(request, link)))


def _link(request: CaseRequest, pk: uuid.UUID) -> CommunityLink:
    return get_object_or_404(selectors.links(request.case).select_related("case"), pk=pk)


def _address(request: HttpRequest, link: CommunityLink) -> str:
    return request.build_absolute_uri(reverse("answer:page", args=[link.token]))
