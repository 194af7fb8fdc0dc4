"""Question sets in versions: a version in use never changes, and answers say which version they were given to."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from targeting.survey import actions, selectors
from targeting.survey.models import Question, QuestionSet
from tests.factories import survey as made
from tests.factories.accounts import AdministratorFactory

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
GROUPS = ["street", "probation", "vice", "community"]


@pytest.fixture
def administrator(client):
    client.force_login(AdministratorFactory(), backend=BACKEND)
    return client


@pytest.mark.parametrize("group", GROUPS)
def test_each_group_has_questions_from_the_start(group):
    found = selectors.current_set(group)
    assert found.number == 1
    assert len(selectors.questions_of(found)) >= 5


def test_every_community_question_is_asked_in_spanish_too():
    for question in selectors.questions_of(selectors.current_set("community")):
        assert question.words_es, question.code
        assert len(question.offered("es")) == len(question.offered("en"))


def test_a_version_in_use_is_never_edited_but_copied(case):
    first = selectors.current_set("street")
    question = first.questions.get(code="places")
    question.words = "Where exactly?"
    with pytest.raises(ValidationError):
        question.save_by(None)
    before = made.interview(case, answers={"places": "Calder"})
    draft = actions.new_version(question_set=first, actor=None)
    assert selectors.current_set("street") == first
    changed = draft.questions.get(code="places")
    changed.words = "Where exactly?"
    changed.save_by(None)
    actions.put_to_use(question_set=draft, actor=None)
    with pytest.raises(actions.AlreadyInUse):
        actions.put_to_use(question_set=draft, actor=None)
    after = made.interview(case, answers={"places": "Eighth"})
    assert selectors.answered(before) == [("Where are drugs sold on your beat?", "Calder")]
    assert selectors.answered(after) == [("Where exactly?", "Eighth")]
    assert (before.question_set, after.question_set) == (first, draft)


def test_an_answer_to_a_question_no_longer_known_is_still_shown(case):
    interview = made.interview(case, answers={"old_code": "Still here."})
    assert selectors.answered(interview) == [("Old code", "Still here.")]


def test_choices_need_a_code_and_words_and_an_empty_version_is_not_used():
    draft = actions.new_version(question_set=selectors.current_set("vice"), actor=None)
    question = draft.questions.get(code="violence")
    question.choices = "no bar here"
    with pytest.raises(ValidationError):
        question.save_by(None)
    for question in draft.questions.all():
        question.delete_by(None)
    with pytest.raises(actions.NothingToAsk):
        actions.put_to_use(question_set=draft, actor=None)


def test_an_administrator_copies_changes_and_uses_a_version(administrator):
    first = selectors.current_set("probation")
    changelist = reverse("admin:survey_questionset_changelist")
    administrator.post(changelist, {"action": "copy_version", "_selected_action": [str(first.pk)]})
    draft = QuestionSet.objects.get(group="probation", number=2)
    page = reverse("admin:survey_questionset_change", args=[draft.pk])
    rows = list(draft.questions.all())
    sent = {"questions-TOTAL_FORMS": str(len(rows)), "questions-INITIAL_FORMS": str(len(rows))}
    for index, row in enumerate(rows):
        names = ("position", "screen", "code", "kind", "topic", "words", "words_es", "hint", "hint_es", "choices")
        sent |= {f"questions-{index}-{name}": str(getattr(row, name)) for name in names}
        sent |= {f"questions-{index}-id": str(row.pk), f"questions-{index}-question_set": str(draft.pk)}
    sent["questions-0-words"] = "How many deal here?"
    sent[f"questions-{len(rows) - 1}-DELETE"] = "on"
    assert administrator.post(page, sent).status_code == 302
    assert draft.questions.count() == len(rows) - 1
    changed = draft.questions.get(code=rows[0].code)
    assert changed.words == "How many deal here?"
    assert changed.history.count() == 2
    administrator.post(changelist, {"action": "use_version", "_selected_action": [str(draft.pk)]})
    assert selectors.current_set("probation") == draft
    shown = administrator.get(page).content.decode()
    assert 'name="questions-0-words"' not in shown


def test_a_phone_shows_the_questions_screen_by_screen():
    screens = selectors.screens(selectors.current_set("community"))
    assert [len(screen) for screen in screens] == [3, 3, 5, 3, 1]
    assert {question.topic for screen in screens for question in screen} == {"", "fear", "justice", "awareness"}
    assert Question.Topic.FEAR == "fear"
