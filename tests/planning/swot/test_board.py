"""The SWOT board: signed and unsigned items, votes, answers, the lock, and where its elements stand."""

from __future__ import annotations

import uuid

import pytest
from django.apps import apps
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.cases.models import SubmittedForm
from dmi.cases.progress import State
from planning.swot import actions, selectors
from planning.swot.models import Inventory, Item, Quadrant, Response
from tests.factories import swot as made

pytestmark = pytest.mark.django_db


def progress(case):
    return selectors.progress(case=case, today=timezone.localdate())


def test_an_empty_board_is_missing_and_a_whole_one_waits_for_the_lock(market, coordinator):
    assert {row.state for row in progress(market).values()} == {State.MISSING}
    made.whole_board(market, coordinator)
    found = progress(market)
    assert {found[f"SW.{q}"].state for q in "SWOT"} == {State.DONE}
    assert (found["SW.+"].state, found["SW.+"].todo) == (State.UNDER_WAY, "Lock the board as the baseline")
    actions.lock(case=market, actor=coordinator)
    assert progress(market)["SW.+"].state is State.DONE


def test_a_late_response_makes_the_plan_late_even_after_the_lock(market, coordinator):
    board = made.whole_board(market, coordinator)
    actions.lock(case=market, actor=coordinator)
    row = Response.objects.for_case(market).get(item=board["W"])
    row.due_on = timezone.localdate() - timezone.timedelta(days=2)
    actions.plan_response(response=row, item=board["W"], actor=coordinator)
    assert progress(market)["SW.+"].state is State.LATE
    actions.finish_response(response=row, actor=coordinator)
    assert progress(market)["SW.+"].state is State.DONE


def test_the_board_cannot_be_locked_with_gaps(market, coordinator):
    made.item(market, coordinator, Quadrant.WEAKNESS)
    with pytest.raises(actions.HasGaps) as refused:
        actions.lock(case=market, actor=coordinator)
    text = str(refused.value)
    assert "Strengths" in text
    assert "without a response" in text
    assert "6 threat prompts" in text


def test_the_frozen_copy_stays_as_it_was(market, coordinator):
    board = made.whole_board(market, coordinator)
    inventory = actions.lock(case=market, actor=coordinator)
    frozen = inventory.frozen
    with pytest.raises(actions.Locked):
        actions.change_item(item=Item.objects.get(pk=board["S"].pk), actor=coordinator)
    with pytest.raises(actions.Locked):
        made.item(market, coordinator)
    made.response(Item.objects.get(pk=board["W"].pk), coordinator)
    assert Inventory.objects.get(pk=inventory.pk).frozen == frozen
    assert frozen["quadrants"][0]["items"][0]["text"] == "Strengths of the team"


def test_a_later_inventory_is_compared_with_the_baseline(market, coordinator):
    made.whole_board(market, coordinator)
    first = actions.lock(case=market, actor=coordinator)
    second = actions.open_inventory(case=market, actor=coordinator)
    assert (second.number, second.is_locked) == (2, False)
    made.item(market, coordinator, Quadrant.STRENGTH, text="strengths of  the TEAM")
    made.item(market, coordinator, Quadrant.STRENGTH, text="A new park")
    board = selectors.board_of(market)
    changes = selectors.comparison(first.frozen, selectors.frozen_copy(board, timezone.localdate()))
    found = {(change.text, change.words) for change in changes if change.quadrant == "Strengths"}
    assert found == {("strengths of  the TEAM", "Still there"), ("A new park", "New")}
    assert "Gone" in {change.words for change in changes}


def test_an_unsigned_item_leaves_no_trace_of_its_author(market, neighbor, as_, url):
    token = uuid.uuid4()
    sent = {
        "quadrant": "T",
        "text": "Some fear the police more than the dealers.",
        "unsigned": "on",
        "once": str(token),
    }
    client = as_(neighbor)
    before = _rows_of(neighbor)  # signing in is in the log, of course
    for _ in range(2):  # a double click
        assert client.post(url("swot:add-item"), sent).status_code == 302
    item = Item.objects.for_case(market).get()
    assert (item.created_by, item.updated_by, item.author) == (None, None, None)
    assert item.pk == token
    assert not SubmittedForm.objects.filter(pk=token).exists()
    row = item.history.get()
    assert row.history_user_id is None
    assert {timezone.localtime(row.history_date).hour, timezone.localtime(item.created_at).hour} == {0}
    assert not AuditEvent.objects.filter(subject_id=str(item.pk)).exclude(actor=None).exists()
    assert _rows_of(neighbor) == before
    page = client.get(url("swot:board")).content.decode()
    assert "Unsigned" in page
    assert "Ruth" not in page.split("<main")[1]


def _rows_of(user):
    """Rows of the board, its history and the log that point at the person."""
    models = [*apps.get_app_config("swot").get_models(), AuditEvent, SubmittedForm]
    total = 0
    for model in models:
        for field in model._meta.fields:
            if field.related_model is type(user):
                total += model._base_manager.filter(**{field.attname: user.pk}).count()
    return total


def test_nobody_edits_an_unsigned_item_and_the_coordinator_can_remove_it(market, neighbor, coordinator):
    item = made.item(market, None)
    with pytest.raises(actions.NotYours):
        actions.change_item(item=item, actor=neighbor)
    with pytest.raises(actions.NotYours):
        actions.remove_item(item=item, actor=neighbor, moderates=False)
    actions.remove_item(item=item, actor=coordinator, moderates=True)
    assert not Item.objects.for_case(market).standing().exists()


def test_each_member_has_one_budget_of_votes(market, neighbor, police):
    items = [made.item(market, police, text=f"Item {n}") for n in range(3)]
    actions.weigh(item=items[0], actor=neighbor, points=3)
    actions.weigh(item=items[1], actor=neighbor, points=3)
    with pytest.raises(actions.BudgetSpent):
        actions.weigh(item=items[2], actor=neighbor, points=1)
    with pytest.raises(actions.BudgetSpent):
        actions.weigh(item=items[0], actor=police, points=4)
    actions.weigh(item=items[0], actor=neighbor, points=0)
    actions.weigh(item=items[2], actor=neighbor, points=2)
    board = selectors.board_of(market, neighbor)
    assert board.budget_left == 1
    assert [card.weight for card in board.quadrants[0].cards] == [3, 2, 0]


def test_votes_on_a_removed_item_return_to_the_budget(market, neighbor, police):
    item = made.item(market, police)
    actions.weigh(item=item, actor=neighbor, points=3)
    actions.remove_item(item=item, actor=police, moderates=False)
    assert selectors.board_of(market, neighbor).budget_left == 6


def test_a_removal_is_undone(market, police, as_, url):
    item = made.item(market, police)
    client = as_(police)
    page = client.post(url("swot:remove-item", item.pk), follow=True).content.decode()
    assert "Undo" in page
    client.post(url("swot:put-back", item.pk))
    assert Item.objects.for_case(market).standing().get() == item
    assert item.history.count() == 3


def test_the_board_is_read_in_bounded_queries(market, police, neighbor, django_assert_max_num_queries):
    for n in range(15):
        made.response(made.item(market, police, Quadrant.WEAKNESS, text=f"Item {n}"), neighbor)
    with django_assert_max_num_queries(6):
        [card.author for card in selectors.board_of(market, neighbor).cards]


def test_every_act_leaves_one_event(market, police):
    item = made.item(market, police)
    actions.weigh(item=item, actor=police, points=1)
    verbs = list(AuditEvent.objects.filter(subject_id=str(item.pk)).values_list("verb", flat=True))
    assert sorted(verbs) == ["item_posted", "item_weighed"]
