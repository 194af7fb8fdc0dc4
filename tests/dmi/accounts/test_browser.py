"""Signing in with a real browser: every page is free of axe findings, passkeys work, the lock empties the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from dmi.accounts.models import SignIn, User
from tests.factories.accounts import PASSWORD, AdministratorFactory, ClearedFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
WIDTHS = (1440, 390)
OPEN = (
    "account_login",
    "account_reset_password",
    "account_reset_password_done",
    "accounts:notice",
    "account_logout",
)
SIGNED = (
    "accounts:me",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "account_change_password",
    "accounts:factor-needed",
    "account_logout",
)


@pytest.fixture
def ames() -> User:
    return ClearedFactory(username="ames", full_name="Tess Ames", title="Detective, Narcotics")


@pytest.fixture
def enter(page: Any, live_server: Any) -> Callable[..., None]:
    """Types name and password into the sign-in form."""
    page.set_default_timeout(10_000)

    def typed(name: str) -> None:
        page.goto(live_server.url + reverse("account_login"))
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        page.wait_for_load_state()

    return typed


def findings(page: Any) -> list[str]:
    """What axe finds on the page, at a desk and on a phone."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        result = Axe().run(page)
        found += [f"{width}: {rule['id']} {rule['nodes'][0]['html'][:120]}" for rule in result.response["violations"]]
        overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{width}: {overflow} px too wide"] if overflow > 0 else []
    return found


@pytest.mark.parametrize("name", OPEN)
def test_a_page_before_sign_in_is_accessible(page: Any, live_server: Any, name: str) -> None:
    page.goto(live_server.url + reverse(name))
    assert findings(page) == []


def test_the_pages_of_ones_account_are_accessible(page: Any, live_server: Any, ames: User, enter: Any) -> None:
    enter("ames")
    for name in SIGNED:
        page.goto(live_server.url + reverse(name))
        assert (name, findings(page)) == (name, [])


def test_the_admin_is_accessible_under_the_strict_policy(page: Any, live_server: Any, ames: User, enter: Any) -> None:
    AdministratorFactory(username="sorrel")
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text) if "Content Security Policy" in line.text else None)
    enter("sorrel")
    change = reverse("admin:accounts_user_change", args=[ames.pk])
    act = reverse("admin:accounts_user_act", args=[ames.pk, "close"])
    for path in (reverse("admin:index"), reverse("admin:accounts_user_changelist"), change, act):
        answer = page.goto(live_server.url + path)
        assert (path, answer.status) == (path, 200)
    assert refused == []


def test_a_passkey_is_added_and_signs_in(page: Any, live_server: Any, ames: User, enter: Any) -> None:
    tools = page.context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    device = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
    }
    device |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    tools.send("WebAuthn.addVirtualAuthenticator", {"options": device})
    enter("ames")
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.locator("input[name=name]").fill("Work laptop")
    if page.get_by_label("Passwordless").count():
        page.get_by_label("Passwordless").check(force=True)
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    page.goto(live_server.url + reverse("account_logout"))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**" + reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live_server.url + "/")
    page.goto(live_server.url + reverse("accounts:me"))
    assert page.get_by_text("Detective, Narcotics").is_visible()


def test_the_lock_empties_the_screen_and_the_password_opens_it(
    page: Any, live_server: Any, ames: User, enter: Any
) -> None:
    enter("ames")
    page.goto(live_server.url + reverse("accounts:me"))
    SignIn.objects.update(active_at=timezone.now() - timedelta(minutes=16))
    page.goto(live_server.url + reverse("accounts:me"))
    assert findings(page) == []
    assert "Detective" not in page.content()
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    page.wait_for_url("**" + reverse("accounts:me"))
    assert page.get_by_text("Detective, Narcotics").is_visible()


def test_nothing_comes_from_another_host(page: Any, live_server: Any, ames: User, enter: Any) -> None:
    foreign: list[str] = []
    page.on(
        "request",
        lambda sent: None if sent.url.startswith((live_server.url, "data:")) else foreign.append(sent.url),
    )
    enter("ames")
    page.goto(live_server.url + reverse("mfa_activate_totp"))
    assert foreign == []


def test_an_idle_page_empties_itself_and_keeps_the_half_written_text(
    page: Any, live_server: Any, ames: User, enter: Any, settings: Any
) -> None:
    enter("ames")
    settings.DMI_IDLE_MINUTES = 1 / 30
    page.goto(live_server.url + reverse("mfa_add_webauthn"))
    page.locator("input[name=name]").fill("Half a name")
    page.get_by_text("What you had typed is kept").wait_for()
    assert "Half a name" not in page.content()
    settings.DMI_IDLE_MINUTES = 15
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Unlock").click()
    page.get_by_role("button", name="Save it now").wait_for()
    assert page.locator("input[name=name]").input_value() == "Half a name"
