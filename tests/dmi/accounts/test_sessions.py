"""How long a sign-in lasts: idle lock, twelve hours, sign-out from elsewhere, text that survives."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from dmi.accounts.kept import Kept
from dmi.accounts.models import SignIn, User
from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 14, 12, 0, tzinfo=UTC)
HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/account/?tab=2"}


@pytest.fixture
def clock() -> Any:
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def signed(ames: User, clock: Any) -> Client:
    """A browser Ames is signed in on since noon."""
    client = Client()
    client.force_login(ames)
    return client


def go(clock: Any, **later: float) -> None:
    clock.shift(timedelta(**later))


def me(client: Client, **extra: Any) -> Any:
    return client.get(reverse("accounts:me"), **extra)


def unlock(client: Client, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("accounts:locked"), {"password": password, "next": "/account/?tab=2", **more})


def test_the_screen_is_open_until_fifteen_idle_minutes(signed: Client, clock: Any) -> None:
    go(clock, minutes=14, seconds=59)
    assert me(signed).status_code == 200


def test_the_screen_locks_after_fifteen_idle_minutes(signed: Client, clock: Any) -> None:
    go(clock, minutes=15, seconds=1)
    answer = me(signed)
    assert answer.url == reverse("accounts:locked") + "?next=%2Faccount%2F"
    assert "Enter your password" in signed.get(answer.url).content.decode()
    assert AuditEvent.objects.filter(verb=Verb.SCREEN_LOCKED).count() == 1


def test_activity_keeps_the_screen_open(signed: Client, clock: Any) -> None:
    for _ in range(4):
        go(clock, minutes=14)
        assert me(signed).status_code == 200


@pytest.mark.parametrize("kind", ["pulse", "header"])
def test_polling_does_not_keep_the_screen_open(signed: Client, clock: Any, kind: str) -> None:
    for _ in range(14):
        go(clock, minutes=1)
        if kind == "pulse":
            assert signed.get(reverse("accounts:pulse")).status_code == 200
        else:
            assert me(signed, headers={"X-Background": "1"}).status_code == 200
    go(clock, minutes=1, seconds=1)
    assert me(signed).status_code == 302


def test_the_pulse_says_how_long_is_left(signed: Client, clock: Any) -> None:
    go(clock, minutes=10)
    assert signed.get(reverse("accounts:pulse")).json() == {"left": 300}
    go(clock, minutes=6)
    assert signed.get(reverse("accounts:pulse")).json() == {"left": 0}


def test_a_background_request_of_a_locked_screen_empties_the_page(signed: Client, clock: Any, ames: User) -> None:
    go(clock, minutes=16)
    answer = me(signed, headers=HTMX)
    assert (answer.headers["HX-Retarget"], answer.status_code) == ("body", 200)
    assert "Enter your password" in answer.content.decode()
    assert ames.email not in answer.content.decode()


def test_the_password_leads_back(signed: Client, clock: Any) -> None:
    before = signed.session.session_key
    go(clock, minutes=16)
    me(signed)
    assert unlock(signed).url == "/account/?tab=2"
    assert me(signed).status_code == 200
    assert signed.session.session_key != before


def test_a_wrong_password_keeps_the_lock_and_counts(signed: Client, clock: Any) -> None:
    go(clock, minutes=16)
    me(signed)
    for _ in range(4):
        assert "is not right" in unlock(signed, "wrong").content.decode()
    assert unlock(signed, "wrong").status_code == 429
    assert unlock(signed).status_code == 429


def test_the_lock_page_never_leads_to_another_site(signed: Client, clock: Any) -> None:
    go(clock, minutes=16)
    me(signed)
    assert unlock(signed, next="https://example.org/").url == "/"


def test_nothing_happens_behind_the_lock(signed: Client, clock: Any, ames: User) -> None:
    other = SignIn.objects.create(user=ames, active_at=NOON, started_at=NOON)
    go(clock, minutes=16)
    signed.post(reverse("accounts:sign-out-elsewhere"))
    other.refresh_from_db()
    assert other.ended_at is None


def test_typed_text_is_sealed_in_the_lock_page_and_comes_back(signed: Client, clock: Any) -> None:
    go(clock, minutes=16)
    typed = {
        "note": "Seen twice on\nPulaski",
        "tag": ["a", "b"],
        "password": "hidden words here",
        "once": "1",
    }
    page = signed.post(reverse("accounts:sign-out-elsewhere"), typed)
    assert page.status_code == 423
    text = page.content.decode()
    assert "Pulaski" not in text
    assert "What you had typed is kept" in text
    sealed = re.search(r'name="kept" value="([^"]+)"', text)[1]
    back = unlock(signed, kept=sealed).content.decode()
    assert "Seen twice on\nPulaski" in back
    assert back.count('name="tag"') == 2
    assert "hidden words here" not in back
    assert f'action="{reverse("accounts:sign-out-elsewhere")}"' in back


def test_a_forged_form_is_not_kept(ames: User, clock: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(ames)
    go(clock, minutes=16)
    page = client.post(reverse("accounts:sign-out-elsewhere"), {"note": "planted"})
    assert "What you had typed is kept" not in page.content.decode()


def test_kept_text_opens_for_its_owner_only(ames: User) -> None:
    sealed = Kept("/x/", (("note", "secret"),)).seal(ames.pk)
    assert Kept.open(sealed, ames.pk) == Kept("/x/", (("note", "secret"),))
    assert Kept.open(sealed, UserFactory().pk) is None
    assert Kept.open(sealed[:-4] + "AAAA", ames.pk) is None


def test_a_page_can_lock_itself_and_hand_over_its_text(signed: Client) -> None:
    typed = {"note": "half a sen", "lock_from": "/account/?tab=2", "lock_to": "/account/sign-out-elsewhere/"}
    page = signed.post(reverse("accounts:locked"), typed)
    assert "What you had typed is kept" in page.content.decode()
    assert me(signed).status_code == 302


def test_a_sign_in_ends_after_twelve_hours_however_busy(signed: Client, clock: Any) -> None:
    for _ in range(71):
        go(clock, minutes=10)
        assert me(signed).status_code == 200
    go(clock, minutes=10)
    answer = me(signed)
    assert answer.url == reverse("account_login") + "?next=%2Faccount%2F"
    assert "12 hours" in signed.get(answer.url).content.decode()
    assert SignIn.objects.get().ended_because == SignIn.Ended.TOO_LONG


def test_twelve_hours_end_a_locked_screen_too(signed: Client, clock: Any) -> None:
    go(clock, minutes=16)
    me(signed)
    go(clock, hours=12)
    assert unlock(signed).url == reverse("account_login")


def test_a_closed_account_is_out_at_the_next_request(signed: Client, ames: User) -> None:
    ames.is_active = False
    ames.save()
    assert me(signed).status_code == 302
    ames.is_active = True
    ames.save()
    assert me(signed).status_code == 302


def test_a_changed_password_signs_out_the_other_browsers_only(ames: User, signed: Client) -> None:
    other = Client()
    other.force_login(ames)
    new = "copper window thistle harbor"
    signed.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert me(signed).status_code == 200
    assert me(other).status_code == 302
    assert AuditEvent.objects.filter(verb=Verb.PASSWORD_CHANGED).count() == 1


def test_signing_out_everywhere_else_leaves_this_browser(ames: User, signed: Client) -> None:
    other, third = Client(), Client()
    other.force_login(ames)
    third.force_login(ames)
    page = signed.post(reverse("accounts:sign-out-elsewhere"), follow=True).content.decode()
    assert "Signed out of 2 other browsers" in page
    assert me(signed).status_code == 200
    assert [me(client).status_code for client in (other, third)] == [302, 302]


def test_one_browser_can_be_signed_out_but_not_somebody_elses(ames: User, signed: Client) -> None:
    other, stranger = Client(), Client()
    other.force_login(ames)
    mine = SignIn.objects.get(pk=other.session["sign_in"])
    stranger.force_login(UserFactory())
    theirs = SignIn.objects.exclude(user=ames).get()
    assert signed.post(reverse("accounts:sign-in-end", args=[theirs.pk])).status_code == 404
    assert me(stranger).status_code == 200
    signed.post(reverse("accounts:sign-in-end", args=[mine.pk]))
    assert me(other).status_code == 302


def test_signing_out_ends_the_sign_in_and_is_audited(signed: Client) -> None:
    answer = signed.post(reverse("account_logout"))
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert SignIn.objects.get().ended_because == SignIn.Ended.BY_PERSON
    assert AuditEvent.objects.filter(verb=Verb.SIGNED_OUT).count() == 1
    assert me(signed).status_code == 302


def test_a_session_without_its_sign_in_is_no_session(signed: Client) -> None:
    session = signed.session
    del session["sign_in"]
    session.save()
    assert me(signed).status_code == 302


def test_the_guard_costs_one_query_while_active(signed: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(3):  # session, person, sign-in
        signed.get(reverse("accounts:pulse"))


def test_one_sees_ones_own_dates_and_browsers(ames: User, clock: Any) -> None:
    client = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/140.0"})
    client.force_login(ames)
    page = client.get(reverse("accounts:me"), headers={"user-agent": "x"}).content.decode()
    assert "Not cleared" in page
    assert "Not recorded" in page
    assert "this browser" in page


def test_a_fragment_asked_for_without_sign_in_leads_the_whole_page_to_the_form(visitor: Client) -> None:
    answer = me(visitor, headers=HTMX)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, reverse("account_login"))


def test_earlier_sign_ins_are_shown(ames: User, signed: Client) -> None:
    other = Client()
    other.force_login(ames)
    other.post(reverse("account_logout"))
    assert "One you do not know?" in me(signed).content.decode()
