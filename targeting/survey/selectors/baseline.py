"""Fear, awareness and how police treat people, counted over all replies; small counts are never shown."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from targeting.survey.models import CommunityReply, Question
from targeting.survey.models.questions import COMMUNITY, SCALES
from targeting.survey.selectors.questions import current_set, questions_of

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

LEAST = 11  # a count of fewer people is hidden, and with it enough others that it cannot be worked out


@dataclass(frozen=True, slots=True)
class BaselineCell:
    """One answer and how many gave it; None is hidden."""

    words: str
    number: int | None
    percent: int | None


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """One question of the baseline, its answers counted."""

    topic: str
    words: str
    answered: int | None
    cells: tuple[BaselineCell, ...]

    @property
    def is_hidden(self) -> bool:
        """Whether too few answered to show anything."""
        return self.answered is None


def baseline(case: MarketCase) -> list[BaselineRow]:
    """The baseline questions now in use with the answers of every reply, small counts hidden; three queries."""
    questions = [question for question in questions_of(current_set(COMMUNITY)) if question.topic]
    rows = list(CommunityReply.objects.for_case(case).values_list("answers", flat=True))
    return [
        _row(question, Counter(str(a[question.code]) for a in rows if a.get(question.code))) for question in questions
    ]


def _row(question: Question, counts: Counter[str]) -> BaselineRow:
    offered = [(code, words) for code, words, _ in SCALES.get(question.kind, ())] or question.offered()
    numbers = [counts.get(code, 0) for code, _ in offered]
    total = sum(numbers)
    topic = question.get_topic_display()
    if total < LEAST:
        return BaselineRow(topic, question.words, None, ())
    shown = suppress(numbers)
    cells = [
        BaselineCell(words, number, None if number is None else round(100 * number / total))
        for (_, words), number in zip(offered, shown, strict=True)
    ]
    return BaselineRow(topic, question.words, total, tuple(cells))


def suppress(numbers: list[int]) -> list[int | None]:
    """The counts of one question with its total known: each from 1 to 10 is hidden, none can be worked out.

    What is hidden together adds up to eleven at least, over two answers at least; where that cannot be had, all are
    hidden.
    """
    hidden = {index for index, number in enumerate(numbers) if 0 < number < LEAST}
    rest = sorted((n, i) for i, n in enumerate(numbers) if i not in hidden)
    while hidden and rest and (len(hidden) < 2 or sum(numbers[i] for i in hidden) < LEAST):
        hidden.add(rest.pop(0)[1])
    return [None if index in hidden else number for index, number in enumerate(numbers)]
