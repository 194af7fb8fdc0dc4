"""Checking the log: recompute every hash and say in plain words what does not fit."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction

from dmi.audit import canonical, triggers
from dmi.audit.models import AuditSeal
from dmi.audit.sealer import Leaf, clusters, seal_hash, unpack

CHUNK = 5_000
ROWS = f"""
SELECT event.id, row_hash, {", ".join(canonical.COLUMNS)} FROM audit_auditevent AS event
WHERE cluster = %s AND xid >= %s AND xid < %s ORDER BY event.id
"""  # noqa: S608  # only this module's own column names
NO_END = 2**63 - 1


@dataclass
class Report:
    """What a check found: how much was read, and each fault as one plain sentence."""

    events: int = 0
    seals: int = 0
    unsealed: int = 0
    last_seal: int = 0
    last_hash: str = ""
    faults: list[str] = field(default_factory=list)

    @property
    def is_sound(self) -> bool:
        """Whether nothing was changed, deleted or slipped in."""
        return not self.faults


def verify(*, anchor: tuple[int, str] | None = None) -> Report:
    """Check every event, every batch and the guard itself, on one unmoving view of the database.

    `anchor` is a batch number and its hash noted outside this database earlier: it finds a log whose end was cut off
    or that was written anew as a whole.
    """
    is_outermost = not connection.in_atomic_block
    with transaction.atomic():
        if is_outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _check_all(anchor)


def _check_all(anchor: tuple[int, str] | None) -> Report:
    report = Report()
    reached = _check_seals(report)
    _check_unsealed(report, reached)
    _check_anchor(report, anchor)
    for table in triggers.unguarded_tables():
        report.faults.append(f"The table {table} is no longer append-only: its triggers are missing or switched off.")
    return report


def _check_seals(report: Report) -> dict[int, int]:
    reached: dict[int, int] = {}
    previous, expected = "", 1
    for seal in AuditSeal.objects.order_by("number").iterator(chunk_size=100):
        if seal.number != expected:
            report.faults.append(f"Batch {expected} was deleted: the next one found is batch {seal.number}.")
        elif seal.previous != previous:
            report.faults.append(f"Batch {seal.number} does not follow the batch before it: the chain is broken.")
        _check_seal(report, seal, reached.get(seal.cluster, 0))
        reached[seal.cluster] = seal.upto_xid
        previous, expected = seal.hash, seal.number + 1
        report.seals += 1
        report.last_seal, report.last_hash = seal.number, seal.hash
    return reached


def _check_seal(report: Report, seal: AuditSeal, start: int) -> None:
    packed = bytes(seal.leaves)
    if seal_hash(seal) != seal.hash or hashlib.sha256(packed).hexdigest() != seal.root:
        report.faults.append(f"Batch {seal.number} itself was changed after it was closed.")
    if seal.from_xid != start:
        report.faults.append(f"Batch {seal.number} leaves a gap after the batch before it.")
    closed_with = {leaf.id: leaf.row_hash for leaf in unpack(packed)}
    for leaf in _rows(report, seal.cluster, seal.from_xid, seal.upto_xid):
        expected = closed_with.pop(leaf.id, None)
        if expected is None:
            report.faults.append(f"Event {leaf.id} was inserted later into batch {seal.number}, which was closed.")
        elif expected != leaf.row_hash:
            report.faults.append(f"Event {leaf.id} was changed after batch {seal.number} was closed.")
    for missing in sorted(closed_with):
        report.faults.append(f"Event {missing} of batch {seal.number} was deleted.")


def _check_unsealed(report: Report, reached: dict[int, int]) -> None:
    for cluster in clusters():
        for leaf in _rows(report, cluster, reached.get(cluster, 0), NO_END):
            report.unsealed += 1
            if not leaf.row_hash:
                report.faults.append(f"Event {leaf.id}, not yet in a batch, was changed: its hash does not fit.")


def _check_anchor(report: Report, anchor: tuple[int, str] | None) -> None:
    if anchor is None:
        return
    number, noted = anchor
    found = AuditSeal.objects.filter(number=number).first()
    if found is None:
        report.faults.append(f"Batch {number}, noted outside this database, is gone: the end of the log was cut off.")
    elif found.hash != noted:
        report.faults.append(f"Batch {number} differs from the note kept outside: the log was written anew.")


def _rows(report: Report, cluster: int, start: int, end: int) -> Iterator[Leaf]:
    """Rows of a span with the hash computed now; a row whose own hash does not fit it comes with an empty one."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(ROWS, [cluster, start, end])
        while rows := cursor.fetchmany(CHUNK):
            for pk, row_hash, *values in rows:
                report.events += 1
                fits = canonical.digest(values) == row_hash
                yield Leaf(pk, row_hash if fits else "")
