"""The question sets, and stored answers in words."""

from __future__ import annotations

from django.db.models import QuerySet

from targeting.survey.models import CommunityReply, Interview, Question, QuestionSet
from targeting.survey.models.questions import COMMUNITY


def current_set(group: str) -> QuestionSet | None:
    """The version this group is asked now."""
    return QuestionSet.objects.filter(group=group, published_at__isnull=False).order_by("-number").first()


def question_sets(group: str) -> QuerySet[QuestionSet]:
    """Every version of a group's questions, newest first."""
    return QuestionSet.objects.filter(group=group).order_by("-number")


def questions_of(question_set: QuestionSet | None) -> list[Question]:
    """The questions of a version, in order."""
    return list(question_set.questions.order_by("position")) if question_set else []


def screens(question_set: QuestionSet | None) -> list[list[Question]]:
    """The questions as a phone shows them: one list for each screen, in order."""
    found: dict[int, list[Question]] = {}
    for question in questions_of(question_set):
        found.setdefault(question.screen, []).append(question)
    return [found[screen] for screen in sorted(found)]


def answered(source: Interview | CommunityReply) -> list[tuple[str, str]]:
    """Question and answer in words, as put in the version that was answered; without those left open."""
    version = source.question_set or current_set(source.group if isinstance(source, Interview) else COMMUNITY)
    questions = questions_of(version)
    known = {question.code for question in questions}
    found = [(q.words, q.read(source.answers[q.code])) for q in questions if source.answers.get(q.code)]
    others = [(code.replace("_", " ").capitalize(), str(said)) for code, said in source.answers.items()]
    return found + [row for row, code in zip(others, source.answers, strict=True) if code not in known and row[1]]
