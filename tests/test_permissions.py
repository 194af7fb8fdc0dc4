"""The table of doors: every address of the casebook names its door, and each step's table agrees with its views."""

from __future__ import annotations

import importlib
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dmi.cases import policy, seats
from dmi.cases.models import MarketCase
from tests.factories.accounts import ClearedFactory, UserFactory

ROOT = Path(__file__).parent
# Addresses without a case that stand outside our three doors: Django's admin (its own checks) and the watch pages.
OUTSIDE = {"admin", "alive", "ready"}


def _patterns(resolver: URLResolver, namespace: str = "", route: str = "") -> Iterator[tuple[str, str, Any]]:
    for entry in resolver.url_patterns:
        where = route + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = ":".join(filter(None, (namespace, entry.namespace)))
            yield from _patterns(entry, inner, where)
        elif isinstance(entry, URLPattern):
            yield ":".join(filter(None, (namespace, entry.name or ""))), where, entry.callback


def _doors() -> dict[str, Any]:
    found = {}
    for name, route, view in _patterns(get_resolver()):
        if name.split(":")[0] not in OUTSIDE and not route.startswith("admin/"):
            found[name] = (route, view)
    return found


DOORS = _doors()
CASE_PAGES = {name: view for name, (route, view) in DOORS.items() if "<uuid:case_id>" in route}


def _tables() -> dict[str, tuple[str, ...]]:
    rows: dict[str, tuple[str, ...]] = {}
    for file in sorted(ROOT.rglob("permissions.py")):
        module = ".".join(("tests", *file.relative_to(ROOT).with_suffix("").parts))
        for row in importlib.import_module(module).ROWS:
            rows[row[0]] = (row[1],) if isinstance(row[1], str) else tuple(row[1])
    return rows


TABLE = _tables()


@pytest.mark.parametrize("name", sorted(DOORS))
def test_every_address_has_one_of_the_three_doors(name: str) -> None:
    assert getattr(DOORS[name][1], "door", None) in {"case", "person", "public"}, name


@pytest.mark.parametrize("name", sorted(CASE_PAGES))
def test_every_page_of_a_case_names_a_right_of_the_policy(name: str) -> None:
    view = CASE_PAGES[name]
    assert view.door == "case"
    assert view.needs
    assert all(policy.is_known(right) for right in view.needs)


def test_every_page_of_a_case_stands_in_the_table_and_the_table_holds_nothing_else() -> None:
    assert sorted(set(CASE_PAGES) - set(TABLE)) == []
    assert sorted(set(TABLE) - set(DOORS)) == []


@pytest.mark.parametrize("name", sorted(CASE_PAGES))
def test_the_view_asks_for_what_the_table_says(name: str) -> None:
    assert set(CASE_PAGES[name].needs) == set(TABLE[name])


@pytest.fixture
def market(db: None) -> MarketCase:
    """A market with nobody on it yet."""
    given = {"slug": "eastgate", "name": "Eastgate", "city_name": "Marlow", "number_prefix": "E"}
    return MarketCase.objects.create_by(None, **given)


def _address(name: str, case: MarketCase) -> str:
    """The page's address on this case, with made-up ids for whatever else it names."""
    route = DOORS[name][0]
    given: dict[str, Any] = {"case_id": case.pk}
    for part in route.split("<")[1:]:
        kind, _, word = part.partition(">")[0].rpartition(":")
        made_up = {"uuid": uuid.uuid4(), "int": 1, "slug": "x", "str": "x", "": "x"}
        given.setdefault(word, made_up.get(kind, "x"))
    return reverse(name, kwargs=given)


def _ask(client: Any, address: str) -> int:
    """The answer to reading the page, or to acting where a page only acts."""
    answer = client.get(address).status_code
    return client.post(address).status_code if answer == 405 else answer


@pytest.mark.parametrize("is_act", [True, False])
def test_strangers_superusers_and_suspended_members_find_no_page_of_a_case(
    client: Any, market: MarketCase, is_act: bool
) -> None:
    """The same answer as for a case that does not exist, on every page."""
    stranger, superuser = ClearedFactory(), ClearedFactory(is_superuser=True)
    seats.give_seat(case=market, user=superuser, role="coordinator", actor=None)
    suspended = ClearedFactory()
    seat = seats.give_seat(case=market, user=suspended, role="coordinator", actor=None)
    seats.suspend_seat(membership=seat, actor=None, reason="left")
    for person in (stranger, superuser, suspended):
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        for name in CASE_PAGES:
            address = _address(name, market)
            answer = client.post(address).status_code if is_act else _ask(client, address)
            assert answer in ({404, 405} if is_act else {404}), (person, name)


@pytest.mark.parametrize("seat", sorted(policy.SEATS))
@pytest.mark.parametrize("is_cleared", [True, False])
def test_a_seat_is_turned_away_from_every_page_whose_right_it_lacks(
    client: Any, market: MarketCase, line_is_kept: None, seat: str, is_cleared: bool
) -> None:
    """Without clearance, only the pages are asked again whose right hangs on it."""
    person = ClearedFactory() if is_cleared else UserFactory()
    seats.give_seat(case=market, user=person, role=seat, actor=None)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert person.is_cleared() == is_cleared
    with_clearance, rights = (policy.rights(frozenset({seat}), cleared=cleared) for cleared in (True, is_cleared))
    for name, view in CASE_PAGES.items():
        needs = set(view.needs)
        if not is_cleared and with_clearance & needs == rights & needs:
            continue
        answer = _ask(client, _address(name, market))
        if rights & needs:
            assert answer < 500, (name, answer)
        else:
            assert answer == (404 if view.is_concealed else 403), (seat, name, answer)
