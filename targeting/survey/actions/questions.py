"""Versions of the question sets: the first ones, a new version from the last, and putting one to use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from targeting.survey import selectors, standard
from targeting.survey.models import Question, QuestionSet

if TYPE_CHECKING:
    from dmi.accounts.models import User

COPIED = ("position", "screen", "code", "kind", "words", "words_es", "hint", "hint_es", "choices", "topic")


class AlreadyInUse(Exception):
    """A version in use is never changed and cannot be put to use a second time."""


class NothingToAsk(Exception):
    """A version without a question cannot be put to use."""


def install(**kwargs: Any) -> None:
    """After every migrate: a group without any question set gets the standard one, in use from the start."""
    for group, rows in standard.SETS.items():
        if not QuestionSet.objects.filter(group=group).exists():
            _write(group, rows)


@transaction.atomic
def _write(group: str, rows: tuple[standard.Row, ...]) -> None:
    made = QuestionSet.objects.create_by(None, group=group, number=1)
    for position, (code, kind, screen, words, words_es, more) in enumerate(rows, start=1):
        Question.objects.create_by(
            None, question_set=made, position=position * 10, screen=screen, code=code, kind=kind, words=words,
            words_es=words_es, **more,
        )  # fmt: skip
    put_to_use(question_set=made, actor=None)


@transaction.atomic
def new_version(*, question_set: QuestionSet, actor: User | None) -> QuestionSet:
    """A draft of the next version, with the same questions, which may be changed until it is put to use."""
    last = QuestionSet.objects.filter(group=question_set.group).select_for_update().latest("number")
    draft = QuestionSet.objects.create_by(actor, group=question_set.group, number=last.number + 1)
    for question in question_set.questions.order_by("position"):
        given = {name: getattr(question, name) for name in COPIED}
        Question.objects.create_by(actor, question_set=draft, **given)
    return draft


@transaction.atomic
def put_to_use(*, question_set: QuestionSet, actor: User | None) -> QuestionSet:
    """From now on the group is asked these questions; they never change again. Raises AlreadyInUse, NothingToAsk."""
    question_set = QuestionSet.objects.select_for_update().get(pk=question_set.pk)
    if question_set.is_published:
        raise AlreadyInUse(str(question_set))
    if not selectors.questions_of(question_set):
        raise NothingToAsk(str(question_set))
    question_set.published_at = timezone.now()
    question_set.save_by(actor)
    return question_set
