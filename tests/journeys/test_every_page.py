"""Every page of a case in a browser: free of axe findings at a desk and on a phone, and never wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import Page

from tests import cast, pages
from tests.built import Built
from tests.test_permissions import CASE_PAGES

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WIDTHS = (1440, 390)
NARROWEST = 320
TRIES = 8
# Who looks at a page: the first of these who may, and the last who may.
READERS = (
    "police", "prosecutor", "handler", "coordinator", "federal_prosecutor", "probation", "auditor", "services",
    "community", "research", "council",
)  # fmt: skip


def readers(built: Built) -> dict[str, list[str]]:
    """The pages each seat's member looks at."""
    held = {seat: cast.rights(built, cast.BY_SEAT[seat]) for seat in READERS}
    found: dict[str, list[str]] = {seat: [] for seat in READERS}
    for name, view in CASE_PAGES.items():
        may = [seat for seat in READERS if held[seat] & set(view.needs)]
        for seat in dict.fromkeys(may[:1] + may[-1:]):
            found[seat].append(name)
    return found


def opened(page: Page, built: Built, name: str) -> bool:
    """Whether the page opens on one of the case's records as a page of its own."""
    try:
        addresses = list(pages.addresses(built.case, name, TRIES))
    except LookupError:
        return False  # reported by name in tests/leaks
    for address in addresses:
        answer = page.request.get(address)
        if answer.status == 200 and "text/html" in answer.headers["content-type"] and "<html" in answer.text():
            page.goto(address)
            return True
    return False


def findings(page: Page) -> Iterator[str]:
    """What is wrong with the page as it stands."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for rule in Axe().run(page).response["violations"]:
            for node in rule["nodes"][:3]:
                yield f"{width} {rule['id']}: {node['html'][:160]}"
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    if wide > NARROWEST:
        yield f"{wide} px wide on a screen of {NARROWEST}: {page.evaluate(WIDEST)[:200]}"


WIDEST = """() => {
  const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  const inner = wide.filter(e => !wide.some(o => o !== e && e.contains(o)));
  return inner.slice(0, 2).map(e => e.outerHTML.slice(0, 100)).join(' | ');
}"""


@pytest.mark.parametrize("seat", READERS)
def test_the_pages_of_a_seat(built_market: Built, market_server: str, new_context: Any, seat: str) -> None:
    context = new_context(base_url=market_server)
    cookie = built_market.enter(cast.BY_SEAT[seat]).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": market_server}])
    page = context.new_page()
    page.set_default_timeout(20_000)
    refused: list[tuple[str, str]] = []
    page.on("console", lambda line: refused.append((page.url, line.text)) if line.type == "error" else None)
    wrong = []
    for name in readers(built_market)[seat]:
        refused.clear()
        if opened(page, built_market, name):
            page.wait_for_load_state("networkidle")
            # What axe itself tries to load and style is refused too, and told late: only this page's own lines count.
            own = [line for url, line in refused if url == page.url]
            wrong += [f"{name}: {line}" for line in (*own, *findings(page))]
    assert not wrong, "\n".join(wrong)
