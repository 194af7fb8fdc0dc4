"""Names, clearance and history of accounts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from dmi.accounts.models import User
from tests.factories.accounts import AgencyFactory, ClearedFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 14)


@pytest.fixture
def cleared() -> User:
    return ClearedFactory(
        screened_on=date(2026, 1, 1),
        screening_expires_on=TODAY,
        trained_on=date(2026, 2, 1),
        training_expires_on=date(2026, 12, 31),
    )


def test_a_person_screened_and_trained_at_a_criminal_justice_agency_is_cleared(cleared: User) -> None:
    assert cleared.is_cleared(on=TODAY)


def test_clearance_ends_with_the_last_day_of_the_screening(cleared: User) -> None:
    assert not cleared.is_cleared(on=TODAY + timedelta(days=1))


def test_clearance_starts_only_when_both_are_done(cleared: User) -> None:
    assert not cleared.is_cleared(on=date(2026, 1, 31))
    assert cleared.is_cleared(on=date(2026, 2, 1))


@pytest.mark.parametrize(
    "missing", ["screened_on", "screening_expires_on", "trained_on", "training_expires_on", "agency"]
)
def test_anything_missing_means_not_cleared(cleared: User, missing: str) -> None:
    setattr(cleared, missing, None)
    assert not cleared.is_cleared(on=TODAY)


def test_employment_elsewhere_means_not_cleared(cleared: User) -> None:
    cleared.agency = AgencyFactory(is_criminal_justice=False)
    assert not cleared.is_cleared(on=TODAY)


def test_a_closed_account_is_not_cleared(cleared: User) -> None:
    cleared.is_active = False
    assert not cleared.is_cleared(on=TODAY)


def test_a_superuser_is_not_cleared_by_being_one() -> None:
    assert not UserFactory(is_superuser=True, agency=None).is_cleared(on=TODAY)


@pytest.mark.parametrize("again", ["ames", "AMES", "Ames"])
def test_a_username_is_taken_in_any_case(ames: User, again: str) -> None:
    with pytest.raises(IntegrityError):
        UserFactory(username=again)


def test_an_email_address_is_taken_in_any_case(ames: User) -> None:
    with pytest.raises(ValidationError, match="email"):
        User(username="other", email="T.AMES@example.org", password="x").full_clean()


def test_a_username_does_not_look_like_an_address() -> None:
    with pytest.raises(ValidationError, match="@"):
        User(username="a@example.org", email="b@example.org", password="x").full_clean()


def test_a_screening_does_not_end_before_it_was_done() -> None:
    with pytest.raises(IntegrityError):
        UserFactory(screened_on=TODAY, screening_expires_on=TODAY - timedelta(days=1))


@pytest.mark.parametrize(
    ("full_name", "short"),
    [("Tess Ames", "T. Ames"), ("Maria del Carmen Ortiz", "M. Ortiz"), ("Cher", "Cher"), ("", "ames")],
)
def test_the_short_name_is_an_initial_and_the_last_name(full_name: str, short: str) -> None:
    assert User(username="ames", full_name=full_name).short_name == short


def test_signing_in_leaves_no_history_but_a_change_does(ames: User) -> None:
    before = ames.history.count()
    ames.save(update_fields=["last_login"])
    assert ames.history.count() == before
    ames.title = "Detective"
    ames.save()
    assert ames.history.count() == before + 1


def test_history_holds_no_password(ames: User) -> None:
    assert not hasattr(ames.history.first(), "password")


def test_an_account_has_no_role(ames: User) -> None:
    assert not {field.name for field in User._meta.get_fields()} & {
        "role",
        "roles",
        "seat",
        "first_name",
        "last_name",
    }
