"""Step 5 in an invented market: a plan for each audience, some of it done."""

from __future__ import annotations

from datetime import date, timedelta

from community.mobilization import actions
from community.mobilization.models import Engagement
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.directory import actions as directory
from dmi.directory.models import Contact

CONTACTS = (
    ("Wilhelmina Ashgrove", "leader", "Block captain, 800 block of Calder Street", "yes"),
    ("Cornelius Batte-Rowe", "leader", "Tenants' council", "thinking"),
    ("Ottoline Sayre", "business", "Owner of the corner grocery", "not_asked"),
)
# audience, kind, what, who, days from today, outcome, people reached
PLAN = (
    ("residents", "visit", "Knock on doors, Sixth to Tenth", "community", -20, "Two doors in three opened.", 96),
    ("leaders", "ask", "Ask the block captains to stand up at the call-in", "community", -12, "Three will speak.", 5),
    ("faith", "talk", "An evening about past policing", "police", -9, "Hard words, all stayed.", 41),
    ("businesses", "visit", "Visit the shops on Calder Street", "police", 2, "", None),
    ("council", "meeting", "Brief Mayor and Council, without names", "coordinator", 5, "", None),
    ("residents", "flyer", "Flyer with the number to call", "community", 3, "", None),
)  # fmt: skip


def add(case: MarketCase, team: dict[str, User], today: date) -> None:
    """Each audience has somebody who reaches it and a day; half of it is done."""
    for name, kind, standing, answer in CONTACTS:
        contact = Contact(case=case, name=name, kind=kind, standing=standing, answer=answer)
        directory.save_entry(entry=contact, actor=team["community"])
    for audience, kind, what, seat, days, outcome, reached in PLAN:
        due_on = today + timedelta(days=days)
        fields = {"audience": audience, "kind": kind, "what": what, "owner_seat": seat, "due_on": due_on}
        item = actions.plan_engagement(engagement=Engagement(case=case, **fields), actor=team["coordinator"])
        if outcome:
            item.done_on, item.outcome, item.people_reached = due_on, outcome, reached
            actions.finish_engagement(engagement=item, actor=team["community"])
