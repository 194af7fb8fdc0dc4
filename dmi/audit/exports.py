"""Taking part of the log out as CSV: one privacy officer asks, a second approves, each download is recorded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
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


class NeedsSecondPerson(Exception):
    """Whoever asked for an export cannot approve it."""


class ExportClosed(Exception):
    """The export is not approved, was approved already, or its day is over."""


@transaction.atomic
def ask(*, case: MarketCase, actor: User, reason: str, filters: dict[str, Any], request: HttpRequest) -> ExportRequest:
    """An export waits for a second person."""
    stored = {name: value.isoformat() if isinstance(value, date) else str(value) for name, value in filters.items()}
    wish = ExportRequest.objects.create(case_id=case.pk, asked_by=actor, reason=reason, filters=stored)
    actions.record(actor=actor, verb=Verb.AUDIT_EXPORT_ASKED, case_id=case.pk, subject=wish, request=request)
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
    actions.record(actor=actor, verb=Verb.AUDIT_EXPORT_APPROVED, case_id=wish.case_id, subject=wish, request=request)
    return wish


def is_open(wish: ExportRequest) -> bool:
    """Whether the file may be downloaded now."""
    return wish.approved_at is not None and timezone.now() - wish.approved_at < OPEN_FOR


@transaction.atomic
def take(*, wish: ExportRequest, case: MarketCase, actor: User, can: Any, request: HttpRequest) -> list[AuditEvent]:
    """The rows of an approved export, handed out and recorded. Raises ExportClosed."""
    if not is_open(wish) or wish.asked_by_id != actor.pk:
        raise ExportClosed
    filters = dict(wish.filters)
    for name in ("since", "until"):
        if name in filters:
            filters[name] = date.fromisoformat(filters[name])
    events = selectors.narrow(selectors.trail(case=case, user=actor, can=can), filters, str(case.time_zone))
    rows = list(events.filter(at__lt=wish.approved_at)[:AT_MOST_ROWS])
    facts = {"rows": len(rows)}
    actions.record(actor=actor, verb=Verb.AUDIT_EXPORTED, case_id=case.pk, subject=wish, facts=facts, request=request)
    return rows


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
