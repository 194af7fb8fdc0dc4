"""Steps 6 and 6a: the people a candidate listens to, safety, visits, and the call-in letters."""

from callin.outreach.models.families import FamilySearch, Influential, Language, Tie, VisitingPair
from callin.outreach.models.letters import CallInLetter, LetterBatch, LetterWording
from callin.outreach.models.safety import SafetyCheck, SafetyFlag
from callin.outreach.models.visits import Answer, FollowUp, Visit, VisitNeed

__all__ = (
    "Answer", "CallInLetter", "FamilySearch", "FollowUp", "Influential", "Language", "LetterBatch", "LetterWording",
    "SafetyCheck", "SafetyFlag", "Tie", "Visit", "VisitNeed", "VisitingPair",
)  # fmt: skip
