"""No page of the demo market leads a seat to a refusal: every link that is shown opens.

One record a page is enough: a link is drawn by its template, and the record only fills it in. Of the links to one page
from one page, a few are followed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from dmi.cases.models import MarketCase
from tests import cast, pages
from tests.built import Built, built_market, demo_template  # noqa: F401 - fixtures
from tests.test_permissions import CASE_PAGES

pytestmark = pytest.mark.slow
TRIES = 8  # records tried until one of them opens
FOLLOWED = 1  # links from one page to pages of one kind that are followed
# What these lead to hangs on where the person stands, so every sample is read: one for each stage.
PAGES_OF_A_PERSON = {"people:player", "incident_review:person", "undercover:player"}
NOT_THIS_ONE = {403, 404}
REFUSALS = {403, 404, 405, 500}
LINK = re.compile(r'href="([^"#]*)')


def _opened(client: Client, case: MarketCase, held: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Every page the rights `held` open, on the first record on which it does: its name, its text."""
    for name in pages.names():
        if not held & set(CASE_PAGES[name].needs):
            continue
        try:
            addresses = list(pages.addresses(case, name, TRIES))
        except LookupError:
            continue  # reported by name in tests/leaks
        for address in addresses:
            answer = client.get(address)
            is_page = answer.status_code == 200 and "text/html" in answer["content-type"]
            if is_page:
                yield name, answer.content.decode()
            if answer.status_code not in NOT_THIS_ONE and not (is_page and name in PAGES_OF_A_PERSON):
                break  # a page, a file, or an address that only acts


def _links(case: MarketCase, text: str) -> set[str]:
    """The addresses of this case a page leads to."""
    found = {link.replace("&amp;", "&") for link in LINK.findall(text)}
    return {link for link in found if link.startswith(f"/cases/{case.pk}/")}


def _page_of(link: str) -> str:
    """The name of the page at this address; the address itself where there is none."""
    try:
        return resolve(urlsplit(link).path).view_name
    except Resolver404:
        return link


@pytest.mark.parametrize("seat", sorted(cast.BY_SEAT))
def test_every_link_a_seat_is_shown_opens(built_market: Built, seat: str) -> None:  # noqa: F811 - the fixture
    case, client = built_market.case, built_market.enter(cast.BY_SEAT[seat])
    with transaction.atomic():
        opened = list(_opened(client, case, cast.rights(built_market, cast.BY_SEAT[seat])))
        # A page about the market alone opens or not whatever stands behind the question mark: one answer is enough.
        answers = {name: 200 for name, _ in opened if not pages.words_of(name)}
        wrong = set()
        for name, text in opened:
            led_to: Counter[str] = Counter()
            for link in sorted(_links(case, text)):
                page = _page_of(link)
                led_to[page] += 1
                asked = page if page in CASE_PAGES and not pages.words_of(page) else link
                if asked not in answers and led_to[page] <= FOLLOWED:
                    answers[asked] = client.get(link).status_code
                if answers.get(asked) in REFUSALS:
                    wrong.add(f"{name} leads to {page}, which answers {answers[asked]}")
        transaction.set_rollback(True)
    assert not wrong, "\n".join(sorted(wrong))
