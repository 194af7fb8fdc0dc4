"""Acts of element 6.0: the people around a candidate, the search for them, the pair, the release of the name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from callin.outreach.models import FamilySearch, Influential, Visit, VisitingPair
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access
from dmi.cases import selectors as cases

if TYPE_CHECKING:
    from dmi.accounts.models import User

OFFICER_SEATS = ("police", "prosecutor")
NEIGHBOR_SEAT = "community"


class HasBeenContacted(ValueError):
    """Somebody with visits, flags or checks stays on record."""


class WrongSeat(ValueError):
    """One of the two does not hold the seat a visiting pair needs."""


class VisitOpen(ValueError):
    """A visit is planned by the pair that stands; it is closed or called off first."""


@transaction.atomic
def save_influential(*, influential: Influential, actor: User | None) -> Influential:
    """Somebody the candidate listens to is on record, or corrected. Raises ValidationError, StaleRecord."""
    is_new = influential._state.adding
    influential.save_by(actor)
    verb = Verb.INFLUENTIAL_ADDED if is_new else Verb.INFLUENTIAL_CORRECTED
    audit.record(actor=actor, verb=verb, case_id=influential.case_id, subject=influential)
    return influential


@transaction.atomic
def remove_influential(*, influential: Influential, actor: User | None) -> None:
    """Somebody entered by mistake is off the record. Raises HasBeenContacted once anything hangs on the entry."""
    related = ("safety_checks", "safety_flags", "visits", "follow_ups", "needs")
    if any(getattr(influential, name).exists() for name in related):
        raise HasBeenContacted("Something is recorded about this person already, so the entry stays. Correct it.")
    audit.record(actor=actor, verb=Verb.INFLUENTIAL_REMOVED, case_id=influential.case_id, subject=influential)
    influential.delete_by(actor)


@transaction.atomic
def record_search(*, search: FamilySearch, actor: User | None) -> FamilySearch:
    """One kind of tie was looked for, with what came of it. Raises ValidationError."""
    search.save_by(actor)
    facts = {"tie": search.tie}
    audit.record(actor=actor, verb=Verb.FAMILY_SEARCHED, case_id=search.case_id, subject=search, facts=facts)
    return search


@transaction.atomic
def assign_pair(*, pair: VisitingPair, actor: User | None) -> VisitingPair:
    """These two visit for the candidate; a new neighbor must be given the name anew.

    Raises WrongSeat, VisitOpen, ValidationError, StaleRecord.
    """
    before = VisitingPair.objects.for_case(pair.case).filter(pk=pair.pk).select_for_update().first()
    holders = cases.holders(pair.case)
    officers = {row.user_id for seat in OFFICER_SEATS for row in holders.get(seat, ())}
    if pair.officer_id not in officers:
        raise WrongSeat("One of the pair must come from police or prosecutor.")
    if pair.neighbor_id not in {row.user_id for row in holders.get(NEIGHBOR_SEAT, ())}:
        raise WrongSeat("One of the pair must come from the community.")
    if before and (before.officer_id, before.neighbor_id) != (pair.officer_id, pair.neighbor_id):
        if Visit.objects.for_case(pair.case).filter(influential__player=pair.player, outcome="").exists():
            raise VisitOpen("A visit is planned. Close it or call it off before the pair changes.")
        if before.neighbor_id != pair.neighbor_id:
            pair.released_by = pair.released_at = None
    pair.save_by(actor)
    facts = {"officer": pair.officer_id, "neighbor": pair.neighbor_id}
    audit.record(actor=actor, verb=Verb.PAIR_ASSIGNED, case_id=pair.case_id, subject=pair, facts=facts)
    return pair


@transaction.atomic
def release_name(*, pair: VisitingPair, actor: User) -> VisitingPair:
    """The pair's neighbor may know who the candidate is from now on; pressed again, nothing changes."""
    _check_prosecutor(pair, actor)
    if pair.released_at is None:
        pair.released_by, pair.released_at = actor, timezone.now()
        pair.save_by(actor)
        facts = {"neighbor": pair.neighbor_id}
        audit.record(actor=actor, verb=Verb.NAME_RELEASED, case_id=pair.case_id, subject=pair, facts=facts)
    return pair


@transaction.atomic
def hold_name_back(*, pair: VisitingPair, actor: User) -> VisitingPair:
    """From the next page on, the pair's neighbor meets neither the name nor the family."""
    _check_prosecutor(pair, actor)
    if pair.released_at is not None:
        pair.released_by = pair.released_at = None
        pair.save_by(actor)
        facts = {"neighbor": pair.neighbor_id}
        audit.record(actor=actor, verb=Verb.NAME_HELD_BACK, case_id=pair.case_id, subject=pair, facts=facts)
    return pair


def _check_prosecutor(pair: VisitingPair, actor: User) -> None:
    if not access.holds(actor, pair.case, "act.release_name"):
        raise PermissionDenied
