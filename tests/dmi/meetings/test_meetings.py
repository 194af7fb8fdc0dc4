"""Meetings: invited, recorded, decided, done."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from icalendar import Calendar

from dmi.meetings import actions, calendar, selectors
from dmi.meetings.models import Attendance, Meeting, Task
from tests.factories import evidence as made
from tests.factories.directory import contact
from tests.factories.meetings import meeting

pytestmark = pytest.mark.django_db


def url(name, case, *args):
    return reverse(f"meetings:{name}", args=[case.pk, *args])


def test_a_meeting_ends_after_it_begins(case):
    with pytest.raises(ValidationError, match="must end after"):
        meeting(case, ends_at=datetime(2026, 12, 1, tzinfo=UTC))


def test_names_of_contacts_are_a_number_for_those_without_the_book(case):
    held = meeting(case, contacts=[contact(case, name="Ada Moss").pk], members=[made.member(case, "police").pk])
    open_roll = selectors.roll_of(held, {"community_contacts.view"})
    assert [row.contact.name for row in open_roll.contacts] == ["Ada Moss"]
    closed_roll = selectors.roll_of(held, set())
    assert (closed_roll.contacts, closed_roll.unnamed_invited, len(closed_roll.members)) == ([], 1, 1)


def test_a_writer_without_the_book_leaves_the_contacts_as_they_are(case):
    held = meeting(case, contacts=[contact(case).pk])
    actions.save_meeting(meeting=held, actor=None, contacts=None)
    assert Attendance.objects.for_case(case).count() == 1


def test_minutes_tick_who_came_and_who_came_is_never_uninvited(case):
    somebody = made.member(case, "police")
    held = meeting(case, members=[somebody.pk])
    row = held.attendance.get()
    actions.record_minutes(meeting=held, actor=None, minutes="We met.", came=[row.pk], known=[row.pk])
    actions.save_meeting(meeting=held, actor=None, members=[])
    assert held.attendance.get().has_come


def test_open_tasks_the_most_urgent_first(case):
    held, who = meeting(case), made.member(case, "services")
    for text, day in (("Later", 9), ("Sooner", 2), ("Finished", 1)):
        actions.add_task(meeting=held, actor=who, text=text, owner_seat="services", due_on=date(2026, 12, day))
    actions.finish_task(task=Task.objects.for_case(case).get(text="Finished"), actor=who)
    assert [task.text for task in selectors.open_tasks(case)] == ["Sooner", "Later"]
    with pytest.raises(actions.DoneAlready):
        actions.finish_task(task=Task.objects.for_case(case).get(text="Finished"), actor=who)
    assert not selectors.open_tasks(made.market("westgate"))


def test_the_calendar_entry_gives_nothing_away(case):
    held = meeting(case, title="About Casey Brightwell", purpose="Casey", agenda="Casey")
    text = calendar.entry(held, link="https://host/x/")
    event = Calendar.from_ical(text).events[0]
    assert event["summary"] == "Community meeting"
    assert event.start == held.starts_at
    for secret in (b"Casey", b"Calder", b"Eastgate"):
        assert secret not in text


def test_the_community_seat_plans_and_records_a_meeting(case, at):
    guest, somebody = contact(case, name="Ada Moss"), made.member(case, "police")
    client = at("community", cleared=False)
    sent = {"kind": "community", "title": "Chapel evening", "starts_at": "2026-11-20T18:30", "agenda": "Hello\nNext",
            "members": [str(somebody.pk)], "contacts": [str(guest.pk)]}  # fmt: skip
    assert client.post(url("add-meeting", case), sent).status_code == 302
    held = Meeting.objects.for_case(case).get()
    assert held.attendance.count() == 2
    rows = [str(pk) for pk in held.attendance.values_list("pk", flat=True)]
    answer = client.post(
        url("record-minutes", case, held.pk), {"minutes": "<b>We met</b>", "came": rows, "version": held.version}
    )
    assert answer.status_code == 302
    assert held.attendance.filter(has_come=True).count() == 2
    client.post(url("add-decision", case, held.pk), {"text": "Meet again"})
    client.post(
        url("add-task", case, held.pk), {"text": "Book the hall", "owner_seat": "services", "due_on": "2026-12-01"}
    )
    page = client.get(held.get_absolute_url()).content
    for words in (b"&lt;b&gt;We met", b"Meet again", b"Book the hall", b"Ada Moss"):
        assert words in page
    assert b"Book the hall" in client.get(url("list-meetings", case)).content
    assert client.post(url("add-task", case, held.pk), {"text": ""}).status_code == 422


def test_police_read_without_names_of_contacts_and_settle_their_own_tasks_only(case, at):
    held = meeting(case, contacts=[contact(case, name="Ada Moss").pk])
    own = actions.add_task(meeting=held, actor=None, text="Patrol", owner_seat="police", due_on=date(2026, 12, 1))
    other = actions.add_task(meeting=held, actor=None, text="Hall", owner_seat="services", due_on=date(2026, 12, 1))
    client = at("police")
    page = client.get(held.get_absolute_url()).content
    assert b"Ada Moss" not in page
    assert b"1 from the community" in page
    assert client.post(url("finish-task", case, own.pk)).status_code == 302
    assert client.post(url("finish-task", case, other.pk)).status_code == 403
    assert client.post(url("reopen-task", case, own.pk)).status_code == 302
    assert client.get(url("edit-meeting", case, held.pk)).status_code == 403
    assert client.get(url("take-calendar", case, held.pk))["Content-Type"].startswith("text/calendar")
    assert client.get(url("print-meeting", case, held.pk)).status_code == 403


def test_the_coordinator_prints_without_names_of_contacts(case, at):
    held = meeting(case, contacts=[contact(case, name="Ada Moss").pk])
    page = at("coordinator", cleared=False).get(url("print-meeting", case, held.pk)).content
    assert b"Ada Moss" not in page
    assert b"1 from the community" in page


def test_a_contact_of_another_market_cannot_be_invited(case, at):
    foreign = contact(made.market("westgate"))
    sent = {"kind": "team", "title": "T", "starts_at": "2026-11-20T18:30", "contacts": [str(foreign.pk)]}
    assert b"not one of the available choices" in at("community").post(url("add-meeting", case), sent).content


def test_a_stale_meeting_form_keeps_what_was_typed(case, at):
    held = meeting(case)
    client, page = at("community"), url("edit-meeting", case, held.pk)
    sent = {"kind": "team", "title": "One", "starts_at": "2026-11-20T18:30", "version": held.version}
    assert client.post(page, sent).status_code == 302
    answer = client.post(page, sent | {"title": "Typed by me"})
    assert b"A colleague changed" in answer.content
    assert b"Typed by me" in answer.content


@pytest.mark.usefixtures("line_is_kept")
def test_the_list_costs_the_same_however_long_it_is(case, at, django_assert_max_num_queries):
    for _ in range(6):
        held = meeting(case)
        actions.add_task(meeting=held, actor=None, text="X", owner_seat="police", due_on=date(2026, 12, 1))
    client = at("police")
    client.get(url("list-meetings", case))  # the line of stations above every page is kept from here on
    with django_assert_max_num_queries(15):
        client.get(url("list-meetings", case))
