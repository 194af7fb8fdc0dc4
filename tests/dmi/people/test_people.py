"""The list of players: naming, moving along, minors, review dates, and who reads names."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.cases import actions as cases
from dmi.cases import seats
from dmi.cases.models import MarketCase
from dmi.people import actions, selectors
from dmi.people.models import Person, Player
from dmi.people.stages import NEXT, Stage
from tests.factories import many
from tests.factories.accounts import ClearedFactory, UserFactory

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def market(db: None) -> MarketCase:
    given = {"slug": "eastgate", "name": "Eastgate", "city_name": "Marlow", "number_prefix": "E"}
    return cases.open_case(actor=None, **given)


def named(market: MarketCase, name: str = "Casey Brightwell", born: date | None = date(1990, 5, 1)) -> Player:
    return actions.nominate(case=market, actor=None, basis="Report 26-1", full_name=name, birth_on=born)


def enter(client: Client, market: MarketCase, seat: str, *, cleared: bool = True) -> Client:
    user = ClearedFactory() if cleared else UserFactory()
    seats.give_seat(case=market, user=user, role=seat, actor=None)
    client.force_login(user, backend=BACKEND)
    return client


def walk(player: Player, *stages: str) -> Player:
    for stage in stages:
        player = actions.advance(player=player, to=stage, actor=None, reason="For the record")
    return player


def test_numbers_follow_one_another_with_the_market_letter(market: MarketCase) -> None:
    assert [named(market, name).number for name in ("Ann One", "Ben Two")] == ["E-01", "E-02"]


def test_a_move_leaves_history_and_one_audit_event(market: MarketCase) -> None:
    player = walk(named(market), Stage.REVIEWED)
    assert [move.stage for move in selectors.moves(player)] == ["Named", "Reviewed"]
    assert AuditEvent.objects.filter(verb="player_moved").count() == 1


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in NEXT[Stage.NAMED]])
def test_the_table_alone_says_what_may_follow(market: MarketCase, stage: str) -> None:
    player = named(market)
    with pytest.raises(actions.NotAllowedYet):
        actions.advance(player=player, to=stage, actor=None, reason="x")
    assert Player.objects.get().stage == Stage.NAMED


@pytest.mark.parametrize("born", [None, timezone.localdate() - timedelta(days=365 * 17)])
def test_a_minor_or_unknown_age_never_becomes_a_candidate(market: MarketCase, born: date | None) -> None:
    player = walk(named(market, born=born), Stage.REVIEWED, Stage.LISTED)
    with pytest.raises(actions.NotAnAdult):
        actions.advance(player=player, to=Stage.CANDIDATE, actor=None)


def test_dropping_says_why(market: MarketCase) -> None:
    with pytest.raises(actions.ReasonMissing):
        actions.advance(player=named(market), to=Stage.DROPPED, actor=None)


def test_an_overdue_name_is_hidden_until_somebody_looks_again(client: Client, market: MarketCase) -> None:
    player = named(market)
    player.review_by = timezone.localdate() - timedelta(days=1)
    player.save_by(None)
    officer = enter(client, market, "police")
    assert "Casey Brightwell" not in officer.get(f"/cases/{market.pk}/people/").content.decode()
    assert officer.get(f"/cases/{market.pk}/people/{player.pk}/").status_code == 404
    form = {"basis": "Seen again on Calder Street.", "version": player.version}
    assert officer.post(f"/cases/{market.pk}/people/overdue/{player.pk}/", form).status_code == 302
    assert "Casey Brightwell" in officer.get(f"/cases/{market.pk}/people/").content.decode()


def test_an_uncleared_coordinator_sees_numbers_and_no_name(client: Client, market: MarketCase) -> None:
    player = named(market)
    page = enter(client, market, "coordinator", cleared=False).get(f"/cases/{market.pk}/people/?q=Casey")
    assert player.number in page.content.decode()
    assert "Casey" not in page.content.decode()
    assert client.get(f"/cases/{market.pk}/people/{player.pk}/").status_code == 403


@pytest.mark.parametrize("seat", ["community", "services", "council", "administrator"])
def test_civil_seats_do_not_reach_the_list(client: Client, market: MarketCase, seat: str) -> None:
    player = named(market)
    enter(client, market, seat)
    assert client.get(f"/cases/{market.pk}/people/").status_code == 403
    assert client.get(f"/cases/{market.pk}/people/{player.pk}/").status_code == 403


def test_a_name_nearly_on_the_list_is_asked_about_first(client: Client, market: MarketCase) -> None:
    named(market)
    officer = enter(client, market, "police")
    form = {"full_name": "Casey Brightwel", "sex": "u", "language": "en", "basis": "Report 26-2", "version": "0"}
    answer = officer.post(f"/cases/{market.pk}/people/add/", form)
    assert answer.status_code == 422
    assert "E-01" in answer.content.decode()
    assert officer.post(f"/cases/{market.pk}/people/add/", form | {"is_somebody_else": "on"}).status_code == 302
    assert Person.objects.for_case(market).count() == 2


def test_a_person_of_another_market_is_not_found(client: Client, market: MarketCase) -> None:
    other = cases.open_case(actor=None, slug="north", name="North", city_name="Marlow", number_prefix="N")
    stranger = named(other, "Somebody Else")
    officer = enter(client, market, "police")
    assert officer.get(f"/cases/{market.pk}/people/{stranger.pk}/").status_code == 404
    assert officer.post(f"/cases/{market.pk}/people/person/{stranger.person_id}/edit/", {}).status_code == 404


def test_search_finds_street_names_and_numbers(market: MarketCase) -> None:
    player = named(market)
    player.person.aliases = ["Case"]
    player.person.save_by(None)
    assert list(selectors.find(market, "e-01")) == [player]
    assert list(selectors.find(market, "case")) == [player]
    player.person.home_address = "14 Alder Court"
    player.person.save_by(None)
    assert list(selectors.find(market, "alder c")) == [player]
    assert not selectors.find(market, "14 alder%").exists()


def test_a_misspelled_name_is_found_and_said_to_be(client: Client, market: MarketCase) -> None:
    named(market, "Casey Brightwell")
    other = named(market, "Casey Brightwel")
    officer = enter(client, market, "police")
    page = f"/cases/{market.pk}/people/"
    shown = officer.get(page, {"q": "Casey Brihtwell"}).content.decode()
    assert "Spelled alike" in shown
    assert "Casey Brightwell" in shown
    assert other.number in shown
    exact = officer.get(page, {"q": "Brightwell"}).content.decode()
    assert "Spelled alike" not in exact
    assert other.number not in exact
    assert "Spelled alike" not in officer.get(page, {"q": "Nobody Whatever"}).content.decode()


def test_a_long_list_and_a_search_in_it_are_read_in_pages(client: Client, market: MarketCase, line_is_kept) -> None:
    many.players(named(market))
    officer, page = enter(client, market, "police"), f"/cases/{market.pk}/people/"
    many.read_through(officer, page, expected=many.MANY + 1, most=15)
    many.read_through(officer, page, expected=many.MANY, most=15, q="Copied Person")
    many.read_through(officer, page, expected=many.MANY, most=15, q="Copied Persno")
