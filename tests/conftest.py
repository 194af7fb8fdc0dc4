"""What every test stands on: a database and files of its own, and a browser that cannot reach out."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

# A page driven by Playwright runs in a thread with an event loop, where Django would refuse the database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

BROWSER_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow tests come first, so that no process is left alone with one of some minutes at the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The system's Chromium, with no way to any other host."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": chromium, "args": BROWSER_ARGUMENTS}


@pytest.fixture(scope="session", autouse=True)
def _own_files() -> Iterator[None]:
    """The files of this test process begin empty and are removed at the end."""
    place = Path(django_settings.MEDIA_ROOT)
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    yield
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def line_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if everything written so far were committed: the line of stations is kept from the first page on.

    A test lies in one transaction that never commits, and what is not committed is not kept.
    """
    from dmi.core import changes

    monkeypatch.setattr(changes, "is_pending", lambda: False)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Each process's database is a copy of one that has every migration applied."""
    from django.db import connections

    from tests import migrated

    connections["default"].settings_dict["TEST"]["TEMPLATE"] = migrated.template()
