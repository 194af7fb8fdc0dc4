"""The invented market, built once for a whole test run and copied for whoever wants to change it.

Building it takes half a minute or more, so every process of a run shares one: the first to ask builds it in a database
of its own, the others wait. `built_market` is a copy of it for one test module, with its files; the process
works on that copy until the module ends.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.db import OperationalError, connection, connections
from django.test import Client
from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.settings.test import SLOT, VAR

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEMPLATE = f"test_dmi_{SLOT}_demo"
KEPT = VAR / "test" / f"demo-{SLOT}"


@dataclass(frozen=True)
class Built:
    """The market of Eastgate as the demo leaves it."""

    case: MarketCase

    def person(self, username: str) -> User:
        """A member of the invented team."""
        return User.objects.get(username=username)

    def enter(self, username: str) -> Client:
        """A browser without scripts that this person is signed in on."""
        client = Client(raise_request_exception=False)
        client.force_login(self.person(username), backend=BACKEND)
        return client


def _in_postgres(*statements: str) -> None:
    """Run statements that create and drop databases; waits for the last visitor of a database to leave."""
    deadline = time.monotonic() + 30
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            while True:
                try:
                    cursor.execute(statement)
                    break
                except OperationalError:
                    if time.monotonic() > deadline:
                        raise
                    time.sleep(0.2)


def _work_on(database: str) -> str:
    """Every connection of this process goes to `database` from now on; gives back where they went before."""
    before = connection.settings_dict["NAME"]
    connections.close_all()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    return before


def _copy(source: str, copy: str) -> None:
    connections.close_all()
    _in_postgres(f'DROP DATABASE IF EXISTS "{copy}"', f'CREATE DATABASE "{copy}" TEMPLATE "{source}"')


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    with KEPT.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _build() -> None:
    from demo import market

    shutil.rmtree(KEPT, ignore_errors=True)
    before = connection.settings_dict["NAME"]
    # A run without any other test of the database has not made one to copy the tables from.
    is_made = before.startswith("test_")
    _copy(before if is_made else "template0", TEMPLATE)
    _work_on(TEMPLATE)
    try:
        if not is_made:
            call_command("migrate", interactive=False, verbosity=0)
        market.make(today=timezone.localdate(), say=lambda text: None)
    finally:
        _work_on(before)
    shutil.move(settings.MEDIA_ROOT, KEPT)
    Path(settings.MEDIA_ROOT).mkdir()


@pytest.fixture(scope="session")
def demo_template(django_db_setup: None, django_db_blocker: Any, request: pytest.FixtureRequest) -> str:
    """The name of the database the demo was built in, by this process or another of the same run."""
    keeps = request.config.getvalue("reuse_db")
    run = f"{timezone.localdate()} " + (
        "kept" if keeps else os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    )
    stamp = KEPT.with_suffix(".run")
    with _alone(), django_db_blocker.unblock():
        if not (stamp.exists() and stamp.read_text() == run):
            stamp.unlink(missing_ok=True)
            _build()
            stamp.write_text(run)
    return TEMPLATE


@pytest.fixture(scope="module")
def built_market(demo_template: str, django_db_blocker: Any) -> Iterator[Built]:
    """A copy of the demo for this module; changes stay for the module's other tests and are gone after it."""
    place = Path(settings.MEDIA_ROOT)
    with django_db_blocker.unblock():
        before = connection.settings_dict["NAME"]
        copy = f"{TEMPLATE}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
        _copy(demo_template, copy)
        _work_on(copy)
        shutil.copytree(KEPT, place, dirs_exist_ok=True, copy_function=os.link)
        cache.clear()
        try:
            yield Built(MarketCase.objects.get(slug="eastgate"))
        finally:
            _work_on(before)
            _in_postgres(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            cache.clear()
