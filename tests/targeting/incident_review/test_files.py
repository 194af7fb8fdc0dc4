"""Reviews with both units, the refined list in versions, the file with its tabs, and the papers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dmi.documents import kinds
from dmi.documents.facts import freeze
from dmi.documents.models import Document
from dmi.people.stages import Stage
from targeting.incident_review import actions, letters, refined, selectors
from targeting.incident_review.models import PoliceContact, RefinedList, ViolenceEntry
from tests.factories import incident_review as made
from tests.factories import survey

pytestmark = pytest.mark.django_db
PAPER = {"title": "T", "copy": 1, "compartment": "C", "market": "M", "city": "C", "is_invented": True}


def today():
    return timezone.localdate()


def test_a_review_is_not_closed_before_both_units_were_there(case, at, url):
    session = actions.start_session(case=case, actor=None, officers=["Sgt. A, Narcotics", "Det. B, Vice"])
    client, close = at("police"), url("incident_review:close-session", session.pk)
    assert "Nobody from the street" in client.post(close, {"notes": "Done.", "version": "1"}).content.decode()
    assert "Without both units" in client.get(url("incident_review:queue")).content.decode()
    page = url("incident_review:correct-attendance", session.pk)
    sent = {"held_on": today().isoformat(), "room": "", "agenda": "", "facilitator": "", "version": "1"}
    assert client.post(page, sent | {"present": "Sgt. A, Narcotics"}).status_code == 422
    assert client.post(page, sent | {"present": "Sgt. A, Narcotics\nOfc. C, Beat 22"}).status_code == 302
    assert client.post(close, {"notes": "Done.", "version": "2"}).status_code == 302


def test_a_review_by_code_numbers_hides_the_names(case, at, url):
    player = survey.player(case)
    session = actions.start_session(case=case, actor=None, officers=made.OFFICERS, hides_names=True)
    client = at("police")
    for page in ("queue", "room"):
        assert "Casey" not in client.get(url(f"incident_review:{page}")).content.decode()
    review = client.get(url("incident_review:review", player.pk)).content.decode()
    assert player.number in review
    assert "Casey" not in review
    assert letters.minutes(session)["rows"] == []
    actions.review_player(session=session, player=player, outcome="more", reason="Ask probation.", actor=None)
    assert letters.minutes(session)["rows"][0]["name"] == ""


def test_the_research_partner_gets_numbers_and_no_reasons(case, at, url):
    player = survey.player(case)
    session = made.open_review(case)
    actions.review_player(session=session, player=player, outcome="more", reason="Ask probation.", actor=None)
    for page in ("queue", "room"):
        shown = at("research").get(url(f"incident_review:{page}")).content.decode()
        assert player.number in shown
        for hidden in ("Casey", "Ask probation.", player.basis):
            assert hidden not in shown
    assert at("research").get(url("incident_review:session", session.pk)).status_code == 403
    assert at("community").get(url("incident_review:room")).status_code == 403


def test_after_one_name_the_queue_goes_on_to_the_next(case, at, url):
    first, second = survey.player(case), survey.player(case, "Drew Hollis")
    made.open_review(case)
    sent = {"outcome": "keep", "reason": "Known.", "version": "0"}
    answer = at("police").post(url("incident_review:review", first.pk), sent)
    assert answer.url == url("incident_review:review", second.pk)


def test_the_refined_list_is_fixed_in_versions_with_their_differences(case, at, url):
    made.assessed_player(case)
    client, fix = at("police"), url("incident_review:fix-refined")
    waiting = survey.player(case, "Drew Hollis")
    assert "not reviewed yet" in client.post(fix, {"reason": "", "version": "0"}).content.decode()
    session = selectors.open_session(case)
    actions.review_player(session=session, player=waiting, outcome="keep", reason="Known.", actor=None)
    assert client.post(fix, {"reason": "", "version": "0"}).status_code == 302
    assert "Nothing has changed" in client.post(fix, {"reason": "Again.", "version": "0"}).content.decode()
    made.assessed(made.again(waiting), level="mid")
    assert "Say why" in client.post(fix, {"reason": "", "version": "0"}).content.decode()
    assert client.post(fix, {"reason": "One more seen.", "version": "0"}).status_code == 302
    new, old = RefinedList.objects.for_case(case)
    change = refined.difference(old, new)
    assert (change.came, change.went, change.changed) == ((waiting.number,), (), ())
    assert "One more seen." in client.get(url("incident_review:refined")).content.decode()
    assert at("research").get(url("incident_review:refined")).status_code == 403


def test_every_page_opens_while_there_is_nothing_yet(case, at, url):
    client = at("prosecutor")
    for page in ("board", "criteria", "queue", "room", "refined", "roster", "composition", "tracker"):
        assert client.get(url(f"incident_review:{page}")).status_code == 200, page


def square(lon, lat, size=0.01):
    return MultiPolygon(Polygon.from_bbox((lon, lat, lon + size, lat + size)), srid=4326)


def test_activity_outside_the_area_does_not_list_a_player(case):
    case.target_area = square(-85.0, 35.0)
    player = made.reviewed(case)
    contact = made.contact(player)
    contact.point = Point(-84.0, 36.0, srid=4326)
    contact.save()
    contact.case = player.case = case
    assessment = made.assessed(player, activity_contact=contact)
    assessment.case = case
    assert not selectors.is_active(assessment, today())
    contact.point = Point(-84.995, 35.005, srid=4326)
    assessment.activity_contact = contact
    assert selectors.is_active(assessment, today())


def test_a_contact_gives_the_day_and_the_report_of_the_activity(case, at, url):
    player = made.reviewed(case)
    contact = made.contact(player, kind="arrest", report_number="26-1")
    old = made.contact(player, happened_at=timezone.now() - timedelta(days=400))
    sent = {
        "level": "street", "level_basis": "Report 26-1", "violence": "none", "activity_contact": str(contact.pk),
        "version": "0",
    }  # fmt: skip
    page = url("incident_review:assess", player.pk)
    assert at("police").post(page, sent | {"activity_contact": str(old.pk)}).status_code == 422
    assert at("police").post(page, sent).status_code == 302
    assert made.again(player).stage == Stage.LISTED
    assert made.again(player).assessment.activity_basis == "Arrest 26-1"


def test_violence_lines_are_kept_and_juvenile_and_intelligence_lines_held_back(case, at, url):
    player = made.listed(case)
    page, police = url("incident_review:add-violence", player.pk), at("police")
    sent = {
        "kind": "conviction",
        "offence": "Assault",
        "happened_on": "2024-02-01",
        "record": "24-CR-1",
        "version": "0",
    }
    assert police.post(page, sent | {"record": ""}).status_code == 422
    assert police.post(page, sent | {"with_gun": "on"}).status_code == 302
    police.post(page, sent | {"offence": "Fight at school", "is_juvenile": "on"})
    police.post(page, sent | {"offence": "Said to carry", "kind": "intel"})
    shown = police.get(url("incident_review:person", player.pk), {"tab": "violence"}).content.decode()
    assert "Assault" in shown
    assert "Said to carry" in shown
    assert "Fight at school" not in shown
    hidden = ViolenceEntry.objects.for_case(case).get(is_juvenile=True)
    assert police.get(url("incident_review:edit-violence", hidden.pk)).status_code == 404
    assert [entry.offence for entry in selectors.board(case)[0].violence] == ["Assault"]
    board = at("coordinator").get(url("incident_review:board"), {"person": str(player.pk)}).content.decode()
    assert "Said to carry" not in board
    assert "Fight at school" not in board


def test_the_file_says_who_has_looked(case, at, url):
    player, police = survey.player(case), at("police")
    police.get(url("incident_review:person", player.pk))
    shown = at("prosecutor").get(url("incident_review:person", player.pk), {"tab": "looked"}).content.decode()
    assert police.user.display_name in shown
    assert "File of a player opened" in shown


def test_papers_hold_what_their_kind_may_and_render(case):
    player = made.candidate(case)
    made.checked(player)
    roster = actions.freeze_roster(case=case, actor=None)
    session = selectors.open_session(case)
    fixed = actions.fix_refined_list(case=case, actor=None)
    papers = {
        letters.PACKET: (letters.packet(case, today()), "Card without name"),
        letters.MEMO: (letters.memo(case, today()), roster.numbers[0]),
        letters.MINUTES: (letters.minutes(session), "Sgt. M. Penhale"),
        letters.REFINED: (letters.refined_list(fixed, None), "Street level"),
        letters.SHEET: (letters.sheet(case), "under 11"),
    }
    for kind, (facts, words) in papers.items():
        freeze(kinds.get(kind.code), facts)
        assert words in render_to_string(kind.template, {"facts": facts, "paper": PAPER})
    assert "Casey" not in str(papers[letters.SHEET][0])


def test_who_may_print_gets_a_document_and_nobody_else(case, at, url):
    made.candidate(case)
    for name, role in (("print-packet", "prosecutor"), ("print-memo", "prosecutor"), ("print-composition", "auditor")):
        answer = at(role).post(url(f"incident_review:{name}"))
        assert answer.status_code == 302
        assert at("police").post(url(f"incident_review:{name}")).status_code == 403
    session = selectors.open_session(case)
    assert at("police").post(url("incident_review:print-minutes", session.pk)).status_code == 302
    assert at("prosecutor").post(url("incident_review:print-minutes", session.pk)).status_code == 403
    assert Document.objects.for_case(case).count() == 4


def test_a_contact_keeps_what_was_ticked_where_no_address_is_known(case):
    player = survey.player(case)
    contact = made.contact(player, is_in_area=True)
    assert PoliceContact.objects.for_case(case).get() == contact
    assert contact.point is None
    assert contact.is_in_area


def test_the_refined_list_asks_the_same_questions_whatever_its_length(case, at, url, line_is_kept):
    page, police = url("incident_review:refined"), at("police")
    counts = []
    for names in (("Casey Brightwell",), ("Drew Hollis", "Jonas Alder", "Reese Calloway")):
        for name in names:
            made.assessed_player(case, name)
        police.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert police.get(page).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
