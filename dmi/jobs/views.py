"""Pages of background work. A job of a case is behind the door of the case, any other is its asker's alone."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from dmi.cases.access import case_view, person_view
from dmi.core.requests import CaseRequest, PersonRequest
from dmi.jobs import actions, selectors
from dmi.jobs.models import Job

PROGRESS = "components/job_progress.html"
PER_PAGE = 50
CANCELLED = "The work is being stopped. What it had begun is undone."
WAITS_AGAIN = "The work waits to start again."


def _of_case(request: CaseRequest, job_id: uuid.UUID) -> Job:
    job = get_object_or_404(Job.objects.for_case(request.case).select_related("actor"), pk=job_id)
    if not selectors.may_see(job, user=request.user, can=request.can):
        raise Http404
    return job


def _own(request: PersonRequest, job_id: uuid.UUID) -> Job:
    return get_object_or_404(Job.objects.of_person(request.user), pk=job_id)


def _shown(request: PersonRequest, job: Job) -> dict[str, Any]:
    """`is_sealed`: the asker has lost the right since, so state and words are shown, but not what the work is about."""
    can: frozenset[str] = getattr(
        request, "can", frozenset()
    )  # outside a case there are no rights, and nothing is sealed
    return {"job": job, "is_sealed": job.case_id is not None and job.needs not in can}


def _page(request: PersonRequest, job: Job) -> HttpResponse:
    frame = "base_case.html" if job.case_id else "base.html"
    return render(request, "jobs/job.html", _shown(request, job) | {"frame": frame})


def _fragment(request: PersonRequest, job: Job) -> HttpResponse:
    """The bar; it carries its own polling while the work goes on and none once it has ended."""
    response = render(request, PROGRESS, _shown(request, job))
    if not job.is_open:
        response["HX-Trigger"] = "job-ended"
    return response


def _answer(request: PersonRequest, job: Job, message: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        response = _fragment(request, job)
        response.has_acted = True  # type: ignore[attr-defined]  # read by `case_view`
        return response
    messages.success(request, message)
    return redirect(job.get_absolute_url())


def _retry(request: PersonRequest, job: Job) -> HttpResponse:
    try:
        actions.retry(job=job, actor=request.user)
    except actions.CannotRetry:
        return _answer(request, job, "This work has not failed, so there is nothing to try again.")
    return _answer(request, job, WAITS_AGAIN)


@case_view("act.see_case")
def listing(request: CaseRequest) -> HttpResponse:
    """The case's background work, as far as this person may know of it."""
    jobs = selectors.jobs_of(case=request.case, user=request.user, can=request.can)
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "jobs/jobs.html", {"page": page})


@case_view("act.see_case")
def detail(request: CaseRequest, job_id: uuid.UUID) -> HttpResponse:
    """One job of the case."""
    return _page(request, _of_case(request, job_id))


@case_view("act.see_case")
def progress(request: CaseRequest, job_id: uuid.UUID) -> HttpResponse:
    """Its progress bar."""
    return _fragment(request, _of_case(request, job_id))


@require_POST
@case_view("act.see_case")
def cancel(request: CaseRequest, job_id: uuid.UUID) -> HttpResponse:
    """Stop it."""
    return _answer(request, actions.cancel(job=_of_case(request, job_id), actor=request.user), CANCELLED)


@require_POST
@case_view("act.see_case")
def retry(request: CaseRequest, job_id: uuid.UUID) -> HttpResponse:
    """Try it again."""
    return _retry(request, _of_case(request, job_id))


@person_view
def own_detail(request: PersonRequest, job_id: uuid.UUID) -> HttpResponse:
    """One job outside any case."""
    return _page(request, _own(request, job_id))


@person_view
def own_progress(request: PersonRequest, job_id: uuid.UUID) -> HttpResponse:
    """Its progress bar."""
    return _fragment(request, _own(request, job_id))


@require_POST
@person_view
def own_cancel(request: PersonRequest, job_id: uuid.UUID) -> HttpResponse:
    """Stop it."""
    return _answer(request, actions.cancel(job=_own(request, job_id), actor=request.user), CANCELLED)


@require_POST
@person_view
def own_retry(request: PersonRequest, job_id: uuid.UUID) -> HttpResponse:
    """Try it again."""
    return _retry(request, _own(request, job_id))
