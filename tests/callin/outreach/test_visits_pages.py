"""Pages of families and visits through the client: who meets whom, what is written, what never leaks."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pikepdf
import pytest
from django.test import Client
from django.utils import timezone

from callin.outreach import actions, selectors
from callin.outreach.letters import visit_papers
from callin.outreach.models import FamilySearch, FollowUp, Influential, SafetyFlag, Visit, VisitingPair, VisitNeed
from dmi.accounts.models import User
from dmi.cases import seats
from dmi.documents import store
from dmi.jobs import worker
from tests.factories import outreach as made
from tests.factories.accounts import ClearedFactory, UserFactory
from tests.factories.notification import Eve

Enter = Callable[[User], Client]
TODAY = timezone.localdate


@pytest.fixture(autouse=True)
def _call_in_to_come(eve: Eve) -> None:
    eve.case.call_in_at = timezone.now() + timedelta(days=30)
    eve.case.deadline_at = eve.case.call_in_at + timedelta(hours=72)
    eve.case.save_by(None)


def seated(eve: Eve, role: str, name: str) -> User:
    is_civil = role in {"community", "services", "research", "auditor"}
    user = (UserFactory if is_civil else ClearedFactory)(full_name=name)
    seats.give_seat(case=eve.case, user=user, role=role, actor=None)
    return user


def at(eve: Eve, path: str) -> str:
    return f"/cases/{eve.case.pk}/outreach/{path}"


def page(client: Client, eve: Eve, path: str, status: int = 200) -> str:
    answer = client.get(at(eve, path))
    assert answer.status_code == status, answer.status_code
    return answer.content.decode()


def test_a_neighbor_meets_only_the_family_released_to_him_or_her(eve: Eve, enter: Enter) -> None:
    player = made.bare_candidate(eve)
    made.influential(eve, player)
    pair = made.pair(eve, player, is_released=False)
    client, path = enter(eve.community), f"players/{player.pk}/"
    assert "Casey" not in page(client, eve, "visits/")
    assert "E-01" not in page(client, eve, "visits/")
    page(client, eve, path, 404)
    actions.release_name(pair=pair, actor=eve.prosecutor)
    assert "Casey Brightwell" in page(client, eve, "visits/")
    assert "Marian Brightwell" in page(client, eve, path)
    other = enter(seated(eve, "community", "Otto Other"))
    assert "Casey" not in page(other, eve, "visits/")
    page(other, eve, path, 404)
    actions.hold_name_back(pair=pair, actor=eve.prosecutor)
    page(client, eve, path, 404)


def test_police_outside_the_pair_see_the_letter_and_no_family(eve: Eve, enter: Enter) -> None:
    player, person = made.ready(eve)
    made.talked(eve, person)
    shown = page(enter(seated(eve, "police", "Rae Other")), eve, f"players/{player.pk}/")
    assert "Casey Brightwell" in shown
    for words in ("Marian", "555-0171", "WORDSOFTHEVISIT", "Nell Overton"):
        assert words not in shown
    inside = page(enter(eve.police), eve, f"players/{player.pk}/")
    assert "Marian Brightwell" in inside
    assert "WORDSOFTHEVISIT" in inside


def test_a_prosecutor_reads_outcomes_and_no_words(eve: Eve, enter: Enter) -> None:
    player, person = made.ready(eve)
    made.talked(eve, person)
    shown = page(enter(eve.prosecutor), eve, f"players/{player.pk}/")
    assert "Talked" in shown
    assert "WORDSOFTHEVISIT" not in shown


def test_a_neighbor_learns_that_there_is_a_stop_and_not_why(eve: Eve, enter: Enter) -> None:
    player, person = made.ready(eve)
    made.flag(eve, person)
    shown = page(enter(eve.community), eve, f"players/{player.pk}/")
    assert "Stop: no contact" in shown
    for words in ("No-contact order", "SECRETADVICE", "26-PO-1", "555-0171"):
        assert words not in shown
    page(enter(eve.community), eve, f"people/{person.pk}/", 403)
    assert "No-contact order" in page(enter(eve.coordinator), eve, f"players/{player.pk}/")


def test_services_see_totals_and_no_code(eve: Eve, enter: Enter) -> None:
    made.ready(eve)
    shown = page(enter(seated(eve, "services", "Sia Services")), eve, "visits/")
    assert "E-01" not in shown
    assert "Casey" not in shown
    assert "You see the totals" in shown


def test_the_privacy_officer_sees_codes_without_names(eve: Eve, enter: Enter) -> None:
    made.ready(eve)
    shown = page(enter(seated(eve, "auditor", "Una Auditor")), eve, "visits/")
    assert "E-01" in shown
    for words in ("Casey", "Marian", "Overton"):
        assert words not in shown


def test_the_pair_takes_a_visit_from_plan_to_promise(eve: Eve, enter: Enter) -> None:
    player, person = made.ready(eve)
    client, people = enter(eve.community), f"people/{person.pk}/"
    late = {"planned_on": str(TODAY() + timedelta(days=90)), "version": 0}
    assert client.post(at(eve, people + "visit/"), late).status_code == 422
    given = {"planned_on": str(TODAY()), "planned_time": "18:30", "meet_at": "Church", "version": 0}
    assert client.post(at(eve, people + "visit/"), given).status_code == 302
    visit = Visit.objects.get()
    outcome = {
        "closed_on": str(TODAY()), "outcome": "talked", "language": "en", "asked_to_come": "on", "said": "Glad.",
        "version": visit.version,
    }  # fmt: skip
    assert client.post(at(eve, f"visits/{visit.pk}/"), outcome).status_code == 422
    assert client.post(at(eve, f"visits/{visit.pk}/"), outcome | {"will_come": "yes"}).status_code == 302
    assert client.post(at(eve, f"visits/{visit.pk}/"), outcome).status_code == 404
    need = {"kind": "ride", "arranged_by": "N. Overton", "due_on": str(TODAY()), "version": 0}
    assert client.post(at(eve, people + "need/"), need).status_code == 302
    assert client.post(at(eve, f"needs/{VisitNeed.objects.get().pk}/met/")).status_code == 302
    contact = {"contacted_on": str(TODAY()), "how": "phone", "will_come": "yes", "version": 0}
    assert client.post(at(eve, people + "contact/"), contact).status_code == 302
    assert (FollowUp.objects.count(), VisitNeed.objects.get().met_on) == (1, TODAY())
    assert "Will come" in page(client, eve, f"players/{player.pk}/")


def test_nobody_outside_the_pair_writes_a_visit(eve: Eve, enter: Enter) -> None:
    _, person = made.ready(eve)
    visit = made.planned(eve, person)
    for user in (seated(eve, "police", "Rae Other"), seated(eve, "community", "Otto Other")):
        client = enter(user)
        for path in ("visit/", "contact/", "need/", ""):
            assert client.post(at(eve, f"people/{person.pk}/{path}"), {"version": 0}).status_code == 404
        assert client.post(at(eve, f"visits/{visit.pk}/"), {"version": 1}).status_code == 404
    assert enter(eve.coordinator).post(at(eve, f"people/{person.pk}/visit/")).status_code == 403


def test_a_form_sent_twice_adds_one_person(eve: Eve, enter: Enter) -> None:
    player = made.bare_candidate(eve)
    client, once = enter(eve.coordinator), "0b0fbb52-4a31-4c8c-9cf2-6de9f1b1f1aa"
    given = {
        "full_name": "Ada Hill", "tie": "friend", "relation": "Friend", "trust": "close", "language": "en",
        "reached": "home", "version": 0, "once": once,
    }  # fmt: skip
    for _ in range(2):
        assert client.post(at(eve, f"players/{player.pk}/people/"), given).status_code == 302
    assert Influential.objects.count() == 1
    again = client.post(at(eve, f"players/{player.pk}/people/"), given | {"once": ""})
    assert again.status_code == 422
    assert "already listed" in again.content.decode()


def test_coordinator_and_prosecutor_make_the_pair(eve: Eve, enter: Enter) -> None:
    player = made.bare_candidate(eve)
    client, path = enter(eve.coordinator), f"players/{player.pk}/"
    given = {"officer": eve.police.pk, "neighbor": eve.community.pk, "visit_by": str(TODAY()), "version": 0}
    assert client.post(at(eve, path + "pair/"), given | {"officer": eve.coordinator.pk}).status_code == 422
    assert client.post(at(eve, path + "pair/"), given).status_code == 302
    assert client.post(at(eve, path + "release/")).status_code == 403
    assert enter(eve.prosecutor).post(at(eve, path + "release/")).status_code == 302
    assert VisitingPair.objects.get().released_by == eve.prosecutor
    assert enter(eve.prosecutor).post(at(eve, path + "release/"), {"withdraw": "1"}).status_code == 302
    assert VisitingPair.objects.get().released_at is None


def test_search_check_flag_and_lift_through_the_pages(eve: Eve, enter: Enter) -> None:
    player, person = made.ready(eve)
    client = enter(eve.coordinator)
    search = {"tie": "friend", "searched_on": str(TODAY()), "looked_in": "School", "found": "None", "version": 0}
    assert client.post(at(eve, f"players/{player.pk}/search/"), search).status_code == 302
    check = {"checked_on": str(TODAY()), "looked_in": "Courts", "pair_fits": "on", "version": 0}
    assert client.post(at(eve, f"people/{person.pk}/safety/"), check).status_code == 302
    flag = {"kind": "own-wish", "source": "Told the pastor", "from_on": str(TODAY()), "version": 0}
    assert client.post(at(eve, f"people/{person.pk}/flag/"), flag).status_code == 302
    row = SafetyFlag.objects.get()
    lift = {"because": "Called and asked for a visit.", "version": row.version}
    assert client.post(at(eve, f"flags/{row.pk}/lift/"), lift).status_code == 302
    row.refresh_from_db()
    assert (row.lifted_on, FamilySearch.objects.count()) == (TODAY(), 1)
    assert client.post(at(eve, f"people/{person.pk}/remove/")).status_code == 302
    assert Influential.objects.count() == 1


def test_the_plan_shows_what_comes_first_and_filters(eve: Eve, enter: Enter) -> None:
    made.ready(eve)
    second = made.bare_candidate(eve, "Avery Second")
    made.pair(eve, second, visit_by=TODAY() - timedelta(days=1))
    client = enter(eve.coordinator)
    shown = page(client, eve, "visits/")
    assert shown.index("Avery Second") < shown.index("Casey Brightwell")
    assert "Late" in shown
    filtered = page(client, eve, "visits/?state=people")
    assert "Avery Second" in filtered
    assert "Casey Brightwell" not in filtered


@pytest.mark.parametrize("people", [1, 5])
def test_the_plan_reads_in_the_same_few_queries(
    eve: Eve, enter: Enter, people: int, line_is_kept: None, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        made.ready(eve, f"Candidate {number}")
    client = enter(eve.coordinator)
    page(client, eve, "visits/")
    with django_assert_max_num_queries(45):
        page(client, eve, "visits/")


def test_the_papers_hold_numbers_and_nobody_who_may_not_be_contacted(eve: Eve) -> None:
    player, person = made.ready(eve)
    made.influential(eve, player, "Coach Boone", relation="Coach", tie="other")
    made.flag(eve, person)
    found = visit_papers.parts(eve.case, selectors.circles(eve.case, [player], TODAY()))
    words = str([part.facts for part in found])
    assert [part.kind.code for part in found] == ["visit_plan", "visit_sheet"]
    assert "Coach Boone" in words
    for hidden in ("Casey", "Marian", "SECRETADVICE", "26-PO-1"):
        assert hidden not in words


def test_only_who_may_print_prints_and_the_same_facts_print_once(eve: Eve, enter: Enter) -> None:
    made.ready(eve)
    for user in (eve.police, eve.community, eve.prosecutor):
        assert enter(user).post(at(eve, "visits/print/")).status_code == 403
    client = enter(eve.coordinator)
    first = client.post(at(eve, "visits/print/"))
    assert client.post(at(eve, "visits/print/")).headers["Location"] == first.headers["Location"]


def test_nothing_is_printed_while_there_is_nobody_to_visit(eve: Eve, enter: Enter) -> None:
    made.bare_candidate(eve)
    answer = enter(eve.coordinator).post(at(eve, "visits/print/"), follow=True)
    assert "No candidate has a pair" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_plan_and_sheet_become_paper(eve: Eve) -> None:
    _, person = made.ready(eve)
    made.planned(eve, person)
    run = actions.print_visits(case=eve.case, actor=eve.coordinator)
    worker.run_until_ended(run.job)
    run.refresh_from_db()
    with store.reading(run.file.name) as content:
        pdf = pikepdf.open(io.BytesIO(content.read()))
    assert len(pdf.pages) == 2
