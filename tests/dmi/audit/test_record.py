"""Writing an event: what is kept, what is refused."""

from __future__ import annotations

import uuid
from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory

from dmi.audit import actions, canonical
from dmi.audit.models import AppendOnly, AuditEvent, AuditSeal
from dmi.audit.verbs import Verb
from tests.factories.audit import event

pytestmark = pytest.mark.django_db


def test_an_event_keeps_who_what_and_about_which_record(django_user_model):
    ames = django_user_model.objects.create_user("t-ames-audit")
    case_id = uuid.uuid4()
    written = event(actor=ames, case_id=case_id, subject=ames, verb=Verb.SEAT_GIVEN, reason="new member")
    assert (written.actor, written.case_id, written.verb) == (ames, case_id, Verb.SEAT_GIVEN)
    assert list(AuditEvent.objects.about(ames)) == [written]
    assert list(AuditEvent.objects.by_actor(ames)) == [written]


def test_the_database_stamps_clock_transaction_and_hash():
    written = event()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp(), pg_current_xact_id()::text::bigint")
        clock, xid = cursor.fetchone()
        cursor.execute(f"SELECT {', '.join(canonical.COLUMNS)} FROM audit_auditevent event WHERE id = %s", [written.pk])
        spelled = cursor.fetchone()
    assert written.xid == xid
    assert abs((clock - written.at).total_seconds()) < 5
    assert canonical.digest(spelled) == written.row_hash


def test_facts_may_be_ids_numbers_dates_and_codes():
    some = uuid.uuid4()
    facts = {"id": some, "rows": 3, "on": date(2026, 5, 14), "weight": Decimal("1.50"), "codes": {"b", "a"}, "no": None}
    written = event(facts=facts)
    assert written.facts == {
        "id": str(some), "rows": 3, "on": "2026-05-14", "weight": "1.50", "codes": ["a", "b"], "no": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "facts",
    [{"note": "Casey Brightwell"}, {"note": "a\nb"}, {"Note": 1}, {"note": {"a": 1}}, {"note": "x" * 201}, {1: 2}],
)
def test_narrative_in_the_facts_is_refused(facts):
    with pytest.raises(actions.NotACode):
        event(facts=facts)
    assert not AuditEvent.objects.exists()


def test_an_unknown_verb_or_outcome_is_refused():
    with pytest.raises(ValueError, match="no_such_verb"):
        event(verb="no_such_verb")
    with pytest.raises(ValueError, match="perhaps"):
        event(outcome="perhaps")


def test_a_visitor_who_is_not_signed_in_is_nobody():
    assert event(actor=AnonymousUser()).actor is None


def test_the_session_is_kept_as_a_digest_only(client, django_user_model):
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.7")
    request.session = client.session
    request.session.create()
    written = event(request=request)
    assert written.address == "192.0.2.7"
    assert len(written.session_hash) == 32
    assert request.session.session_key not in written.session_hash
    request.META["REMOTE_ADDR"] = ""
    again = event(request=request)
    assert again.address is None
    assert again.session_hash == written.session_hash


def test_a_long_reason_is_cut_to_what_the_log_holds():
    assert len(event(reason="x" * 900).reason) == 500


def test_python_refuses_to_change_the_log():
    written = event()
    for refused in (written.delete, AuditEvent.objects.all().delete, lambda: AuditEvent.objects.update(reason="x")):
        with pytest.raises(AppendOnly):
            refused()
    with pytest.raises(AppendOnly):
        AuditSeal.objects.update(count=0)


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
@pytest.mark.parametrize(("table", "key"), [("audit_auditevent", "id"), ("audit_auditseal", "number")])
def test_the_database_refuses_to_change_the_log(table, key, statement):
    event()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO audit_auditseal VALUES (1, now(), 1, 0, 9, 0, '', '', '', 'x')")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET LOCAL dmi.maintenance = 'off'")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table, key, key))


def test_switching_replication_mode_on_does_not_get_around_the_guard():
    event()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = 'replica'")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_auditevent")


def test_an_act_that_fails_leaves_no_event():
    def act() -> None:
        with transaction.atomic():
            event()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        act()
    assert not AuditEvent.objects.exists()
