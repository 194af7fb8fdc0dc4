"""Reading the team: how each seat stands, what runs out, where the gaps are. The step's public door."""

from planning.team.selectors.elements import progress
from planning.team.selectors.reads import capacities, decisions, holders_of, protocol_of, team_of
from planning.team.selectors.standing import ELEMENT_OF, Alarm, SeatView, Standing, Team

__all__ = [
    "ELEMENT_OF", "Alarm", "SeatView", "Standing", "Team", "capacities", "decisions", "holders_of", "progress",
    "protocol_of", "team_of",
]  # fmt: skip
