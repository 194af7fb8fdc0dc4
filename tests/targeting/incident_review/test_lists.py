"""Safe passage, the frozen list and its versions, minors, the federal decline, hand-offs, the make-up of the list."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dmi.cases.progress import State
from dmi.people.stages import Stage
from targeting.incident_review import actions, composition, selectors
from targeting.incident_review.models import HandOff, Roster, SafePassage, SeparatePath
from tests.factories import incident_review as made

pytestmark = pytest.mark.django_db
FREEZE = {"reason": "", "version": "0"}
CHECK = {"warrants": "clear", "custody": "clear", "orders": "clear", "counsel": "none", "words": "", "version": "0"}


def today():
    return timezone.localdate()


def test_an_open_check_holds_up_the_freeze(case, at, url):
    player = made.candidate(case)
    prosecutor, freeze = at("prosecutor"), url("incident_review:freeze")
    assert "Safe passage is open for" in prosecutor.post(freeze, FREEZE).content.decode()
    page = url("incident_review:check-passage", player.pk)
    sent = CHECK | {"checked_on": today().isoformat(), "warrants": "found"}
    assert at("police").post(page, sent).status_code == 422
    assert at("police").post(page, sent | {"words": "One, from the county."}).status_code == 302
    assert "Open warrant" in prosecutor.get(url("incident_review:roster")).content.decode()
    assert prosecutor.post(freeze, FREEZE).status_code == 422
    assert at("police").post(page, sent | {"warrants": "clear"}).status_code == 302
    assert prosecutor.post(freeze, FREEZE).status_code == 302


def test_a_check_grows_old(case):
    player = made.candidate(case)
    made.checked(player, checked_on=today() - timedelta(days=15))
    with pytest.raises(actions.ListOpen, match="Safe passage"):
        actions.freeze_roster(case=case, actor=None)


def test_a_prosecutor_sets_a_check_aside_with_a_reason(case, at, url):
    player = made.candidate(case)
    page = url("incident_review:override-passage", player.pk)
    assert at("police").post(page, {"reason": "No."}).status_code == 403
    prosecutor = at("prosecutor")
    assert prosecutor.post(page, {"reason": ""}).status_code == 422
    assert prosecutor.post(page, {"reason": "Counsel has the letter."}).status_code == 302
    assert SafePassage.objects.for_case(case).get().overridden_because == "Counsel has the letter."
    assert prosecutor.post(url("incident_review:freeze"), FREEZE).status_code == 302


def frozen(case, *players):
    for player in players:
        made.checked(player)
    return actions.freeze_roster(case=case, actor=None)


def test_a_later_candidate_is_added_and_one_taken_off_each_with_a_reason(case, at, url):
    first = made.candidate(case)
    frozen(case, first)
    later = made.candidate(case, "Drew Hollis")
    prosecutor = at("prosecutor")
    add = url("incident_review:add-to-roster", later.pk)
    assert "Safe passage" in prosecutor.post(add, {"reason": "Decided late."}).content.decode()
    made.checked(later)
    assert prosecutor.post(add, {"reason": "Decided late."}).status_code == 302
    assert selectors.latest_roster(case).numbers == [first.number, later.number]
    assert selectors.latest_roster(case).countersigned_at is None
    assert prosecutor.post(add, {"reason": "Twice."}).status_code == 422
    off = url("incident_review:remove-from-roster", first.pk)
    assert at("police").post(off, {"reason": "No."}).status_code == 403
    assert prosecutor.post(off, {"reason": "In hospital."}).status_code == 302
    assert selectors.latest_roster(case).numbers == [later.number]
    assert made.again(first).stage == Stage.HELD
    assert [row.is_open for row in selectors.board(case)] == [True, False]
    assert [r.change for r in Roster.objects.for_case(case)] == ["removed", "added", "frozen"]
    assert "In hospital." in prosecutor.get(url("incident_review:roster")).content.decode()


def test_a_masked_reader_of_the_list_sees_no_name_and_no_reason(case, at, url):
    player, other = made.candidate(case), made.candidate(case, "Drew Hollis")
    frozen(case, player, other)
    actions.remove_from_roster(player=player, reason="In hospital.", actor=None)
    with pytest.raises(actions.ListOpen, match="left on the list"):
        actions.remove_from_roster(player=other, reason="In hospital.", actor=None)
    assert made.again(other).stage == Stage.CANDIDATE
    shown = at("research").get(url("incident_review:roster")).content.decode()
    assert player.number in shown
    assert "Casey" not in shown
    assert "In hospital." not in shown


@pytest.mark.parametrize("birth_on", [None, "2015-01-01"])
def test_a_minor_goes_the_separate_way_and_no_longer_holds_up_the_list(case, at, url, birth_on):
    player = made.listed(case, birth_on=birth_on)
    page = url("incident_review:separate-path", player.pk)
    sent = {"way": "age", "words": "Records are asked for.", "look_again_on": "", "version": "0"}
    assert at("police").post(page, sent).status_code == 403
    assert selectors.board(case)[0].is_open
    assert at("prosecutor").post(page, sent).status_code == 302
    assert not selectors.board(case)[0].is_open
    address, query = url("incident_review:board"), {"person": str(player.pk)}
    assert "Records are asked for." not in at("police").get(address, query).content.decode()
    assert "Records are asked for." in at("prosecutor").get(address, query).content.decode()


def test_an_adult_has_no_separate_path(case, at, url):
    player = made.listed(case)
    assert at("prosecutor").get(url("incident_review:separate-path", player.pk)).status_code == 404
    with pytest.raises(actions.NotInTheQueue):
        actions.set_separate_path(path=SeparatePath(case=case, player=player, way="age", words="No."), actor=None)


def test_where_federal_and_local_differ_the_list_stays_open(case, at, url):
    player = made.candidate(case)
    made.checked(player)
    made.says(player, "prosecute", police=False, office="federal")
    assert "Federal differs" in at("prosecutor").get(url("incident_review:board")).content.decode()
    assert (
        "Federal differs"
        not in at("federal_prosecutor", cleared=False).get(url("incident_review:board")).content.decode()
    )
    with pytest.raises(actions.ListOpen, match="not decided"):
        actions.freeze_roster(case=case, actor=None)


def test_a_federal_decline_is_recorded_and_taken_back(case, at, url):
    made.candidate(case)
    federal = at("federal_prosecutor")
    sent = {
        "said_by": "AUSA Castel",
        "declined_on": today().isoformat(),
        "reason": "Below the quantity.",
        "version": "0",
    }
    page = url("incident_review:decline-federal")
    assert at("police").post(page, sent).status_code == 403
    assert federal.post(page, sent | {"reason": ""}).status_code == 422
    assert federal.post(page, sent).status_code == 302
    assert federal.post(page, sent).status_code == 422
    assert "Below the quantity." in at("prosecutor").get(url("incident_review:board")).content.decode()
    seen = at("police").get(url("incident_review:board")).content.decode()
    assert "Federal decline" in seen  # the choice, never the prosecutor's words
    assert "Below the quantity." not in seen
    assert "AUSA Castel" not in seen
    assert selectors.progress(case=case, today=today())["3b.1"].state == State.DONE
    assert federal.post(url("incident_review:take-back-decline"), {"reason": "Now above it."}).status_code == 302
    assert selectors.federal_decline(case) is None


def test_a_case_is_handed_over_and_the_player_charged(case, at, url):
    player = made.listed(case)
    made.says(player, "prosecute")
    page, prosecutor = url("incident_review:hand-off", player.pk), at("prosecutor")
    day = today().isoformat()
    sent = {
        "charge": "Robbery", "jurisdiction": "county", "handed_on": day, "status": "handed", "status_on": day,
        "arrested_on": "", "docket": "", "court": "", "next_court_on": "", "version": "0",
    }  # fmt: skip
    assert prosecutor.post(page, sent).status_code == 302
    assert selectors.progress(case=case, today=today())["3b.2a"].state == State.UNDER_WAY
    charged = sent | {"status": "charged", "version": "1"}
    assert "docket number" in prosecutor.post(page, charged).content.decode()
    assert prosecutor.post(page, charged | {"docket": "26-CR-1", "court": "County"}).status_code == 302
    assert made.again(player).stage == Stage.CHARGED
    assert selectors.progress(case=case, today=today())["3b.2a"].state == State.DONE
    assert "26-CR-1" in at("police").get(url("incident_review:tracker")).content.decode()
    assert at("probation").get(url("incident_review:tracker")).status_code == 404
    other = made.candidate(case, "Drew Hollis")
    with pytest.raises(actions.NotInTheQueue):
        actions.save_hand_off(hand_off=HandOff(case=case, player=other, charge="Theft"), actor=None)


def test_the_make_up_is_shown_whole_to_some_and_with_small_counts_hidden_to_others(case, at, url):
    for name in ("Casey Brightwell", "Drew Hollis"):
        made.candidate(case, name, sex="m", race="White")
    page = url("incident_review:composition")
    assert "2 (100%)" in at("prosecutor").get(page).content.decode()
    hidden = at("research").get(page).content.decode()
    assert "under 11" in hidden
    assert "100%" not in hidden
    assert at("police").get(page).status_code == 403


def test_one_hidden_count_takes_the_next_with_it():
    cells = composition._cells(composition.Counter(a=20, b=12, c=3, d=0), hides=True)
    assert {name: cell.count for name, cell in cells.items()} == {"a": 20, "b": None, "c": None, "d": 0}


def test_residents_are_entered_in_percent(case, at, url):
    made.candidate(case, race="White")
    sent = {"source": "Census", "year": "2025", "shares": "Race, White, 31\nSex, Male, 48.5", "version": "0"}
    page, police = url("incident_review:enter-residents"), at("police")
    assert police.post(page, sent | {"shares": "Race, White, many"}).status_code == 422
    assert police.post(page, sent | {"shares": "Faith, Any, 3"}).status_code == 422
    assert police.post(page, sent).status_code == 302
    assert "31%" in at("coordinator").get(url("incident_review:composition")).content.decode()
