"""Closing batches of events and chaining them, so that a later change of the log is found.

A batch holds the rows of the transactions from `from_xid` up to, not including, `upto_xid`. All of them lie below
the oldest transaction still open when the batch is closed, so they have ended: no late commit can slip into a closed
batch or fall between two. Transaction numbers belong to one database cluster: after a restore into
another cluster its rows (`cluster`) start a batch sequence of their own, and the chain of hashes runs on.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone

from dmi.audit.models import AuditEvent, AuditSeal

LOCK = 7_364_001
AT_MOST = 50_000

THIS_CLUSTER = "SELECT system_identifier FROM pg_control_system()"
OLDEST_OPEN = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


@dataclass(frozen=True, slots=True)
class Leaf:
    """One event in a batch: its id and the hash of its row."""

    id: int
    row_hash: str

    def __bytes__(self) -> bytes:
        return self.id.to_bytes(8, "big") + bytes.fromhex(self.row_hash)


def pack(leaves: list[Leaf]) -> bytes:
    """The leaves of a batch as one string of bytes, 40 for each event."""
    return b"".join(bytes(leaf) for leaf in leaves)


def unpack(packed: bytes) -> list[Leaf]:
    """The leaves a batch was closed with."""
    return [
        Leaf(int.from_bytes(packed[at : at + 8], "big"), packed[at + 8 : at + 40].hex())
        for at in range(0, len(packed), 40)
    ]


def seal_hash(seal: AuditSeal) -> str:
    """The hash that chains a batch to the one before it."""
    fields = (seal.number, seal.previous, seal.cluster, seal.from_xid, seal.upto_xid, seal.count, seal.root)
    return hashlib.sha256("|".join(str(field) for field in fields).encode()).hexdigest()


def seal() -> int:
    """Every event whose transaction has ended lies in a closed batch; says how many were added. One at a time."""
    sealed = 0
    while batch := _seal_one():
        sealed += batch
    return sealed


@transaction.atomic
def _seal_one() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        cursor.execute(THIS_CLUSTER)
        here = cursor.fetchone()[0]
        cursor.execute(OLDEST_OPEN)
        oldest_open = cursor.fetchone()[0]
    for cluster in sorted(clusters(), key=lambda cluster: cluster == here):  # rows from elsewhere first
        closed = _close(cluster, oldest_open if cluster == here else None)
        if closed:
            return closed
    return 0


def clusters() -> Iterator[int]:
    """The clusters that rows were written in, by one look into the index for each."""
    found = AuditEvent.objects.order_by("cluster").values_list("cluster", flat=True)
    cluster = found.first()
    while cluster is not None:
        yield cluster
        cluster = found.filter(cluster__gt=cluster).first()


def _close(cluster: int, below: int | None) -> int:
    start = _next_xid(cluster)
    rows = AuditEvent.objects.filter(cluster=cluster, xid__gte=start)
    if below is not None:
        rows = rows.filter(xid__lt=below)
    batch = list(rows.order_by("xid", "id").values_list("xid", "id", "row_hash")[:AT_MOST])
    if not batch:
        return 0
    upto = batch[-1][0] + 1
    if len(batch) == AT_MOST:  # the last transaction may go on beyond the slice: take it whole
        batch = list(rows.filter(xid__lt=upto).order_by("xid", "id").values_list("xid", "id", "row_hash"))
    leaves = sorted((Leaf(pk, row_hash) for _, pk, row_hash in batch), key=lambda leaf: leaf.id)
    _chain(cluster, start, upto, leaves)
    return len(leaves)


def _next_xid(cluster: int) -> int:
    last = AuditSeal.objects.filter(cluster=cluster).order_by("-number").first()
    return last.upto_xid if last else 0


def _chain(cluster: int, start: int, upto: int, leaves: list[Leaf]) -> None:
    before = AuditSeal.objects.order_by("-number").first()
    packed = pack(leaves)
    new = AuditSeal(
        number=before.number + 1 if before else 1,
        sealed_at=timezone.now(),
        cluster=cluster,
        from_xid=start,
        upto_xid=upto,
        count=len(leaves),
        leaves=packed,
        root=hashlib.sha256(packed).hexdigest(),
        previous=before.hash if before else "",
    )
    new.hash = seal_hash(new)
    new.save(force_insert=True)
