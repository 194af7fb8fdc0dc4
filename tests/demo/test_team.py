"""The invented team has two people for each act that takes two."""

from __future__ import annotations

import pytest

from demo.name_lists import TEAM
from dmi.cases import policy


def holders(right: str) -> set[str]:
    """The usernames of the invented team whose seat and clearance give this right."""
    return {row[0] for row in TEAM if right in policy.rights(frozenset({row[5]}), cleared=row[6])}


NOT_BUILT = {"research_extract.export", "pseudonym_key.change"}
SECONDS = sorted(
    {
        f"{code}.{name}"
        for code, data_class in policy.CLASSES.items()
        for cell in data_class.cells.values()
        for name in cell.second_person
    }
)


@pytest.mark.parametrize("right", SECONDS)
def test_an_act_that_takes_two_finds_two(right: str) -> None:
    if right in NOT_BUILT:
        pytest.skip("No page reads this class yet.")
    assert len(holders(right)) >= 2


def test_every_administrator_has_a_colleague_who_sits_nowhere() -> None:
    assert len([row for row in TEAM if row[5] == "administrator"]) == 2


def test_nobody_holds_two_seats() -> None:
    assert len({row[0] for row in TEAM}) == len(TEAM)
