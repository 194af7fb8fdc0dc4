"""The pages of background work: who sees them, and the bar that stops asking."""

from __future__ import annotations

import uuid

import pytest

from dmi.cases import seats
from dmi.cases.models import Membership
from dmi.jobs import worker
from dmi.jobs.models import Job, State
from tests.factories.jobs import job

pytestmark = pytest.mark.django_db


@pytest.fixture
def as_asker(client, asker):
    client.force_login(asker)
    return client


@pytest.fixture
def as_colleague(client, colleague):
    client.force_login(colleague)
    return client


def test_the_asker_sees_the_bar_and_it_keeps_asking_while_the_job_is_open(as_asker, wanted):
    some = job(**wanted, total=14)
    page = as_asker.get(some.get_absolute_url())
    assert page.status_code == 200
    assert b"0 of 14" in page.content
    assert b'hx-trigger="every 1s"' in as_asker.get(some.progress_url).content


def test_the_bar_stops_asking_once_the_job_has_ended(as_asker, wanted):
    some = worker.run_until_ended(job(**wanted), patience=20)
    bar = as_asker.get(some.progress_url)
    assert b"hx-trigger" not in bar.content
    assert b"Finished" in bar.content
    assert bar["HX-Trigger"] == "job-ended"


def test_a_member_without_the_right_finds_no_such_job(as_colleague, wanted):
    some = job(**wanted)
    for url in (some.get_absolute_url(), some.progress_url):
        assert as_colleague.get(url).status_code == 404
    for url in (some.cancel_url, some.retry_url):
        assert as_colleague.post(url).status_code == 404
    some.refresh_from_db()
    assert some.state == State.QUEUED


def test_a_stranger_finds_no_such_job(client, django_user_model, wanted):
    client.force_login(django_user_model.objects.create_user("stranger-jobs"))
    assert client.get(job(**wanted).get_absolute_url()).status_code == 404


def test_a_holder_of_the_right_sees_a_colleagues_job(client, case, wanted, django_user_model):
    other = django_user_model.objects.create_user("second-coordinator")
    seats.give_seat(case=case, user=other, role="coordinator", actor=None)
    client.force_login(other)
    assert client.get(job(**wanted).get_absolute_url()).status_code == 200


def test_an_asker_who_lost_the_right_sees_the_state_but_not_what_it_is_about(client, case, asker, wanted):
    some = job(**wanted)
    Job.objects.filter(pk=some.pk).update(what="Casey's notebook")
    worker.take()
    seats.give_seat(case=case, user=asker, role="community", actor=None)
    seats.suspend_seat(membership=Membership.objects.get(user=asker, role="coordinator"), actor=None, reason="x")
    client.force_login(asker)
    bar = client.get(some.progress_url)
    assert bar.status_code == 200
    assert b"Casey" not in bar.content


def test_the_asker_cancels_and_tries_again(as_asker, wanted):
    some = job(**wanted)
    assert as_asker.post(some.cancel_url).status_code == 302
    some.refresh_from_db()
    assert some.state == State.CANCELLED
    bar = as_asker.post(some.retry_url, headers={"HX-Request": "true"})
    assert b'hx-trigger="every 1s"' in bar.content
    some.refresh_from_db()
    assert some.state == State.QUEUED


def test_trying_a_finished_job_again_changes_nothing(as_asker, wanted):
    some = worker.run_until_ended(job(**wanted), patience=20)
    assert as_asker.post(some.retry_url).status_code == 302
    some.refresh_from_db()
    assert (some.state, some.attempts) == (State.DONE, 1)


def test_a_finished_job_offers_its_result(as_asker, wanted):
    some = worker.run_until_ended(job(**wanted), patience=20)
    Job.objects.filter(pk=some.pk).update(result={"url": "/somewhere/", "url_text": "Open the binder"})
    assert b'href="/somewhere/"' in as_asker.get(some.progress_url).content


def test_a_job_outside_any_case_is_its_askers_alone(client, asker, colleague):
    own = job(actor=asker)
    client.force_login(asker)
    assert client.get(own.get_absolute_url()).status_code == 200
    assert client.get(own.progress_url).status_code == 200
    client.force_login(colleague)
    assert client.get(own.get_absolute_url()).status_code == 404
    assert client.post(own.cancel_url).status_code == 404
    client.force_login(asker)
    assert client.post(own.cancel_url).status_code == 302
    assert client.post(own.retry_url).status_code == 302


def test_a_job_is_not_reached_through_another_case(as_asker, asker, case, wanted):
    other = type(case).objects.create_by(None, slug="next", name="Next", city_name="Marlow", number_prefix="N")
    seats.give_seat(case=other, user=asker, role="coordinator", actor=None)
    some = job(**wanted)
    assert as_asker.get(some.get_absolute_url().replace(str(case.pk), str(other.pk))).status_code == 404
    assert as_asker.get(some.get_absolute_url().replace(str(some.pk), str(uuid.uuid4()))).status_code == 404


def test_the_list_shows_only_jobs_one_may_know_of(client, asker, colleague, case, wanted):
    some = job(**wanted)
    client.force_login(asker)
    assert str(some.pk) in client.get(f"/cases/{case.pk}/jobs/").content.decode()
    client.force_login(colleague)
    page = client.get(f"/cases/{case.pk}/jobs/").content.decode()
    assert str(some.pk) not in page
    assert "No background work yet" in page
