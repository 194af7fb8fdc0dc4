"""Through the front door: what each seat meets, what a press does, what a download leaves behind."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.documents import paper, store
from dmi.documents.models import Copy, Delivery, Document, PrintRun
from tests.factories import documents as make

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letter(market, ames):
    return make.drawn(make.letter(market, ames))


def page(name, case, *more):
    return reverse(f"documents:{name}", args=[case.pk, *more])


def test_the_list_shows_only_kinds_the_seat_may_know_of(market, ames, marsh, signed_in, letter):
    make.notebook(market, ames)
    seen = signed_in(ames).get(page("list", market))
    assert seen.status_code == 200
    assert "Test letter" in seen.content.decode()
    assert "Test notebook" in seen.content.decode()
    hidden = signed_in(marsh).get(page("list", market)).content.decode()
    assert "Test letter" not in hidden
    assert "Nothing was issued yet" in hidden


def test_a_filter_narrows_the_list(market, ames, signed_in, letter):
    make.notebook(market, ames)
    found = signed_in(ames).get(page("list", market), {"kind": "test_notebook", "state": "preparing"}).context["page"]
    assert [document.kind for document in found] == ["test_notebook"]
    assert not signed_in(ames).get(page("list", market), {"kind": "test_letter", "state": "withdrawn"}).context["page"]


def test_a_stranger_meets_404_everywhere(market, stranger, signed_in, letter):
    visitor = signed_in(stranger)
    for name in ("list", "runs", "copies"):
        assert visitor.get(page(name, market)).status_code == 404
    assert visitor.get(page("download", market, letter.pk)).status_code == 404
    assert not Delivery.objects.exists()


def test_a_download_sends_the_file_and_is_recorded(market, ames, signed_in, letter):
    answer = signed_in(ames).get(page("download", market, letter.pk))
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="eastgate-test-letter-e-07-copy-1.pdf"'
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert Delivery.objects.get().delivered_to == ames
    assert "Tess Ames" in signed_in(ames).get(letter.get_absolute_url()).content.decode()


def test_a_file_that_is_gone_from_the_disk_is_said_to_be(market, ames, signed_in, letter):
    store.private().delete(letter.file.name)
    answer = signed_in(ames).get(page("download", market, letter.pk), follow=True)
    assert answer.status_code == 200
    assert "The stored file cannot be read" in answer.content.decode()
    assert not Delivery.objects.exists()


def test_in_production_the_proxy_sends_the_file(market, ames, signed_in, letter, settings):
    settings.EVIDENCE_ACCEL_PREFIX = "/private"
    answer = signed_in(ames).get(page("download", market, letter.pk))
    assert answer["X-Accel-Redirect"] == f"/private/{letter.file.name}"
    assert answer.content == b""
    assert Delivery.objects.count() == 1


def test_who_may_only_see_gets_403_and_leaves_no_ledger_row(market, sorrel, signed_in, letter):
    assert signed_in(sorrel).get(letter.get_absolute_url()).status_code == 200
    assert signed_in(sorrel).get(page("download", market, letter.pk)).status_code == 403
    assert not Delivery.objects.exists()
    assert AuditEvent.objects.about(letter).filter(outcome="denied", actor=sorrel).count() == 1


def test_who_may_not_know_of_it_gets_404_and_leaves_no_ledger_row(market, marsh, signed_in, letter):
    for name in ("document", "download"):
        assert signed_in(marsh).get(page(name, market, letter.pk)).status_code == 404
    for name in ("approve", "again"):
        assert signed_in(marsh).post(page(name, market, letter.pk)).status_code == 404
    assert not Delivery.objects.exists()


def test_a_coordinator_without_clearance_sees_number_and_state_only(market, pilot, signed_in, letter):
    seen = signed_in(pilot).get(letter.get_absolute_url())
    assert seen.status_code == 200
    assert letter.sha256 not in seen.content.decode()
    assert signed_in(pilot).get(page("download", market, letter.pk)).status_code == 403


def test_a_document_of_another_market_is_not_found(market, ames, signed_in, letter):
    other = type(market)(slug="west", name="West", city_name="Marlow", number_prefix="W")
    other.save_by(None)
    from dmi.cases import seats

    seats.give_seat(case=other, user=ames, role="coordinator", actor=None)
    assert signed_in(ames).get(page("download", other, letter.pk)).status_code == 404


def test_head_and_post_do_not_hand_out_a_file(market, ames, signed_in, letter):
    assert signed_in(ames).post(page("download", market, letter.pk)).status_code == 405
    assert signed_in(ames).head(page("download", market, letter.pk)).status_code == 405
    assert not Delivery.objects.exists()


def test_a_notebook_is_agreed_to_by_a_second_person_on_its_page(market, ames, sorrel, signed_in):
    notebook = make.drawn(make.notebook(market, ames))
    assert signed_in(ames).get(page("download", market, notebook.pk)).status_code == 302
    assert "Agree to the print" not in signed_in(ames).get(notebook.get_absolute_url()).content.decode()
    assert signed_in(ames).post(page("approve", market, notebook.pk)).status_code == 403
    assert "Agree to the print" in signed_in(sorrel).get(notebook.get_absolute_url()).content.decode()
    assert signed_in(sorrel).post(page("approve", market, notebook.pk)).status_code == 302
    assert signed_in(ames).get(page("download", market, notebook.pk)).status_code == 200


def test_a_double_click_on_a_further_copy_makes_one(market, ames, signed_in, letter):
    visitor, once = signed_in(ames), str(uuid.uuid4())
    for _ in range(2):
        assert visitor.post(page("again", market, letter.pk), {"once": once}).status_code == 302
    assert Document.objects.for_case(market).count() == 2


def test_a_run_page_shows_progress_then_the_download(market, ames, sorrel, signed_in):
    run = make.binder(market, ames, sorrel)
    waiting = signed_in(ames).get(run.get_absolute_url()).content.decode()
    assert "Download to print" not in waiting
    make.drawn(Document.objects.get(key="notebook:E-02"))
    bar = signed_in(ames).get(page("run-progress", market, run.pk)).content.decode()
    assert "Preparing 3 documents: 1 ready" in bar
    make.drawn(run)
    assert "Download to print" in signed_in(ames).get(page("run-progress", market, run.pk)).content.decode()
    ready = signed_in(ames).get(run.get_absolute_url()).content.decode()
    assert "Download to print" in ready
    assert "E-02 Person 2" in ready
    answer = signed_in(ames).get(page("download-run", market, run.pk))
    assert answer["Content-Disposition"] == 'attachment; filename="eastgate-binder-copy-1.pdf"'
    assert Delivery.objects.get().run == run


def test_headings_with_names_stay_hidden_without_clearance(market, ames, sorrel, pilot, signed_in):
    run = make.drawn(make.binder(market, ames, sorrel))
    seen = signed_in(pilot).get(run.get_absolute_url()).content.decode()
    assert "Person 2" not in seen
    assert "E-02" in seen


def test_a_run_can_be_printed_again_agreed_to_and_withdrawn(market, ames, sorrel, signed_in):
    run = make.drawn(make.binder(market, ames))
    assert signed_in(sorrel).post(page("approve-run", market, run.pk)).status_code == 302
    assert signed_in(ames).post(page("run-again", market, run.pk)).status_code == 302
    assert PrintRun.objects.for_case(market).count() == 2
    assert signed_in(ames).post(page("withdraw-run", market, run.pk), {"reason": "Wrong date"}).status_code == 302
    assert signed_in(ames).get(page("download-run", market, run.pk)).status_code == 302
    assert not Delivery.objects.exists()


def test_withdrawing_needs_a_reason_and_the_right(market, ames, sorrel, signed_in, letter):
    assert signed_in(sorrel).get(page("withdraw", market, letter.pk)).status_code == 403
    assert signed_in(ames).post(page("withdraw", market, letter.pk), {"reason": ""}).status_code == 422
    assert signed_in(ames).post(page("withdraw", market, letter.pk), {"reason": "Wrong date"}).status_code == 302
    letter.refresh_from_db()
    assert (letter.state, letter.withdrawn_reason) == ("withdrawn", "Wrong date")


@pytest.fixture
def copy(letter, ames):
    paper.deliver(printed=letter, actor=ames)
    return Copy.objects.for_case(letter.case).get()


def move(signed_in, person, copy, to, **typed):
    typed = {
        "version": copy.version,
        "holder": "Officer Dale",
        "since_on": timezone.localdate(),
        "note": "",
    } | typed
    return signed_in(person).post(page("move-copy", copy.case, copy.pk, to), typed)


def test_the_register_follows_a_copy(market, ames, signed_in, copy):
    today = timezone.localdate()
    assert signed_in(ames).get(page("move-copy", market, copy.pk, "handed")).status_code == 200
    assert move(signed_in, ames, copy, "handed", due_on=today + timedelta(days=3)).status_code == 302
    copy.refresh_from_db()
    assert (copy.place, copy.holder) == ("handed", "Officer Dale")
    shown = signed_in(ames).get(page("copy", market, copy.pk)).content.decode()
    assert "Officer Dale" in shown
    assert "Take back" in shown
    assert "Officer Dale" in signed_in(ames).get(page("copies", market), {"place": "handed"}).content.decode()


def test_the_register_asks_for_what_a_move_needs(ames, signed_in, copy):
    today = timezone.localdate()
    assert move(signed_in, ames, copy, "handed").status_code == 422
    assert move(signed_in, ames, copy, "handed", due_on=today - timedelta(days=1)).status_code == 422
    assert move(signed_in, ames, copy, "destroyed").status_code == 422
    assert move(signed_in, ames, copy, "lost", since_on=today + timedelta(days=1)).status_code == 422
    assert move(signed_in, ames, copy, "returned").status_code == 404
    assert move(signed_in, ames, copy, "nowhere").status_code == 404
    copy.refresh_from_db()
    assert copy.place == "printed"


def test_a_form_opened_before_a_colleagues_move_saves_nothing(ames, signed_in, copy):
    today = timezone.localdate()
    first = move(signed_in, ames, copy, "handed", due_on=today)
    stale = signed_in(ames).post(
        page("move-copy", copy.case, copy.pk, "returned"),
        {"version": copy.version, "holder": "Tess Ames", "since_on": today, "note": ""},
    )
    assert (first.status_code, stale.status_code) == (302, 422)


def test_the_register_is_closed_to_seats_that_cannot_print_the_kind(market, sorrel, marsh, signed_in, copy):
    assert move(signed_in, sorrel, copy, "lost").status_code == 403
    assert move(signed_in, marsh, copy, "lost").status_code == 404
    assert signed_in(marsh).get(page("copy", market, copy.pk)).status_code == 404


def test_an_overdue_copy_is_said_on_the_list(market, ames, signed_in, copy):
    today = timezone.localdate()
    paper.move(
        copy=copy,
        to="handed",
        actor=ames,
        holder="Officer Dale",
        on=today - timedelta(days=5),
        due_on=today - timedelta(days=2),
    )
    assert "1 copy should be back by now" in signed_in(ames).get(page("list", market)).content.decode()
    assert "Overdue" in signed_in(ames).get(page("copies", market), {"place": "overdue"}).content.decode()


@pytest.mark.usefixtures("line_is_kept")
def test_lists_take_the_same_number_of_queries_whatever_their_length(
    market, ames, signed_in, django_assert_max_num_queries
):
    for number in range(6):
        make.letter(market, ames, key=f"letter:{number}", player_number=f"E-{number:02}")
    visitor = signed_in(ames)
    visitor.get(page("list", market))
    with django_assert_max_num_queries(25):
        visitor.get(page("list", market))
