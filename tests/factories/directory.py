"""Entries of the contact book and of the catalogue of help."""

from __future__ import annotations

import itertools
from typing import Any

from dmi.cases.models import MarketCase
from dmi.directory.models import Contact, Organisation, Service

_numbers = itertools.count(1)


def organisation(case: MarketCase, **given: Any) -> Organisation:
    """A church of the neighborhood."""
    wanted = {"name": f"Calder Street Chapel {next(_numbers)}", "kind": Organisation.Kind.FAITH}
    return Organisation.objects.create_by(None, case=case, **(wanted | given))


def contact(case: MarketCase, **given: Any) -> Contact:
    """A leader residents trust."""
    wanted = {"name": f"Ada Moss {next(_numbers)}", "kind": Contact.Kind.LEADER}
    return Contact.objects.create_by(None, case=case, **(wanted | given))


def service(case: MarketCase, **given: Any) -> Service:
    """A job training program."""
    wanted = {
        "kind": Service.Kind.TRAINING, "program": f"Welding start {next(_numbers)}", "provider": "Marlow Works",
        "offers": "Six weeks of paid training.",
    }  # fmt: skip
    return Service.objects.create_by(None, case=case, **(wanted | given))
