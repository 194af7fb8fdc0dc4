"""Reading the survey: who was asked, what was answered, whom it names, and where its elements stand."""

from targeting.survey.selectors.asking import (
    DUE_AFTER_DAYS,
    GroupCount,
    ask_rows,
    asks,
    community_count,
    groups,
    link_by_token,
    links,
    token_hash,
)
from targeting.survey.selectors.baseline import LEAST, BaselineRow, baseline
from targeting.survey.selectors.elements import progress
from targeting.survey.selectors.questions import answered, current_set, question_sets, questions_of, screens
from targeting.survey.selectors.reads import alike, interviews, nominations_of, replies, same_person
from targeting.survey.selectors.sources import (
    Sources,
    address_list,
    independent_sources,
    name_list,
    officer_key,
    sources_by_player,
    sources_of,
)

__all__ = [
    "DUE_AFTER_DAYS", "LEAST", "BaselineRow", "GroupCount", "Sources", "address_list", "alike", "answered", "ask_rows",
    "asks", "baseline", "community_count", "current_set", "groups", "independent_sources", "interviews",
    "link_by_token", "links", "name_list", "nominations_of", "officer_key", "progress", "question_sets",
    "questions_of", "replies", "same_person", "screens", "sources_by_player", "sources_of", "token_hash",
]  # fmt: skip
