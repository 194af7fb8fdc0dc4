"""Incidents by map tile for those who may see points: counts by cell from afar, single incidents close up."""

from __future__ import annotations

from django.http import Http404, HttpResponse, JsonResponse

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.crime_mapping.selectors import tiles
from targeting.crime_mapping.views.workbench import asked_of


@case_view("incident_points.view")
def show_points(request: CaseRequest, zoom: int, x: int, y: int) -> HttpResponse:
    """The incidents of one tile; offenses that lead to a victim and field contacts need their own rights."""
    if not tiles.FARTHEST_ZOOM <= zoom <= tiles.NEAREST_ZOOM or not (x < 2**zoom and y < 2**zoom):
        raise Http404("There is no such tile.")
    asked, sight = asked_of(request)
    found = tiles.tile(request.case, (zoom, x, y), asked.choice, sight)
    return JsonResponse(found, json_dumps_params={"separators": (",", ":")})
