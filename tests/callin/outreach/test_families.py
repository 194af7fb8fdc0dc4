"""People around a candidate, the pair, safety, visits: what becomes true, and what is refused."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from callin.outreach import actions, selectors
from callin.outreach.models import FamilySearch, FollowUp, Influential, SafetyCheck, Visit, VisitingPair, VisitNeed
from dmi.audit.models import AuditEvent
from dmi.audit.triggers import unguarded_tables
from dmi.audit.verbs import Verb
from tests.factories import outreach as made
from tests.factories.accounts import UserFactory
from tests.factories.notification import Eve

TODAY = timezone.localdate


def recorded(verb: Verb) -> int:
    return AuditEvent.objects.filter(verb=verb).count()


def test_somebody_is_added_once_with_history_and_an_audit_record(eve: Eve) -> None:
    player = made.bare_candidate(eve)
    person = made.influential(eve, player)
    assert person.history.get().history_user == eve.coordinator
    assert recorded(Verb.INFLUENTIAL_ADDED) == 1
    with pytest.raises(ValidationError):
        made.influential(eve, player)


def test_an_entry_with_a_flag_is_not_removed(eve: Eve) -> None:
    player = made.bare_candidate(eve)
    person = made.influential(eve, player)
    made.flag(eve, person)
    with pytest.raises(actions.HasBeenContacted):
        actions.remove_influential(influential=person, actor=eve.coordinator)


def test_a_mistaken_entry_goes_and_the_history_keeps_who_removed_it(eve: Eve) -> None:
    person = made.influential(eve, made.bare_candidate(eve))
    actions.remove_influential(influential=person, actor=eve.coordinator)
    assert not Influential.objects.exists()
    assert Influential.history.first().history_user == eve.coordinator
    assert recorded(Verb.INFLUENTIAL_REMOVED) == 1


def test_a_pair_is_an_officer_and_a_neighbor(eve: Eve) -> None:
    player = made.bare_candidate(eve)
    wrong = VisitingPair(case=eve.case, player=player, officer=eve.community, neighbor=eve.community, visit_by=TODAY())
    with pytest.raises(actions.WrongSeat):
        actions.assign_pair(pair=wrong, actor=eve.coordinator)
    wrong.officer, wrong.neighbor = eve.police, eve.coordinator
    with pytest.raises(actions.WrongSeat):
        actions.assign_pair(pair=wrong, actor=eve.coordinator)
    assert not VisitingPair.objects.exists()


def test_only_the_prosecutor_releases_a_name(eve: Eve) -> None:
    pair = made.pair(eve, made.bare_candidate(eve), is_released=False)
    with pytest.raises(PermissionDenied):
        actions.release_name(pair=pair, actor=eve.coordinator)
    actions.release_name(pair=pair, actor=eve.prosecutor)
    actions.release_name(pair=pair, actor=eve.prosecutor)
    assert pair.released_by == eve.prosecutor
    assert recorded(Verb.NAME_RELEASED) == 1


def test_another_neighbor_needs_a_new_release(eve: Eve) -> None:
    from dmi.cases import seats

    pair = made.pair(eve, made.bare_candidate(eve))
    other = UserFactory(full_name="Otto Neighbor")
    seats.give_seat(case=eve.case, user=other, role="community", actor=None)
    pair.neighbor = other
    pair = actions.assign_pair(pair=pair, actor=eve.coordinator)
    assert pair.released_at is None


def test_the_pair_does_not_change_under_a_planned_visit(eve: Eve) -> None:
    player, person = made.ready(eve)
    made.planned(eve, person)
    pair = VisitingPair.objects.get(player=player)
    pair.officer = eve.prosecutor
    with pytest.raises(actions.VisitOpen):
        actions.assign_pair(pair=pair, actor=eve.coordinator)


def test_nobody_is_visited_before_release_and_safety_check(eve: Eve) -> None:
    player = made.bare_candidate(eve)
    person = made.influential(eve, player)
    for prepare, words in (
        (lambda: None, "No visiting pair yet"),
        (lambda: made.pair(eve, player, is_released=False), "Name not released"),
        (lambda: actions.release_name(pair=player.visiting_pair, actor=eve.prosecutor), "Safety not checked"),
        (lambda: made.check(eve, person, fits=False), "Another pair is needed"),
    ):
        prepare()
        player.refresh_from_db()
        with pytest.raises(actions.CannotVisit, match=words):
            made.planned(eve, person)
    made.check(eve, person)
    assert made.planned(eve, person).officer == eve.police
    assert recorded(Verb.VISIT_PLANNED) == 1


def test_a_check_needs_a_pair_and_holds_for_that_pair_only(eve: Eve) -> None:
    player = made.bare_candidate(eve)
    person = made.influential(eve, player)
    with pytest.raises(actions.NoPair):
        made.check(eve, person)
    pair = made.pair(eve, player)
    made.check(eve, person)
    pair.officer = eve.prosecutor
    actions.assign_pair(pair=pair, actor=eve.coordinator)
    assert selectors.known(person, TODAY()).check is None
    assert SafetyCheck.objects.count() == 1


def test_a_no_contact_order_calls_off_the_visit_and_bars_the_next(eve: Eve) -> None:
    _, person = made.ready(eve)
    visit = made.planned(eve, person)
    made.flag(eve, person)
    visit.refresh_from_db()
    assert visit.outcome == Visit.Outcome.CALLED_OFF
    with pytest.raises(actions.CannotVisit, match="Stop"):
        made.planned(eve, person)
    contact = FollowUp(case=eve.case, influential=person, contacted_on=TODAY(), how="phone")
    with pytest.raises(actions.CannotVisit):
        actions.record_follow_up(follow_up=contact, actor=eve.community)


def test_care_does_not_stop_a_visit_and_an_ended_order_neither(eve: Eve) -> None:
    _, person = made.ready(eve)
    made.flag(eve, person, "care")
    yesterday = TODAY() - timedelta(days=1)
    made.flag(eve, person, from_on=yesterday - timedelta(days=9), until_on=yesterday)
    assert made.planned(eve, person).pk


def test_a_flag_is_lifted_once_and_with_a_reason(eve: Eve) -> None:
    _, person = made.ready(eve)
    flag = made.flag(eve, person)
    with pytest.raises(ValidationError):
        actions.lift_flag(flag=flag, because=" ", on=TODAY(), actor=eve.coordinator)
    flag.refresh_from_db()
    actions.lift_flag(flag=flag, because="The court ended it.", on=TODAY(), actor=eve.coordinator)
    assert not selectors.known(person, TODAY()).is_stopped
    with pytest.raises(actions.AlreadyLifted):
        actions.lift_flag(flag=flag, because="Again", on=TODAY(), actor=eve.coordinator)


def test_ticks_and_answer_belong_to_a_talk_and_an_ask_has_an_answer(eve: Eve) -> None:
    _, person = made.ready(eve)
    visit = made.planned(eve, person)
    visit.closed_on, visit.outcome, visit.will_come = TODAY(), "away", "yes"
    with pytest.raises(ValidationError, match="Only a visit at which you talked"):
        actions.record_visit(visit=visit, actor=eve.community)
    visit.outcome, visit.asked_to_come, visit.will_come = "talked", True, ""
    with pytest.raises(ValidationError, match="record the answer"):
        actions.record_visit(visit=visit, actor=eve.community)


def test_a_closed_visit_is_not_closed_again(eve: Eve) -> None:
    _, person = made.ready(eve)
    visit = made.talked(eve, person)
    with pytest.raises(actions.VisitClosed):
        actions.record_visit(visit=visit, actor=eve.community)
    assert recorded(Verb.VISIT_RECORDED) == 1


def test_the_newest_answer_counts_and_a_contact_settles_what_was_due(eve: Eve) -> None:
    _, person = made.ready(eve)
    made.talked(eve, person, answer="maybe", follow_up_on=TODAY() + timedelta(days=2))
    assert selectors.known(person, TODAY()).follow_up_due == TODAY() + timedelta(days=2)
    contact = FollowUp(case=eve.case, influential=person, contacted_on=TODAY(), how="phone", will_come="yes")
    actions.record_follow_up(follow_up=contact, actor=eve.community)
    found = selectors.known(person, TODAY())
    assert (found.answer, found.follow_up_due) == ("Will come", None)


def test_a_promise_is_met_once(eve: Eve) -> None:
    _, person = made.ready(eve)
    need = VisitNeed(case=eve.case, influential=person, kind="ride", arranged_by="N. Overton", due_on=TODAY())
    need = actions.promise_need(need=need, actor=eve.community)
    actions.meet_need(need=need, on=TODAY(), actor=eve.community)
    actions.meet_need(need=need, on=TODAY(), actor=eve.community)
    assert recorded(Verb.NEED_MET) == 1
    vague = VisitNeed(case=eve.case, influential=person, kind="other", arranged_by="N. Overton", due_on=TODAY())
    with pytest.raises(ValidationError, match="Say what is needed"):
        actions.promise_need(need=vague, actor=eve.community)


def test_a_search_of_each_kind_stands_for_people_nobody_can_find(eve: Eve) -> None:
    player = made.bare_candidate(eve)
    assert not selectors.circle_of(player, TODAY()).is_complete
    for tie in ("family", "friend", "spiritual", "other"):
        search = FamilySearch(case=eve.case, player=player, tie=tie, searched_on=TODAY(), looked_in="S", found="None")
        actions.record_search(search=search, actor=eve.coordinator)
    assert selectors.circle_of(player, TODAY()).is_complete


def test_every_history_table_is_append_only(eve: Eve) -> None:
    assert not [table for table in unguarded_tables() if table.startswith("outreach_")]
