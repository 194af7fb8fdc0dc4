"""Issuing: frozen, numbered, once; refused without the right; a further copy only when asked."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from dmi.audit.models import AppendOnly, AuditEvent
from dmi.audit.verbs import Verb
from dmi.documents import actions, selectors
from dmi.documents.actions import FactsRefused, MayNotIssue
from dmi.documents.models import Document, FrozenFacts
from dmi.jobs.models import Job
from tests.factories import documents as make

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_document_is_issued_with_a_job_a_number_and_one_event(market, ames):
    letter = make.letter(market, ames)
    assert (letter.state, letter.copy_number, letter.compartment, letter.created_by) == (
        "preparing",
        1,
        "Lc",
        ames,
    )
    assert letter.job.kind == "documents.render"
    assert letter.job.needs == "act.issue_letter"
    assert AuditEvent.objects.about(letter).filter(verb=Verb.DOCUMENT_ISSUED).count() == 1
    assert letter.history.count() == letter.version


def test_the_same_key_gives_the_same_document_even_when_facts_changed(market, ames):
    first = make.letter(market, ames)
    second = make.letter(market, ames, facts=make.letter_facts("Somebody else"))
    assert second == first
    assert Document.objects.for_case(market).count() == Job.objects.for_case(market).count() == 1


def test_a_changed_fact_is_said(market, ames):
    letter = make.letter(market, ames)
    assert selectors.changed_since(letter, make.letter_facts()) == ()
    assert selectors.changed_since(letter, make.letter_facts("C. Brightwell")) == ("name",)


def test_a_further_copy_is_made_only_when_asked_and_gets_the_next_number(market, ames):
    first = make.letter(market, ames)
    second = make.letter(market, ames, again=True)
    other = make.letter(market, ames, key="letter:E-08", player_number="E-08")
    assert [first.copy_number, second.copy_number, other.copy_number] == [1, 2, 3]
    assert make.letter(market, ames) == second
    assert selectors.latest(market, "letter:E-07") == second


def test_numbers_run_for_each_kind_and_market(market, ames):
    assert make.letter(market, ames).copy_number == make.notebook(market, ames).copy_number == 1


def test_without_the_right_nothing_is_issued(market, ames, marsh, stranger):
    for person in (marsh, stranger):
        with pytest.raises(MayNotIssue):
            make.letter(market, person)
    assert not Document.objects.for_case(market).exists()
    assert not Job.objects.for_case(market).exists()


def test_forbidden_facts_leave_nothing_behind(market, ames):
    facts = make.notebook_facts() | {"intel": actions.section("intelligence", text="Reported.")}
    with pytest.raises(FactsRefused):
        make.notebook(market, ames, facts=facts)
    assert not Document.objects.for_case(market).exists()


def test_a_photograph_that_is_not_released_is_refused(market, ames, photo):
    make.notebook(market, ames, media=[photo.id])
    photo.withhold()
    with pytest.raises(FactsRefused):
        make.notebook(market, ames, media=[photo.id], key="notebook:E-08")


def test_a_kind_for_adults_is_refused_for_an_unknown_age(market, ames):
    adults = make.kinds.DocumentKind("test_adults", "Test", "test_letter.html", "letters", adults_only=True)
    make.kinds.register(adults)
    try:
        with pytest.raises(FactsRefused):
            make.letter(market, ames, kind=adults)
    finally:
        make.kinds.forget("test_adults")


def test_frozen_facts_cannot_be_changed(market, ames):
    letter = make.letter(market, ames)
    with pytest.raises(AppendOnly):
        FrozenFacts.objects.filter(document=letter).update(body="{}")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE documents_frozenfacts SET body = '{}'")


def test_frozen_facts_do_not_lie_open_in_the_table(market, ames):
    make.letter(market, ames)
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM documents_frozenfacts")
        assert "Brightwell" not in cursor.fetchone()[0]


def test_a_document_without_a_file_cannot_be_ready(market, ames):
    letter = make.letter(market, ames)
    letter.state = "ready"
    with pytest.raises(ValidationError):
        letter.save_by(ames)


def test_a_job_acts_with_the_rights_of_today(market, ames, sorrel):
    from dmi.cases.models import Membership
    from dmi.cases.seats import suspend_seat

    letter = make.letter(market, ames)
    suspend_seat(membership=Membership.objects.get(case=market, user=ames), actor=sorrel, reason="training lapsed")
    assert make.ended(letter).state == "failed"
    letter.refresh_from_db()
    assert letter.state == "preparing"
