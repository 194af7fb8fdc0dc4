"""Imports and sources as their pages show them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q, QuerySet

from targeting.crime_mapping.models import BoundaryLayer, Category, ImportBatch, Incident, OffenseCode, Source
from targeting.crime_mapping.selectors.counts import Agreement, agreement
from targeting.crime_mapping.selectors.keeping import kept

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


def visible_batches(*, case: MarketCase, user: User, can: Collection[str]) -> QuerySet[ImportBatch]:
    """Files this person may see: their own; everybody's for those with the wider right. A file is private till then."""
    batches = ImportBatch.objects.for_case(case).select_related("source", "created_by", "job")
    return batches if "import_batches.view" in can else batches.filter(created_by=user)


def sources_of(case: MarketCase) -> list[dict[str, Any]]:
    """The register: each source with what is stored of it and how much of that is located."""
    counted = kept(case, "register", lambda: _counted(case))
    nothing = {"total": 0, "located": 0, "first": None, "last": None}
    return [{"source": source, **_shares(counted.get(source.pk, nothing))} for source in Source.objects.for_case(case)]


def _counted(case: MarketCase) -> dict[Any, Mapping[str, Any]]:
    return {
        row["source"]: row
        for row in Incident.objects.for_case(case)
        .counted()
        .values("source")
        .annotate(
            total=Count("id"),
            located=Count("id", filter=Q(point__isnull=False)),
            first=Min("occurred_at"),
            last=Max("occurred_at"),
        )
    }


def _shares(row: Mapping[str, Any]) -> dict[str, Any]:
    share = row["located"] / row["total"] if row["total"] else None
    return {
        "total": row["total"],
        "located_percent": None if share is None else 100 * share,
        "first": row["first"],
        "last": row["last"],
    }


def unmatched_codes(case: MarketCase) -> QuerySet[Incident, Mapping[str, Any]]:
    """Codes that no crosswalk knows, the most frequent first: code, title, count."""
    return (
        Incident.objects.for_case(case)
        .counted()
        .filter(category=Category.UNMATCHED)
        .values("code", "title")
        .annotate(count=Count("id"))
        .order_by("-count", "code", "title")
    )


def own_codes(case: MarketCase) -> QuerySet[OffenseCode]:
    """What the team matched itself."""
    return OffenseCode.objects.for_case(case).order_by("code", "title")


def layers_with_agreement(case: MarketCase) -> list[tuple[BoundaryLayer, int, Agreement]]:
    """Each boundary layer, how many units it has, and how far records and points agree on them."""
    layers = BoundaryLayer.objects.for_case(case).annotate(unit_count=Count("units")).order_by("slot")
    return [(layer, layer.unit_count, agreement(layer)) for layer in layers]
