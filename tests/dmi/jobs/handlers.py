"""Handlers for the tests of the machinery. Each step leaves one event in the log, the effect that must not double."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

from dmi.audit import actions as audit
from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.jobs.models import Job
from dmi.jobs.registry import Beat, Refused, handler


def effects(job: Job) -> list[int]:
    """The steps of this job that took effect, each as often as it did."""
    events = AuditEvent.objects.filter(verb=Verb.CASE_OPENED, subject_id=str(job.pk)).order_by("id")
    return [event.facts["step"] for event in events]


@handler("test.steps")
def steps(job: Job, beat: Beat) -> dict[str, Any]:
    """So many `steps`, each `seconds` long; with `pid`, the process writes its number into that file first."""
    count = job.facts.get("steps", 1)
    if "pid" in job.facts:
        Path(job.facts["pid"]).write_text(str(os.getpid()))
    for step in range(count):
        audit.record(actor=job.actor, verb=Verb.CASE_OPENED, subject=job, facts={"step": step})
        time.sleep(job.facts.get("seconds", 0))
        beat(done=step + 1, what=f"Step {step + 1}", total=count)
    return {"steps": count}


@handler("test.broken")
def broken(job: Job, beat: Beat) -> dict[str, Any]:
    """Fails after its first effect while the file `until` does not exist."""
    audit.record(actor=job.actor, verb=Verb.CASE_OPENED, subject=job, facts={"step": 0})
    if not Path(job.facts.get("until", "/nowhere")).exists():
        raise RuntimeError("a fault with Casey's name in it")
    return {"steps": 1}


@handler("test.refused")
def refused(job: Job, beat: Beat) -> dict[str, Any]:
    """Says that it cannot succeed."""
    audit.record(actor=job.actor, verb=Verb.CASE_OPENED, subject=job, facts={"step": 0})
    raise Refused("The photograph cannot be read.")
