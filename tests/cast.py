"""One member of the invented team for each seat, and people who hold none."""

from __future__ import annotations

from dmi.accounts.models import User
from dmi.cases import access, policy
from tests.built import Built

BY_SEAT = {
    "police": "lpenhale", "handler": "mfarrow", "prosecutor": "rsorrel", "federal_prosecutor": "hcastel",
    "community": "jlinden", "services": "jmarsh", "coordinator": "tames", "research": "ewray", "auditor": "uvane",
    "probation": "nbirch", "council": "fharrow",
}  # fmt: skip
WITHOUT_SEAT = ("kbolt",)
EVERYBODY = (*BY_SEAT.values(), *WITHOUT_SEAT)
READS = ("view", "view_own", "view_released")


def rights(built: Built, username: str) -> frozenset[str]:
    """What this person may do in the built market."""
    return access.rights_of(User.objects.get(username=username), built.case)


def may_read(held: frozenset[str], data_class: str) -> bool:
    """Whether records of this class, or some of them, may be read with these rights."""
    return any(f"{data_class}.{right}" in held for right in READS)


def knows_nothing(held: frozenset[str]) -> set[str]:
    """The classes these rights give nothing of: not a number, not a total."""
    return {code for code in policy.CLASSES if not any(right.startswith(f"{code}.") for right in held)}
