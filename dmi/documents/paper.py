"""What happens to a finished file and its sheets: agreed to, handed out, withdrawn, returned, destroyed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access
from dmi.documents import pictures, selectors, store
from dmi.documents.facts import FactsRefused
from dmi.documents.models import Copy, Delivery, Document, Issued, PrintRun, State

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dmi.accounts.models import User

Place = Copy.Place
# From where a copy may go where. Destroyed and lost copies stay so; a lost copy that turns up is returned.
MOVES = {
    Place.PRINTED: {Place.HANDED, Place.DESTROYED, Place.LOST},
    Place.HANDED: {Place.RETURNED, Place.DESTROYED, Place.LOST},
    Place.RETURNED: {Place.HANDED, Place.DESTROYED, Place.LOST},
    Place.LOST: {Place.RETURNED},
    Place.DESTROYED: set(),
}
MOVE_VERBS = {
    Place.HANDED: Verb.COPY_HANDED_OVER,
    Place.RETURNED: Verb.COPY_RETURNED,
    Place.DESTROYED: Verb.COPY_DESTROYED,
    Place.LOST: Verb.COPY_LOST,
}


class NotDeliverable(Exception):
    """The file cannot be handed out now; the text says why, in plain words."""


class MayNotPrint(PermissionDenied):
    """The person does not hold the print right on everything in the file."""


class SecondPersonNeeded(NotDeliverable):
    """A second named person must agree before this is handed out."""


class MayNotApprove(PermissionDenied):
    """The second person must be somebody else who holds the print right now."""


class NotAllowedYet(ValueError):
    """A copy cannot go from where it is to where it was said to go."""


@transaction.atomic
def approve(*, printed: Issued, actor: User) -> Issued:
    """A second named person has agreed to the print; for a run, to every part of it.

    Raises MayNotApprove for the issuer and for people without the print right.
    """
    printed = _locked(printed)
    can = access.rights_of(actor, printed.case)
    if printed.created_by_id == actor.pk or not selectors.may_print(printed, can):
        raise MayNotApprove("The second person must be somebody else who may print this.")
    printed.approved_by = actor
    printed.approved_at = timezone.now()
    printed.save_by(actor)
    audit.record(actor=actor, verb=Verb.PRINT_APPROVED, case_id=printed.case_id, subject=printed, facts=_codes(printed))
    return printed


@transaction.atomic
def deliver(*, printed: Issued, actor: User | None, request: HttpRequest | None = None) -> Delivery:
    """The file is handed to `actor` (None: the system's own command), and the ledger says so.

    Everything is checked now, not remembered. Raises MayNotPrint, SecondPersonNeeded, NotDeliverable.
    """
    if actor is not None and not selectors.may_print(printed, access.rights_of(actor, printed.case)):
        raise MayNotPrint("Printing this needs the print right on everything in it.")
    _check_deliverable(printed)
    delivery = Delivery(
        case=printed.case,
        delivered_to=actor,
        copy_number=printed.copy_number,
        pages=printed.pages,
        sha256=printed.sha256,
        **_of(printed),
    )
    delivery.save(force_insert=True)
    _register(printed, actor)
    verb = Verb.RUN_DELIVERED if isinstance(printed, PrintRun) else Verb.DOCUMENT_DELIVERED
    audit.record(
        actor=actor,
        verb=verb,
        case_id=printed.case_id,
        subject=printed,
        facts=_codes(printed),
        request=request,
    )
    return delivery


@transaction.atomic
def withdraw(*, printed: Issued, actor: User, reason: str) -> Issued:
    """The file is handed out no more; copies already on paper stay in the register to be called back."""
    printed = _locked(printed)
    if printed.state == State.WITHDRAWN:
        return printed
    printed.state = State.WITHDRAWN
    printed.withdrawn_reason = reason[:400]
    printed.save_by(actor)
    audit.record(
        actor=actor,
        verb=Verb.DOCUMENT_WITHDRAWN,
        case_id=printed.case_id,
        subject=printed,
        facts=_codes(printed),
    )
    return printed


@transaction.atomic
def move(
    *,
    copy: Copy,
    to: str,
    actor: User,
    holder: str,
    on: date,
    due_on: date | None = None,
    witness: str = "",
    note: str = "",
) -> Copy:
    """The copy is now at `to`, with `holder`, since the day `on`. Raises NotAllowedYet, ValidationError."""
    if to not in MOVES[Place(copy.place)]:
        raise NotAllowedYet(
            f"A copy that is {copy.get_place_display().lower()} cannot become {Place(to).label.lower()}."
        )
    copy.place = to
    copy.holder, copy.since_on, copy.witness, copy.note = holder, on, witness, note
    copy.due_on = due_on if to == Place.HANDED else None
    copy.save_by(actor)
    facts = _codes(copy.printed) | {"on": on, "due_on": copy.due_on}
    audit.record(actor=actor, verb=MOVE_VERBS[Place(to)], case_id=copy.case_id, subject=copy, facts=facts)
    return copy


def file_name(printed: Issued) -> str:
    """A safe name for the download: market, kind, code number and copy, never a person's name."""
    if isinstance(printed, PrintRun):
        words = "binder" if printed.is_binder else "print-run"
    else:
        words = f"{printed.kind} {printed.player_number}".strip().replace("_", "-")
    return f"{slugify(f'{printed.case.slug} {words}')}-copy-{printed.copy_number}.pdf"


def _check_deliverable(printed: Issued) -> None:
    if printed.state == State.WITHDRAWN:
        raise NotDeliverable("This was withdrawn and is not handed out any more.")
    if not printed.is_ready:
        raise NotDeliverable("This is still being prepared.")
    if printed.awaits_second:
        raise SecondPersonNeeded("A second named person must agree before this is handed out.")
    _check_parts(printed)
    try:
        stored = store.hash_of(printed.file.name or "")
    except OSError as missing:
        raise NotDeliverable(
            "The stored file cannot be read. Tell the administrator; a further copy can be printed."
        ) from missing
    if stored != printed.sha256:
        raise NotDeliverable("The stored file is not the one that was issued. Tell the administrator.")


def _check_parts(printed: Issued) -> None:
    """No part was withdrawn since, and every photograph may still be on paper."""
    documents = (
        [printed] if isinstance(printed, Document) else [p.document for p in printed.parts.select_related("document")]
    )
    if any(document.state == State.WITHDRAWN for document in documents):
        raise NotDeliverable("A part of this was withdrawn. Print it again without that part.")
    media = {pk for document in documents for pk in document.media}
    try:
        pictures.files_of(printed.case, [UUID(pk) for pk in media])
    except FactsRefused as refused:
        raise NotDeliverable(f"{refused} This was released when it was printed and is not any more.") from refused


def _register(printed: Issued, actor: User | None) -> None:
    """The first delivery puts the copy into the register."""
    if not Copy.objects.for_case(printed.case).filter(**_of(printed)).exists():
        holder = actor.display_name if actor is not None else "Printed by command"
        Copy.objects.create_by(actor, case=printed.case, holder=holder, since_on=timezone.localdate(), **_of(printed))


def _of(printed: Issued) -> dict[str, Any]:
    return {"run": printed} if isinstance(printed, PrintRun) else {"document": printed}


def _codes(printed: Issued) -> dict[str, Any]:
    facts = {"copy": printed.copy_number, "class": printed.label_class, "sha256": printed.sha256}
    return facts | ({"kind": printed.kind} if isinstance(printed, Document) else {"binder": printed.is_binder})


def _locked(printed: Issued) -> Issued:
    return type(printed).objects.for_case(printed.case).select_for_update(of=("self",)).get(pk=printed.pk)
