"""The addresses of the casebook. A step's pages lie below its case, in a segment named like its app."""

from __future__ import annotations

from django.contrib import admin
from django.urls import URLResolver, include, path

from dmi.health import alive, ready

BELOW_A_CASE = {
    "people": "dmi.people.urls",
    "places": "dmi.places.urls",
    "directory": "dmi.directory.urls",
    "meetings": "dmi.meetings.urls",
    "documents": "dmi.documents.urls",
    "team": "planning.team.urls",
    "swot": "planning.swot.urls",
    "crime_mapping": "targeting.crime_mapping.urls",
    "survey": "targeting.survey.urls",
    "incident_review": "targeting.incident_review.urls",
    "link_analysis": "targeting.link_analysis.urls",
    "undercover": "targeting.undercover.urls",
    "mobilization": "community.mobilization.urls",
    "outreach": "callin.outreach.urls",
    "notification": "callin.notification.urls",
    "enforcement": "followup.enforcement.urls",
    "support": "followup.support.urls",
    "assessment": "evaluation.assessment.urls",
    "debrief": "evaluation.debrief.urls",
}


def _below_a_case(label: str, module: str) -> URLResolver:
    return path(f"cases/<uuid:case_id>/{label}/", include(module))


urlpatterns = [
    path("alive/", alive, name="alive"),
    path("ready/", ready, name="ready"),
    path("admin/", admin.site.urls),
    path("", include("dmi.accounts.urls")),
    path("", include("dmi.cases.urls")),
    path("", include("dmi.jobs.urls")),
    path("", include("dmi.audit.urls")),
    path("", include("dmi.evidence.urls")),
    path("", include("targeting.survey.open_urls")),
    *(_below_a_case(label, module) for label, module in BELOW_A_CASE.items()),
]
