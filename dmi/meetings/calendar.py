"""A calendar entry that gives nothing away: a kind of meeting, its hours, and a link behind the sign-in."""

from __future__ import annotations

from datetime import UTC, timedelta

from dmi.meetings.models import Meeting

ONE_HOUR = timedelta(hours=1)


def entry(meeting: Meeting, *, link: str) -> bytes:
    """The meeting as an .ics file: no market, no place, no person, no agenda."""
    from icalendar import Calendar, Event  # loaded with the first entry

    event = Event()
    event.add("uid", f"{meeting.pk}@casebook")
    event.add("sequence", meeting.version)
    event.add("dtstamp", meeting.updated_at.astimezone(UTC))
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", (meeting.ends_at or meeting.starts_at + ONE_HOUR).astimezone(UTC))
    event.add("summary", meeting.get_kind_display())
    event.add("status", "CANCELLED" if meeting.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    event.add("url", link)
    calendar = Calendar()
    calendar.add("prodid", "-//Casebook//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())
