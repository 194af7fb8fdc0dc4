"""Incidents located by their address: which places are doubtful, and what was decided about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, QuerySet

from dmi.places.geocoder import REVIEW
from targeting.crime_mapping.models import Incident, PlaceDecision
from targeting.crime_mapping.selectors.sight import Sight

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

BY_PERSON = "decided by a person"


def decided(case: MarketCase) -> dict[str, tuple[float, float] | None]:
    """Address → longitude and latitude, or None where it stays without a location."""
    return {
        decision.address: (decision.point.x, decision.point.y) if decision.point else None
        for decision in PlaceDecision.objects.for_case(case)
    }


def doubtful(case: MarketCase, sight: Sight) -> QuerySet[Incident]:
    """Incidents this reader may see whose place was found by address and is not sure."""
    rows = Incident.objects.for_case(case).counted()
    return rows.filter(located_by="address", score__lt=REVIEW, category__in=sight.categories())


def doubtful_addresses(case: MarketCase, sight: Sight) -> QuerySet[Any]:
    """Each doubtful address once, those of most incidents first: address, count, last, how, least."""
    return (
        doubtful(case, sight)
        .values("address")
        .annotate(count=Count("id"), last=Max("occurred_at"), how=Min("located_how"), least=Min("score"))
        .order_by("-count", "address")
    )


def decisions(case: MarketCase) -> QuerySet[PlaceDecision]:
    """What was decided, newest first."""
    return PlaceDecision.objects.for_case(case).select_related("updated_by")
