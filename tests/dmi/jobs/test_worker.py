"""Real worker processes, really killed: every job is finished once, never twice."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from dmi.jobs import bell
from dmi.jobs.models import Job, State
from tests.dmi.jobs.handlers import effects
from tests.factories.jobs import job
from tests.worker import point_app_at, wait_until

pytestmark = pytest.mark.django_db(transaction=True)


def under_way(some: Job) -> bool:
    return Job.objects.filter(pk=some.pk, state=State.RUNNING, done__gte=1).exists()


def finished(some: Job) -> bool:
    some.refresh_from_db()
    return not some.is_open


def test_a_worker_shows_progress_and_finishes(worker):
    some = job(facts={"steps": 6, "seconds": 0.5})
    wait_until(lambda: under_way(some), what="progress")
    some.refresh_from_db()
    assert 0 < some.done < some.total == 6
    assert some.what.startswith("Step ")
    assert effects(some) == []  # written, but not yet committed
    wait_until(lambda: finished(some))
    assert (some.state, some.result, some.attempts) == (State.DONE, {"steps": 6}, 1)
    assert effects(some) == list(range(6))


def test_a_job_longer_than_its_lease_keeps_it(worker, make_worker):
    some = job(facts={"steps": 1, "seconds": 7})
    make_worker()
    wait_until(lambda: finished(some))
    assert (some.state, some.attempts) == (State.DONE, 1)
    assert effects(some) == [0]


def test_a_worker_killed_in_mid_job_and_started_again_finishes_it_once(worker):
    some = job(facts={"steps": 8, "seconds": 0.4})
    wait_until(lambda: under_way(some), what="progress")
    worker.kill()
    some.refresh_from_db()
    assert some.state == State.RUNNING
    worker.start()
    wait_until(lambda: finished(some))
    assert (some.state, some.attempts, some.result) == (State.DONE, 2, {"steps": 8})
    time.sleep(4)  # a whole lease and several scans later
    assert effects(some) == list(range(8))
    some.refresh_from_db()
    assert some.attempts == 2


def test_a_killed_pool_process_loses_and_doubles_nothing(worker, tmp_path):
    pid = tmp_path / "pid"
    some = job(facts={"steps": 8, "seconds": 0.4, "pid": str(pid)})
    wait_until(lambda: under_way(some), what="progress")
    os.kill(int(Path(pid).read_text()), signal.SIGKILL)
    wait_until(lambda: finished(some))
    assert (some.state, some.attempts) == (State.DONE, 2)
    assert effects(some) == list(range(8))


def test_a_worker_that_froze_and_wakes_up_late_doubles_nothing(worker, make_worker):
    some = job(facts={"steps": 8, "seconds": 0.4})
    wait_until(lambda: under_way(some), what="progress")
    worker.signal(signal.SIGSTOP)
    make_worker()
    wait_until(lambda: finished(some))
    worker.signal(signal.SIGCONT)
    time.sleep(5)  # time enough for the first worker to reach its end
    some.refresh_from_db()
    assert (some.state, some.attempts) == (State.DONE, 2)
    assert effects(some) == list(range(8))


def test_work_asked_for_while_redis_is_down_is_done_when_it_is_back(worker, broker):
    first = job()
    wait_until(lambda: finished(first))
    broker.stop()
    asked = time.monotonic()
    some = [job(facts={"steps": 1}) for _ in range(3)]
    assert time.monotonic() - asked < 2  # the person does not wait for the broker
    assert all(each.state == State.QUEUED and each.rung_at is None for each in some)
    broker.start()
    for each in some:
        wait_until(lambda each=each: finished(each))
        assert (each.state, effects(each)) == (State.DONE, [0])


def test_a_lost_message_is_rung_again(broker):
    some = job()
    some.refresh_from_db()
    assert some.rung_at is not None
    assert bell.scan() == 0  # somebody was told a moment ago
    Job.objects.filter(pk=some.pk).update(rung_at="2026-01-01T00:00Z")
    assert bell.scan() == 1


def test_a_scan_stops_at_the_first_bell_nobody_hears(broker):
    broker.stop()
    for _ in range(3):
        job()
    point_app_at("redis+socket:///nonexistent/redis.sock")
    assert bell.scan() == 0
