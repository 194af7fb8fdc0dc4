"""Incidents as points, one map tile at a time, for those who may see points and only close up."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse

from dmi.cases.access import case_view
from targeting.crime_mapping.selectors import layers
from targeting.crime_mapping.views.workbench import asked_of

FARTHEST = 20


@case_view("incident_points.view")
def show_points(request: HttpRequest, zoom: int, x: int, y: int) -> HttpResponse:
    """The incidents of one tile; offenses that lead to a victim and field contacts need their own rights."""
    if not layers.CLOSEST_POINTS_ZOOM <= zoom <= FARTHEST or not (x < 2**zoom and y < 2**zoom):
        raise Http404("Points are drawn close up only.")
    asked, sight = asked_of(request)
    return JsonResponse(layers.points(request.case, (zoom, x, y), asked.choice, sight))
