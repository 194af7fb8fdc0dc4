"""Acts on operations: planned, changed, read by named officers, closed with an outcome, linked to buys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from dmi.audit.verbs import Verb
from targeting.undercover import selectors
from targeting.undercover.actions.buys import record
from targeting.undercover.models import InformantBuy, OfficerBuy, Operation, OperationBuy, OperationReader

if TYPE_CHECKING:
    from dmi.accounts.models import User


@transaction.atomic
def save_operation(*, operation: Operation, actor: User | None) -> Operation:
    """The plan stands as written. Raises ValidationError, StaleRecord."""
    is_new = operation._state.adding
    operation.save_by(actor)
    record(operation, Verb.OPERATION_PLANNED if is_new else Verb.OPERATION_CHANGED, actor)
    return operation


@transaction.atomic
def name_readers(*, operation: Operation, users: Iterable[User], actor: User | None) -> None:
    """Exactly these officers may read the plan. Raises ValidationError where an informant takes part."""
    wanted = {user.pk: user for user in users}
    if wanted and operation.uses_informant:
        raise ValidationError("An informant takes part: the plan is read by the handler and the prosecutors only.")
    held = {reader.user_id: reader for reader in OperationReader.objects.for_case(operation.case).filter(
        operation=operation)}  # fmt: skip
    for pk in held.keys() - wanted.keys():
        held[pk].delete_by(actor)
    for pk in wanted.keys() - held.keys():
        OperationReader.objects.create_by(actor, case=operation.case, operation=operation, user=wanted[pk])
    record(operation, Verb.OPERATION_READERS_SET, actor, readers=len(wanted))


@transaction.atomic
def close_operation(*, operation: Operation, actor: User | None) -> Operation:
    """The operation is over, with what came of it. Raises ValidationError, StaleRecord."""
    operation.save_by(actor)
    record(operation, Verb.OPERATION_CLOSED, actor, on=operation.ended_on)
    return operation


@transaction.atomic
def link_buys(
    *, operation: Operation, officer_buys: Iterable[OfficerBuy], informant_buys: Iterable[InformantBuy] | None,
    actor: User | None,
) -> None:  # fmt: skip
    """Exactly these buys came of the operation; None leaves the informants' buys as they are."""
    _set(operation, "officer_buy", list(officer_buys), selectors.linkable_officer_buys(operation), actor)
    if informant_buys is not None:
        _set(operation, "informant_buy", list(informant_buys), selectors.linkable_informant_buys(operation), actor)
    record(operation, Verb.OPERATION_BUYS_LINKED, actor)


def _set(operation: Operation, field: str, wanted: list[Any], linkable: Iterable[Any], actor: User | None) -> None:
    """Raises ValidationError for a buy of another market or another operation."""
    allowed = {buy.pk for buy in linkable}
    ids = {buy.pk for buy in wanted}
    if ids - allowed:
        raise ValidationError("A buy belongs to one operation of its own market.")
    rows = OperationBuy.objects.for_case(operation.case).filter(operation=operation, **{f"{field}__isnull": False})
    held = {getattr(row, f"{field}_id"): row for row in rows}
    for pk in held.keys() - ids:
        held[pk].delete_by(actor)
    for buy in wanted:
        if buy.pk not in held:
            OperationBuy.objects.create_by(actor, case=operation.case, operation=operation, **{field: buy})
