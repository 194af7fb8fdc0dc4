"""Finding places by any spelling of their address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest, Upper

from dmi.places.addresses import normalise
from dmi.places.models import Place

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

ALIKE = 0.45


def places(*, case: MarketCase, q: str = "", kind: str = "", key_only: bool = False) -> QuerySet[Place]:
    """Places of a case; with words, those whose address or name is like them, the likest first."""
    found = Place.objects.for_case(case)
    if kind in Place.Kind.values:
        found = found.filter(kind=kind)
    if key_only:
        found = found.filter(is_key=True)
    words = normalise(q)
    if not words:
        return found
    likeness = Greatest(TrigramWordSimilarity(words, "normalised_address"), TrigramWordSimilarity(words, Upper("name")))
    fits = Q(likeness__gte=ALIKE) | Q(normalised_address__contains=words) | Q(name__icontains=q.strip())
    return found.annotate(likeness=likeness).filter(fits).order_by("-likeness", "normalised_address")


def key_addresses(case: MarketCase) -> QuerySet[Place]:
    """The addresses sales are made at or from."""
    return Place.objects.for_case(case).filter(is_key=True)


def same_address(case: MarketCase, address: str, unit: str = "") -> Place | None:
    """The place at this address, however it is spelled."""
    return Place.objects.for_case(case).filter(normalised_address=normalise(address), unit=unit.strip().upper()).first()
