"""The way in: names, locks, second factors, the notice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import NoReverseMatch, reverse

from dmi.accounts.models import SignIn, User
from dmi.accounts.passwords import PassphraseValidator
from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from tests.factories.accounts import PASSWORD, AdministratorFactory, UserFactory

pytestmark = pytest.mark.django_db
VARIANTS = ["Ames", "ames", "AMES", "aMeS", "t.ames@example.org", "T.AMES@EXAMPLE.ORG"]


def signed_in(visitor: Client) -> bool:
    return visitor.get(reverse("accounts:me")).status_code == 200


def events(verb: Verb) -> list[AuditEvent]:
    return list(AuditEvent.objects.filter(verb=verb))


@pytest.mark.parametrize("name", VARIANTS)
def test_a_person_signs_in_by_name_or_address_in_any_case(ames: User, visitor: Client, sign_in: Any, name: str) -> None:
    assert sign_in(visitor, name).status_code == 302
    assert signed_in(visitor)
    assert [event.actor for event in events(Verb.SIGNED_IN)] == [ames]


def test_a_wrong_password_is_refused_and_audited_without_the_typed_name(
    ames: User, visitor: Client, sign_in: Any
) -> None:
    page = sign_in(visitor, "Ames", "wrong").content.decode()
    assert "is not right" in page
    assert not signed_in(visitor)
    (event,) = events(Verb.SIGN_IN_FAILED)
    assert (event.outcome, event.subject_id, event.facts) == ("denied", str(ames.pk), {})


def test_an_unknown_name_gets_the_same_answer(ames: User, visitor: Client, sign_in: Any) -> None:
    known = sign_in(Client(), "Ames", "wrong")
    unknown = sign_in(visitor, "nobody", "wrong")
    assert known.status_code == unknown.status_code
    assert "is not right" in unknown.content.decode()


@pytest.mark.parametrize("attempt", VARIANTS)
def test_five_wrong_passwords_lock_the_account_for_every_spelling(ames: User, sign_in: Any, attempt: str) -> None:
    for name in VARIANTS[:5]:
        sign_in(Client(), name, "wrong", REMOTE_ADDR="10.0.0.1")
    answer = sign_in(Client(), attempt, REMOTE_ADDR="10.0.0.2")
    assert answer.status_code == 429
    assert "This account is locked" in answer.content.decode()
    assert events(Verb.ACCOUNT_LOCKED)[0].subject_id == str(ames.pk)


def test_a_look_alike_that_the_database_folds_counts_too(sign_in: Any) -> None:
    UserFactory(username="jimi")
    for _ in range(5):
        sign_in(Client(), "jimi", "wrong")
    for look_alike in ("J\u0131M\u0131", "\uff2aIMI", "JIM\u0130", "jimi "):
        visitor = Client()
        sign_in(visitor, look_alike)
        assert not signed_in(visitor)


def test_a_lock_stops_nobody_else(ames: User, visitor: Client, sign_in: Any) -> None:
    UserFactory(username="reyes")
    for _ in range(6):
        sign_in(Client(), "Ames", "wrong")
    sign_in(visitor, "reyes")
    assert signed_in(visitor)


def test_time_alone_does_not_open_the_lock(ames: User, sign_in: Any) -> None:
    with time_machine.travel("2026-05-14T12:00:00Z"):
        for _ in range(5):
            sign_in(Client(), "Ames", "wrong")
    with time_machine.travel("2026-06-14T12:00:00Z"):
        assert sign_in(Client(), "Ames").status_code == 429


def test_a_good_password_clears_the_count(ames: User, sign_in: Any) -> None:
    for _ in range(3):
        for _ in range(4):
            sign_in(Client(), "Ames", "wrong")
        assert sign_in(Client(), "AMES").status_code == 302


def test_two_administrators_free_an_account_from_the_console(ames: User, visitor: Client, sign_in: Any) -> None:
    AdministratorFactory(username="first")
    AdministratorFactory(username="second")
    for _ in range(5):
        sign_in(Client(), "Ames", "wrong")
    with pytest.raises(CommandError, match="different"):
        call_command("release_account", "ames", by="first", second="FIRST", reason="Called in")
    with pytest.raises(CommandError, match="administrators"):
        call_command("release_account", "ames", by="first", second="ames", reason="Called in")
    call_command("release_account", "ames", by="first", second="second", reason="Called in")
    sign_in(visitor, "Ames")
    assert signed_in(visitor)
    assert "first, second" in events(Verb.ACCOUNT_RELEASED)[0].reason


def test_a_second_factor_is_asked_for_and_opens(
    ames: User, visitor: Client, sign_in: Any, authenticator: Callable[[], str]
) -> None:
    assert sign_in(visitor, "Ames").url == reverse("mfa_authenticate")
    assert not signed_in(visitor)
    answer = visitor.post(reverse("mfa_authenticate"), {"code": authenticator()})
    assert answer.status_code == 302
    assert signed_in(visitor)
    assert events(Verb.SIGNED_IN)[0].facts == {"by": ["password", "totp"]}


def test_a_code_works_once_even_when_the_cache_is_emptied(
    ames: User, sign_in: Any, authenticator: Callable[[], str]
) -> None:
    code = authenticator()
    for expected in (True, False):
        cache.clear()
        visitor = Client()
        sign_in(visitor, "Ames")
        visitor.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(visitor) is expected


def test_wrong_codes_lock_the_account(ames: User, sign_in: Any, authenticator: Callable[[], str]) -> None:
    visitor = Client()
    sign_in(visitor, "Ames")
    for _ in range(5):
        visitor.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert visitor.post(reverse("mfa_authenticate"), {"code": authenticator()}).status_code == 429
    assert sign_in(Client(), "Ames").status_code == 429
    assert len(events(Verb.FACTOR_FAILED)) == 5


def test_a_recovery_code_opens_once(ames: User, sign_in: Any, authenticator: Callable[[], str]) -> None:
    code = ames.authenticator_set.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (True, False):
        visitor = Client()
        sign_in(visitor, "Ames")
        visitor.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(visitor) is expected


def test_secrets_of_factors_are_sealed_in_the_database(ames: User, authenticator: Callable[[], str]) -> None:
    stored = " ".join(str(row.data) for row in ames.authenticator_set.all())
    assert "JBSWY3DPEHPK3PXP" not in stored


def test_without_a_factor_only_the_setup_is_reachable_where_one_is_compulsory(
    ames: User, visitor: Client, sign_in: Any, settings: Any
) -> None:
    settings.DMI_REQUIRE_MFA = True
    sign_in(visitor, "Ames")
    for name in ("accounts:me", "mfa_view_recovery_codes", "admin:index"):
        assert visitor.get(reverse(name)).url == reverse("accounts:factor-needed")
    assert "Add a second factor" in visitor.get(reverse("accounts:factor-needed")).content.decode()
    assert visitor.get(reverse("accounts:me"), headers={"HX-Request": "true"}).headers["HX-Redirect"]
    assert visitor.get(reverse("mfa_activate_totp")).status_code == 200


def test_setting_up_an_app_opens_the_way(
    ames: User, visitor: Client, sign_in: Any, settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    from allauth.mfa.totp.internal import auth as totp

    settings.DMI_REQUIRE_MFA = True
    sign_in(visitor, "Ames")
    page = visitor.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = totp.format_hotp_value(totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time()))))
    with django_capture_on_commit_callbacks(execute=True):
        assert visitor.post(reverse("mfa_activate_totp"), {"code": code}).status_code == 302
    assert signed_in(visitor)
    assert [event.facts["kind"] for event in events(Verb.FACTOR_ADDED)] == ["totp"]
    assert len(events(Verb.RECOVERY_CODES_MADE)) == 1
    assert mail.outbox[0].to == [ames.email]


def test_the_last_factor_stays_where_one_is_compulsory(
    ames: User, visitor: Client, sign_in: Any, authenticator: Callable[[], str], settings: Any
) -> None:
    settings.DMI_REQUIRE_MFA = True
    sign_in(visitor, "Ames")
    visitor.post(reverse("mfa_authenticate"), {"code": authenticator()})
    answer = visitor.post(reverse("mfa_deactivate_totp"))
    assert "compulsory" in answer.content.decode()
    assert ames.authenticator_set.filter(type="totp").exists()


def test_removing_a_factor_signs_out_the_other_browsers(
    ames: User, visitor: Client, sign_in: Any, authenticator: Callable[[], str]
) -> None:
    other = Client()
    other.force_login(ames)
    sign_in(visitor, "Ames")
    visitor.post(reverse("mfa_authenticate"), {"code": authenticator()})
    visitor.post(reverse("mfa_deactivate_totp"))
    assert not ames.authenticator_set.exists()
    assert signed_in(visitor)
    assert not signed_in(other)
    assert {event.facts["kind"] for event in events(Verb.FACTOR_REMOVED)} == {"totp", "recovery_codes"}


def test_the_notice_stands_above_the_form(visitor: Client) -> None:
    assert "may be monitored, recorded and audited" in visitor.get(reverse("account_login")).content.decode()


def test_no_password_is_taken_before_the_notice_is_accepted(
    ames: User, visitor: Client, sign_in: Any, settings: Any
) -> None:
    settings.DMI_BANNER_MUST_ACKNOWLEDGE = True
    assert sign_in(visitor, "Ames").url == reverse("accounts:notice")
    page = visitor.get(reverse("accounts:notice")).content.decode()
    assert all(word in page for word in ("restricted", "monitored", "prohibited", "you agree"))
    visitor.post(reverse("accounts:notice"))
    sign_in(visitor, "Ames")
    assert signed_in(visitor)


def test_new_words_of_the_notice_are_accepted_anew(visitor: Client, sign_in: Any, ames: User, settings: Any) -> None:
    settings.DMI_BANNER_MUST_ACKNOWLEDGE = True
    visitor.post(reverse("accounts:notice"))
    settings.DMI_BANNER = "Marlow system. Monitored."
    assert sign_in(visitor, "Ames").url == reverse("accounts:notice")


@pytest.mark.parametrize(
    "name", ["account_signup", "account_email", "account_confirm_email", "socialaccount_connections"]
)
def test_nobody_signs_up_or_links_another_service(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_a_closed_account_cannot_sign_in(ames: User, visitor: Client, sign_in: Any) -> None:
    ames.is_active = False
    ames.save()
    sign_in(visitor, "Ames")
    assert not signed_in(visitor)


def test_the_session_key_changes_at_sign_in(ames: User, visitor: Client, sign_in: Any) -> None:
    visitor.get(reverse("accounts:notice"))
    session = visitor.session
    session["notice"] = "x"
    session.save()
    before = visitor.cookies["sessionid"].value if "sessionid" in visitor.cookies else session.session_key
    visitor.cookies["sessionid"] = before
    sign_in(visitor, "Ames")
    assert visitor.session.session_key != before
    stolen = Client()
    stolen.cookies["sessionid"] = before
    assert not signed_in(stolen)


def test_a_forgotten_password_keeps_the_second_factor(
    ames: User, visitor: Client, authenticator: Callable[[], str], sign_in: Any
) -> None:
    old = Client()
    old.force_login(ames)
    visitor.post(reverse("account_reset_password"), {"email": "T.Ames@example.org"})
    link = next(word for word in mail.outbox[0].body.split() if "/password/reset/key/" in word)
    form = visitor.get(link, follow=True)
    new = "copper window thistle harbor"
    visitor.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert not signed_in(visitor)
    assert not signed_in(old)
    assert sign_in(visitor, "Ames", new).url == reverse("mfa_authenticate")


def test_asking_for_an_unknown_address_says_the_same(ames: User, visitor: Client) -> None:
    known = visitor.post(reverse("account_reset_password"), {"email": ames.email})
    unknown = visitor.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_forwarded_addresses_change_nothing(ames: User, sign_in: Any, visitor: Client) -> None:
    sign_in(visitor, "Ames", headers={"X-Forwarded-For": "8.8.8.8"}, REMOTE_ADDR="10.0.0.7")
    assert SignIn.objects.get().address == "10.0.0.7"


@pytest.mark.parametrize(
    ("password", "fine"),
    [
        (PASSWORD, True),
        ("x" * 14, False),
        ("aaaaaaaaaaaaaaaaaaaa", False),
        ("passwordpassword", False),
        ("ames ames ames ames", False),
        ("9 Ω kettles, no lamp", True),
        ("q" * 4000, False),
    ],
)
def test_a_password_is_long_not_composed(ames: User, password: str, fine: bool) -> None:
    from django.core.exceptions import ValidationError

    if fine:
        PassphraseValidator().validate(password, ames)
    else:
        with pytest.raises(ValidationError):
            PassphraseValidator().validate(password, ames)


@pytest.fixture
def no_redis(settings: Any) -> None:
    """The cache points at a socket nobody listens on."""
    settings.CACHES = {
        "default": {"BACKEND": "dmi.core.cache.ForgetfulRedisCache", "LOCATION": "unix:///nowhere/redis.sock?db=1"}
    }
    settings.ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/m/ip"}


def test_signing_in_goes_on_while_redis_is_away(
    ames: User, visitor: Client, sign_in: Any, authenticator: Callable[[], str], no_redis: None
) -> None:
    code = authenticator()
    for expected in (True, False):
        visitor = Client()
        sign_in(visitor, "Ames")
        visitor.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(visitor) is expected


def test_wrong_passwords_lock_while_redis_is_away(ames: User, sign_in: Any, no_redis: None) -> None:
    for _ in range(5):
        sign_in(Client(), "Ames", "wrong")
    assert sign_in(Client(), "Ames").status_code == 429
