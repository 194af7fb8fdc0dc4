"""Reading operations and informants' buys; every function here is for readers who hold the restricted rights."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from dmi.accounts.models import User
from dmi.cases import access, policy
from dmi.cases import selectors as cases
from dmi.people import selectors as people
from targeting.undercover.models import (
    InformantBuy,
    InformantMedia,
    InformantNumber,
    OfficerBuy,
    Operation,
    OperationBuy,
    RegisterLook,
)

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

INFORMANT_SOURCE = InformantBuy.data_class
SEES_SEALED = "informant_buys.view"
SEES_OPERATIONS = "operations.view"
SEES_ASSIGNED = "operations.view_released"
SEES_NUMBERS = "informant_numbers.view"


def informant_buys(case: MarketCase) -> QuerySet[InformantBuy]:
    """Informants' buys of the case, newest first, without the numbers of the informants."""
    media = InformantMedia.objects.for_case(case).select_related("item")
    found = InformantBuy.objects.for_case(case).filter(player__in=people.players(case))
    found = found.select_related("player").prefetch_related(Prefetch("media", media))
    return found.order_by("-bought_at", "-created_at")


def numbers_of(case: MarketCase, *, can: Collection[str], seats: frozenset[str]) -> dict[UUID, str] | None:
    """The informant's number of each buy, for a seat that needs no second person to read it; None for others."""
    if SEES_NUMBERS not in can or policy.needs_second_person(SEES_NUMBERS, seats):
        return None
    return dict(InformantNumber.objects.for_case(case).values_list("buy_id", "number"))


def last_look(case: MarketCase) -> RegisterLook | None:
    """When the sealed register was last looked over."""
    return RegisterLook.objects.for_case(case).select_related("created_by").first()


def operations(case: MarketCase, *, can: Collection[str], user: User) -> QuerySet[Operation]:
    """The operations whose plan this person may read: all, or those named to him that use no informant."""
    found = Operation.objects.for_case(case)
    if SEES_OPERATIONS in can and SEES_SEALED in can:
        return found
    own = Q(readers__user=user, uses_informant=False)
    if SEES_OPERATIONS in can:
        return found.filter(uses_informant=False)
    return found.filter(own).distinct() if SEES_ASSIGNED in can else found.none()


def operation_buys(operation: Operation, can: Collection[str]) -> list[OperationBuy]:
    """The buys that came of an operation; informants' buys only for their readers."""
    found = OperationBuy.objects.for_case(operation.case).filter(operation=operation)
    if SEES_SEALED not in can:
        found = found.filter(informant_buy__isnull=True)
    return list(found.select_related("officer_buy__player", "informant_buy__player"))


def linkable_officer_buys(operation: Operation) -> QuerySet[OfficerBuy]:
    """Officers' buys of the case that came of no operation yet, or of this one."""
    free = Q(operation_link__isnull=True) | Q(operation_link__operation=operation)
    return OfficerBuy.objects.for_case(operation.case).filter(free).select_related("player").order_by("bought_at")


def linkable_informant_buys(operation: Operation) -> QuerySet[InformantBuy]:
    """Informants' buys of the case that came of no operation yet, or of this one."""
    free = Q(operation_link__isnull=True) | Q(operation_link__operation=operation)
    return InformantBuy.objects.for_case(operation.case).filter(free).select_related("player").order_by("bought_at")


def possible_readers(case: MarketCase) -> QuerySet[User]:
    """Cleared members whose seat lets them read operations that are named to them."""
    seated = [seat.user for held in cases.holders(case).values() for seat in held]
    ids = {user.pk for user in seated if SEES_ASSIGNED in access.rights_of(user, case)}
    return User.objects.filter(pk__in=ids).order_by("full_name")
