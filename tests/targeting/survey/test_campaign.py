"""Who was asked, who answered, whom to remind, who declined and why."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.cases.models import ElementMark
from dmi.cases.progress import State
from targeting.survey import actions, selectors
from targeting.survey.models import Ask, Interview
from tests.factories import survey as made

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=9)


def test_officers_are_written_down_one_a_line_and_nobody_twice(case, at, url):
    client = at("coordinator")
    assert client.post(url("survey:add-asks"), {}).status_code == 403
    client = at("police")
    sent = {"group": "street", "officers": "Ofc. Dale, Beat 22\n\nOfc. Marr", "how": "roll_call",
            "asked_on": "2026-03-02"}  # fmt: skip
    assert client.post(url("survey:add-asks"), sent).status_code == 302
    answer = client.post(url("survey:add-asks"), sent | {"officers": "Officer  dale\nOfc. New"}, follow=True)
    assert "1 had been asked already" in answer.content.decode()
    found = list(Ask.objects.for_case(case).order_by("created_at").values_list("officer_name", "officer_unit"))
    assert found == [("Ofc. Dale", "Beat 22"), ("Ofc. Marr", ""), ("Ofc. New", "")]
    assert AuditEvent.objects.filter(verb="officers_asked").count() == 2


@pytest.mark.parametrize("wrong", [{"officers": " , "}, {"asked_on": "2199-01-01"}, {"group": "community"}])
def test_a_list_that_cannot_be_used_is_sent_back(at, url, wrong):
    sent = {"group": "street", "officers": "Ofc. Dale", "how": "phone", "asked_on": "2026-03-02"} | wrong
    assert at("police").post(url("survey:add-asks"), sent).status_code == 422


def test_a_reminder_falls_due_a_week_after_the_last(case):
    today = timezone.localdate()
    ask = made.ask(case, asked_on=today - LONG_AGO)
    assert list(selectors.ask_rows(case, today=today, state="due")) == [ask]
    street = selectors.groups(case, today=today)[0]
    assert (street.asked, street.waiting, street.due) == (1, 1, 1)
    actions.remind(ask=ask, how="phone", actor=None)
    assert not selectors.ask_rows(case, today=today, state="due").exists()
    assert selectors.groups(case, today=today)[0].due == 0
    later = today + timedelta(days=7)
    assert selectors.groups(case, today=later)[0].due == 1
    assert selectors.ask_rows(case, today=later, state="due").count() == 1


def test_answers_given_to_an_ask_close_it(case, at, url):
    client = at("police")
    ask = made.ask(case, client.user)
    page = url("survey:add-interview") + f"?ask={ask.pk}"
    assert "Ofc. Dale" in client.get(page).content.decode()
    sent = {"group": "street", "officer_name": "Ofc. Dale", "held_on": "2026-03-02", "version": "0",
            "answer_hours": ["evening", "night"]}  # fmt: skip
    assert client.post(page, sent).status_code == 302
    ask.refresh_from_db()
    assert ask.interview.answers == {"hours": ["evening", "night"]}
    with pytest.raises(actions.AskIsClosed):
        actions.decline(ask=ask, reason="Too late.", actor=None)
    assert "Late at night" in client.get(url("survey:interview", ask.interview.pk)).content.decode()


def test_declining_needs_a_reason_and_is_counted(case, at, url):
    client = at("police")
    ask = made.ask(case, client.user)
    assert client.post(url("survey:decline", ask.pk), {"reason": ""}).status_code == 422
    assert client.post(url("survey:decline", ask.pk), {"reason": "On leave."}).status_code == 302
    assert "On leave." in client.get(url("survey:campaign")).content.decode()
    assert client.post(url("survey:remind", ask.pk), {"how": "phone", "reminded_on": "2026-03-02"}).status_code == 422
    assert selectors.groups(case, today=timezone.localdate())[0].declined == 1


def test_a_reminder_is_recorded_on_its_page(case, at, url):
    client = at("police")
    ask = made.ask(case, client.user)
    assert client.post(url("survey:remind", ask.pk), {"how": "phone", "reminded_on": "2026-03-02"}).status_code == 302
    assert ask.reminders.count() == 1
    assert "1 time" in client.get(url("survey:campaign")).content.decode()


def test_each_asks_sees_and_answers_its_own(case, at, url):
    ask = made.ask(case, at("police").user)
    other = at("probation")
    assert other.get(url("survey:campaign")).status_code == 200
    assert "Ofc. Dale" not in other.get(url("survey:campaign")).content.decode()
    assert other.get(url("survey:remind", ask.pk)).status_code == 404
    assert "Vice" not in other.get(url("survey:add-asks")).content.decode()
    assert "Ofc. Dale" in at("prosecutor").get(url("survey:campaign") + "?state=waiting").content.decode()


def test_progress_waits_reminds_and_accepts_a_reason(case):
    today = timezone.localdate()
    ask = made.ask(case, asked_on=today)
    assert selectors.progress(case=case, today=today)["2.1"].state == State.UNDER_WAY
    late = selectors.progress(case=case, today=today + LONG_AGO)["2.1"]
    assert (late.state, late.url_name) == (State.LATE, "survey:campaign")
    actions.record_interview(case=case, actor=None, group="street", officer_name="Ofc. Dale", ask=ask)
    assert selectors.progress(case=case, today=today)["2.1"].state == State.DONE
    for group in (Interview.Group.VICE, Interview.Group.PROBATION):
        made.interview(case, group=group)
    assert selectors.progress(case=case, today=today)["2.0"].state == State.UNDER_WAY
    ElementMark.objects.create_by(None, case=case, element="2.4", reason="Residents fear to be seen answering.")
    goal = selectors.progress(case=case, today=today)["2.0"]
    assert (goal.state, goal.fact) == (State.DONE, "3 of 4 groups answered, 1 set aside")


def test_sources_are_counted_by_group_and_rank_makes_no_second_officer(case):
    player = made.player(case)
    for name, group in (("Ofc. Dale", "street"), ("Sgt. Dale", "vice"), ("Det. Farrow", "vice")):
        interview = made.interview(case, officer_name=name, group=group)
        actions.name_in_interview(interview=interview, actor=None, player=player, why="Seen.")
    actions.name_in_reply(reply=made.reply(case), actor=None, player=player, why="Heard.")
    found = selectors.sources_of(player)
    assert found.officers == (("street", 1), ("vice", 1))
    assert (found.independent, found.words) == (3, "1 street, 1 vice, residents")


@pytest.mark.parametrize(
    ("said", "key"), [("Ofc. Dale", "dale"), ("  Detective SGT.  Dale", "dale"), ("Offutt", "offutt")]
)
def test_ranks_are_no_part_of_a_name(said, key):
    assert selectors.officer_key(said) == key
