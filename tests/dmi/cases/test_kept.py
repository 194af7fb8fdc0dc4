"""What the steps answered is kept until a record they read changes, and never from inside an open transaction."""

from __future__ import annotations

import uuid
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from dmi.cases import actions, kept, policy, selectors, steps
from dmi.cases.models import MarketCase
from dmi.cases.progress import Progress, State
from dmi.core import changes
from tests.factories.accounts import UserFactory

TODAY = date(2026, 4, 28)


@pytest.fixture
def market(db: None) -> MarketCase:
    given = {"slug": "eastgate", "name": "Eastgate", "city_name": "Marlow", "number_prefix": "E"}
    return actions.open_case(actor=None, **given)


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every write so far were committed: each tells at once, and nothing is pending."""
    monkeypatch.setattr(changes, "is_pending", lambda: False)
    monkeypatch.setattr(changes.transaction, "on_commit", lambda change, **how: change())


@pytest.fixture
def team(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """One step only; it reads the team's policy, and counts how often it is asked."""
    said = SimpleNamespace(asked=0)

    def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
        said.asked += 1
        return {"I.0": Progress(State.UNDER_WAY, f"{selectors.policy_of(case).buys_required} buys")}

    monkeypatch.setattr(steps, "DOORS", {"team": "planning.team.selectors"})
    monkeypatch.setattr(steps, "door", lambda path: progress)
    return said


def fact(market: MarketCase) -> str:
    return kept.answers(market, TODAY)[0]["I.0"].fact


@pytest.mark.usefixtures("committed")
def test_a_second_reader_asks_the_database_nothing(market: MarketCase, team: Any, django_assert_num_queries: Any):
    first = kept.answers(market, TODAY)
    with django_assert_num_queries(0):
        assert kept.answers(market, TODAY) == first
    assert team.asked == 1


@pytest.mark.usefixtures("committed")
def test_a_changed_record_is_seen_by_the_next_reader(market: MarketCase, team: Any):
    assert fact(market) == "2 buys"
    found = selectors.policy_of(market)
    found.buys_required = 3
    found.save_by(None)
    assert fact(market) == "3 buys"
    assert team.asked == 2


@pytest.mark.usefixtures("committed")
def test_a_deleted_record_is_seen_by_the_next_reader(market: MarketCase, team: Any):
    found = selectors.policy_of(market)
    found.buys_required = 4
    found.save_by(None)
    assert fact(market) == "4 buys"
    found.delete_by(None)
    assert fact(market) == "2 buys"


@pytest.mark.usefixtures("committed")
def test_another_market_and_another_table_change_nothing_here(market: MarketCase, team: Any):
    other = actions.open_case(actor=None, slug="west", name="West", city_name="Marlow", number_prefix="W")
    kept.answers(market, TODAY)
    changes.tell("cases_teampolicy", other.pk)
    changes.tell("swot_item", market.pk)
    kept.answers(market, TODAY)
    assert team.asked == 1
    changes.tell("cases_teampolicy")  # a row outside any case
    kept.answers(market, TODAY)
    assert team.asked == 2


@pytest.mark.usefixtures("committed")
def test_another_day_and_an_edited_case_are_asked_anew(market: MarketCase, team: Any):
    kept.answers(market, TODAY)
    kept.answers(market, date(2026, 4, 29))
    market.version += 1
    kept.answers(market, TODAY)
    assert team.asked == 3


@pytest.mark.usefixtures("committed")
def test_a_step_that_reads_a_table_nobody_tells_of_is_asked_each_time(
    market: MarketCase, monkeypatch: pytest.MonkeyPatch
):
    asked = []

    def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM jobs_job")
        asked.append(case)
        return {}

    monkeypatch.setattr(steps, "DOORS", {"team": "planning.team.selectors"})
    monkeypatch.setattr(steps, "door", lambda path: progress)
    kept.answers(market, TODAY)
    kept.answers(market, TODAY)
    assert len(asked) == 2


@pytest.mark.django_db(transaction=True)
def test_what_is_not_committed_is_not_kept_for_others(team: Any):
    market = actions.open_case(actor=None, slug=f"m{uuid.uuid4().hex[:6]}", name="M", city_name="C", number_prefix="M")
    assert fact(market) == "2 buys"
    found = selectors.policy_of(market)
    found.buys_required = 5
    with transaction.atomic():
        found.save_by(None)
        assert changes.is_pending()
        assert fact(market) == "5 buys"  # the writer sees the own act at once
        transaction.set_rollback(True)
    assert fact(market) == "2 buys"
    found = selectors.policy_of(market)
    found.buys_required = 6
    found.save_by(None)
    assert not changes.is_pending()
    assert fact(market) == "6 buys"


@pytest.mark.django_db(transaction=True)
def test_an_account_changed_is_told_and_a_sign_in_is_not(team: Any):
    market = actions.open_case(actor=None, slug=f"m{uuid.uuid4().hex[:6]}", name="M", city_name="C", number_prefix="M")
    user = UserFactory()

    def stamp() -> Any:
        return changes.stamps({"accounts_user"}, market.pk)

    before = stamp()
    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])
    assert stamp() == before
    user.title = "Detective"
    user.save()
    assert stamp() != before


@pytest.mark.django_db
def test_every_step_reads_only_tables_whose_writes_are_told(market: MarketCase):
    for label, path in steps.DOORS.items():
        reading = kept.Reading()
        with reading.watch():
            steps.asking(path, market, TODAY)()
        assert reading.is_told, f"{label} reads a table that nobody tells of; see dmi/core/changes.py"


@pytest.mark.usefixtures("committed")
def test_reasons_of_what_is_set_aside_are_not_kept(market: MarketCase):
    actions.set_aside(case=market, element="I.2b", reason="Told in confidence.", actor=UserFactory())
    answers, aside = kept.answers(market, TODAY)
    assert aside == {"I.2b"}
    line = steps.line_of(market, everything(), answers, dict.fromkeys(aside, ""))
    facts = [item.progress.fact for station in line for item in station.elements]
    assert "Told in confidence." not in facts


def everything() -> frozenset[str]:
    return frozenset(f"{code}.view" for code in policy.CLASSES)
