"""A large network onto the chart in the background: every link is a record with its history, so it takes its time."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse

from dmi.jobs.models import Job
from dmi.jobs.registry import Beat, Refused, handler
from targeting.link_analysis import moving
from targeting.link_analysis.models import NetworkImport


@handler(moving.COMMIT)
def put_on_chart(job: Job, beat: Beat) -> dict[str, Any]:
    """Put the file's names and links on the chart, whole or not at all."""
    batch = NetworkImport.objects.for_case(job.case).get(pk=job.facts["batch"])

    def tick(done: int) -> None:
        beat(done=done, total=job.total, what=f"{done:,} links on the chart")

    try:
        moving.commit(batch=batch, actor=job.actor, tick=tick)
    except moving.AlreadyDone as refused:
        raise Refused(str(refused)) from refused
    except ValidationError as refused:
        raise Refused(" ".join(refused.messages)) from refused
    return {"url": f"{reverse('link_analysis:chart', args=[job.case_id])}?reach=all", "url_text": "See the chart"}
