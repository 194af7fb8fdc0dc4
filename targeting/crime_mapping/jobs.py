"""Checking and importing a file in the background: both read every row, so both take their time."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from dmi.jobs.models import Job
from dmi.jobs.registry import Beat, Refused, handler
from targeting.crime_mapping.actions import batches, runs, upkeep
from targeting.crime_mapping.actions.runs import CHECK, IMPORT, TIDY
from targeting.crime_mapping.intake.problems import FileProblem
from targeting.crime_mapping.models import ImportBatch


@handler(CHECK)
def check_file(job: Job, beat: Beat) -> dict[str, Any]:
    """Say what an import would do; a file that cannot be used is marked so, with the reason."""
    batch = _batch(job)
    try:
        batches.check(
            batch=batch, actor=job.actor, columns=job.facts.get("columns"), srid=job.facts.get("srid", ""),
            tick=_ticker(job, beat),
        )  # fmt: skip
    except FileProblem as problem:
        batches.mark_unusable(batch=_batch(job), problem=problem, actor=job.actor)
    return _result(job, "See what was found")


@handler(IMPORT)
def import_file(job: Job, beat: Beat) -> dict[str, Any]:
    """Import the file whole."""
    try:
        batch = batches.import_batch(batch=_batch(job), actor=job.actor, tick=_ticker(job, beat))
        runs.tidy_after(batch)
    except (FileProblem, batches.CannotImport) as problem:
        raise Refused(str(problem)) from problem
    return _result(job, "See the import")


@handler(TIDY)
def tidy_tables(job: Job, beat: Beat) -> dict[str, Any]:
    """Sweep the tables of incidents."""
    return {"swept": upkeep.tidy()}


def _batch(job: Job) -> ImportBatch:
    return ImportBatch.objects.for_case(job.case).get(pk=job.facts["batch"])


def _ticker(job: Job, beat: Beat) -> batches.Tick:
    def tick(rows: int) -> None:
        beat(done=rows, total=max(rows, job.total), what=f"{rows:,} rows read")

    return tick


def _result(job: Job, words: str) -> dict[str, Any]:
    url = reverse("crime_mapping:import", args=[job.case_id, job.facts["batch"]])
    return {"url": url, "url_text": words}
