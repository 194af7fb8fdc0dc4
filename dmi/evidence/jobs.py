"""The job that makes the copies of an item. Started twice, it makes them once."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.db import transaction

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.evidence import renditions, storage
from dmi.evidence.actions import DERIVE
from dmi.evidence.models import MediaItem, Readiness, Rendition
from dmi.jobs.models import Job
from dmi.jobs.registry import Beat, Refused, handler


@handler(DERIVE)
def derive(job: Job, beat: Beat) -> dict[str, Any]:
    """Make the copies of one item, keep them, and say how many there are."""
    item = MediaItem.objects.for_case(job.case).get(pk=job.facts["item"])
    if item.readiness == Readiness.READY:
        return {"copies": item.renditions.count()}
    beat(done=0, what="Reading the original")
    with storage.on_disk(item.file) as source, tempfile.TemporaryDirectory(prefix="dmi-") as folder:
        try:
            made = renditions.make(item, source, Path(folder))
        except renditions.CannotMake as trouble:
            _failed(item, job, str(trouble))
            return {"copies": 0, "trouble": str(trouble)}
        beat(done=1, what="Keeping the copies")
        kept = _keep(item, job, made)
    beat(done=3, what="Done")
    return {"copies": kept}


def _failed(item: MediaItem, job: Job, why: str) -> None:
    item.readiness, item.trouble = Readiness.FAILED, why[:300]
    with transaction.atomic():
        item.save_by(job.actor)
        audit.record(actor=job.actor, verb=Verb.MEDIA_FAILED, case_id=item.case_id, subject=item, outcome="failed")


def _keep(item: MediaItem, job: Job, made: list[renditions.Made]) -> int:
    stored = []
    try:
        for copy in made:
            with copy.path.open("rb") as content:
                stored.append(storage.keep(File(content), folder="copy", ending=copy.path.suffix))
        with transaction.atomic():
            _write_rows(item, job, made, stored)
    except Exception:
        for file in stored:
            storage.forget(file.name)
        raise
    return len(made)


def _write_rows(item: MediaItem, job: Job, made: list[renditions.Made], stored: list[storage.Stored]) -> None:
    fresh = MediaItem.objects.for_case(item.case).select_for_update(of=("self",)).get(pk=item.pk)
    if fresh.readiness == Readiness.READY:
        raise Refused("The copies were made already.")
    for copy, file in zip(made, stored, strict=True):
        Rendition.objects.create_by(
            job.actor, case=item.case, item=fresh, role=copy.role, content_type=copy.content_type, file=file.name,
            byte_size=file.size, sha256=file.sha256, width=copy.width, height=copy.height,
        )  # fmt: skip
    fresh.readiness, fresh.trouble = Readiness.READY, ""
    fresh.save_by(job.actor)
    audit.record(
        actor=job.actor, verb=Verb.MEDIA_READY, case_id=item.case_id, subject=fresh, facts={"copies": len(made)}
    )
