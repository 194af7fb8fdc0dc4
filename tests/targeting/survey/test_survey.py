"""The survey: each officer is one source, residents never count alone, and who answered stays apart."""

from __future__ import annotations

import pytest
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.cases.progress import State
from dmi.people.models import Player
from targeting.survey import actions, selectors
from targeting.survey.models import CommunityReply, Interview, Nomination, TipSource
from tests.factories import evidence as team
from tests.factories import survey as made

pytestmark = pytest.mark.django_db
ANSWERS = {"group": "street", "officer_name": "Ofc. Dale", "held_on": "2026-03-02", "answer_places": "Calder"}


def test_police_record_an_interview_and_whom_the_officer_named(case, at, url):
    client = at("police")
    assert client.post(url("survey:add-interview"), ANSWERS | {"version": "0"}).status_code == 302
    interview = Interview.objects.for_case(case).get()
    assert interview.answers == {"places": "Calder"}
    page = url("survey:name-in-interview", interview.pk)
    sent = {"full_name": "Casey Brightwell", "sex": "u", "why": "Sells at Calder every night.", "version": "0"}
    assert client.post(page, sent).status_code == 302
    player = Player.objects.for_case(case).get()
    assert player.basis == "Sells at Calder every night."
    shown = client.get(url("survey:interview", interview.pk)).content.decode()
    assert "Casey Brightwell" in shown
    assert "Calder" in shown
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {
        "interview_recorded",
        "player_named",
        "nomination_recorded",
    }


def test_a_name_like_one_on_the_list_is_offered_before_a_second_is_made(case, at, url):
    known = made.player(case)
    client = at("police")
    interview = made.interview(case, client.user)
    page = url("survey:name-in-interview", interview.pk)
    sent = {"full_name": "Casey Brightwel", "sex": "u", "why": "Seen twice.", "version": "0"}
    asked = client.post(page, sent)
    assert asked.status_code == 422
    assert known.number in asked.content.decode()
    assert client.post(page, sent | {"same_as": str(known.pk)}).status_code == 302
    assert Nomination.objects.for_case(case).get().player == known
    again = client.post(page, sent | {"same_as": str(known.pk)})
    assert "named here already" in again.content.decode()
    assert client.post(page, sent | {"same_as": "new"}).status_code == 302
    assert Player.objects.for_case(case).count() == 2


def test_a_probation_officer_is_not_told_who_is_on_the_list(case, at, url):
    known = made.player(case)
    client = at("probation")
    interview = made.interview(case, client.user, group="probation", officer_name="P. Ortiz")
    page = url("survey:name-in-interview", interview.pk)
    answer = client.post(
        page, {"full_name": "casey brightwell", "sex": "u", "why": "On my caseload.", "version": "0"}, follow=True
    )
    assert answer.status_code == 200
    assert known.number not in answer.content.decode()
    assert Nomination.objects.for_case(case).get().player == known
    assert at("probation").get(url("survey:interview", interview.pk)).status_code == 404
    form = client.get(url("survey:add-interview")).content.decode()
    assert "Vice" not in form


def test_each_officer_counts_once_and_residents_never_alone(case):
    player = made.player(case)
    paper = made.reply(case)
    actions.name_in_reply(reply=paper, actor=None, player=player, why="Lives next door.")
    assert selectors.independent_sources(player) == 0
    for name in ("Ofc. Dale", "ofc.  DALE", "Det. Farrow"):
        interview = made.interview(case, officer_name=name, group="vice")
        actions.name_in_interview(interview=interview, actor=None, player=player, why="Seen selling.")
    assert selectors.independent_sources(player) == 3
    actions.name_in_reply(reply=made.reply(case), actor=None, player=player, why="Again.")
    assert selectors.independent_sources(player) == 3
    assert selectors.nominations_of(player).count() == 5


def test_a_community_member_hands_in_and_reads_no_other_reply(case, at, url):
    client = at("community", cleared=False)
    other = made.reply(case, team.member(case, "community"))
    sent = {"channel": "paper", "received_on": "2026-03-02", "language": "en", "version": "0"}
    sent |= {"answer_fears": "My children stay in."}
    assert client.post(url("survey:add-reply"), sent | {"source_name": "Ruth Linden"}).status_code == 302
    own = CommunityReply.objects.for_case(case).get(created_by=client.user)
    assert TipSource.objects.for_case(case).get().reply == own
    assert client.get(url("survey:reply", own.pk)).status_code == 200
    assert client.get(url("survey:reply", other.pk)).status_code == 404
    assert client.get(url("survey:interviews")).status_code == 403
    dashboard = client.get(url("survey:dashboard")).content.decode()
    assert "Community members" in dashboard
    assert "Vice" not in dashboard
    police = at("police").get(url("survey:reply", own.pk)).content.decode()
    assert "My children stay in." in police
    assert "Ruth Linden" not in police


def test_an_empty_reply_and_a_day_to_come_are_refused(at, url):
    client = at("community")
    sent = {"channel": "paper", "received_on": "2199-01-01", "language": "en", "version": "0"}
    empty = client.post(url("survey:add-reply"), sent)
    assert empty.status_code == 422
    assert "at least one answer" in empty.content.decode()
    assert "has not come yet" in empty.content.decode()
    late = at("police").post(url("survey:add-interview"), ANSWERS | {"held_on": "2199-01-01", "version": "0"})
    assert late.status_code == 422


def test_only_a_seat_that_keeps_the_list_names_from_a_reply(case, at, url):
    paper = made.reply(case)
    sent = {"full_name": "Drew Hollis", "sex": "u", "why": "A resident saw it.", "version": "0"}
    page = url("survey:name-in-reply", paper.pk)
    assert at("prosecutor").post(page, sent).status_code == 403
    assert at("community").post(page, sent).status_code == 403
    assert at("police").post(page, sent).status_code == 302


def test_progress_counts_groups_and_names(case):
    today = timezone.localdate()
    assert {p.state for p in selectors.progress(case=case, today=today).values()} == {State.MISSING}
    for group in Interview.Group.values:
        made.interview(case, group=group)
    made.reply(case)
    player = made.player(case)
    found = selectors.progress(case=case, today=today)
    assert found["2.0"].fact == "4 of 4 groups answered"
    assert found["2.4"].fact == "1 reply"
    assert found["2.5"].state == State.UNDER_WAY
    actions.name_in_interview(interview=made.interview(case), actor=None, player=player, why="Seen.")
    assert selectors.progress(case=case, today=today)["2.5"].state == State.DONE
    assert set(found) == {"2.0", "2.1", "2.2", "2.3", "2.4", "2.5"}


@pytest.mark.parametrize(
    ("role", "cleared", "status"),
    [
        ("police", True, 200),
        ("police", False, 403),
        ("research", True, 200),
        ("services", False, 200),
        ("council", True, 403),
    ],
)
def test_the_dashboard_needs_a_seat(at, url, role, cleared, status):
    assert at(role, cleared=cleared).get(url("survey:dashboard")).status_code == status


def test_a_probation_officer_reads_the_count_of_the_own_group_only(case, at, url):
    dashboard = at("probation").get(url("survey:dashboard")).content.decode()
    assert "Probation and parole officers" in dashboard
    assert "Vice and narcotics" not in dashboard
    assert "Community members" not in dashboard
    assert "What comes of it" not in dashboard


def test_the_dashboard_counts_residents_for_police_who_read_their_replies(at, url):
    page = at("police").get(url("survey:dashboard")).content.decode()
    assert 'value="community"' in page
    assert page.count("Community members") == 2


def test_the_dashboard_has_no_empty_part_for_a_seat_that_only_hands_in(at, url):
    page = at("services").get(url("survey:dashboard")).content.decode()
    assert "What came in" not in page
    assert "Hand in a community reply" in page


def test_a_sheet_says_once_that_answers_may_stay_open(at, url):
    page = at("community").get(url("survey:add-reply")).content.decode()
    assert page.count("(optional)") == 2
    assert "Leave open what was not answered" in page
