"""Two worlds that differ only in what a member may not know must look the same to that member, byte for byte.

World B has one more record of every class whose existence is the secret and of which the member's seat gives nothing:
an informant's buy, a sealed flag, a juvenile record, a consent. Not a count, not an order, not a number of queries may
tell. Where a step stands is open to the whole team, so classes of the case file that only feed it are left out.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import Model
from django.db.models.signals import post_save
from django.test import Client
from django.utils import timezone
from simple_history.models import HistoricalChanges

from dmi.cases import policy
from dmi.cases.models import MarketCase
from dmi.core import changes
from dmi.core.models import CaseRecord
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review.models import PoliceContact
from tests import cast
from tests.built import Built, built_market, demo_template  # noqa: F401 - fixtures
from tests.leaks import crawl, planting, sowing

pytestmark = pytest.mark.slow
# Restricted, work product, criminal history, intelligence, services and community: that there is one says too much.
SECRET = {"R", "W", "Lh", "Li", "S", "C"}
# Whose worlds are compared, how many records each page is read with, and how many of the links on it with a filter.
# DMI_LEAKS=all takes every seat and reads more.
IS_WHOLE = os.environ.get("DMI_LEAKS") == "all"
SEATS = sorted(cast.BY_SEAT) if IS_WHOLE else ["community"]
RECORDS, FILTERS = (2, 6) if IS_WHOLE else (1, 0)
World = dict[str, tuple[int, bytes, int]]
MASKS = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"'),
    re.compile(rb'name="once" value="[^"]*"'),
    re.compile(rb'"X-CSRFToken": "[^"]*"'),
    re.compile(rb"sessionid=[^;]*"),
)


def bare(body: bytes) -> bytes:
    """Without what differs at each look."""
    for mask in MASKS:
        body = mask.sub(b"", body)
    return body


@contextmanager
def a_world(case: MarketCase) -> Iterator[None]:
    """What happens inside is undone at the end; nothing kept from before is shown in it."""
    cache.clear()
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def settle(case: MarketCase) -> None:
    """What was changed in this world counts as committed: answers kept from before it are dropped."""
    changes.tell("cases", case.pk)
    for entry in list(connection.run_on_commit):
        if isinstance(entry[1], changes.Change):
            entry[1]()


@pytest.fixture(autouse=True)
def _committed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, "is_pending", lambda: False)


def seen_by(client: Client, case: MarketCase, known: dict[str, list[str]]) -> World:
    """Everything this browser is shown."""
    found = crawl.everything(client, case, known, filters=FILTERS, counted=True)
    return {shown.address: (shown.status, bare(shown.body), shown.queries) for shown in found}


def differences(one: World, other: World) -> list[str]:
    """Where the worlds can be told apart."""
    return sorted(
        f"{address}: {_how(one.get(address), other.get(address))}"
        for address in one.keys() | other.keys()
        if one.get(address) != other.get(address)
    )


def _how(one: tuple[int, bytes, int] | None, other: tuple[int, bytes, int] | None) -> str:
    if one is None or other is None:
        return "only in one world"
    if one[0] != other[0]:
        return f"status {one[0]} and {other[0]}"
    if one[1] == other[1]:
        return f"{one[2]} and {other[2]} queries"
    first, second = one[1].decode(errors="replace").splitlines(), other[1].decode(errors="replace").splitlines()
    changed = [line.strip() for line in second if line not in first] or [line for line in first if line not in second]
    return " / ".join(changed[:3])[:300] or "other order"


def is_single(model: type[Model]) -> bool:
    """Whether a case has one row of it at most, or the table is a history, which grows with its record."""
    return model._meta.label in sowing.ONE_A_CASE or issubclass(model, HistoricalChanges)


def sow(model: type[CaseRecord], case: MarketCase, hidden: set[str]) -> bool:
    """One more record of it, unless that takes another that is no secret to this seat: such a pair differs rightly."""
    made = []

    def note(sender: type[Model], **about: object) -> None:
        made.append(planting.class_of(sender))

    post_save.connect(note)
    try:
        with transaction.atomic():
            sowing.sow(model, case)
            is_secret = {code for code in made if code} <= hidden
            transaction.set_rollback(not is_secret)
    finally:
        post_save.disconnect(note)
    return is_secret


@pytest.fixture
def moment() -> Iterator[datetime]:
    """Both worlds are looked at at the same moment."""
    now = timezone.now() + timedelta(seconds=30)
    with time_machine.travel(now.astimezone(UTC), tick=False):
        yield now


@pytest.fixture(scope="module")
def known(built_market: Built) -> dict[str, list[str]]:  # noqa: F811 - the fixture itself
    return crawl.catalogue(built_market.case, most=RECORDS)[0]


def compare(built: Built, known: dict[str, list[str]], username: str, add: Callable[[MarketCase], object]) -> list[str]:
    """What this member could tell from the pages."""
    case = built.case
    first = {name: addresses[:1] for name, addresses in known.items()}
    worlds = []
    for change in (lambda case: None, add):
        with a_world(case):
            change(case)
            settle(case)
            seen_by(built.enter(username), case, first)  # where the steps stand is worked out once for the whole team
            worlds.append(seen_by(built.enter(username), case, known))
    one, other = worlds
    assert sum(status == 200 for status, _, _ in one.values()) > 5
    return differences(one, other)


@pytest.mark.parametrize("seat", SEATS)
def test_a_member_cannot_tell_that_there_is_more_of_what_the_seat_knows_nothing_of(
    built_market: Built,  # noqa: F811
    known: dict[str, list[str]],
    moment: datetime,
    seat: str,
) -> None:
    username = cast.BY_SEAT[seat]
    nothing = cast.knows_nothing(cast.rights(built_market, username))
    hidden = {code for code in nothing if policy.compartment_of(code) in SECRET}
    models = [model for model in planting.case_models() if planting.class_of(model) in hidden]
    sowable = [model for model in models if issubclass(model, CaseRecord) and not is_single(model)]

    def add(case: MarketCase) -> None:
        sown = [model for model in sorted(sowable, key=lambda model: model._meta.label) if sow(model, case, hidden)]
        assert len(sown) * 2 >= len(sowable)

    found = compare(built_market, known, username, add)
    assert not found, "\n".join(found)


def test_a_handler_cannot_tell_that_a_juvenile_record_exists(
    built_market: Built,  # noqa: F811
    known: dict[str, list[str]],
    moment: datetime,
) -> None:
    def add(case: MarketCase) -> None:
        player = Player.objects.for_case(case).at(Stage.CANDIDATE).first()
        PoliceContact.objects.create_by(
            built_market.person("rsorrel"), case=case, player=player, kind="arrest", report_number="15-1",
            happened_at=moment - timedelta(days=4000), place="School yard", summary="A matter of his youth.",
            is_juvenile=True,
        )  # fmt: skip

    assert compare(built_market, known, "mfarrow", add) == []
