"""Scheduled work on accounts."""

from __future__ import annotations

from celery import shared_task

from dmi.accounts import proposals


@shared_task(name="accounts.expire_proposals", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def expire_proposals() -> None:
    """Let proposals that waited too long run out; beat calls it every hour."""
    proposals.expire()
