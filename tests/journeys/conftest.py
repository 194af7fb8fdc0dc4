"""One invented market, a server and a worker for all journeys of a module, and people who sign in with a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from pytest_django.live_server_helper import LiveServer

from demo.accounts import PASSPHRASE
from tests.built import Built, built_market, demo_template  # noqa: F401 - fixtures
from tests.worker import Broker, Worker

QUICK = {"DMI_JOB_LEASE_SECONDS": 10, "DMI_JOB_RETRY_SECONDS": 0}


@pytest.fixture(scope="module")
def market_server(built_market: Built) -> Iterator[str]:  # noqa: F811 - the fixture itself
    """The address of a server on the built market."""
    server = LiveServer("localhost")
    server._live_server_modified_settings.enable()
    yield server.url
    server.stop()
    server._live_server_modified_settings.disable()


@pytest.fixture(scope="module")
def market_broker(built_market: Built) -> Iterator[Broker]:  # noqa: F811 - the fixture itself
    """A Redis of the module's own; without a worker, what is asked for waits."""
    redis = Broker()
    redis.start()
    yield redis
    redis.close()


@pytest.fixture(scope="module")
def start_worker(market_broker: Broker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Worker]]:
    """Start a real worker on the built market; all are killed after the module."""
    made: list[Worker] = []

    def start() -> Worker:
        log = tmp_path_factory.mktemp("worker") / f"worker{len(made)}.log"
        made.append(Worker(market_broker, Path(log), [], QUICK))
        made[-1].start()
        return made[-1]

    yield start
    for worker in made:
        worker.kill()


@pytest.fixture
def enter(new_context: Any, market_server: str) -> Callable[..., Any]:
    """Sign somebody in by typing name and passphrase; gives the page they land on."""

    def typed(username: str, path: str = "/", **options: Any) -> Any:
        page = new_context(base_url=market_server, **options).new_page()
        page.set_default_timeout(15_000)
        page.goto(f"{reverse('account_login')}?next={path}")
        page.locator("input[name=login]").fill(username)
        page.locator("input[name=password]").fill(PASSPHRASE)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_url(f"**{path}")
        return page

    return typed
