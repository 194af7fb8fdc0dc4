"""Acts of the survey: asking, answering, naming, links for residents, versions of the questions."""

from targeting.survey.actions.answers import (
    AlreadyNamed,
    mention_address,
    name_in_interview,
    name_in_reply,
    record_interview,
    record_reply,
)
from targeting.survey.actions.campaign import AskIsClosed, ask_officers, decline, remind
from targeting.survey.actions.links import LinkIsClosed, TooManyAnswers, answer_through, close_link, open_link
from targeting.survey.actions.questions import AlreadyInUse, NothingToAsk, install, new_version, put_to_use

__all__ = [
    "AlreadyInUse", "AlreadyNamed", "AskIsClosed", "LinkIsClosed", "NothingToAsk", "TooManyAnswers", "answer_through",
    "ask_officers", "close_link", "decline", "install", "mention_address", "name_in_interview", "name_in_reply",
    "new_version", "open_link", "put_to_use", "record_interview", "record_reply", "remind",
]  # fmt: skip
