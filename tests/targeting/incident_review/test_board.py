"""Step 3b: two offices choose with reasons; agreement moves the player, difference keeps the list open."""

from __future__ import annotations

import pytest
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.cases.models import TeamPolicy
from dmi.cases.progress import State
from dmi.people.stages import Stage
from targeting.incident_review import actions, selectors
from targeting.incident_review.models import ProsecutorDecision, Roster
from tests.factories import incident_review as made
from tests.factories import survey

pytestmark = pytest.mark.django_db
CALL_IN = {"choice": "callin", "reason_code": "nonviolent", "words": "Street level, strong family.", "version": "0"}
PROSECUTE = {"choice": "prosecute", "reason_code": "supplier", "words": "Supplies two on the list.", "version": "0"}


@pytest.mark.parametrize(
    ("choice", "stage"), [("callin", "candidate"), ("prosecute", "prosecute"), ("hold", "held"), ("drop", "dropped")]
)
def test_agreement_moves_the_player(case, at, url, choice, stage):
    player = made.listed(case)
    sent = CALL_IN | {"choice": choice}
    assert at("police").post(url("incident_review:recommend", player.pk), sent).status_code == 302
    assert made.again(player).stage == Stage.LISTED
    assert at("prosecutor").post(url("incident_review:decide", player.pk), sent).status_code == 302
    assert made.again(player).stage == stage
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {
        "recommendation_recorded",
        "decision_recorded",
        "player_moved",
    }


def test_where_they_differ_the_list_stays_open(case, at, url):
    player = made.listed(case)
    police, prosecutor = at("police"), at("prosecutor")
    police.post(url("incident_review:recommend", player.pk), CALL_IN)
    prosecutor.post(url("incident_review:decide", player.pk), PROSECUTE)
    assert made.again(player).stage == Stage.LISTED
    board = prosecutor.get(url("incident_review:board"), {"show": "differ"}).content.decode()
    assert "They differ" in board
    frozen = prosecutor.post(url("incident_review:freeze"), {"reason": "", "version": "0"})
    assert frozen.status_code == 422
    assert "Settle these first" in frozen.content.decode()
    prosecutor.post(url("incident_review:decide", player.pk), CALL_IN | {"version": "1"})
    assert made.again(player).stage == Stage.CANDIDATE


def test_the_federal_decision_stands_beside_and_moves_nobody(case, at, url):
    player = made.listed(case)
    made.says(player, "callin", office=None)
    assert at("federal_prosecutor").post(url("incident_review:decide", player.pk), CALL_IN).status_code == 302
    assert ProsecutorDecision.objects.for_case(case).get().office == "federal"
    assert made.again(player).stage == Stage.LISTED


@pytest.mark.parametrize("missing", ["reason_code", "words", "choice"])
def test_both_reasons_are_required(case, at, url, missing):
    player = made.listed(case)
    sent = PROSECUTE | {missing: ""}
    assert at("police").post(url("incident_review:recommend", player.pk), sent).status_code == 422
    assert at("prosecutor").post(url("incident_review:decide", player.pk), sent).status_code == 422


def test_police_see_the_prosecutors_choice_and_not_the_words(case, at, url):
    player = made.listed(case)
    made.says(player, "prosecute", police=False)
    for page, query in (("board", {"person": str(player.pk)}), ("person", None)):
        address = url(f"incident_review:{page}", *([player.pk] if page == "person" else []))
        shown = at("police").get(address, query).content.decode()
        assert "Prosecute now" in shown
        assert "Reasons for prosecute." not in shown
        assert "Reasons for prosecute." in at("prosecutor").get(address, query).content.decode()
        assert "Reasons for prosecute." not in at("federal_prosecutor").get(address, query).content.decode()
        assert "Reasons for prosecute." not in at("handler").get(address, query).content.decode()


@pytest.mark.parametrize("birth_on", [None, "2015-01-01"])
def test_a_minor_or_unknown_age_is_never_called_in(case, at, url, birth_on):
    player = made.listed(case, birth_on=birth_on)
    for role, page in (("police", "recommend"), ("prosecutor", "decide")):
        refused = at(role).post(url(f"incident_review:{page}", player.pk), CALL_IN)
        assert refused.status_code == 422
        assert "under 18, or the age is not known" in refused.content.decode()
    assert at("prosecutor").post(url("incident_review:decide", player.pk), PROSECUTE).status_code == 302


def test_each_office_speaks_for_itself(case, at, url):
    player = made.listed(case)
    for role in ("prosecutor", "coordinator", "community", "research"):
        assert at(role).post(url("incident_review:recommend", player.pk), CALL_IN).status_code == 403
    for role in ("police", "coordinator", "handler"):
        assert at(role).post(url("incident_review:decide", player.pk), CALL_IN).status_code == 403
    assert at("prosecutor", cleared=False).post(url("incident_review:decide", player.pk), CALL_IN).status_code == 403
    named = survey.player(case, "Drew Hollis")
    assert at("police").post(url("incident_review:recommend", named.pk), CALL_IN).status_code == 404


def test_a_masked_reader_sees_numbers_and_no_name(case, at, url):
    player = made.candidate(case)
    for role, cleared in (("research", True), ("coordinator", False)):
        shown = at(role, cleared=cleared).get(url("incident_review:board"), {"person": str(player.pk)}).content.decode()
        assert player.number in shown
        assert "Casey" not in shown
        assert "Reasons for" not in shown
    assert at("community").get(url("incident_review:board")).status_code == 403


def test_the_list_is_frozen_and_countersigned_by_another(case, at, url):
    player = made.candidate(case)
    prosecutor, police = at("prosecutor"), at("police")
    made.checked(player)
    assert prosecutor.post(url("incident_review:freeze"), {"reason": "", "version": "0"}).status_code == 302
    roster = Roster.objects.for_case(case).get()
    assert roster.numbers == [player.number]
    sign = url("incident_review:countersign", roster.pk)
    prosecutor.post(sign)
    assert selectors.latest_roster(case).countersigned_by is None
    assert at("coordinator").post(sign).status_code == 403
    assert "Countersign the list" in police.get(url("incident_review:roster")).content.decode()
    police.post(sign)
    assert selectors.latest_roster(case).countersigned_by == police.user
    again = prosecutor.post(url("incident_review:freeze"), {"reason": "", "version": "0"})
    assert "Say why" in again.content.decode()
    made.candidate(case, "Drew Hollis")
    assert "Added since" in police.get(url("incident_review:roster")).content.decode()
    assert at("community").get(url("incident_review:roster")).status_code == 403


def test_the_doors_for_later_steps(case):
    called, accused = made.candidate(case), made.listed(case, "Drew Hollis")
    made.says(accused, "prosecute")
    assert list(selectors.candidates(case)) == [called]
    assert list(selectors.targets(case)) == [called, accused]
    made.says(made.again(called), "drop")
    assert list(selectors.targets(case)) == [accused]


def test_the_board_asks_the_same_number_of_questions_whatever_its_length(case, django_assert_num_queries):
    for name in ("Casey Brightwell", "Drew Hollis", "Jonas Alder"):
        made.candidate(case, name)
    with django_assert_num_queries(12):
        assert len(selectors.board(case)) == 3
    found = selectors.progress(case=case, today=timezone.localdate())
    assert found["3b.2"].state == State.DONE
    assert found["3b.3"].state == State.MISSING


def test_who_comes_back_after_a_drop_is_decided_anew(case):
    player = made.listed(case)
    made.says(player, "drop")
    actions.reopen_player(player=made.again(player), reason="Came back.", actor=None)
    made.assessed_again(player)
    assert [row.is_open for row in selectors.board(case)] == [True]
    made.says(made.again(player), "callin")
    assert [row.is_open for row in selectors.board(case)] == [False]


def test_a_list_longer_than_the_policy_allows_is_not_frozen(case, at, url):
    TeamPolicy.objects.create_by(None, case=case, candidates_max=1)
    for name in ("Casey Brightwell", "Drew Hollis"):
        made.candidate(case, name)
    answer = at("prosecutor").post(url("incident_review:freeze"), {"reason": "", "version": "0"})
    assert "allows 1 at one call-in" in answer.content.decode()


def test_a_move_the_stages_do_not_know_is_refused_in_words(case, at, url):
    player = made.listed(case)
    made.says(player, "prosecute")
    made.says(player, "callin", office=None)
    answer = at("prosecutor").post(url("incident_review:decide", player.pk), CALL_IN | {"version": "1"})
    assert answer.status_code == 422
    assert "cannot move" in answer.content.decode()
    assert ProsecutorDecision.objects.for_case(case).get().choice == "prosecute"
