"""Issuing documents and print runs. A document is what its frozen facts say; the file is made from them in a job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access, policy, seats
from dmi.cases.models import MarketCase
from dmi.documents import facts as freezing
from dmi.documents import kinds, paper, pictures, selectors
from dmi.documents.facts import FactsRefused, Frozen, section
from dmi.documents.kinds import DocumentKind
from dmi.documents.models import Document, FrozenFacts, Printed, PrintPart, PrintRun, State
from dmi.jobs import actions as jobs
from dmi.people.models import Player

if TYPE_CHECKING:
    from dmi.accounts.models import User

__all__ = ["FactsRefused", "MayNotIssue", "NothingToPrint", "Part", "issue", "issue_run", "section", "thaw"]

thaw = freezing.thaw
BINDER_RIGHT = "act.print_binder"
RENDER, MERGE = "documents.render", "documents.merge"


class MayNotIssue(PermissionDenied):
    """The person does not hold the right to issue this kind of document on this case."""


class NothingToPrint(ValueError):
    """A print run needs at least one part."""


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a print run.

    `heading` stands in the outline and on the contents page; `key` names the document (the same key with the same
    facts is printed once); `is_listed` False keeps a tab or spine sheet off the contents page; `is_front` puts a sheet
    before the contents page; `approved_by` is the second named person where one is needed.
    """

    kind: DocumentKind | str
    facts: Mapping[str, Any]
    heading: str
    key: str
    player_number: str = ""
    media: Sequence[UUID] = ()
    is_listed: bool = True
    is_front: bool = False
    approved_by: User | None = None


@transaction.atomic
def issue(
    *,
    case: MarketCase,
    kind: DocumentKind | str,
    facts: Mapping[str, Any],
    actor: User | None,
    key: str,
    player_number: str = "",
    media: Sequence[UUID] = (),
    approved_by: User | None = None,
    again: bool = False,
) -> Document:
    """A numbered copy is issued and its file is being made; the same key gives the same document back.

    `again` issues a further copy under the key. Raises MayNotIssue and FactsRefused.
    """
    kind = kinds.get(kind) if isinstance(kind, str) else kind
    _check_right(case, actor, kind.right_to_issue)
    known = selectors.latest(_locked(case), key)
    if known is not None and not again:
        return known
    part = Part(kind, facts, kind.title, key, player_number, media, approved_by=approved_by)
    document = _freeze(case, kind, part, actor)
    document.job = _ask_for_file(document, actor, kind.right_to_issue, parent=None)
    document.save_by(actor)
    return document


@transaction.atomic
def issue_run(
    *,
    case: MarketCase,
    title: str,
    parts: Sequence[Part],
    actor: User | None,
    key: str,
    binder: bool,
    again: bool = False,
) -> PrintRun:
    """All `parts` are issued, each with a job of its own, and one file of them all follows; same key, same run.

    A part already issued under its key is used as it is unless its facts changed since; `again` prints a further
    numbered copy. Raises MayNotIssue, FactsRefused, NothingToPrint.
    """
    if not parts:
        raise NothingToPrint("There is nothing to print yet.")
    _check_run_rights(case, actor, parts, binder)
    known = selectors.latest_run(_locked(case), key)
    if known is not None and not again:
        return known
    documents = [_part_document(case, part, actor) for part in parts]
    run = _write_run(documents, actor, case=case, title=title, key=key, is_binder=binder)
    for position, (part, document) in enumerate(zip(parts, documents, strict=True), start=1):
        PrintPart(
            run=run, document=document, position=position, heading=part.heading[:160],
            is_listed=part.is_listed, is_front=part.is_front,
        ).save()  # fmt: skip
    _ask_for_run(run, documents, actor)
    return run


def copy_again(*, document: Document, actor: User) -> Document:
    """A further numbered copy of the same frozen facts is issued. Raises MayNotIssue, FactsRefused."""
    return issue(
        case=document.case,
        kind=document.kind,
        facts=thaw(document.frozen.body),
        actor=actor,
        key=document.key,
        player_number=document.player_number,
        media=[UUID(pk) for pk in document.media],
        again=True,
    )


def run_again(*, run: PrintRun, actor: User) -> PrintRun:
    """A further numbered copy of the whole run, of the very same documents. Raises MayNotIssue, FactsRefused."""
    parts = [_same_part(part) for part in run.parts.select_related("document__frozen").order_by("position")]
    return issue_run(
        case=run.case,
        title=run.title,
        parts=parts,
        actor=actor,
        key=run.key,
        binder=run.is_binder,
        again=True,
    )


def _same_part(part: PrintPart) -> Part:
    document = part.document
    return Part(
        kind=document.kind,
        facts=thaw(document.frozen.body),
        heading=part.heading,
        key=document.key,
        player_number=document.player_number,
        media=[UUID(pk) for pk in document.media],
        is_listed=part.is_listed,
        is_front=part.is_front,
    )


def _locked(case: MarketCase) -> MarketCase:
    """One issuer at a time on a case: copy numbers have no gaps and a double press finds the first."""
    return MarketCase.objects.select_for_update().get(pk=case.pk)


def _check_right(case: MarketCase, actor: User | None, right: str) -> None:
    if actor is not None and not access.holds(actor, case, right):
        raise MayNotIssue(f"Issuing this needs the right {right}.")


def _check_run_rights(case: MarketCase, actor: User | None, parts: Sequence[Part], binder: bool) -> None:
    held = access.rights_of(actor, case) if actor is not None else None
    if held is None or (binder and BINDER_RIGHT in held):
        return
    for part in parts:
        right = _kind_of(part).right_to_issue
        if right not in held:
            raise MayNotIssue(f"Issuing this needs the right {right}.")


def _kind_of(part: Part) -> DocumentKind:
    return kinds.get(part.kind) if isinstance(part.kind, str) else part.kind


def _part_document(case: MarketCase, part: Part, actor: User | None) -> Document:
    """The document of a part: the one that stands when nothing changed, else the next copy."""
    kind = _kind_of(part)
    known = selectors.latest(case, part.key)
    if known is not None and known.state != State.WITHDRAWN and known.kind == kind.code:
        frozen = freezing.freeze(kind, part.facts, part.media)
        if frozen.digest == known.facts_hash and known.template_version == kind.template_version:
            return _agreed(known, part.approved_by)
    return _freeze(case, kind, part, actor)


def _freeze(case: MarketCase, kind: DocumentKind, part: Part, actor: User | None) -> Document:
    _check_age(case, kind, part.player_number)
    pictures.files_of(case, part.media)
    frozen = freezing.freeze(kind, part.facts, part.media)
    document = Document.objects.create_by(
        actor,
        case=case,
        kind=kind.code,
        title=kind.title,
        player_number=part.player_number,
        label_class=kind.data_class,
        copy_number=_next_copy(Document, case, kind=kind.code),
        key=part.key,
        turn=_next_turn(Document, case, part.key),
        facts_hash=frozen.digest,
        section_hashes=frozen.sections,
        media=sorted({str(pk) for pk in part.media}),
        schema_version=kind.schema_version,
        template_version=kind.template_version,
        needs_second=_needs_second(case, actor, kind.data_class),
    )
    FrozenFacts(document=document, body=frozen.body).save(force_insert=True)
    _record_issue(document, frozen, actor)
    return _agreed(document, part.approved_by)


def _agreed(document: Document, second: User | None) -> Document:
    """With the second person's agreement if one was named and is entitled now; otherwise it keeps waiting."""
    if second is None or not document.awaits_second:
        return document
    try:
        agreed = paper.approve(printed=document, actor=second)
    except paper.MayNotApprove:
        return document
    assert isinstance(agreed, Document)
    return agreed


def _record_issue(document: Document, frozen: Frozen, actor: User | None) -> None:
    audit.record(
        actor=actor,
        verb=Verb.DOCUMENT_ISSUED,
        case_id=document.case_id,
        subject=document,
        facts={"kind": document.kind, "copy": document.copy_number, "facts_hash": frozen.digest},
    )


def _check_age(case: MarketCase, kind: DocumentKind, player_number: str) -> None:
    """A kind for adults is refused for a player who is not known to be of age: unknown means no."""
    if not kind.adults_only:
        return
    player = Player.objects.for_case(case).filter(number__iexact=player_number).select_related("person").first()
    if player is None or not player.is_adult:
        raise FactsRefused(f"{kind.title} is for adults only; {player_number or 'this person'} is not known to be one.")


def _needs_second(case: MarketCase, actor: User | None, data_class: str) -> bool:
    """Whether somebody else must agree: where the policy asks it, unless a seat of the issuer prints alone."""
    cells = policy.CLASSES[data_class].cells
    if not any("print" in cell.second_person for cell in cells.values()):
        return False
    held = seats.seats_of(actor, case) if actor is not None else frozenset()
    return not any("print" in cells[seat].rights and "print" not in cells[seat].second_person for seat in held)


def _next_copy(model: type[Printed], case: MarketCase, **which: Any) -> int:
    last = model.objects.for_case(case).filter(**which).aggregate(last=Max("copy_number"))["last"]
    return (last or 0) + 1


def _next_turn(model: type[Printed], case: MarketCase, key: str) -> int:
    return (model.objects.for_case(case).filter(key=key).aggregate(last=Max("turn"))["last"] or 0) + 1


def _write_run(
    documents: list[Document], actor: User | None, *, case: MarketCase, key: str, is_binder: bool, title: str
) -> PrintRun:
    """The run is labelled with the strictest drawer of its parts and waits for a second person if any part does."""
    strictest = max(documents, key=lambda document: policy.COMPARTMENTS[document.compartment].rank)
    run = PrintRun.objects.create_by(
        actor,
        case=case,
        title=title,
        is_binder=is_binder,
        label_class=strictest.label_class,
        copy_number=_next_copy(PrintRun, case, is_binder=is_binder),
        key=key,
        turn=_next_turn(PrintRun, case, key),
        needs_second=any(document.awaits_second for document in documents),
    )
    audit.record(
        actor=actor,
        verb=Verb.RUN_ISSUED,
        case_id=case.pk,
        subject=run,
        facts={"parts": len(documents), "copy": run.copy_number, "binder": is_binder},
    )
    return run


def _ask_for_file(document: Document, actor: User | None, right: str, *, parent: Any) -> Any:
    return jobs.enqueue(
        kind=RENDER,
        case=document.case,
        actor=actor,
        needs=right,
        facts={"document": str(document.pk)},
        idempotency_key=f"{RENDER}:{document.pk}" + (f":{parent.pk}" if parent else ""),
        parent=parent,
    )


def _ask_for_run(run: PrintRun, documents: list[Document], actor: User | None) -> None:
    """The merge is the parent job; it starts when every part's own job is done."""
    right = BINDER_RIGHT if run.is_binder else kinds.get(documents[0].kind).right_to_issue
    run.job = jobs.enqueue(
        kind=MERGE,
        case=run.case,
        actor=actor,
        needs=right,
        facts={"run": str(run.pk)},
        idempotency_key=f"{MERGE}:{run.pk}",
        total=len(documents),
    )
    run.save_by(actor)
    for document in {document.pk: document for document in documents}.values():
        needs = right if run.is_binder else kinds.get(document.kind).right_to_issue
        job = _ask_for_file(document, actor, needs, parent=run.job)
        if document.job_id is None:
            document.job = job
            document.save_by(actor)
