"""Officers' buys for the map of step 1, which fetches them here because an earlier step may not read a later one."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.undercover import selectors


@case_view("buy_locations.view")
def show_buy_points(request: CaseRequest) -> HttpResponse:
    """Where officers bought, as bare points: no person, no day, no product."""
    points = selectors.buy_points(request.case, request.can)
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [round(lon, 6), round(lat, 6)]},
            "properties": {},
        }
        for lon, lat, _, _ in points
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})
