"""Where the links on a page lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from dmi.cases.models import MarketCase
from tests import pages
from tests.leaks.crawl import Shown
from tests.test_permissions import CASE_PAGES

FOLLOWED = 1  # links from one page to pages of one kind that are followed: a link is drawn by its template
REFUSALS = {403, 404, 405, 500}
LINK = re.compile(r'href="([^"#]*)')


def leading_from(case: MarketCase, shown: Shown) -> set[str]:
    """The addresses of this case a page leads to; none of what is not a page."""
    if shown.status != 200 or "text/html" not in shown.headers.get("Content-Type", ""):
        return set()
    found = {link.replace("&amp;", "&") for link in LINK.findall(shown.body.decode())}
    return {link for link in found if link.startswith(f"/cases/{case.pk}/")}


def page_of(link: str) -> str:
    """The name of the page at this address; the address itself where there is none."""
    try:
        return resolve(urlsplit(link).path).view_name
    except Resolver404:
        return link


def asked_of(link: str) -> str:
    """What one answer is enough for: a page about the market alone opens or not whatever stands behind the "?"."""
    page = page_of(link)
    return page if page in CASE_PAGES and not pages.words_of(page) else link


def to_follow(led_to: set[str], answers: Mapping[str, int]) -> Iterator[str]:
    """The links of one page whose answer is not known yet, a few for each page they lead to."""
    kinds: Counter[str] = Counter()
    for link in sorted(led_to):
        kinds[page_of(link)] += 1
        if asked_of(link) not in answers and kinds[page_of(link)] <= FOLLOWED:
            yield link
