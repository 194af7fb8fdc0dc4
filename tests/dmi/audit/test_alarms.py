"""Alarms: sounded once for each cause, seen by whom they concern, acknowledged with a reason."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from dmi.accounts.models import User
from dmi.audit import alarms, sealer, tasks, verification, watch
from dmi.audit.forms import AcknowledgeForm
from dmi.audit.models import Alarm, AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases import seats
from dmi.cases.models import MarketCase, Membership
from tests.factories.accounts import AdministratorFactory, ClearedFactory
from tests.factories.audit import event

pytestmark = pytest.mark.django_db


def kinds() -> list[str]:
    return sorted(Alarm.objects.values_list("kind", flat=True))


def page(case, *more):
    return reverse("audit:alarm" if more else "audit:alarms", args=[case.pk, *more])


def test_every_kind_is_seen_and_answered_by_somebody():
    assert all(kind.seen_by and set(kind.seen_by) <= {"auditor", "administrator"} for kind in alarms.KINDS.values())


def test_the_same_cause_sounds_once_and_leaves_an_event(case):
    assert alarms.sound("copy_overdue", "x", case_id=case.pk)
    assert alarms.sound("copy_overdue", "x", case_id=case.pk) is None
    assert AuditEvent.objects.for_case(case).filter(verb=Verb.ALARM_RAISED).count() == 1


def test_the_privacy_officer_acknowledges_with_a_reason(client, case, officer, second_officer):
    alarm = alarms.sound("many_reads", "x", case_id=case.pk, about=officer)
    client.force_login(officer)
    assert client.post(page(case, alarm.pk), {"reason": "fine"}).status_code == 403  # about herself
    client.force_login(second_officer)
    assert "1 alarm to acknowledge" in client.get(reverse("cases:overview", args=[case.pk])).content.decode()
    assert "unusually many sealed pages" in client.get(page(case)).content.decode()
    assert client.post(page(case, alarm.pk), {"reason": ""}).status_code == 422
    assert client.post(page(case, alarm.pk), {"reason": "Preparing for court"}).status_code == 302
    alarm.refresh_from_db()
    assert (alarm.acknowledged_by, alarm.reason) == (second_officer, "Preparing for court")
    assert client.post(page(case, alarm.pk), {"reason": "again"}).status_code == 403
    assert "to acknowledge" not in client.get(reverse("cases:overview", args=[case.pk])).content.decode()


@pytest.mark.parametrize("place", ["market", "administration"])
def test_who_comes_second_keeps_the_words_typed(client, case, officer, second_officer, monkeypatch, place):
    """A colleague acknowledges while the form is on its way."""
    reader, kind, role = officer, "many_reads", alarms.AUDITOR
    if place == "administration":
        reader, second_officer = AdministratorFactory(), AdministratorFactory()
        kind, role = "jobs_wait", alarms.ADMINISTRATOR
    alarm = alarms.sound(kind, "x", case_id=case.pk)
    views, administration = page(case, alarm.pk), reverse("admin:audit_alarm_acknowledge", args=[alarm.pk])
    is_valid = AcknowledgeForm.is_valid

    def meanwhile(form):
        alarms.acknowledge(alarm=alarm, actor=second_officer, role=role, reason="Seen")
        return is_valid(form)

    monkeypatch.setattr(AcknowledgeForm, "is_valid", meanwhile)
    client.force_login(reader)
    answer = client.post(views if place == "market" else administration, {"reason": "Called the captain"})
    assert alarms.TOO_LATE in answer.content.decode()
    assert "Called the captain" in answer.content.decode()
    alarm.refresh_from_db()
    assert (alarm.acknowledged_by, alarm.reason) == (second_officer, "Seen")


def test_members_see_no_alarm(client, case, member):
    client.force_login(member)
    assert client.get(page(case)).status_code == 403


def test_another_markets_alarm_stays_there(client, case, officer, make_member):
    other = MarketCase.objects.create_by(None, slug="o", name="Other", city_name="M", number_prefix="O")
    stranger = ClearedFactory()
    seats.give_seat(case=other, user=stranger, role="police", actor=None)
    theirs = [
        alarms.sound("many_reads", "a", case_id=other.pk),
        alarms.sound("account_locked", "b", about=stranger),
    ]
    ours = [
        alarms.sound("seal_late", "c"),
        alarms.sound("account_locked", "d", about=make_member("d-x", "community")),
    ]
    client.force_login(officer)
    shown = {row["alarm"] for row in client.get(page(case)).context["open"]}
    assert shown == set(ours)
    assert [client.get(page(case, each.pk)).status_code for each in theirs] == [404, 404]


def test_administrators_see_health_and_no_market(client, case):
    administrator = AdministratorFactory()
    locked = alarms.sound("account_locked", "a", about=ClearedFactory())
    altered = alarms.sound("log_altered", "b")
    reads = alarms.sound("many_reads", "c", case_id=case.pk)
    client.force_login(administrator)
    assert "1 alarm" in client.get(reverse("admin:index")).content.decode()  # the log is the privacy officer's
    listed = client.get(reverse("admin:audit_alarm_changelist")).content.decode()
    assert "locked after wrong" in listed
    assert "unusually many" not in listed
    answers = [
        client.post(reverse("admin:audit_alarm_acknowledge", args=[each.pk]), {"reason": "Spoke to her"}).status_code
        for each in (locked, altered, reads)
    ]
    assert answers == [302, 403, 404]
    locked.refresh_from_db()
    assert locked.acknowledged_by == administrator


def test_the_database_refuses_to_be_acknowledged_by_whom_it_is_about(officer):
    alarm = alarms.sound("many_reads", "x", about=officer)
    alarm.acknowledged_by, alarm.acknowledged_at, alarm.reason = officer, timezone.now(), "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        alarm.save()


def test_reading_much_sounds(case, member, settings):
    settings.DMI_READS_PER_HOUR = 3
    for _ in range(3):
        event(case_id=case.pk, actor=member, verb=Verb.RECORD_VIEWED)
    watch.look()
    assert kinds() == []
    event(case_id=case.pk, actor=member, verb=Verb.RECORD_VIEWED)
    watch.look()
    watch.look()
    assert kinds() == ["many_reads"]
    assert Alarm.objects.get().about == member


def test_many_refusals_and_exports_sound(case, member):
    for _ in range(21):
        event(case_id=case.pk, actor=member, verb=Verb.ACCESS_DENIED, outcome="denied")
    event(case_id=case.pk, actor=member, verb=Verb.EXPORT_TAKEN, facts={"kind": "audit_log", "records": 10_001})
    watch.look()
    assert kinds() == ["many_exports", "many_refusals"]


def test_a_sealer_that_stands_still_sounds(monkeypatch):
    event()
    monkeypatch.setattr(watch, "SEAL_WITHIN", timedelta(0))
    watch.look()
    assert kinds() == ["seal_late"]


def test_the_clock_seals_before_it_looks(monkeypatch):
    calls = []
    monkeypatch.setattr(sealer, "seal", lambda: calls.append("seal"))
    monkeypatch.setattr(watch, "look", lambda: calls.append("look"))
    tasks.look()
    assert calls == ["seal", "look"]


def test_little_room_sounds(monkeypatch):
    monkeypatch.setattr(watch, "FREE_BYTES", 2**62)
    watch.look()
    assert kinds() == ["disk_full"]


def test_a_bucket_has_no_disk_to_fill(monkeypatch, settings):
    monkeypatch.setattr(watch, "FREE_BYTES", 2**62)
    in_memory = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}
    settings.STORAGES = settings.STORAGES | in_memory
    watch.look()
    assert kinds() == []


def test_a_clearance_that_ends_soon_sounds_once_for_a_seated_person(case):
    soon = ClearedFactory(screening_expires_on=timezone.localdate() + timedelta(20))
    seats.give_seat(case=case, user=soon, role="police", actor=None)
    ClearedFactory(screening_expires_on=timezone.localdate() + timedelta(20))  # holds no seat
    watch.look()
    watch.look()
    assert [(alarm.kind, alarm.about) for alarm in Alarm.objects.all()] == [("clearance_ends", soon)]


def test_a_seat_the_policy_does_not_know_gives_nothing_and_sounds(client, case, member):
    row = Membership.objects.get(user=member)
    row.role = "mayor-of-nowhere"
    row.save()
    client.force_login(member)
    assert client.get(reverse("cases:overview", args=[case.pk])).status_code == 404
    watch.look()
    assert kinds() == ["unknown_label"]


def test_a_look_that_fails_does_not_stop_the_others(monkeypatch):
    def broken() -> None:
        raise OSError("no disk")

    monkeypatch.setattr(watch, "LOOKS", [broken, lambda: alarms.sound("seal_late", "x")])
    watch.look()
    assert kinds() == ["seal_late"]


def test_the_nightly_check_sounds_when_the_log_was_altered(monkeypatch):
    tasks.verify()
    assert kinds() == []
    altered = verification.Report(faults=["Event 7 was changed after batch 2 was closed."])
    monkeypatch.setattr(verification, "verify", lambda: altered)
    tasks.verify()
    assert kinds() == ["log_altered"]


def test_the_command_prints_kinds_and_counts_only(capsys, member):
    alarms.sound("account_locked", "x", about=member)
    with pytest.raises(SystemExit) as ended:
        call_command("check_alarms")
    assert ended.value.code == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["alarms"] == {"account_locked": 1}
    assert member.username not in str(printed)


def test_a_locked_account_sounds(client, member):
    person = User.objects.get(pk=member.pk)
    for _ in range(6):
        client.post(reverse("account_login"), {"login": person.username, "password": "wrong"})
    assert kinds() == ["account_locked"]
    assert Alarm.objects.get().about == person
