"""Partners outside law enforcement: what they can do, and that no name of the list meets them anywhere."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from targeting.survey.models import CommunityReply
from tests.built import Built
from tests.released import misplaced, names_of, released_to

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def case(built_market: Built) -> MarketCase:
    return built_market.case


@pytest.fixture
def names(case: MarketCase) -> list[str]:
    return names_of(case)


def walk(page: Page, case: MarketCase) -> dict[str, str]:
    """Every page the signed-in person reaches by following links, with its text."""
    root = f"/cases/{case.pk}/"
    seen: dict[str, str] = {}
    waiting = [root]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        answer = page.request.get(path)
        assert answer.status < 500, path
        seen[path] = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
        found = re.findall(r'href="([^"#]*)', seen[path])
        waiting += [link.replace("&amp;", "&") for link in found if link.startswith(root)]
    return seen


def test_a_pastor_finds_no_name_of_the_list(case: MarketCase, names: list[str], enter: Any) -> None:
    page = enter("jlinden", f"/cases/{case.pk}/")
    seen = walk(page, case)
    assert len(seen) > 15
    given = released_to("jlinden", case)
    assert [(p, found) for p, text in seen.items() if (found := misplaced(p, text, names=names, released=given))] == []
    assert page.goto(reverse("people:list", args=[case.pk])).status == 403
    assert page.goto(reverse("undercover:informant-buys", args=[case.pk])).status == 404


def test_a_pastor_hands_in_a_reply(case: MarketCase, enter: Any) -> None:
    before = CommunityReply.objects.for_case(case).count()
    page = enter("jlinden", reverse("survey:dashboard", args=[case.pk]))
    page.get_by_role("link", name="Hand in a community reply").click()
    words = page.locator("textarea[name^=answer_], input[type=text][name^=answer_]").first
    words.fill("Cars stop at the corner every evening.")
    if page.locator("select[name=channel]").count():
        page.locator("select[name=channel]").select_option(index=1)
    if not page.locator("[name=received_on]").input_value():
        page.locator("[name=received_on]").fill("2026-01-15")
    page.get_by_role("button", name="Hand in", exact=True).dblclick()
    expect(page.get_by_role("status").first).not_to_be_empty()
    assert CommunityReply.objects.for_case(case).count() == before + 1


def test_services_keep_the_directory_and_reach_no_evidence(case: MarketCase, names: list[str], enter: Any) -> None:
    page = enter("jmarsh", reverse("directory:list-services", args=[case.pk]))
    expect(page.get_by_role("main")).to_contain_text("First Step")
    page.get_by_role("link", name=re.compile("^Add a")).first.click()
    page.locator("[name=program]").fill("Night bus")
    page.locator("[name=provider]").fill("City of Marlow")
    page.locator("[name=offers]").fill("A ride home after the last bus.")
    for box in page.locator("main select").all():
        if not box.input_value():
            box.select_option(index=1)
    page.locator("main form.form button[type=submit]").first.click()
    expect(page.get_by_role("main")).to_contain_text("Night bus")

    seen = walk(page, case)
    assert [(path, name) for path, text in seen.items() for name in names if name in text] == []
    assert not [path for path in seen if "/evidence/" in path or "/undercover/" in path]
    for name in ("evidence:list-items", "undercover:cases", "notification:binder"):
        assert page.goto(reverse(name, args=[case.pk])).status == 403


def test_the_administrator_makes_an_account_and_sees_no_case(case: MarketCase, names: list[str], enter: Any) -> None:
    page = enter("kbolt", reverse("admin:accounts_user_changelist"))
    page.goto(reverse("admin:accounts_user_add"))
    page.locator("[name=username]").fill("nferrow")
    page.locator("[name=full_name]").fill("Nell Farrow")
    page.locator("[name=email]").fill("n.farrow@example.org")
    if page.locator("select[name=agency]").count():
        page.locator("select[name=agency]").select_option(index=1)
    page.locator("[name=_save]").click()
    page.wait_for_load_state()
    assert User.objects.filter(username="nferrow").exists(), page.get_by_role("main").inner_text()[:500]

    for link in {a.get_attribute("href") for a in page.locator("a[href^='/admin/']").all()}:
        answer = page.request.get(link)
        text = answer.text() if answer.ok else ""
        assert [name for name in names if name in text] == [], link
    assert page.goto(f"/cases/{case.pk}/").status == 404
    page.goto("/")
    assert "Eastgate" not in page.get_by_role("main").inner_text()
