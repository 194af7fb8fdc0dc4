"""Planning a meeting, recording it, and seeing its tasks through."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.meetings.models import Attendance, Decision, Meeting, Task

if TYPE_CHECKING:
    from dmi.accounts.models import User


class DoneAlready(Exception):
    """The task was finished before."""


@transaction.atomic
def save_meeting(
    *, meeting: Meeting, actor: User | None, members: Iterable[UUID] = (), contacts: Iterable[UUID] | None = ()
) -> Meeting:
    """The meeting stands as written, and these people are invited.

    `contacts` None leaves the contacts as they are: the writer does not see them. Raises ValidationError, StaleRecord.
    """
    meeting.save_by(actor)
    _invite(meeting, actor, "member_id", set(members))
    if contacts is not None:
        _invite(meeting, actor, "contact_id", set(contacts))
    audit.record(
        actor=actor,
        verb=Verb.MEETING_SAVED,
        case_id=meeting.case_id,
        subject=meeting,
        facts={"version": meeting.version},
    )
    return meeting


def _invite(meeting: Meeting, actor: User | None, who: str, wanted: set[UUID]) -> None:
    there = {getattr(row, who): row for row in meeting.attendance.all() if getattr(row, who)}
    for person in wanted - there.keys():
        Attendance.objects.create_by(actor, case=meeting.case, meeting=meeting, **{who: person})
    for person, row in there.items():
        if person not in wanted and not row.has_come:
            row.delete_by(actor)


@transaction.atomic
def record_minutes(
    *, meeting: Meeting, actor: User | None, minutes: str, came: Iterable[UUID], known: Iterable[UUID]
) -> Meeting:
    """What was said and who came is on record; `known` are the rows the writer could see and so could tick."""
    meeting.minutes = minutes
    meeting.save_by(actor)
    present, seen = set(came), set(known)
    for row in meeting.attendance.filter(pk__in=seen):
        has_come = row.pk in present
        if row.has_come != has_come:
            row.has_come = has_come
            row.save_by(actor)
    audit.record(
        actor=actor,
        verb=Verb.MINUTES_RECORDED,
        case_id=meeting.case_id,
        subject=meeting,
        facts={"came": len(present & seen)},
    )
    return meeting


@transaction.atomic
def add_decision(*, meeting: Meeting, actor: User | None, text: str) -> Decision:
    """The meeting decided this."""
    decision = Decision.objects.create_by(actor, case=meeting.case, meeting=meeting, text=text)
    audit.record(actor=actor, verb=Verb.MINUTES_RECORDED, case_id=meeting.case_id, subject=decision)
    return decision


@transaction.atomic
def add_task(*, meeting: Meeting, actor: User | None, text: str, owner_seat: str, due_on: date) -> Task:
    """The seat is asked to do this by that day."""
    task = Task.objects.create_by(
        actor, case=meeting.case, meeting=meeting, text=text, owner_seat=owner_seat, due_on=due_on
    )
    audit.record(actor=actor, verb=Verb.TASK_ADDED, case_id=meeting.case_id, subject=task, facts={"seat": owner_seat})
    return task


@transaction.atomic
def finish_task(*, task: Task, actor: User, now: datetime | None = None) -> Task:
    """The task is done. Raises DoneAlready."""
    task = Task.objects.for_case(task.case).select_for_update(of=("self",)).get(pk=task.pk)
    if task.done_at:
        raise DoneAlready(str(task.pk))
    task.done_at, task.done_by = now or timezone.now(), actor
    task.save_by(actor)
    audit.record(actor=actor, verb=Verb.TASK_DONE, case_id=task.case_id, subject=task)
    return task


@transaction.atomic
def reopen_task(*, task: Task, actor: User) -> Task:
    """The task is not done after all."""
    task = Task.objects.for_case(task.case).select_for_update(of=("self",)).get(pk=task.pk)
    task.done_at = task.done_by = None
    task.save_by(actor)
    audit.record(actor=actor, verb=Verb.TASK_REOPENED, case_id=task.case_id, subject=task)
    return task
