"""The engagement plan: planned, late, done with what came of it; and what the elements of step 5 say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from community.mobilization import actions, selectors
from community.mobilization.models import Audience, Engagement
from dmi.accounts.models import User
from dmi.audit.models import AuditEvent
from dmi.audit.triggers import unguarded_tables
from dmi.audit.verbs import Verb
from dmi.cases import seats
from dmi.cases.progress import State
from dmi.directory.models import Contact
from dmi.meetings.models import Meeting
from tests.factories import meetings as meeting_factory
from tests.factories import notification as made
from tests.factories.accounts import UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def eve(db: None) -> made.Eve:
    return made.eve()


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def item(eve: made.Eve, audience: str = "residents", days: int = 3, **given: Any) -> Engagement:
    wanted = {"kind": "visit", "what": "Knock on doors", "owner_seat": "community"} | given
    due_on = timezone.localdate() + timedelta(days=days)
    row = Engagement(case=eve.case, audience=audience, due_on=due_on, **wanted)
    return actions.plan_engagement(engagement=row, actor=eve.community)


def state(eve: made.Eve, number: str) -> State:
    return selectors.progress(case=eve.case, today=timezone.localdate())[number].state


def finish(row: Engagement, eve: made.Eve) -> Engagement:
    row.done_on, row.outcome, row.people_reached = timezone.localdate(), "Half the doors opened.", 40
    return actions.finish_engagement(engagement=row, actor=eve.community)


def test_an_item_leaves_history_and_one_audit_record(eve: made.Eve) -> None:
    row = item(eve)
    assert row.history.get().history_user == eve.community
    assert AuditEvent.objects.filter(verb=Verb.ENGAGEMENT_PLANNED).count() == 1
    assert not [table for table in unguarded_tables() if table.startswith("mobilization_")]


def test_done_needs_what_came_of_it_and_happens_once(eve: made.Eve) -> None:
    row = item(eve)
    row.done_on = timezone.localdate()
    with pytest.raises(ValidationError, match="what came of it"):
        actions.finish_engagement(engagement=row, actor=eve.community)
    row.refresh_from_db()
    finish(row, eve)
    with pytest.raises(actions.AlreadyDone):
        finish(row, eve)
    assert AuditEvent.objects.filter(verb=Verb.ENGAGEMENT_DONE).count() == 1


def test_the_plan_is_done_when_each_audience_has_an_item_and_late_when_one_is_late(eve: made.Eve) -> None:
    assert state(eve, "5.2") is State.MISSING
    item(eve)
    assert state(eve, "5.2") is State.UNDER_WAY
    for audience in (Audience.LEADERS, Audience.BUSINESSES, Audience.FAITH):
        item(eve, audience)
    assert state(eve, "5.2") is State.DONE
    late = item(eve, "council", days=-1)
    assert state(eve, "5.2") is State.LATE
    finish(late, eve)
    assert state(eve, "5.2") is State.DONE


def test_contacts_and_meetings_carry_their_elements(eve: made.Eve) -> None:
    leader = {"case": eve.case, "kind": "leader"}
    Contact.objects.create_by(None, name="Ada", answer="yes", **leader)
    Contact.objects.create_by(None, name="Bea", **leader)
    assert state(eve, "5.4") is State.UNDER_WAY
    Contact.objects.filter(name="Bea").get().delete_by(None)
    assert state(eve, "5.4") is State.DONE
    past = timezone.now() - timedelta(days=3)
    meeting_factory.meeting(eve.case, starts_at=past, minutes="Ten came.")
    assert state(eve, "5.7") is State.UNDER_WAY
    meeting_factory.meeting(eve.case, starts_at=past - timedelta(days=7), minutes="Nine came.")
    assert state(eve, "5.7") is State.DONE
    assert state(eve, "5.8") is State.MISSING
    meeting_factory.meeting(eve.case, starts_at=past, kind=Meeting.Kind.BRIEFING)
    assert state(eve, "5.8") is State.DONE
    assert state(eve, "5a.0") is State.UNDER_WAY


def test_a_neighbor_plans_and_finishes_through_the_pages(eve: made.Eve) -> None:
    client, root = enter(eve.community), f"/cases/{eve.case.pk}/mobilization/"
    given = {
        "audience": "faith", "kind": "ask", "what": "Ask for the hall", "owner_seat": "community",
        "due_on": str(timezone.localdate()), "version": 0, "once": "0b0fbb52-4a31-4c8c-9cf2-6de9f1b1f1aa",
    }  # fmt: skip
    for _ in range(2):
        assert client.post(root + "add/", given).status_code == 302
    row = Engagement.objects.get()
    changed = given | {"what": "Ask for the large hall", "version": row.version, "once": ""}
    assert client.post(f"{root}{row.pk}/", changed).status_code == 302
    done = {"done_on": str(timezone.localdate() + timedelta(days=1)), "outcome": "Yes", "version": row.version + 1}
    assert client.post(f"{root}{row.pk}/done/", done).status_code == 422
    done["done_on"] = str(timezone.localdate())
    assert client.post(f"{root}{row.pk}/done/", done).status_code == 302
    shown = client.get(root).content.decode()
    assert "Ask for the large hall" in shown
    assert "Yes" in shown
    assert client.get(f"{root}{row.pk}/").status_code == 404
    assert "Nothing planned for them yet" in client.get(root + "?audience=council").content.decode()


def test_who_may_read_may_not_write_and_figures_of_the_book_stay_with_those_who_may_know_it(eve: made.Eve) -> None:
    root = f"/cases/{eve.case.pk}/mobilization/"
    assert enter(eve.police).get(root).status_code == 200
    assert enter(eve.police).get(root + "add/").status_code == 403
    assert "Who was asked" in enter(eve.police).get(root).content.decode()
    council = UserFactory(full_name="Flora Harrow")
    seats.give_seat(case=eve.case, user=council, role="council", actor=None)
    assert "Who was asked" not in enter(council).get(root).content.decode()


@pytest.mark.parametrize("items", [1, 12])
def test_the_plan_reads_in_the_same_few_queries(eve: made.Eve, items: int, django_assert_max_num_queries: Any) -> None:
    for number in range(items):
        item(eve, what=f"Item {number}")
    client = enter(eve.community)
    client.get(f"/cases/{eve.case.pk}/mobilization/")
    with django_assert_max_num_queries(45):
        client.get(f"/cases/{eve.case.pk}/mobilization/")
