"""Places of an invented market."""

from __future__ import annotations

import itertools
from typing import Any

from dmi.cases.models import MarketCase
from dmi.places.models import Place

_numbers = itertools.count(800)


def place(case: MarketCase, **given: Any) -> Place:
    """A house."""
    wanted = {"kind": Place.Kind.HOUSE, "address": f"{next(_numbers)} Calder Street"}
    return Place.objects.create_by(None, case=case, **(wanted | given))
