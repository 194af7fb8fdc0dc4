"""Reading meetings and the tasks that came out of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db.models import Count, Q, QuerySet

from dmi.accounts.models import User
from dmi.meetings.models import Attendance, Meeting, Task

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase
    from dmi.directory.models import Contact

SEES_CONTACTS = "community_contacts.view"


@dataclass(frozen=True, slots=True)
class Roll:
    """Who was invited and came, as far as the reader may know names: contacts outside their drawer are a number."""

    members: list[Attendance]
    contacts: list[Attendance]
    unnamed_invited: int
    unnamed_came: int


def meetings(*, case: MarketCase, kind: str = "") -> QuerySet[Meeting]:
    """Meetings of a case with how many tasks of each are open, the latest first."""
    open_tasks = Count("tasks", filter=Q(tasks__done_at__isnull=True))
    found = Meeting.objects.for_case(case).annotate(open_count=open_tasks).order_by("-starts_at", "pk")
    return found.filter(kind=kind) if kind in Meeting.Kind.values else found


def coming(*, case: MarketCase, now: datetime) -> QuerySet[Meeting]:
    """Meetings still to come, the next one first."""
    return Meeting.objects.for_case(case).filter(starts_at__gte=now, is_cancelled=False).order_by("starts_at")


def held(*, case: MarketCase, now: datetime, kind: str = "") -> QuerySet[Meeting]:
    """Meetings that took place."""
    return meetings(case=case, kind=kind).filter(starts_at__lt=now, is_cancelled=False)


def open_tasks(case: MarketCase) -> QuerySet[Task]:
    """What meetings asked for and nobody has done yet, the most urgent first."""
    return Task.objects.for_case(case).open().select_related("meeting")


def members_of(case: MarketCase) -> QuerySet[User]:
    """The people who hold a seat on the case."""
    return (
        User.objects.filter(memberships__case=case, memberships__suspended_at__isnull=True)
        .distinct()
        .order_by("full_name")
    )


def contacts_of(case: MarketCase, can: Collection[str]) -> QuerySet[Contact]:
    """People of the contact book who may be invited; none for a reader without the book."""
    book = cast("type[Contact]", Attendance._meta.get_field("contact").related_model)
    found = book.objects.for_case(case).filter(do_not_contact=False)
    return found if SEES_CONTACTS in can else found.none()


def roll_of(meeting: Meeting, can: Collection[str]) -> Roll:
    """Who was invited to a meeting and who came."""
    rows = list(meeting.attendance.select_related("member", "contact"))
    members = sorted((row for row in rows if row.member_id), key=lambda row: row.name)
    outside = [row for row in rows if row.contact_id]
    if SEES_CONTACTS in can:
        return Roll(members, sorted(outside, key=lambda row: row.name), 0, 0)
    return Roll(members, [], len(outside), sum(row.has_come for row in outside))
