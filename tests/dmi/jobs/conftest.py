"""A market, a coordinator who asks for work, and real workers."""

from __future__ import annotations

import pytest

from dmi.cases import seats
from dmi.cases.models import MarketCase
from tests.dmi.jobs import handlers  # noqa: F401 - registers the handlers in this process
from tests.worker import broker, make_worker, worker, worker_imports  # noqa: F401 - fixtures

NEEDS = "planning_items.export"


@pytest.fixture
def worker_imports() -> list[str]:  # noqa: F811 - adds this folder's handlers
    return ["tests.dmi.jobs.handlers"]


@pytest.fixture(autouse=True)
def quick(settings):
    settings.DMI_JOB_LEASE_SECONDS = 3
    settings.DMI_JOB_RETRY_SECONDS = 0


@pytest.fixture
def case(db) -> MarketCase:
    return MarketCase.objects.create_by(
        None, slug="job-market", name="Job market", city_name="Marlow", number_prefix="J", is_invented=True
    )


@pytest.fixture
def asker(django_user_model, case):
    """A coordinator, who holds the right `NEEDS`."""
    person = django_user_model.objects.create_user("r-lowe-jobs", full_name="R. Lowe")
    seats.give_seat(case=case, user=person, role="coordinator", actor=None)
    return person


@pytest.fixture
def colleague(django_user_model, case):
    """A community member of the same case, who does not hold it."""
    person = django_user_model.objects.create_user("d-moss-jobs", full_name="D. Moss")
    seats.give_seat(case=case, user=person, role="community", actor=None)
    return person


@pytest.fixture
def wanted(case, asker):
    """What a job of the case is asked for with."""
    return {"case": case, "actor": asker, "needs": NEEDS}
