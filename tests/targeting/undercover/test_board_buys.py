"""The number of officers' buys on the board of step 3: for seats that may know of them, never an informant's."""

from __future__ import annotations

import pytest

from targeting.incident_review import selectors as review
from targeting.undercover.models import OfficerBuy
from tests.factories import incident_review as made
from tests.factories import undercover

pytestmark = pytest.mark.django_db
COLUMN = '<th scope="col">Buys</th>'


@pytest.fixture
def board(case, at, url):
    """The board with one row, in a seat's eyes."""
    player = made.assessed_player(case)
    undercover.buy(player, recording=OfficerBuy.Recording.BOTH)
    undercover.buy(player, "UC-2", recording=OfficerBuy.Recording.NONE, has_photographs=True)
    undercover.informant_buy(player)
    made.criteria(case)

    def seen(role, **query):
        return at(role).get(url("incident_review:board"), query).content.decode()

    seen.player = player
    return seen


@pytest.mark.parametrize("role", ["police", "handler"])
def test_the_board_counts_officers_buys_and_says_which_evidence_there_is(board, role):
    page = board(role)
    assert COLUMN in page
    assert '<span class="num">2</span>' in page
    assert all(f'<span class="vh">{kind}</span>' in page for kind in ("audio", "video", "photographs"))


def test_the_panel_says_them_again_and_leads_to_the_case(board, url):
    page = board("police", person=str(board.player.pk))
    assert page.count('<span class="num">2</span>') == 2
    assert url("undercover:player", board.player.pk) in page


@pytest.mark.parametrize("role", ["coordinator", "research"])
def test_a_seat_that_may_not_know_of_buys_has_no_column(board, role):
    assert COLUMN not in board(role)


def test_a_card_of_the_first_look_shows_no_number(board):
    page = board("prosecutor")
    assert COLUMN in page
    assert '<span class="num">' not in page


def test_the_count_is_asked_for_once_and_only_with_the_right(case, board, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = review.buys_by_player(case, {"undercover_buys.view"})
    assert found[board.player.pk] == review.Buys(2, has_audio=True, has_video=True, has_photographs=True)
    with django_assert_num_queries(0):
        assert review.buys_by_player(case, {"undercover_buys.masked"}) is None
