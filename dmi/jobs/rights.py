"""A job acts as the person who asked for it: their rights are read again when it runs."""

from __future__ import annotations

from django.utils.module_loading import import_string

from dmi.jobs.models import Job

# The door of the house stands above this app, so it is named, not imported; a test resolves it.
RIGHTS_OF = "dmi.cases.access.rights_of"

NO_ACCOUNT = "The person who asked for this no longer has an active account."
NO_RIGHT = "The person who asked for this no longer holds the right to it."


def refusal(job: Job) -> str:
    """Why the job may not run now, in plain words; empty when it may. The system itself (no actor) may."""
    if job.actor is None:
        return ""
    if not job.actor.is_active:
        return NO_ACCOUNT
    if job.case is None:
        return ""
    return "" if job.needs in import_string(RIGHTS_OF)(job.actor, job.case) else NO_RIGHT
