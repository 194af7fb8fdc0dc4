"""Celery's two entry points. Messages carry one job id and nothing else."""

from __future__ import annotations

from celery import shared_task

from dmi.jobs import bell, worker


@shared_task(name="jobs.run_job", acks_late=True, reject_on_worker_lost=True, ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def run_job(job_id: str) -> None:
    """A bell was rung (for `job_id`): do one job, whichever case's turn it is."""
    worker.run_next()


@shared_task(name="jobs.scan", ignore_result=True)  # type: ignore[untyped-decorator]  # Celery has no types
def scan() -> None:
    """Ring for jobs nobody heard of and for those a lost worker left behind; beat calls it every 15 seconds."""
    bell.scan()
