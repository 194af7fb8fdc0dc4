"""Doubtful places of addresses: accepted, moved or left without a location, for incidents stored and those to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from django.contrib.gis.geos import Point
from django.db import transaction

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.places import geocoder
from targeting.crime_mapping import selectors
from targeting.crime_mapping.intake.rows import SURE
from targeting.crime_mapping.intake.staged import cells_of
from targeting.crime_mapping.models import Incident, PlaceDecision
from targeting.crime_mapping.models.categories import VICTIM_BEARING
from targeting.crime_mapping.selectors.sight import Sight

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

Kind = PlaceDecision.Kind


class CannotDecide(Exception):
    """The address is not doubtful (any more), or the place is none of those found; the message says so."""


@dataclass(frozen=True)
class Spot:
    """A place: longitude, latitude, how it was found and how sure."""

    lon: float
    lat: float
    method: str
    score: int | None


@transaction.atomic
def decide(
    *, case: MarketCase, address: str, kind: str, sight: Sight, actor: User | None, spot: Spot | None = None
) -> PlaceDecision:
    """The incidents of this address lie where the person says, as will those of later files. Raises CannotDecide."""
    rows = selectors.located.doubtful(case, sight).filter(address=address)
    first = rows.order_by("pk").first()
    if first is None or first.point is None:
        raise CannotDecide("Somebody has looked at this address already.")
    decision = PlaceDecision.objects.for_case(case).filter(address=address).first() or PlaceDecision(
        case=case, address=address
    )
    found = spot or Spot(first.point.x, first.point.y, first.located_how, first.score)
    decision.kind, decision.method, decision.score = kind, found.method[:40], found.score
    decision.point = None if kind == Kind.UNLOCATED else Point(found.lon, found.lat, srid=4326)
    decision.save_by(actor)
    if kind == Kind.ACCEPTED:
        moved = rows.update(score=SURE, located_how=selectors.located.BY_PERSON)
    else:
        moved = _move(case, rows, None if kind == Kind.UNLOCATED else found, selectors.located.BY_PERSON, SURE)
    _record(decision, kind, moved, actor)
    return decision


@transaction.atomic
def look_again(*, decision: PlaceDecision, actor: User | None) -> int:
    """The decision is taken back: its incidents lie where the county's files say; returns how many."""
    case, address = decision.case, decision.address
    by_person = {"located_by": "address", "located_how": selectors.located.BY_PERSON}
    state = {"located_by": "nothing"} if decision.kind == Kind.UNLOCATED else by_person
    rows = Incident.objects.for_case(case).filter(address=address, **state).exclude(category__in=VICTIM_BEARING)
    finder = geocoder.for_case(case)
    found = finder.locate(address) if finder else None
    spot = Spot(found.lon, found.lat, found.method, found.score) if found else None
    moved = _move(case, rows, spot, spot.method if spot else "", spot.score if spot else None)
    _record(decision, "taken_back", moved, actor)
    decision.delete_by(actor)
    return moved


def _move(case: MarketCase, rows: QuerySet[Incident], spot: Spot | None, how: str, score: int | None) -> int:
    """The rows lie there, in the cell and the units of that place; or nowhere."""
    lon = np.array([spot.lon if spot else np.nan])
    lat = np.array([spot.lat if spot else np.nan])
    ground = selectors.grids.ground_of(case)
    cell = int(cells_of(lon, lat, ground)[0])
    return rows.update(
        point=Point(spot.lon, spot.lat, srid=4326) if spot else None,
        located_by="address" if spot else "nothing",
        located_how=how[:40] if spot else "",
        score=score if spot else None,
        cell=None if cell < 0 else cell,
        units=[int(layer.locate(lon, lat)[0]) for layer in ground.layers],
    )


def _record(decision: PlaceDecision, kind: str, moved: int, actor: User | None) -> None:
    audit.record(
        actor=actor, verb=Verb.PLACE_DECIDED, case_id=decision.case_id, subject=decision,
        facts={"kind": kind, "incidents": moved},
    )  # fmt: skip
