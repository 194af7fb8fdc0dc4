"""Writing down places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.gis.geos import Point
from django.db import transaction

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.places.models import Place

if TYPE_CHECKING:
    from dmi.accounts.models import User


@transaction.atomic
def save_place(*, place: Place, actor: User | None, point: Point | None = None) -> Place:
    """The place stands in the list as written; `point`, in degrees, replaces where it lies.

    Raises ValidationError, StaleRecord.
    """
    if point is not None:
        place.point = point
    place.save_by(actor)
    audit.record(
        actor=actor, verb=Verb.PLACE_SAVED, case_id=place.case_id, subject=place,
        facts={"version": place.version, "key": place.is_key},
    )  # fmt: skip
    return place
