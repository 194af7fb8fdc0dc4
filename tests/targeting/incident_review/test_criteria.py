"""Criteria before names, the first look at a card without name, and both opinions kept."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dmi.audit.models import AuditEvent
from targeting.incident_review import actions, masks, selectors
from targeting.incident_review.models import Criteria, FirstPass, ProsecutorDecision
from tests.factories import incident_review as made
from tests.factories import survey

pytestmark = pytest.mark.django_db
WRITTEN = {"rules": ["adult", "street"], "judged": "A way out is open", "why": "Agreed.", "check_days": "14"}
LOOK = {"choice": "callin", "words": "Within the criteria.", "version": "0"}
CALL_IN = {"choice": "callin", "reason_code": "nonviolent", "words": "As on the card.", "version": "0"}


def test_no_name_is_shown_before_the_criteria_are_fixed(case, at, url):
    player = made.assessed_player(case)
    for role in ("police", "prosecutor", "coordinator"):
        shown = at(role).get(url("incident_review:board"), {"person": str(player.pk)}).content.decode()
        assert "Criteria first" in shown
        assert "Casey" not in shown
    made.criteria(case)
    assert "Casey Brightwell" in at("police").get(url("incident_review:board")).content.decode()


def test_nobody_is_decided_before_the_criteria_are_fixed(case, at, url):
    player = made.assessed_player(case)
    made.criteria(case, fixed=False)
    answer = at("police").post(url("incident_review:recommend", player.pk), CALL_IN)
    assert "fix the criteria first" in answer.content.decode()
    assert at("prosecutor").get(url("incident_review:first-look", player.pk)).status_code == 404


def test_criteria_are_written_fixed_and_never_changed(case, at, url):
    prosecutor = at("prosecutor")
    write = url("incident_review:write-criteria")
    assert prosecutor.post(write, {"why": "Agreed.", "check_days": "14", "version": "0"}).status_code == 422
    assert prosecutor.post(write, WRITTEN | {"version": "0"}).status_code == 302
    draft = Criteria.objects.for_case(case).get()
    assert [line["rule"] for line in draft.lines] == ["adult", "street", "judged"]
    assert at("police").post(write, WRITTEN).status_code == 403
    assert prosecutor.post(url("incident_review:fix-criteria", draft.pk)).status_code == 302
    fixed = selectors.criteria_in_force(case)
    assert fixed.fixed_at
    with pytest.raises(actions.AlreadyFixed):
        actions.write_criteria(criteria=fixed, actor=None)
    assert prosecutor.post(write, WRITTEN | {"why": "Found too narrow.", "version": "0"}).status_code == 302
    assert selectors.draft_criteria(case).number == 2
    assert selectors.criteria_in_force(case) == fixed
    assert "version 1" in at("police").get(url("incident_review:criteria")).content.decode()
    assert set(AuditEvent.objects.values_list("verb", flat=True)) >= {"criteria_written", "criteria_fixed"}


def test_the_card_hides_name_number_race_and_place(case, at, url):
    player = made.assessed_player(case, race="Black", home_address="4 Calder Street", sex="m")
    made.contact(player, place="Calder and Eighth")
    fixed = made.criteria(case)
    prosecutor = at("prosecutor")
    card = masks.card_number(fixed, player)
    board = prosecutor.get(url("incident_review:board")).content.decode()
    assert f"Card {card}" in board
    shown = prosecutor.get(url("incident_review:first-look", player.pk)).content.decode()
    for hidden in ("Casey", "Brightwell", player.number, "Black", "Calder", "Report 26-04471"):
        assert hidden not in shown, hidden
        assert hidden not in board, hidden
    assert "Street level" in shown


def test_the_full_card_opens_after_the_first_look_and_both_opinions_are_kept(case, at, url):
    player = made.assessed_player(case)
    made.criteria(case)
    prosecutor = at("prosecutor")
    page = url("incident_review:decide", player.pk)
    assert "without the name first" in prosecutor.post(page, CALL_IN).content.decode()
    look = url("incident_review:first-look", player.pk)
    assert prosecutor.post(look, {"choice": "callin", "words": "", "version": "0"}).status_code == 422
    assert prosecutor.post(look, LOOK).status_code == 302
    assert prosecutor.get(look).status_code == 302
    changed = CALL_IN | {"choice": "prosecute", "reason_code": "supplier", "words": "Supplies two on the list."}
    assert prosecutor.post(page, changed).status_code == 302
    shown = prosecutor.get(url("incident_review:board"), {"person": str(player.pk)}).content.decode()
    assert "Casey Brightwell" in shown
    assert "Within the criteria." in shown
    assert "Supplies two on the list." in shown
    assert FirstPass.objects.for_case(case).get().shown[0]["text"]
    with pytest.raises(actions.AlreadyFixed):
        actions.look_first(player=player, office="local", choice="drop", words="Other.", actor=None)
    police = at("police").get(url("incident_review:board"), {"person": str(player.pk)}).content.decode()
    assert "Within the criteria." not in police


def test_each_office_looks_for_itself(case, at, url):
    player = made.assessed_player(case)
    made.criteria(case)
    at("prosecutor").post(url("incident_review:first-look", player.pk), LOOK)
    federal = at("federal_prosecutor")
    assert "Casey" not in federal.get(url("incident_review:board")).content.decode()
    federal.post(url("incident_review:first-look", player.pk), LOOK | {"choice": "hold"})
    assert {f.office: f.choice for f in FirstPass.objects.for_case(case)} == {"local": "callin", "federal": "hold"}


def test_the_first_look_is_skipped_only_with_a_reason(case, at, url):
    first, second = made.assessed_player(case), made.assessed_player(case, "Drew Hollis")
    made.criteria(case)
    prosecutor = at("prosecutor")
    look = url("incident_review:first-look", first.pk)
    assert prosecutor.post(look, {"skip": "1", "reason": ""}).status_code == 422
    assert prosecutor.post(look, {"skip": "1", "reason": "Prosecuted him last year."}).status_code == 302
    rest = url("incident_review:skip-first-looks")
    assert prosecutor.post(rest, {"reason": "The meeting is tonight."}).status_code == 302
    skipped = dict(FirstPass.objects.for_case(case).values_list("player__number", "skipped_because"))
    assert skipped == {first.number: "Prosecuted him last year.", second.number: "The meeting is tonight."}
    shown = prosecutor.get(url("incident_review:board"), {"person": str(first.pk)}).content.decode()
    assert ProsecutorDecision.objects.for_case(case).count() == 0
    assert "First look skipped: Prosecuted him last year." in shown


def test_the_criteria_are_answered_from_the_file(case):
    player = made.assessed_player(case, birth_on=None)
    fixed = made.criteria(case)
    row = selectors.board(case)[0]
    found = {a.rule: a.is_met for a in masks.answers(fixed, row, row.assessment.assessed_on)}
    assert found == {
        "adult": False, "active": True, "street": True, "not_serious": True, "no_charges": True, "judged": None,
    }  # fmt: skip
    assert player.number not in str(masks.shown_on_card(player, fixed))


def test_a_player_not_under_decision_has_no_card(case, at, url):
    made.criteria(case)
    player = survey.player(case)
    assert at("prosecutor").get(url("incident_review:first-look", player.pk)).status_code == 404


def test_cards_stand_last_without_what_anybody_said(case, at, url):
    """Among the names a card's place would say who it is, and others' opinions would come before the own one."""
    known = made.listed(case, "Casey Brightwell")
    players = [made.assessed_player(case, name) for name in ("Drew Hollis", "Reese Calloway")]
    actions.skip_all_first_looks(case=case, office="federal", because="Known.", actor=None)
    for player in players:
        actions.recommend(player=player, choice="callin", reason_code="nonviolent", words="Agreed.", actor=None)
    page = at("prosecutor").get(url("incident_review:board"))
    shown, fixed = page.content.decode(), selectors.criteria_in_force(case)
    cards = sorted(masks.card_number(fixed, player) for player in players)
    places = [shown.index(known.person.full_name), *(shown.index(f"Card {card}") for card in cards)]
    assert places == sorted(places)
    assert "Call-in</span>" not in shown[places[1] :].partition("</table>")[0]
    assert [line.police_choice for line in page.context["page"].object_list if line.is_hidden] == ["", ""]
    assert "Call-in" in at("federal_prosecutor").get(url("incident_review:board")).content.decode()


def test_a_federal_prosecutor_is_told_of_the_cards_that_wait(case, at, url):
    made.assessed_player(case)
    made.criteria(case)
    overview = reverse("cases:overview", args=[case.pk])
    page = at("federal_prosecutor").get(overview)
    assert [item.text for item in page.context["mine"]] == ["Look at 1 card and decide"]
    assert (
        "Federal prosecutor: 1 card to look at"
        in at("prosecutor").get(reverse("cases:todo", args=[case.pk])).content.decode()
    )
    actions.skip_all_first_looks(case=case, office="federal", because="Known.", actor=None)
    assert at("federal_prosecutor").get(overview).context["mine"] == []
