"""Scheduled work of the audit log."""

from __future__ import annotations

from celery import shared_task

from dmi.audit import sealer


@shared_task(name="audit.seal", ignore_result=True)
def seal() -> None:
    """Close the open batch of events; beat calls it every minute."""
    sealer.seal()
