"""Taking records out of the casebook as a file: one member asks, a second approves, each download is recorded.

What can be taken out is declared by the app that holds it (`declare`); the log itself is declared here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from defusedcsv import csv
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from dmi.audit import actions, selectors
from dmi.audit.models import AuditEvent, ExportRequest
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

AT_MOST_ROWS = 100_000
OPEN_FOR = timedelta(hours=24)
HEADINGS = (
    "id", "at_utc", "person", "verb", "outcome", "subject_type", "subject_id", "facts", "reason", "address",
    "session", "row_hash",
)  # fmt: skip
# defusedcsv looks at the first character only: what hides in front of a formula goes first.
HIDDEN = re.compile(r"^[\s\x00-\x1f\ufeff\u200b-\u200f\u2060]+|[\x00\r]")
FULL_WIDTH = str.maketrans({"\uff1d": "=", "\uff0b": "+", "\uff0d": "-", "\uff20": "@"})


@dataclass(frozen=True, slots=True)
class Taken:
    """A file as it leaves: its text piece by piece, and how many records are in it."""

    lines: Iterable[str]
    records: int


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that can be taken out.

    `data_class` is the policy's: who may export it may ask, approve and see what was asked. `make` gives the text for
    the request's filters, with the rights of whoever takes it at that moment.
    """

    code: str
    title: str
    data_class: str
    content_type: str
    suffix: str
    make: Callable[[ExportRequest, MarketCase, User, Any], Taken]

    @property
    def right(self) -> str:
        """The right to ask for it and to approve."""
        return f"{self.data_class}.export"


KINDS: dict[str, Kind] = {}


def declare(kind: Kind) -> Kind:
    """Let members with the right ask for this kind of file; called when the app is ready."""
    KINDS[kind.code] = kind
    return kind


def kinds_for(can: Any) -> dict[str, Kind]:
    """What these rights let a member take out with a second person's approval."""
    return {code: kind for code, kind in KINDS.items() if kind.right in can}


class NeedsSecondPerson(Exception):
    """Whoever asked for an export cannot approve it."""


class ExportClosed(Exception):
    """The export is not approved, was approved already, or its day is over."""


@transaction.atomic
def ask(
    *, case: MarketCase, kind: Kind, actor: User, reason: str, filters: dict[str, Any], request: HttpRequest
) -> ExportRequest:
    """An export waits for a second person."""
    stored = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in filters.items()}
    wish = ExportRequest.objects.create(case_id=case.pk, kind=kind.code, asked_by=actor, reason=reason, filters=stored)
    _record(Verb.EXPORT_ASKED, wish, actor, request)
    return wish


@transaction.atomic
def approve(*, wish: ExportRequest, actor: User, request: HttpRequest) -> ExportRequest:
    """The export may be downloaded for a day by whoever asked. Raises NeedsSecondPerson and ExportClosed."""
    wish = ExportRequest.objects.select_for_update().get(pk=wish.pk)
    if wish.asked_by_id == actor.pk:
        raise NeedsSecondPerson
    if wish.approved_at:
        raise ExportClosed
    wish.approved_by, wish.approved_at = actor, timezone.now()
    wish.save()
    _record(Verb.EXPORT_APPROVED, wish, actor, request)
    return wish


def is_open(wish: ExportRequest) -> bool:
    """Whether the file may be downloaded now."""
    return wish.approved_at is not None and timezone.now() - wish.approved_at < OPEN_FOR


@transaction.atomic
def take(*, wish: ExportRequest, case: MarketCase, actor: User, can: Any, request: HttpRequest) -> Taken:
    """The file of an approved export, handed out and recorded. Raises ExportClosed."""
    if not is_open(wish) or wish.asked_by_id != actor.pk:
        raise ExportClosed
    taken = KINDS[wish.kind].make(wish, case, actor, can)
    _record(Verb.EXPORT_TAKEN, wish, actor, request, records=taken.records)
    return taken


def _record(verb: Verb, wish: ExportRequest, actor: User, request: HttpRequest, **facts: Any) -> None:
    facts = {"kind": wish.kind, **facts}
    actions.record(actor=actor, verb=verb, case_id=wish.case_id, subject=wish, facts=facts, request=request)


def _log_lines(wish: ExportRequest, case: MarketCase, actor: User, can: Any) -> Taken:
    filters = dict(wish.filters)
    for name in ("since", "until"):
        if name in filters:
            filters[name] = date.fromisoformat(filters[name])
    events = selectors.narrow(selectors.trail(case=case, user=actor, can=can), filters, str(case.time_zone))
    rows = list(events.filter(at__lt=wish.approved_at)[:AT_MOST_ROWS])
    return Taken(lines(rows), len(rows))


class _Line:
    """A file-like object that hands each written line back."""

    def write(self, line: str) -> str:
        return line


def lines(events: Iterable[AuditEvent]) -> Iterator[str]:
    """The rows as lines of CSV without a formula a spreadsheet would run."""
    writer = csv.writer(_Line())
    yield writer.writerow(HEADINGS)
    for event in events:
        yield writer.writerow([_harmless(cell) for cell in _cells(event)])


def _cells(event: AuditEvent) -> Iterator[str]:
    yield str(event.pk)
    yield event.at.isoformat()
    yield event.actor.display_name if event.actor else ""
    yield from (event.verb, event.outcome, event.subject_type, event.subject_id)
    yield json.dumps(event.facts, sort_keys=True)
    yield from (event.reason, event.address or "", event.session_hash, event.row_hash)


def _harmless(cell: str) -> str:
    return HIDDEN.sub("", cell).translate(FULL_WIDTH).replace("\n", " ")


AUDIT_LOG = declare(Kind("audit_log", "Audit log", "audit_log", "text/csv; charset=utf-8", "csv", _log_lines))
