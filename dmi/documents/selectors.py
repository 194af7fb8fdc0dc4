"""Reading documents, runs, the ledger and the register of copies, always for what a reader may meet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from dmi.cases import policy
from dmi.cases.models import MarketCase
from dmi.documents import facts as freezing
from dmi.documents import kinds
from dmi.documents.models import Copy, Delivery, Document, Issued, PrintRun, State

SEES = ("view", "print")
COUNTS = ("view", "print", "masked")


def classes_for(rights: Collection[str], names: Sequence[str] = COUNTS) -> set[str]:
    """The data classes on which `rights` give at least one of the rights `names`."""
    return {code for code in policy.CLASSES if any(f"{code}.{name}" in rights for name in names)}


def documents(case: MarketCase, rights: Collection[str]) -> QuerySet[Document]:
    """The documents of the case whose kind the reader may see, print, or know by code number; newest first."""
    found = Document.objects.for_case(case).of_classes(classes_for(rights))
    return found.select_related("created_by", "approved_by", "job", "paper")


def runs(case: MarketCase, rights: Collection[str]) -> QuerySet[PrintRun]:
    """The print runs of the case whose strictest part the reader may see, print, or know of; newest first."""
    found = PrintRun.objects.for_case(case).of_classes(classes_for(rights))
    return found.select_related("created_by", "approved_by", "job", "paper")


def may_see(printed: Issued, rights: Collection[str]) -> bool:
    """Whether the reader may know more of it than that it exists."""
    return any(f"{printed.label_class}.{name}" in rights for name in SEES)


def may_print(printed: Issued, rights: Collection[str]) -> bool:
    """Whether the reader may have the file: the print right on the class of every part.

    A paper of a drawer open without clearance, such as a blank form, is also for whoever may issue its kind.
    """
    own = isinstance(printed, Document) and kinds.opens(printed.kind) in rights
    return own or all(f"{code}.print" in rights for code in classes_of(printed))


def may_keep_register(printed: Issued, rights: Collection[str]) -> bool:
    """Whether the reader may say where a copy is; sealed binders are carried by those who may print them."""
    if isinstance(printed, Document):
        return may_print(printed, rights)
    return f"{printed.label_class}.print" in rights or (printed.is_binder and "act.print_binder" in rights)


def classes_of(printed: Issued) -> set[str]:
    """The data classes printed in it: its own, or those of all parts of a run."""
    if isinstance(printed, PrintRun):
        return {printed.label_class} | set(printed.parts.values_list("document__label_class", flat=True))
    return {printed.label_class}


def latest(case: MarketCase, key: str) -> Document | None:
    """The newest document issued under this key."""
    return Document.objects.for_case(case).filter(key=key).order_by("-turn").first()


def latest_of(case: MarketCase, keys: Iterable[str]) -> dict[str, Document]:
    """The newest document under each of these keys, as far as there is one; one query."""
    rows = Document.objects.for_case(case).filter(key__in=list(keys)).order_by("key", "-turn").distinct("key")
    return {row.key: row for row in rows}


def latest_run(case: MarketCase, key: str) -> PrintRun | None:
    """The newest run printed under this key."""
    return PrintRun.objects.for_case(case).filter(key=key).order_by("-turn").first()


def of_player(case: MarketCase, number: str, kind: str = "") -> QuerySet[Document]:
    """The documents about one player, newest first; of one kind if named."""
    found = Document.objects.for_case(case).filter(player_number=number)
    return found.filter(kind=kind) if kind else found


def changed_since(document: Document, facts: Mapping[str, Any], media: Sequence[UUID] = ()) -> tuple[str, ...]:
    """The sections of `facts` that differ from what the document was made from; empty when nothing changed.

    Raises FactsRefused when today's facts could not be issued at all.
    """
    return differing_sections(document, freezing.freeze(kinds.get(document.kind), facts, media))


def differing_sections(document: Document, frozen: freezing.Frozen) -> tuple[str, ...]:
    """The same for facts that are frozen already, as facts of the document's kind."""
    if frozen.digest == document.facts_hash:
        return ()
    return freezing.differing(document.section_hashes, frozen.sections) or ("layout",)


def copies(case: MarketCase, rights: Collection[str], *, place: str = "", today: date | None = None) -> QuerySet[Copy]:
    """The register of copies the reader may know of; `place` one of Copy.Place, or "overdue"."""
    codes = classes_for(rights)
    found = Copy.objects.for_case(case).select_related("document", "run", "created_by")
    found = found.filter(Q(document__label_class__in=codes) | Q(run__label_class__in=codes))
    if place == "overdue":
        return found.filter(place=Copy.Place.HANDED, due_on__lt=today or timezone.localdate()).order_by("due_on")
    return found.filter(place=place) if place in Copy.Place.values else found


def ledger(printed: Issued) -> QuerySet[Delivery]:
    """Every time the file was handed out, newest first."""
    of = {"run": printed} if isinstance(printed, PrintRun) else {"document": printed}
    return Delivery.objects.filter(**of).select_related("delivered_to")


def readiness(run: PrintRun) -> dict[str, int]:
    """How many of the run's documents there are, and how many stand."""
    states = list(run.parts.values_list("document__state", flat=True))
    return {"total": len(states), "ready": states.count(State.READY)}


def chain(copy: Copy) -> list[Any]:
    """Every hand the copy went through, oldest first, from its history."""
    return list(copy.history.select_related("history_user").order_by("history_date", "history_id"))
