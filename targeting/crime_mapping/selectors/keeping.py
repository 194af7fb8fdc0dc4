"""What was counted or drawn is kept until the data of the case changes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from django.core.cache import cache
from django.db import connection

from targeting.crime_mapping.models import (
    AreaVersion,
    BoundaryLayer,
    GroundShape,
    ImportBatch,
    MapGrid,
    OffenseCode,
    PlaceDecision,
    Source,
)

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

Made = TypeVar("Made")
KEPT_SECONDS = 3_600
_STAMP = "(SELECT concat(max({column}), ':', count(*)) FROM {table} WHERE case_id = %(case)s)"
_VERSION_OF = (ImportBatch, OffenseCode, PlaceDecision, BoundaryLayer, AreaVersion, MapGrid, Source)


def data_version(case: MarketCase) -> str:
    """Changes whenever incidents, their categories or places, boundaries, ground or areas of the case change."""
    stamps = [_STAMP.format(column="updated_at", table=model._meta.db_table) for model in _VERSION_OF]
    stamps.append(_STAMP.format(column="id", table=GroundShape._meta.db_table))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT md5(concat_ws('|', {', '.join(stamps)}))", {"case": case.pk})
        return str(cursor.fetchone()[0])[:16]


def kept(case: MarketCase, what: str, make: Callable[[], Made]) -> Made:
    """What `make` gives, kept until the data changes; `what` names everything it depends on, rights included."""
    digest = hashlib.sha256(what.encode()).hexdigest()[:32]
    key = f"crime_mapping:{case.pk}:{data_version(case)}:{digest}"
    found: Made | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, KEPT_SECONDS)
    return found
