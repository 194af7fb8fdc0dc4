"""What else lies in an invented market's case: help on offer, contacts, meetings, a proposed seat, an alarm."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from demo.city import City
from dmi.accounts import proposals
from dmi.accounts.models import Proposal, User
from dmi.audit import alarms
from dmi.cases.models import MarketCase
from dmi.directory import actions as directory
from dmi.directory.models import Contact, Organisation, Service
from dmi.meetings import actions as meetings
from dmi.meetings.models import Meeting

HELP = (
    ("treatment", "First Step", "Marlow Family Services", "Outpatient treatment and a place to start the same week."),
    ("education", "Evening school", "Marlow State College", "High school diploma in the evening."),
    ("training", "Tool and trade", "Marlow Works", "Twelve weeks of training with pay."),
    ("employment", "Open doors", "Marlow Works", "Employers who hire people with a record."),
    ("family", "Family table", "Marlow Family Services", "Help with custody, housing and benefits."),
    ("transport", "Ride card", "City of Marlow", "A bus card for the first three months."),
)
MEETINGS = (
    ("team", "Team meeting", -14, 9),
    ("community", "Eastgate Neighbors, second evening", -7, 19),
    ("community", "Eastgate Neighbors, third evening", 6, 19),
)


def add(case: MarketCase, team: dict[str, User], *, city: City, today: date, say: Callable[[str], None]) -> None:
    """Services, organizations, contacts and meetings; what waits for administrators and privacy officers."""
    say(f"{case.name}: services, contacts and meetings.")
    for kind, program, provider, offers in HELP:
        service = Service(
            case=case, kind=kind, program=program, provider=provider, offers=offers, hours="Weekdays 9 to 5",
            capacity=4, contact_name="Joan Marsh", contact_phone="555-0142", is_at_call_in=True, confirmed_on=today,
        )  # fmt: skip
        directory.save_entry(entry=service, actor=team["services"])
    group = Organisation(case=case, name="Eastgate Neighbors", kind="community", address="900 Calder Street")
    directory.save_entry(entry=group, actor=team["community"])
    contact = Contact(case=case, name="Josiah Linden", kind="faith", standing="Pastor of New Hope Church", answer="yes")
    directory.save_entry(entry=contact, actor=team["community"])
    zone = ZoneInfo(case.time_zone)
    for kind, title, days, hour in MEETINGS:
        begins = datetime.combine(today + timedelta(days=days), time(hour), tzinfo=zone)
        meeting = Meeting(case=case, kind=kind, title=title, starts_at=begins, place=city.eastgate.call_in_place)
        members = [team[name].pk for name in ("coordinator", "police", "community")]
        meetings.save_meeting(meeting=meeting, actor=team["coordinator"], members=members)
    _office(case, team, today)


def _office(case: MarketCase, team: dict[str, User], today: date) -> None:
    """A seat waits for an administrator, and an alarm for a privacy officer."""
    proposals.propose(
        kind=Proposal.Kind.SEAT, case=case, role="services", full_name="Ivo Stanner", email="istanner@example.org",
        after={"starts_on": today.isoformat(), "ends_on": ""}, reason="Runs the new housing desk.",
        actor=team["coordinator"],
    )  # fmt: skip
    alarms.sound("many_refusals", f"demo:{case.pk}", case_id=case.pk, about=team["rdale"], facts={"times": 24})
