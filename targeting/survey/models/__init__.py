"""Step 2: the question sets, who was asked, what they answered, and whom and what they named."""

from targeting.survey.models.answers import CommunityReply, Interview, TipSource
from targeting.survey.models.campaign import Ask, CommunityLink, LinkUse, Reminder
from targeting.survey.models.named import AddressMention, Nomination
from targeting.survey.models.questions import Question, QuestionSet

__all__ = [
    "AddressMention", "Ask", "CommunityLink", "CommunityReply", "Interview", "LinkUse", "Nomination", "Question",
    "QuestionSet", "Reminder", "TipSource",
]  # fmt: skip
