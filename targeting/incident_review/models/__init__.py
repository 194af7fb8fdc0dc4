"""Steps 3, 3a and 3b: what the file shows about each player, and what each office decides."""

from targeting.incident_review.models.decisions import (
    Choice,
    Criteria,
    FederalDecline,
    FirstPass,
    Opinion,
    PoliceRecommendation,
    ProsecutorDecision,
    ReasonCode,
    Rule,
    SeparatePath,
)
from targeting.incident_review.models.files import (
    Assessment,
    IntelligenceNote,
    Jurisdiction,
    PendingCharge,
    PoliceContact,
    RefinedList,
    ViolenceEntry,
)
from targeting.incident_review.models.reviews import PlayerReview, ReviewSession
from targeting.incident_review.models.rosters import HandOff, ResidentShares, Roster, SafePassage

__all__ = (
    "Assessment", "Choice", "Criteria", "FederalDecline", "FirstPass", "HandOff", "IntelligenceNote", "Jurisdiction",
    "Opinion", "PendingCharge", "PlayerReview", "PoliceContact", "PoliceRecommendation", "ProsecutorDecision",
    "ReasonCode", "RefinedList", "ResidentShares", "ReviewSession", "Roster", "Rule", "SafePassage",
    "SeparatePath", "ViolenceEntry",
)  # fmt: skip
