"""The audit page and its export by two people."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from dmi.audit import exports
from dmi.audit.models import AuditEvent, ExportRequest
from dmi.audit.verbs import Verb
from dmi.audit.views import EXPORTS
from tests.factories.audit import event

pytestmark = pytest.mark.django_db


def url(name, case, *more):
    return reverse(f"audit:{name}", args=[case.pk, *more])


@pytest.fixture
def events(case, member, officer):
    return [
        event(case_id=case.pk, actor=member, verb=Verb.CASE_OPENED, reason="first of all"),
        event(case_id=case.pk, actor=officer, verb=Verb.ACCESS_DENIED, outcome="denied"),
    ]


def test_the_privacy_officer_reads_the_whole_log(client, case, officer, member, events):
    client.force_login(officer)
    page = client.get(url("log", case)).content.decode()
    assert "Market opened" in page
    assert "first of all" in page
    assert member.display_name in page


def test_reading_about_others_is_itself_in_the_log(client, case, officer, member, events):
    client.force_login(officer)
    client.get(url("log", case), {"verb": "case_opened"})
    read = AuditEvent.objects.get(verb=Verb.AUDIT_READ)
    assert (read.actor, read.facts) == (officer, {"filters": ["verb"], "from": events[0].pk})
    client.force_login(member)
    client.get(url("log", case))
    assert AuditEvent.objects.filter(verb=Verb.AUDIT_READ).count() == 1


def test_everyone_else_reads_their_own_trail(client, case, member, events):
    client.force_login(member)
    answer = client.get(url("log", case))
    shown = list(answer.context["page"].object_list)
    assert events[0] in shown
    assert {each.actor_id for each in shown} == {member.pk}
    assert "Export these events" not in answer.content.decode()


def test_another_case_is_not_in_the_log(client, case, officer):
    other = event(verb=Verb.CASE_OPENED)
    client.force_login(officer)
    assert other not in client.get(url("log", case)).context["page"].object_list


@pytest.mark.parametrize(
    ("query", "found"),
    [({"verb": "case_opened"}, [0]), ({"outcome": "denied"}, [1]), ({"verb": "signed_in"}, [])],
)
def test_the_log_is_narrowed(client, case, officer, events, query, found):
    client.force_login(officer)
    shown = client.get(url("log", case), query).context["page"].object_list
    assert [each for each in events if each in shown] == [events[n] for n in found]


def test_the_log_is_narrowed_by_person_and_day(client, case, officer, member, events):
    client.force_login(officer)
    today = timezone.localdate()
    days = {"since": today - timedelta(1), "until": today + timedelta(1)}
    shown = client.get(url("log", case), {"person": member.pk} | days)
    assert list(shown.context["page"].object_list) == [events[0]]
    assert not client.get(url("log", case), {"until": today - timedelta(3)}).context["page"].object_list


@pytest.mark.parametrize("query", [{"since": "x"}, {"person": "x"}, {"verb": "x"}, {"page": "x"}, {"page": "99"}])
def test_odd_filters_get_a_page_and_no_error(client, case, officer, events, query):
    client.force_login(officer)
    assert client.get(url("log", case), query).status_code == 200


def test_days_that_cross_are_refused_in_words(client, case, officer):
    client.force_login(officer)
    page = client.get(url("log", case), {"since": "2026-05-02", "until": "2026-05-01"}).content.decode()
    assert "The last day lies before the first." in page


def test_a_long_log_is_read_from_line_to_line(client, case, officer):
    numbers = [event(case_id=case.pk, actor=officer).pk for _ in range(120)]
    client.force_login(officer)

    def shown(**asked):
        return client.get(url("log", case), {"verb": Verb.CASE_OPENED, **asked}).context["page"]

    first = shown()
    assert [line.pk for line in first.object_list] == numbers[:-51:-1]
    assert first.newer is None
    second = shown(before=first.older)
    assert [line.pk for line in second.object_list] == numbers[-51:-101:-1]
    last = shown(before=second.older)
    assert [line.pk for line in last.object_list] == numbers[-101::-1]
    assert last.older is None
    assert shown(after=last.newer).object_list == second.object_list
    assert shown(after=second.newer).object_list == first.object_list
    assert shown(after=numbers[-3]).object_list == first.object_list
    assert shown(before="x' OR 1=1").object_list == first.object_list
    assert shown(before="9" * 30).object_list == first.object_list


@pytest.mark.usefixtures("line_is_kept")
def test_the_page_needs_few_queries_however_long_the_log(
    client, case, officer, line_is_kept, django_assert_max_num_queries
):
    for _ in range(40):
        event(case_id=case.pk, actor=officer)
    client.force_login(officer)
    client.get(url("log", case))  # the line of stations above every page is kept from here on
    with django_assert_max_num_queries(25):
        client.get(url("log", case))


def asked(client, case, officer) -> ExportRequest:
    client.force_login(officer)
    answer = client.post(url("export-ask", case) + "?verb=case_opened", {"reason": "Yearly review"})
    assert answer.status_code == 302
    return ExportRequest.objects.get()


def test_an_export_takes_two_people(client, case, officer, second_officer, events):
    wish = asked(client, case, officer)
    assert client.get(url("export-file", case, wish.pk)).status_code == 403
    client.post(url("export-approve", case, wish.pk))
    wish.refresh_from_db()
    assert wish.approved_at is None  # not by the same person
    client.force_login(second_officer)
    client.post(url("export-approve", case, wish.pk))
    assert client.get(url("export-file", case, wish.pk)).status_code == 403  # the file is the asker's
    client.force_login(officer)
    answer = client.get(url("export-file", case, wish.pk))
    text = b"".join(answer.streaming_content).decode()
    assert answer["Content-Disposition"].startswith("attachment; filename=")
    assert "first of all" in text
    assert "access_denied" not in text
    said = set(AuditEvent.objects.for_case(case).values_list("verb", flat=True))
    assert {Verb.EXPORT_ASKED, Verb.EXPORT_APPROVED, Verb.EXPORT_TAKEN} <= said


def test_the_database_itself_refuses_to_let_one_person_do_both(case, officer):
    with pytest.raises(IntegrityError, match="second_person"):
        ExportRequest.objects.create(
            case_id=case.pk, asked_by=officer, reason="x", approved_by=officer, approved_at=timezone.now()
        )


def test_an_export_closes_after_a_day(client, case, officer, second_officer, events):
    wish = asked(client, case, officer)
    ExportRequest.objects.filter(pk=wish.pk).update(
        approved_by=second_officer, approved_at=timezone.now() - timedelta(hours=25)
    )
    assert client.get(url("export-file", case, wish.pk)).status_code == 403


def test_an_export_needs_a_reason(client, case, officer):
    client.force_login(officer)
    assert client.post(url("export-ask", case), {"reason": ""}).status_code == 200
    assert not ExportRequest.objects.exists()


def test_members_cannot_export(client, case, member):
    client.force_login(member)
    for name in ("export-ask", "exports"):
        assert client.get(url(name, case)).status_code == 403


@pytest.mark.parametrize("start", ["=", "+", "@", "|", "\t=", " =", "\ufeff=", "\u200b=", "\x00=", "\uff1d", "a\n="])
def test_no_cell_of_the_file_is_a_formula(start):
    lines = list(exports.lines([AuditEvent(pk=1, at=timezone.now(), reason=f"{start}1+1", verb="x")]))
    cell = lines[1].split(",")[8].strip('"')
    assert not cell.lstrip().startswith(("=", "+", "@", "|", "\t"))
    assert "\n" not in cell


def test_the_door_of_the_exports_opens_to_whoever_may_take_a_kind_out():
    assert {kind.right for kind in exports.KINDS.values()} == set(EXPORTS)
