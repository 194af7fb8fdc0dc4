"""The gates between phases: who owns each, what should be done before it opens, and the decision."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.elements import Element, required_at
from dmi.cases.models import GateDecision, MarketCase, Phase
from dmi.cases.progress import State
from dmi.cases.selectors import marks

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.progress import Progress


@dataclass(frozen=True, slots=True)
class Gate:
    """The end of a phase: `owner` is the seat that passes it, or overrides it with a reason."""

    phase: str
    name: str
    opens: str
    owner: str


GATES = {
    gate.phase: gate
    for gate in (
        Gate(Phase.PLANNING, "Team and SWOT stand", Phase.TARGETING, "coordinator"),
        Gate(Phase.TARGETING, "The list is decided and cases are built", Phase.COMMUNITY, "prosecutor"),
        Gate(Phase.COMMUNITY, "The community is with us", Phase.CALL_IN, "coordinator"),
        Gate(Phase.CALL_IN, "The call-in was held", Phase.FOLLOW_UP, "coordinator"),
        Gate(Phase.FOLLOW_UP, "The market stays closed", Phase.EVALUATION, "police"),
        Gate(Phase.EVALUATION, "The after-action debrief was held", Phase.CLOSED, "coordinator"),
    )
}


class NotThisGate(Exception):
    """The case stands in another phase, or the person does not own the gate."""


def open_elements(case: MarketCase, gate: Gate, found: dict[str, Progress]) -> list[Element]:
    """Elements that should be done before the gate opens and are neither done nor set aside."""
    aside = marks(case)
    return [
        element
        for element in required_at(gate.phase)
        if element.number not in aside and _state(found, element.number) not in (State.DONE, State.NOT_APPLICABLE)
    ]


def _state(found: dict[str, Progress], number: str) -> State:
    return found[number].state if number in found else State.NOT_YET


@transaction.atomic
def decide(
    *, case: MarketCase, gate: Gate, outcome: str, reason: str, missing: list[str], seats: frozenset[str], actor: User
) -> GateDecision:
    """The gate is passed, passed with gaps for a stated reason, or sent back; passing moves the case's phase.

    Raises NotThisGate when the case stands elsewhere or no seat of the person owns the gate, and ValidationError
    when a gate with gaps is to be simply passed.
    """
    case = MarketCase.objects.select_for_update().get(pk=case.pk)
    if case.phase != gate.phase or gate.owner not in seats:
        raise NotThisGate(gate.name)
    decision = GateDecision.objects.create_by(
        actor, case=case, gate=gate.phase, outcome=outcome, reason=reason, missing=missing
    )
    if outcome != GateDecision.Outcome.SENT_BACK:
        case.phase = gate.opens
        case.save_by(actor)
    audit.record(
        actor=actor, verb=Verb.GATE_DECIDED, case_id=case.pk, subject=decision,
        facts={"gate": str(gate.phase), "outcome": outcome, "gaps": missing},
    )  # fmt: skip
    return decision
