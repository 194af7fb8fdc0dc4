"""The admin: accounts and reference lists, behind our own sign-in, and no record of a case."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dmi.accounts.models import Agency, User
from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.core.models import CaseRecord
from tests.factories.accounts import AgencyFactory, ClearedFactory, UserFactory

pytestmark = pytest.mark.django_db
CASE_RECORDS = [model for model in apps.get_models() if issubclass(model, CaseRecord)]
CLEARED = {
    "screened_on": "2026-01-02",
    "screening_expires_on": "2027-01-02",
    "trained_on": "2026-01-03",
    "training_expires_on": "2027-01-03",
}


@pytest.fixture
def office(administrator: User) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(administrator)
    return client


def details(person: User, **changes: Any) -> dict[str, Any]:
    """What the admin's form of an account sends."""
    own = {name: getattr(person, name) or "" for name in ("username", "email", "full_name", "title", "phone", *CLEARED)}
    own["agency"] = person.agency_id or ""
    return {**own, **({"is_staff": "on"} if person.is_staff else {}), **changes}


def change(office: Client, person: User, **changes: Any) -> Any:
    return office.post(reverse("admin:accounts_user_change", args=[person.pk]), details(person, **changes))


def act(office: Client, person: User, name: str, reason: str = "Asked by phone, checked by face") -> Any:
    return office.post(reverse("admin:accounts_user_act", args=[person.pk, name]), {"reason": reason})


def test_no_record_of_a_case_is_listed() -> None:
    assert not [model for model in admin.site._registry if issubclass(model, CaseRecord)]


def test_only_our_own_models_are_listed() -> None:
    libraries = {"auth", "guardian", "account", "mfa", "axes", "sessions", "admin", "simple_history"}
    assert not {model._meta.app_label for model in admin.site._registry} & libraries


def test_a_record_of_a_case_cannot_be_listed_by_mistake() -> None:
    assert CASE_RECORDS
    with pytest.raises(ImproperlyConfigured, match="the admin shows none"):
        admin.site.register(CASE_RECORDS[0])


def test_the_admin_has_no_sign_in_of_its_own(client: Client) -> None:
    assert client.get(reverse("admin:login")).url.startswith(reverse("account_login"))
    answer = client.post(reverse("admin:login"), {"username": "sorrel", "password": "x"})
    assert answer.url.startswith(reverse("account_login"))


def test_a_team_member_does_not_come_in(ames: User, client: Client) -> None:
    client.force_login(ames)
    assert client.get(reverse("admin:index")).status_code == 302
    assert client.get(reverse("admin:accounts_user_changelist")).status_code == 302


def test_the_admin_needs_a_second_factor_where_one_is_compulsory(office: Client, settings: Any) -> None:
    settings.DMI_REQUIRE_MFA = True
    assert office.get(reverse("admin:index")).url == reverse("accounts:factor-needed")


def test_an_administrator_sees_accounts_and_agencies(office: Client) -> None:
    page = office.get(reverse("admin:index")).content.decode()
    assert "Agencies" in page
    assert office.get(reverse("admin:accounts_user_changelist")).status_code == 200


def test_the_mark_and_the_group_go_together(administrator: User) -> None:
    assert administrator.groups.filter(name="Account administrators").exists()
    administrator.is_staff = False
    administrator.save()
    assert not administrator.groups.exists()


def test_leaving_the_office_keeps_the_seats_on_cases(administrator: User) -> None:
    seat = Group.objects.create(name="a seat")
    administrator.groups.add(seat)
    administrator.is_staff = False
    administrator.save()
    assert list(administrator.groups.all()) == [seat]


def test_a_new_account_gets_a_link_and_no_password(office: Client, django_capture_on_commit_callbacks: Any) -> None:
    agency = AgencyFactory()
    new = {"username": "reyes", "email": "reyes@example.org", "full_name": "Ana Reyes", "agency": agency.pk}
    with django_capture_on_commit_callbacks(execute=True):
        office.post(reverse("admin:accounts_user_add"), new)
    person = User.objects.get(username="reyes")
    assert not person.has_usable_password()
    (letter,) = mail.outbox
    assert letter.to == ["reyes@example.org"]
    link = next(word for word in letter.body.split() if "/password/reset/key/" in word)
    visitor = Client()
    form = visitor.get(link, follow=True)
    words = "copper window thistle harbor"
    visitor.post(form.request["PATH_INFO"], {"password1": words, "password2": words})
    person.refresh_from_db()
    assert person.check_password(words)
    assert AuditEvent.objects.filter(verb=Verb.ACCOUNT_INVITED, subject_id=str(person.pk)).count() == 1


@pytest.mark.parametrize("name", ["auth_user_password_change", "accounts_user_delete"])
def test_there_is_no_page_to_set_a_password(office: Client, ames: User, name: str) -> None:
    try:
        status = office.post(reverse(f"admin:{name}", args=[ames.pk])).status_code
    except NoReverseMatch:
        return
    assert status == 403


def test_the_form_offers_neither_password_nor_groups_nor_superuser(office: Client, ames: User) -> None:
    page = office.get(reverse("admin:accounts_user_change", args=[ames.pk])).content.decode()
    assert not [name for name in ("password", "groups", "is_superuser", "user_permissions") if f'name="{name}"' in page]


def test_posted_extra_fields_change_nothing(office: Client, ames: User) -> None:
    seat = Group.objects.create(name="a seat")
    change(office, ames, is_superuser="on", groups=[seat.pk], password="x", is_active="")
    ames.refresh_from_db()
    assert (ames.is_superuser, ames.is_active, ames.groups.count()) == (False, True, 0)


def test_clearance_is_recorded_with_history_and_an_event_of_its_own(
    office: Client, second: User, ames: User, decide: Any
) -> None:
    change(office, ames, **CLEARED)
    ames.refresh_from_db()
    assert ames.screened_on is None
    decide("confirm")
    ames.refresh_from_db()
    assert ames.is_cleared(on=date(2026, 5, 14))
    assert ames.history.first().history_user == second
    (event,) = AuditEvent.objects.filter(verb=Verb.CLEARANCE_CHANGED)
    assert event.facts["training_expires_on"] == "2027-01-03"


def test_without_the_permission_clearance_stays_as_it_was(office: Client, ames: User) -> None:
    group = Group.objects.get(name="Account administrators")
    group.permissions.remove(group.permissions.get(codename="change_clearance"))
    change(office, ames, **CLEARED)
    ames.refresh_from_db()
    assert ames.screened_on is None


def test_nobody_clears_or_closes_themselves(office: Client, administrator: User) -> None:
    change(office, administrator, **CLEARED)
    administrator.refresh_from_db()
    assert administrator.screened_on is None
    assert act(office, administrator, "close").status_code == 403


def test_clearance_that_ends_before_it_starts_is_refused_in_words(office: Client, ames: User) -> None:
    page = change(office, ames, screened_on="2026-01-02", screening_expires_on="2025-01-02").content.decode()
    assert "cannot end before" in page


def test_closing_signs_out_and_reopening_takes_a_second_administrator(office: Client, ames: User, decide: Any) -> None:
    their = Client()
    their.force_login(ames)
    act(office, ames, "close")
    assert their.get(reverse("accounts:me")).status_code == 302
    act(office, ames, "reopen")
    ames.refresh_from_db()
    assert not ames.is_active
    decide("confirm")
    ames.refresh_from_db()
    assert ames.is_active
    verbs = AuditEvent.objects.filter(subject_id=str(ames.pk)).values_list("verb", flat=True)
    assert {Verb.ACCOUNT_CLOSED, Verb.ACCOUNT_REOPENED} <= set(verbs)


def test_a_lock_is_released_with_a_reason(office: Client, ames: User, sign_in: Any) -> None:
    for _ in range(5):
        sign_in(Client(), "Ames", "wrong")
    assert "Release the lock" in office.get(reverse("admin:accounts_user_change", args=[ames.pk])).content.decode()
    assert act(office, ames, "release", reason="").status_code == 200
    assert sign_in(Client(), "Ames").status_code == 429
    act(office, ames, "release")
    assert sign_in(Client(), "Ames").status_code == 302
    assert AuditEvent.objects.get(verb=Verb.ACCOUNT_RELEASED).reason == "Asked by phone, checked by face"


def test_resetting_factors_signs_out_and_tells_the_person(
    office: Client, ames: User, authenticator: Any, decide: Any
) -> None:
    their = Client()
    their.force_login(ames)
    act(office, ames, "factors")
    assert ames.authenticator_set.exists()
    assert their.get(reverse("accounts:me")).status_code == 200
    decide("confirm")
    assert not ames.authenticator_set.exists()
    assert their.get(reverse("accounts:me")).status_code == 302
    assert mail.outbox[-1].to == [ames.email]


def test_an_unknown_act_or_a_superusers_account_is_refused(office: Client, ames: User) -> None:
    assert act(office, ames, "promote").status_code == 403
    assert act(office, UserFactory(is_superuser=True), "close").status_code == 403


def test_an_agency_is_saved_in_the_administrators_name(office: Client, administrator: User) -> None:
    office.post(
        reverse("admin:accounts_agency_add"),
        {"name": "Marlow PD", "kind": "police", "head_name": "Lee Marsh"},
    )
    agency = Agency.objects.get(name="Marlow PD")
    assert (agency.created_by, agency.history.first().history_user) == (administrator, administrator)
    assert AuditEvent.objects.filter(verb=Verb.AGENCY_CHANGED).count() == 1


def test_mail_of_accounts_carries_no_case_and_no_clearance(
    office: Client, django_capture_on_commit_callbacks: Any
) -> None:
    person = ClearedFactory()
    with django_capture_on_commit_callbacks(execute=True):
        act(office, person, "invite")
    assert not [word for word in ("Eastgate", "screen", "clear", "market") if word in mail.outbox[0].body]
