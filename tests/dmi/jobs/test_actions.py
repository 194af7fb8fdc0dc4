"""Asking, cancelling, trying again, and how a job is done, in one process."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases import seats
from dmi.cases.models import Membership
from dmi.jobs import actions, registry, rights, worker
from dmi.jobs.models import Job, State
from tests.dmi.jobs.handlers import effects
from tests.factories.jobs import job

pytestmark = pytest.mark.django_db


def ended(some: Job) -> Job:
    return worker.run_until_ended(some, patience=20)


def test_a_job_is_done_and_keeps_its_result(wanted):
    done = ended(job(**wanted, facts={"steps": 3}))
    assert (done.state, done.result, done.attempts) == (State.DONE, {"steps": 3}, 1)
    assert (done.done, done.total, done.percent, done.what) == (3, 3, 100, "")
    assert done.lease_token is None
    assert effects(done) == [0, 1, 2]


def test_the_same_key_gives_the_same_job_back(wanted):
    first = job(**wanted, idempotency_key="binder:1")
    assert job(**wanted, idempotency_key="binder:1", facts={"other": 1}) == first
    ended(first)
    assert job(**wanted, idempotency_key="binder:1").state == State.DONE
    assert worker.run_next() is None


@pytest.mark.django_db(transaction=True)
def test_two_people_pressing_at_once_get_one_job():
    barrier, made = threading.Barrier(6), []

    def press() -> None:
        barrier.wait()
        with transaction.atomic():
            made.append(job(idempotency_key="binder:2", facts={"steps": 1}).pk)
        connection.close()

    presses = [threading.Thread(target=press) for _ in range(6)]
    for each in presses:
        each.start()
    for each in presses:
        each.join()
    assert len(made) == 6
    assert len(set(made)) == 1
    assert Job.objects.count() == 1


def test_an_unknown_kind_of_work_is_refused(wanted):
    with pytest.raises(actions.UnknownKind):
        job(**wanted, kind="test.nobody")


def test_two_handlers_of_one_kind_are_refused():
    with pytest.raises(ValueError, match=r"test\.steps"):
        registry.handler("test.steps")(lambda job, beat: {})


def test_a_waiting_job_is_cancelled_at_once(wanted, asker):
    waiting = actions.cancel(job=job(**wanted), actor=asker)
    assert waiting.state == State.CANCELLED
    assert worker.run_next() is None
    assert AuditEvent.objects.filter(verb=Verb.JOB_CANCELLED, actor=asker, subject_id=str(waiting.pk)).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_working_job_is_cancelled_at_its_next_beat_and_what_it_wrote_is_undone(wanted, asker):
    working = job(**wanted, facts={"steps": 100, "seconds": 0.1})
    thread = threading.Thread(target=lambda: (worker.run_next(), connection.close()))
    thread.start()
    while not Job.objects.filter(pk=working.pk, done__gte=1).exists():
        assert thread.is_alive()
    actions.cancel(job=working, actor=asker)
    thread.join(10)
    working.refresh_from_db()
    assert working.state == State.CANCELLED
    assert effects(working) == []


def test_a_job_asked_to_stop_whose_worker_was_lost_stops_when_taken_over(wanted):
    lost = job(**wanted)
    worker.take()
    Job.objects.filter(pk=lost.pk).update(is_cancel_asked=True, lease_until=timezone.now() - timedelta(days=1))
    assert ended(lost).state == State.CANCELLED


def test_a_fault_is_tried_again_up_to_the_limit_and_says_nothing_of_its_cause(wanted):
    poison = ended(job(**wanted, kind="test.broken", max_attempts=3))
    assert (poison.state, poison.attempts, poison.error) == (State.FAILED, 3, worker.WENT_WRONG)
    assert effects(poison) == []
    assert AuditEvent.objects.filter(verb=Verb.JOB_FAILED, outcome="failed").count() == 1


def test_each_attempt_waits_longer(wanted, settings):
    settings.DMI_JOB_RETRY_SECONDS = 60
    poison = job(**wanted, kind="test.broken")
    worker.run_next()
    poison.refresh_from_db()
    assert poison.state == State.QUEUED
    assert timedelta(seconds=30) < poison.run_after - timezone.now() <= timedelta(seconds=60)
    assert worker.run_next() is None


def test_a_handler_that_says_no_is_not_tried_again(wanted):
    refused = ended(job(**wanted, kind="test.refused"))
    assert (refused.state, refused.attempts) == (State.FAILED, 1)
    assert refused.error == "The photograph cannot be read."
    assert effects(refused) == []


def test_a_failed_job_is_tried_again_on_request(wanted, asker, tmp_path):
    mended = tmp_path / "mended"
    failed = ended(job(**wanted, kind="test.broken", facts={"until": str(mended)}, max_attempts=2))
    mended.touch()
    waiting = actions.retry(job=failed, actor=asker)
    assert (waiting.state, waiting.attempts, waiting.error) == (State.QUEUED, 0, "")
    again = ended(waiting)
    assert (again.state, effects(again)) == (State.DONE, [0])
    assert AuditEvent.objects.filter(verb=Verb.JOB_RETRIED, actor=asker).count() == 1


def test_a_finished_job_cannot_be_tried_again(wanted, asker):
    with pytest.raises(actions.CannotRetry):
        actions.retry(job=ended(job(**wanted)), actor=asker)


def test_a_job_interrupted_too_often_fails(wanted):
    unlucky = job(**wanted, max_attempts=2)
    for _ in range(2):
        assert worker.take() == unlucky
        Job.objects.filter(pk=unlucky.pk).update(lease_until=timezone.now() - timedelta(days=1))
    assert worker.take() is None
    unlucky.refresh_from_db()
    assert (unlucky.state, unlucky.error) == (State.FAILED, worker.INTERRUPTED)


def test_a_job_with_a_live_lease_is_left_alone(wanted):
    job(**wanted)
    assert worker.take() is not None
    assert worker.take() is None


def test_a_worker_that_lost_its_lease_leaves_nothing(wanted, monkeypatch):
    some = job(**wanted, facts={"steps": 2})
    held = worker.take()
    Job.objects.filter(pk=some.pk).update(lease_until=timezone.now() - timedelta(days=1))
    other = worker.take()
    worker._do(other)
    worker._do(held)  # the late finish of the first worker
    some.refresh_from_db()
    assert (some.state, some.attempts) == (State.DONE, 2)
    assert effects(some) == [0, 1]


def test_the_path_to_the_rights_leads_somewhere():
    assert import_string(rights.RIGHTS_OF)


def test_a_job_whose_asker_lost_the_right_is_refused(wanted, asker):
    waiting = job(**wanted)
    seats.suspend_seat(membership=Membership.objects.get(user=asker), actor=None, reason="left")
    refused = ended(waiting)
    assert (refused.state, refused.error) == (State.FAILED, rights.NO_RIGHT)
    assert effects(refused) == []
    assert AuditEvent.objects.filter(verb=Verb.JOB_REFUSED, outcome="denied", actor=asker).count() == 1


def test_a_job_whose_asker_was_switched_off_is_refused(wanted, asker):
    waiting = job(**wanted)
    asker.is_active = False
    asker.save()
    assert ended(waiting).error == rights.NO_ACCOUNT


def test_a_job_that_names_no_right_is_refused(wanted):
    assert ended(job(**(wanted | {"needs": ""}))).error == rights.NO_RIGHT


def test_a_whole_waits_for_its_parts(wanted):
    whole = job(**wanted, facts={"steps": 1})
    parts = [job(**wanted, parent=whole, facts={"steps": 1}) for _ in range(3)]
    order = [worker.run_next() for _ in range(4)]
    assert order[-1] == whole
    assert set(order[:3]) == set(parts)
    assert worker.run_next() is None


def test_a_whole_fails_with_its_part_and_trying_the_whole_again_redoes_only_that_part(wanted, asker, tmp_path):
    mended = tmp_path / "mended"
    whole = job(**wanted)
    good = job(**wanted, parent=whole)
    bad = job(**wanted, parent=whole, kind="test.broken", facts={"until": str(mended)}, max_attempts=1)
    assert ended(whole).error == worker.PART_FAILED
    mended.touch()
    actions.retry(job=whole, actor=asker)
    assert ended(whole).state == State.DONE
    assert (effects(good), effects(bad), effects(whole)) == ([0], [0], [0])


def test_trying_a_part_again_wakes_the_whole(wanted, asker, tmp_path):
    mended = tmp_path / "mended"
    whole = job(**wanted)
    bad = job(**wanted, parent=whole, kind="test.broken", facts={"until": str(mended)}, max_attempts=1)
    ended(whole)
    mended.touch()
    bad.refresh_from_db()
    actions.retry(job=bad, actor=asker)
    assert ended(whole).state == State.DONE


def test_cancelling_the_whole_cancels_its_parts(wanted, asker):
    whole = job(**wanted)
    part = job(**wanted, parent=whole)
    actions.cancel(job=whole, actor=asker)
    part.refresh_from_db()
    assert part.state == State.CANCELLED


def test_no_part_is_added_once_the_whole_has_started(wanted):
    whole = job(**wanted)
    ended(whole)
    with pytest.raises(actions.ParentHasStarted):
        job(**wanted, parent=whole)


def test_no_case_starves_another(wanted, case, django_user_model):
    other = type(case).objects.create_by(None, slug="quiet", name="Quiet", city_name="Marlow", number_prefix="Q")
    seats.give_seat(case=other, user=wanted["actor"], role="coordinator", actor=None)
    busy = [job(**wanted) for _ in range(5)]
    late = job(**(wanted | {"case": other}))
    assert worker.run_next() in busy
    assert worker.run_next() == late


def test_cancelling_what_has_ended_does_nothing(wanted, asker):
    done = ended(job(**wanted))
    assert actions.cancel(job=done, actor=asker).state == State.DONE
    assert not AuditEvent.objects.filter(verb=Verb.JOB_CANCELLED).exists()


def test_cancelling_a_part_breaks_the_whole_and_trying_again_mends_it(wanted, asker):
    whole = job(**wanted)
    part = job(**wanted, parent=whole)
    actions.cancel(job=part, actor=asker)
    assert ended(whole).error == worker.PART_FAILED
    actions.retry(job=part, actor=asker)
    assert ended(whole).state == State.DONE


def test_nobodys_own_work_starves_anothers(asker, colleague):
    busy = [job(actor=asker) for _ in range(3)]
    late = job(actor=colleague)
    assert worker.run_next() in busy
    assert worker.run_next() == late
