"""Handing out, agreeing, withdrawing, and the register of copies."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.documents import paper, selectors, store
from dmi.documents.models import Copy, Delivery
from tests.factories import documents as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letter(market, ames):
    return make.drawn(make.letter(market, ames))


def test_a_delivery_is_in_the_ledger_the_register_and_the_audit_log(letter, ames):
    paper.deliver(printed=letter, actor=ames)
    paper.deliver(printed=letter, actor=ames)
    assert list(selectors.ledger(letter).values_list("delivered_to", "sha256")) == [(ames.pk, letter.sha256)] * 2
    assert AuditEvent.objects.about(letter).filter(verb="document_delivered").count() == 2
    copy = Copy.objects.for_case(letter.case).get()
    assert (copy.document, copy.place, copy.holder) == (letter, "printed", "Tess Ames")


def test_nobody_without_the_print_right_gets_it_and_the_ledger_stays_empty(letter, sorrel, marsh, stranger):
    for person in (sorrel, marsh, stranger):  # the prosecutor may see letters, not print them
        with pytest.raises(paper.MayNotPrint):
            paper.deliver(printed=letter, actor=person)
    assert not Delivery.objects.exists()
    assert not Copy.objects.for_case(letter.case).exists()


def test_what_is_not_ready_is_not_handed_out(market, ames):
    with pytest.raises(paper.NotDeliverable):
        paper.deliver(printed=make.letter(market, ames), actor=ames)


def test_a_notebook_waits_for_a_second_named_person(market, ames, sorrel):
    notebook = make.drawn(make.notebook(market, ames))
    with pytest.raises(paper.SecondPersonNeeded):
        paper.deliver(printed=notebook, actor=ames)
    with pytest.raises(paper.MayNotApprove):
        paper.approve(printed=notebook, actor=ames)
    notebook = paper.approve(printed=notebook, actor=sorrel)
    assert paper.deliver(printed=notebook, actor=ames)


def test_the_second_person_must_be_entitled_too(market, ames, marsh, stranger, pilot):
    notebook = make.drawn(make.notebook(market, ames))
    for person in (marsh, stranger, pilot):
        with pytest.raises(paper.MayNotApprove):
            paper.approve(printed=notebook, actor=person)


def test_the_second_person_can_be_named_when_it_is_issued(market, ames, sorrel):
    notebook = make.drawn(make.notebook(market, ames, approved_by=sorrel))
    assert notebook.approved_by == sorrel
    assert paper.deliver(printed=notebook, actor=ames)


def test_a_withdrawn_document_is_not_handed_out_and_neither_is_its_binder(market, ames, sorrel):
    run = make.drawn(make.binder(market, ames, sorrel))
    part = run.parts.first().document
    paper.withdraw(printed=part, actor=ames, reason="Wrong address")
    for printed in (part, run):
        printed.refresh_from_db()
        with pytest.raises(paper.NotDeliverable, match="withdrawn"):
            paper.deliver(printed=printed, actor=ames)


def test_a_photograph_withheld_after_printing_stops_the_delivery(market, ames, sorrel, photo):
    facts = make.notebook_facts(photo=photo.id)
    notebook = make.drawn(make.notebook(market, ames, facts=facts, media=[photo.id], approved_by=sorrel))
    photo.withhold()
    with pytest.raises(paper.NotDeliverable):
        paper.deliver(printed=notebook, actor=ames)


def test_a_stored_file_that_was_touched_is_not_handed_out(letter, ames):
    path = Path(store.private().path(letter.file.name))
    path.write_bytes(path.read_bytes() + b" ")
    with pytest.raises(paper.NotDeliverable, match="not the one"):
        paper.deliver(printed=letter, actor=ames)


def test_the_ledger_only_grows(letter, ames):
    paper.deliver(printed=letter, actor=ames)
    for statement in ("UPDATE documents_delivery SET pages = 1", "DELETE FROM documents_delivery"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_file_name_holds_no_name(letter, market, ames, sorrel):
    assert paper.file_name(letter) == "eastgate-test-letter-e-07-copy-1.pdf"
    assert paper.file_name(make.binder(market, ames, sorrel)) == "eastgate-binder-copy-1.pdf"


def handed(letter, ames, **changes):
    today = timezone.localdate()
    copy = Copy.objects.for_case(letter.case).get()
    wanted = {"to": "handed", "holder": "Officer Dale", "on": today, "due_on": today + timedelta(days=7)}
    return paper.move(copy=copy, actor=ames, **wanted | changes)


def test_a_copy_goes_out_comes_back_and_is_destroyed_before_a_witness(letter, ames):
    paper.deliver(printed=letter, actor=ames)
    today = timezone.localdate()
    copy = handed(letter, ames)
    assert (copy.holder, copy.is_overdue(), copy.is_overdue(today + timedelta(days=8))) == (
        "Officer Dale",
        False,
        True,
    )
    paper.move(copy=copy, to="returned", actor=ames, holder="Tess Ames", on=today)
    with pytest.raises(ValidationError):
        paper.move(copy=copy, to="destroyed", actor=ames, holder="Tess Ames", on=today)
    copy.refresh_from_db()
    paper.move(copy=copy, to="destroyed", actor=ames, holder="Tess Ames", on=today, witness="Ada Sorrel")
    assert [row.place for row in selectors.chain(copy)] == ["printed", "handed", "returned", "destroyed"]
    verbs = AuditEvent.objects.about(copy).values_list("verb", flat=True)
    assert sorted(verbs) == ["copy_destroyed", "copy_handed_over", "copy_returned"]


def test_a_destroyed_copy_does_not_come_back(letter, ames):
    paper.deliver(printed=letter, actor=ames)
    copy = handed(letter, ames)
    today = timezone.localdate()
    paper.move(copy=copy, to="destroyed", actor=ames, holder="Tess Ames", on=today, witness="Ada Sorrel")
    with pytest.raises(paper.NotAllowedYet):
        paper.move(copy=copy, to="returned", actor=ames, holder="Tess Ames", on=today)


def test_overdue_copies_are_found(letter, ames):
    paper.deliver(printed=letter, actor=ames)
    today = timezone.localdate()
    copy = handed(letter, ames, on=today - timedelta(days=9), due_on=today - timedelta(days=1))
    assert list(selectors.copies(letter.case, {"letters.print"}, place="overdue")) == [copy]
    assert not selectors.copies(letter.case, {"meetings.print"}, place="overdue").exists()
