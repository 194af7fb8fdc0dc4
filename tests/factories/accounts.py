"""People and agencies for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory

from dmi.accounts.models import Agency, User

PASSWORD = "marble kettle orchard lantern"


class AgencyFactory(factory.django.DjangoModelFactory):
    """A police department."""

    class Meta:
        model = Agency

    name = factory.Sequence(lambda n: f"Marlow Police Department {n}")
    kind = Agency.Kind.POLICE
    is_criminal_justice = True


class UserFactory(factory.django.DjangoModelFactory):
    """A person who can sign in and is not cleared."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"person{n}")
    email = factory.LazyAttribute(lambda person: f"{person.username}@example.org")
    full_name = factory.Sequence(lambda n: f"Tess Ames{n}")
    agency = factory.SubFactory(AgencyFactory)

    @factory.post_generation
    def password(self: User, create: bool, extracted: str | None, **_: Any) -> None:
        """Everyone has the same passphrase unless the test names another."""
        self.set_password(extracted or PASSWORD)
        if create:
            self.save(update_fields=["password"])


class ClearedFactory(UserFactory):
    """A person screened and trained, in date, employed by a police department."""

    screened_on = factory.LazyFunction(lambda: date.today() - timedelta(days=100))  # noqa: DTZ011
    screening_expires_on = factory.LazyFunction(lambda: date.today() + timedelta(days=265))  # noqa: DTZ011
    trained_on = factory.LazyFunction(lambda: date.today() - timedelta(days=100))  # noqa: DTZ011
    training_expires_on = factory.LazyFunction(lambda: date.today() + timedelta(days=265))  # noqa: DTZ011


class AdministratorFactory(UserFactory):
    """A person who runs accounts and reference lists."""

    is_staff = True
