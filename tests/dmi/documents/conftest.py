"""A market with a coordinator, a prosecutor and strangers, two kinds of document, and a private place for files."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dmi.accounts.models import User
from dmi.cases import seats
from dmi.cases.models import MarketCase
from dmi.documents import pictures
from tests.factories import documents as make
from tests.factories.accounts import ClearedFactory, UserFactory


@pytest.fixture(autouse=True)
def _two_kinds(settings: Any, tmp_path: Path) -> Iterator[None]:
    """Test kinds with templates beside the tests; files go to a folder of this test alone."""
    templates = [engine | {"DIRS": [*engine["DIRS"], make.TEMPLATES]} for engine in settings.TEMPLATES]
    settings.TEMPLATES = templates
    place = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(tmp_path / "files")},
    }
    settings.STORAGES = settings.STORAGES | {"documents": place}
    make.declare()
    yield
    make.forget()


@pytest.fixture
def market(db: None) -> MarketCase:
    """The invented market Eastgate."""
    case = MarketCase(slug="eastgate", name="Eastgate", city_name="Marlow", number_prefix="E", is_invented=True)
    case.save_by(None)
    return case


def seated(case: MarketCase, name: str, role: str, *, is_cleared: bool = True) -> User:
    """A person on a seat of the case."""
    factory = ClearedFactory if is_cleared else UserFactory
    user = factory(username=name.split()[-1].lower(), full_name=name)
    seats.give_seat(case=case, user=user, role=role, actor=None)
    return user


@pytest.fixture
def ames(market: MarketCase) -> User:
    """The coordinator, cleared."""
    return seated(market, "Tess Ames", "coordinator")


@pytest.fixture
def sorrel(market: MarketCase) -> User:
    """The prosecutor."""
    return seated(market, "Ada Sorrel", "prosecutor")


@pytest.fixture
def marsh(market: MarketCase) -> User:
    """The services coordinator, not cleared and with no need to know."""
    return seated(market, "Jo Marsh", "services", is_cleared=False)


@pytest.fixture
def pilot(market: MarketCase) -> User:
    """A coordinator without clearance: works by code numbers."""
    return seated(market, "Kit Pilot", "coordinator", is_cleared=False)


@pytest.fixture
def stranger(db: None) -> User:
    """Somebody without a seat on this market."""
    return UserFactory(username="stranger", full_name="Sam Stranger")


@pytest.fixture
def signed_in() -> Any:
    """A browser somebody is signed in on."""

    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return opened


@pytest.fixture
def photo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """A released photograph: its id, as evidence would hand it out; `.withhold()` takes the release back."""
    return Photo(monkeypatch, make.photograph(tmp_path / "photo.jpg"))


class Photo:
    """Stands in for the one look-up in evidence: which photographs may reach paper."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
        self.id, self.path, self.is_released = uuid.uuid4(), path, True
        monkeypatch.setattr(pictures.evidence, "printable_files", self.printable_files)

    def printable_files(self, ids: Any, case: MarketCase) -> dict[Any, Path]:
        """As evidence answers: what is not released is left out."""
        return {pk: self.path for pk in ids if pk == self.id and self.is_released}

    def withhold(self) -> None:
        """The prosecutor has taken the release back."""
        self.is_released = False
