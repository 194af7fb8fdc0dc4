"""Scheduled work of the audit log."""

from __future__ import annotations

from celery import shared_task

from dmi.audit import alarms, sealer, verification, watch


@shared_task(name="audit.seal", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def seal() -> None:
    """Close the open batch of events; beat calls it every minute."""
    sealer.seal()


@shared_task(name="audit.watch", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def look() -> None:
    """Look for what must not pass unseen; beat calls it every minute.

    It seals first: what was written before a pause of the clock is no alarm, what still lies open after that is one.
    """
    sealer.seal()
    watch.look()


@shared_task(name="audit.verify", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def verify() -> None:
    """Check the whole log; beat calls it every night."""
    report = verification.verify()
    if not report.is_sound:
        alarms.sound("log_altered", report.faults[0][:150], facts={"faults": len(report.faults)})
