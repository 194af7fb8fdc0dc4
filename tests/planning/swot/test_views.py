"""The SWOT board through the browser."""

from __future__ import annotations

import pytest
from django.utils import timezone

from dmi.documents import render
from dmi.documents.facts import freeze, thaw
from dmi.documents.models import Document
from planning.swot import actions, letters, selectors
from planning.swot.models import Item, PromptAnswer, Quadrant, Response, Vote
from tests.factories import many
from tests.factories import swot as made

pytestmark = pytest.mark.django_db
HOSTILE = '<script>alert("x")</script>'


def test_a_member_posts_and_puts_it_better(market, neighbor, police, as_, url):
    sent = {"quadrant": "S", "text": "Churches are with us.", "version": "0"}
    client = as_(neighbor)
    assert client.post(url("swot:add-item"), sent).status_code == 302
    item = Item.objects.for_case(market).get()
    assert item.author == neighbor
    better = sent | {"text": "Three churches are with us.", "version": item.version}
    assert client.post(url("swot:edit-item", item.pk), better).status_code == 302
    assert as_(police).get(url("swot:edit-item", item.pk)).status_code == 403
    page = as_(police).get(url("swot:board")).content.decode()
    assert "Three churches" in page
    assert "R. Linden" in page


def test_a_prompt_belongs_to_a_threat(market, neighbor, as_, url):
    sent = {"quadrant": "S", "text": "An election is near.", "prompt": "politics", "version": "0"}
    answer = as_(neighbor).post(url("swot:add-item"), sent)
    assert answer.status_code == 422
    assert "Only a threat can answer a prompt." in answer.content.decode()
    as_(neighbor).post(url("swot:add-item"), sent | {"quadrant": "T"})
    assert len(selectors.board_of(market).open_prompts) == 5


def test_votes_are_given_and_taken_with_buttons(market, neighbor, police, as_, url):
    item = made.item(market, police)
    client = as_(neighbor)
    client.post(url("swot:weigh", item.pk), {"points": "2"})
    assert Vote.objects.get().points == 2
    refused = client.post(url("swot:weigh", item.pk), {"points": "9"}, follow=True)
    assert "at most 3 for one item" in refused.content.decode()
    client.post(url("swot:weigh", item.pk), {"points": "0"})
    assert not Vote.objects.exists()
    assert client.post(url("swot:weigh", item.pk), {"points": "many"}).status_code == 404


def test_a_response_has_an_owner_of_the_team_and_a_day_to_come(market, neighbor, police, outsider, as_, url):
    item = made.item(market, police, Quadrant.WEAKNESS)
    client = as_(neighbor)
    sent = {"what": "Ask the college", "owner": str(police.pk), "due_on": "2020-01-01", "version": "0"}
    late = client.post(url("swot:plan-response", item.pk), sent)
    assert late.status_code == 422
    assert "This day has passed" in late.content.decode()
    strange = sent | {"owner": str(outsider.pk), "due_on": "2099-01-01"}
    assert client.post(url("swot:plan-response", item.pk), strange).status_code == 422
    assert client.post(url("swot:plan-response", item.pk), strange | {"owner": str(police.pk)}).status_code == 302
    row = Response.objects.get()
    client.post(url("swot:finish-response", row.pk), {"outcome": "They come.", "version": row.version})
    assert "They come." in client.get(url("swot:register")).content.decode()


def test_a_risk_is_accepted_and_a_prompt_answered(market, police, neighbor, as_, url):
    item = made.item(market, police, Quadrant.THREAT)
    client = as_(neighbor)
    risk = {"accepted_risk": "Nobody can change it.", "version": item.version}
    assert client.post(url("swot:accept-risk", item.pk), risk).status_code == 302
    assert client.post(url("swot:answer-prompt", "race"), {"reason": "We asked.", "version": "0"}).status_code == 302
    assert PromptAnswer.objects.get().prompt == "race"
    assert client.get(url("swot:answer-prompt", "weather")).status_code == 404


def test_only_the_coordinator_locks(market, coordinator, police, as_, url):
    made.whole_board(market, police)
    assert as_(police).post(url("swot:lock")).status_code == 403
    assert as_(coordinator).get(url("swot:lock")).status_code == 200
    assert as_(coordinator).post(url("swot:lock")).status_code == 302
    assert "Locked" in as_(police).get(url("swot:board")).content.decode()
    assert as_(police).get(url("swot:inventory", 1)).status_code == 200
    assert as_(coordinator).post(url("swot:open-next")).status_code == 302
    assert as_(coordinator).get(url("swot:inventory", 2)).status_code == 404


def test_a_lock_with_gaps_says_what_is_missing(market, coordinator, as_, url):
    made.item(market, coordinator)
    answer = as_(coordinator).post(url("swot:lock"))
    assert answer.status_code == 422
    assert "Weaknesses: nothing is on the board yet." in answer.content.decode()


def test_a_change_after_the_lock_is_refused_in_words(market, coordinator, as_, url):
    board = made.whole_board(market, coordinator)
    actions.lock(case=market, actor=coordinator)
    sent = {"quadrant": "S", "text": "Too late", "version": "0"}
    answer = as_(coordinator).post(url("swot:add-item"), sent)
    assert answer.status_code == 422
    assert "This inventory is locked" in answer.content.decode()
    gone = as_(coordinator).post(url("swot:remove-item", board["S"].pk), follow=True)
    assert "This inventory is locked" in gone.content.decode()


def test_html_on_the_board_is_only_text(market, coordinator, police, as_, url):
    item = made.item(market, police, Quadrant.WEAKNESS, text=HOSTILE)
    sent = {"what": HOSTILE, "owner": str(police.pk), "due_on": "2099-01-01", "version": "0"}
    assert as_(police).post(url("swot:plan-response", item.pk), sent).status_code == 302
    for name in ("swot:board", "swot:register"):
        page = as_(coordinator).get(url(name)).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_strangers_and_seats_without_planning_do_not_get_in(market, councilor, outsider, as_, url):
    assert as_(outsider).get(url("swot:board")).status_code == 404
    assert as_(councilor).get(url("swot:board")).status_code == 403


def test_the_papers_are_issued_once_and_say_what_was_locked(market, coordinator, as_, url):
    made.whole_board(market, coordinator)
    client = as_(coordinator)
    for name in ("swot:print-board", "swot:print-register", "swot:print-board"):
        assert client.post(url(name)).status_code == 302
    assert Document.objects.for_case(market).count() == 2
    inventory = actions.lock(case=market, actor=coordinator)
    today, board = timezone.localdate(), selectors.board_of(market)
    for kind, facts in (
        (letters.ANALYSIS, letters.analysis(market, inventory, board, today)),
        (letters.REGISTER, letters.register(market, board, today)),
    ):
        frozen = thaw(freeze(kind, facts).body)
        html = render.html_of(kind.template, {**frozen, "facts": frozen, "paper": {"title": kind.title}})
        assert "Weaknesses of the team" in html
        assert "Meet the new chief" in html


def test_a_long_register_is_read_in_pages(market, police, coordinator, as_, url, line_is_kept):
    row = made.response(made.item(market, police, Quadrant.WEAKNESS), police)
    many.copies(row, {"due_on": "one.due_on + g"})
    many.read_through(as_(coordinator), url("swot:register"), expected=many.MANY + 1, most=20)
