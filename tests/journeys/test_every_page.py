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
DESK, NARROWEST = 1440, 320
ONLY_FINDINGS = {"resultTypes": ["violations"]}  # of what is sound, axe need not say where it stands
TRIES = 8
# Who looks at a page: the first of these who may, at a desk, and the last whom another right lets in, on the narrowest
# screen: what the same right opens looks the same.
READERS = (
    "police", "prosecutor", "handler", "coordinator", "federal_prosecutor", "probation", "auditor", "services",
    "community", "research", "council",
)  # fmt: skip


def readers(built: Built, label: str) -> Iterator[tuple[str, str, int]]:
    """The pages of one app, who looks at each, and how wide the screen is."""
    held = {seat: cast.rights(built, cast.BY_SEAT[seat]) for seat in READERS}
    for name in pages.names():
        may = [seat for seat in READERS if held[seat] & set(CASE_PAGES[name].needs)]
        if name.partition(":")[0] == label:
            needs = set(CASE_PAGES[name].needs)
            others = [seat for seat in may if held[seat] & needs != held[may[0]] & needs]
            yield from ((name, seat, DESK) for seat in may[:1])
            yield from ((name, seat, NARROWEST) for seat in others[-1:])


def opened(page: Page, built: Built, name: str) -> bool:
    """Whether the page opens on one of the case's records as a page of its own."""
    try:
        addresses = list(pages.addresses(built.case, name, TRIES))
    except LookupError:
        return False  # reported by name in tests/leaks
    for address in addresses:
        answer = page.request.get(address)
        if answer.status == 200 and "text/html" in answer.headers["content-type"] and "<html" in answer.text():
            page.goto("about:blank")  # what the page before is still telling is told about that one
            page.goto(address)
            return True
    return False


def findings(page: Page, width: int) -> Iterator[str]:
    """What is wrong with the page as it stands; axe takes a second, so it looks once, with the first reader."""
    if width == DESK:
        page.set_viewport_size({"width": width, "height": 900})
        for rule in Axe().run(page, options=ONLY_FINDINGS).response["violations"]:
            for node in rule["nodes"][:3]:
                yield f"{width} {rule['id']}: {node['html'][:160]}"
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    wide = page.evaluate("document.scrollingElement.scrollWidth")
    if wide > NARROWEST:
        yield f"{wide} px wide on a screen of {NARROWEST}: {page.evaluate(WIDEST)[:200]}"


# Parts that fetch more once the page is there.
FETCHES = "[hx-trigger], [data-map], .leaflet-container"
WIDEST = """() => {
  const wide = [...document.querySelectorAll('main *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1);
  const inner = wide.filter(e => !wide.some(o => o !== e && e.contains(o)));
  return inner.slice(0, 2).map(e => e.outerHTML.slice(0, 100)).join(' | ');
}"""


class Desks:
    """A browser tab for each seat, signed in; what each tab was refused is kept beside it."""

    def __init__(self, built: Built, server: str, new_context: Any) -> None:
        self.built, self.server, self.new_context = built, server, new_context
        self.pages: dict[str, Page] = {}
        self.refused: dict[str, list[tuple[str, str]]] = {seat: [] for seat in READERS}

    def of(self, seat: str) -> Page:
        """This seat's tab."""
        if seat not in self.pages:
            context = self.new_context(base_url=self.server)
            cookie = self.built.enter(cast.BY_SEAT[seat]).cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.server}])
            page = self.pages[seat] = context.new_page()
            page.set_default_timeout(20_000)
            page.on("console", lambda line: self._note(seat, line.type, line.text))
        return self.pages[seat]

    def _note(self, seat: str, kind: str, text: str) -> None:
        if kind == "error":
            self.refused[seat].append((self.pages[seat].url, text))


@pytest.mark.parametrize("label", sorted({name.partition(":")[0] for name in pages.names()}))
def test_the_pages_of_an_app(built_market: Built, market_server: str, new_context: Any, label: str) -> None:
    desks = Desks(built_market, market_server, new_context)
    wrong = []
    for name, seat, width in readers(built_market, label):
        page = desks.of(seat)
        desks.refused[seat].clear()
        if opened(page, built_market, name):
            if page.locator(FETCHES).count():
                page.wait_for_load_state("networkidle")
            # What axe itself tries to load and style is refused too, and told late: only this page's own lines count.
            own = [line for url, line in desks.refused[seat] if url == page.url]
            wrong += [f"{name} as {seat}: {line}" for line in (*own, *findings(page, width))]
    assert not wrong, "\n".join(wrong)
