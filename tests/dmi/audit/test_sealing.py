"""Batches without gaps, and every kind of tampering found and named."""

from __future__ import annotations

import hashlib
import json
import random
import threading
import time
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from dmi.audit import canonical, sealer, verification
from dmi.audit.models import AuditEvent, AuditSeal
from tests.factories.audit import event, tamper

# A batch is closed only up to the oldest running transaction of the whole server, so nobody else may hold one open.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.alone]


@pytest.fixture
def sealed():
    """Two closed batches of three events each."""
    events = []
    for _ in range(2):
        events += [event(facts={"n": n}, reason="größer") for n in range(3)]
        assert sealer.seal() == 3
    return events


def faults() -> str:
    return "\n".join(verification.verify().faults)


def test_an_untouched_log_is_sound(sealed):
    event()
    report = verification.verify()
    assert report.is_sound
    assert (report.events, report.seals, report.unsealed) == (7, 2, 1)


def test_nothing_new_makes_no_batch(sealed):
    assert sealer.seal() == 0
    assert AuditSeal.objects.count() == 2


def test_a_changed_event_is_named(sealed):
    tamper("UPDATE audit_auditevent SET reason = 'other' WHERE id = %s", sealed[1].pk)
    assert faults() == f"Event {sealed[1].pk} was changed after batch 1 was closed."


def test_a_changed_event_with_a_new_hash_is_named(sealed):
    tamper("UPDATE audit_auditevent SET verb = 'signed_in' WHERE id = %s", sealed[4].pk)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(canonical.COLUMNS)} FROM audit_auditevent event WHERE id = %s", [sealed[4].pk]
        )
        forged = canonical.digest(cursor.fetchone())
    tamper("UPDATE audit_auditevent SET row_hash = %s WHERE id = %s", forged, sealed[4].pk)
    assert faults() == f"Event {sealed[4].pk} was changed after batch 2 was closed."


def test_a_deleted_event_is_named(sealed):
    tamper("DELETE FROM audit_auditevent WHERE id = %s", sealed[0].pk)
    assert faults() == f"Event {sealed[0].pk} of batch 1 was deleted."


def test_an_event_slipped_into_a_closed_batch_is_named(sealed):
    slipped = event()
    tamper("UPDATE audit_auditevent SET xid = %s WHERE id = %s", sealed[0].xid, slipped.pk)
    assert faults() == f"Event {slipped.pk} was inserted later into batch 1, which was closed."


def test_two_events_that_change_places_are_both_named(sealed):
    tamper("UPDATE audit_auditevent SET id = id + 1000 WHERE id = %s", sealed[2].pk)
    found = faults()
    assert f"Event {sealed[2].pk} of batch 1 was deleted." in found
    assert f"Event {sealed[2].pk + 1000} was inserted later into batch 1" in found


def test_a_changed_batch_is_named(sealed):
    tamper("UPDATE audit_auditseal SET count = 2 WHERE number = 1")
    assert faults() == "Batch 1 itself was changed after it was closed."


def test_a_batch_rewritten_with_its_events_breaks_the_chain(sealed):
    tamper("DELETE FROM audit_auditevent WHERE id = %s", sealed[0].pk)
    seal = AuditSeal.objects.get(number=1)
    leaves = sealer.pack(sealer.unpack(bytes(seal.leaves))[1:])
    seal.leaves, seal.count, seal.root = leaves, 2, hashlib.sha256(leaves).hexdigest()
    tamper(
        "UPDATE audit_auditseal SET leaves = %s, count = %s, root = %s, hash = %s WHERE number = 1",
        leaves, seal.count, seal.root, sealer.seal_hash(seal),
    )  # fmt: skip
    assert faults() == "Batch 2 does not follow the batch before it: the chain is broken."


def test_a_dropped_batch_is_named(sealed):
    tamper("DELETE FROM audit_auditseal WHERE number = 1")
    assert "Batch 1 was deleted: the next one found is batch 2." in faults()


def test_a_changed_event_outside_any_batch_is_named(sealed):
    last = event()
    tamper("UPDATE audit_auditevent SET reason = 'other' WHERE id = %s", last.pk)
    assert faults() == f"Event {last.pk}, not yet in a batch, was changed: its hash does not fit."


def test_a_cut_off_end_is_found_by_the_note_kept_outside(sealed):
    before = verification.verify()
    tamper("DELETE FROM audit_auditseal WHERE number = 2")
    tamper("DELETE FROM audit_auditevent WHERE id >= %s", sealed[3].pk)
    assert verification.verify().is_sound  # from inside, a shorter log looks like a younger one
    report = verification.verify(anchor=(before.last_seal, before.last_hash))
    assert report.faults == ["Batch 2, noted outside this database, is gone: the end of the log was cut off."]


def test_a_log_written_anew_is_found_by_the_note_kept_outside(sealed):
    report = verification.verify(anchor=(1, "0" * 64))
    assert report.faults == ["Batch 1 differs from the note kept outside: the log was written anew."]


def test_the_command_ends_with_one_and_plain_words_when_something_does_not_fit(sealed):
    out, err = StringIO(), StringIO()
    call_command("verify_audit", stdout=out, stderr=err)
    assert json.loads(out.getvalue())["sound"] is True
    assert "The audit log is sound: 6 events, 2 batches." in err.getvalue()
    tamper("DELETE FROM audit_auditevent WHERE id = %s", sealed[0].pk)
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=out, stderr=err)
    assert ended.value.code == 1
    assert "was deleted" in err.getvalue()
    assert json.loads(out.getvalue())["faults"] == [f"Event {sealed[0].pk} of batch 1 was deleted."]


def test_a_late_commit_is_neither_skipped_nor_slipped_into_a_closed_batch():
    holds, may_end = threading.Event(), threading.Event()

    def slow() -> None:
        with transaction.atomic():
            event(facts={"late": True})
            holds.set()
            may_end.wait(10)
        connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    holds.wait(10)
    early = event(facts={"late": False})  # a higher id, committed first
    assert sealer.seal() == 0  # waits for the older transaction
    may_end.set()
    writer.join()
    assert sealer.seal() == 2
    assert verification.verify().is_sound
    assert early.pk > AuditEvent.objects.get(facts__late=True).pk


def test_many_writers_with_rollbacks_are_sealed_once_each_while_the_sealer_runs():
    over = threading.Event()

    def write(seed: int) -> None:
        chance = random.Random(seed)
        for _ in range(25):
            try:
                with transaction.atomic():
                    event(facts={"seed": seed})
                    time.sleep(chance.random() / 50)
                    if chance.random() < 0.1:
                        raise RuntimeError
            except RuntimeError:
                continue
        connection.close()

    def keep_sealing() -> None:
        while not over.is_set():
            sealer.seal()
            time.sleep(0.02)
        connection.close()

    writers = [threading.Thread(target=write, args=(seed,)) for seed in range(8)]
    sealing = [threading.Thread(target=keep_sealing) for _ in range(2)]
    for thread in writers + sealing:
        thread.start()
    for thread in writers:
        thread.join()
    over.set()
    for thread in sealing:
        thread.join()
    sealer.seal()
    leaves = [leaf.id for seal in AuditSeal.objects.all() for leaf in sealer.unpack(bytes(seal.leaves))]
    assert len(leaves) == len(set(leaves))
    assert set(leaves) == set(AuditEvent.objects.values_list("pk", flat=True))
    assert AuditSeal.objects.count() > 1
    assert verification.verify().is_sound


def test_rows_restored_from_another_cluster_get_batches_of_their_own(sealed):
    tamper("UPDATE audit_auditevent SET cluster = 7 WHERE id = %s", event().pk)
    event()
    assert sealer.seal() == 2
    assert set(AuditSeal.objects.filter(number__gt=2).values_list("cluster", "count")) >= {(7, 1)}
    assert "not yet in a batch" not in faults()


def test_a_full_batch_never_splits_a_transaction(monkeypatch):
    monkeypatch.setattr(sealer, "AT_MOST", 2)
    with transaction.atomic():
        for _ in range(5):
            event()
    event()
    assert sealer.seal() == 6
    assert list(AuditSeal.objects.values_list("count", flat=True)) == [5, 1]
    assert verification.verify().is_sound
