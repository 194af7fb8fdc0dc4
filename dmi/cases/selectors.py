"""Reading the case: the team's policy, what each seat may see, where the gates stand."""

from __future__ import annotations

from dataclasses import dataclass

from dmi.cases import policy
from dmi.cases.models import ElementMark, GateDecision, MarketCase, Membership, TeamPolicy


def policy_of(case: MarketCase) -> TeamPolicy:
    """The team's policy, or the defaults when none was saved yet."""
    return TeamPolicy.objects.for_case(case).first() or TeamPolicy(case=case)


def holders(case: MarketCase) -> dict[str, list[Membership]]:
    """Who holds each seat today: {seat code: memberships}, seats without anybody left out."""
    found: dict[str, list[Membership]] = {}
    for membership in Membership.objects.filter(case=case).select_related("user", "user__agency"):
        if membership.is_current() and membership.user.is_active:
            found.setdefault(membership.role, []).append(membership)
    return found


def marks(case: MarketCase) -> dict[str, ElementMark]:
    """Elements set aside as not applicable: {element number: mark}."""
    return {mark.element: mark for mark in ElementMark.objects.for_case(case)}


def set_aside(case: MarketCase) -> dict[str, str]:
    """The reason of each element set aside as not applicable: {element number: reason}."""
    return dict(ElementMark.objects.for_case(case).values_list("element", "reason"))


def gate_decisions(case: MarketCase) -> list[GateDecision]:
    """Every decision at a gate, newest first."""
    return list(GateDecision.objects.for_case(case).select_related("created_by"))


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell of the page "Who may see what": the words and whether they need a second person."""

    words: str
    second: str
    is_break_glass: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One data class with its compartment and its cells in the order of the seats."""

    code: str
    label: str
    compartment: str
    needs_clearance: bool
    cells: list[MatrixCell]


def _cell(data_class: policy.DataClass, seat: str) -> MatrixCell:
    cell = data_class.cells[seat]
    order = list(policy.RIGHT_WORDS)
    words = ", ".join(policy.RIGHT_WORDS[name] for name in sorted(cell.rights, key=order.index))
    seconds = ", ".join(policy.RIGHT_WORDS[name] for name in sorted(cell.second_person, key=order.index))
    return MatrixCell(words, seconds, cell.break_glass)


def matrix(seats: list[str]) -> list[MatrixRow]:
    """The access policy for these seats, a row for each data class, as the page shows it."""
    return [
        MatrixRow(
            row.code,
            row.label,
            row.compartment.label,
            row.compartment.needs_clearance,
            [_cell(row, seat) for seat in seats],
        )
        for row in policy.CLASSES.values()
    ]
