"""The demo as a whole: it builds, a coordinator prints the binder, and nobody else finds a name in it."""

from __future__ import annotations

import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.jobs import worker
from dmi.people.models import Player
from dmi.people.stages import Stage
from tests.built import Built, built_market, demo_template  # noqa: F401 - fixtures
from tests.released import misplaced, names_of, released_to

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SEES_NO_NAME = ("jlinden", "jmarsh", "ewray", "fharrow", "uvane")


def enter(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username), backend=BACKEND)
    return client


def body(answer: object) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode("utf-8", "replace")


def crawl(client: Client, case: MarketCase) -> dict[str, str]:
    """Every page of the case a person can reach by following links, with what it shows."""
    seen: dict[str, str] = {}
    waiting = [reverse("cases:overview", args=[case.pk])]
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        answer = client.get(address)
        assert answer.status_code < 500, address
        seen[address] = body(answer)
        found = re.findall(r'href="(/cases/[^"#]*)"', seen[address])
        waiting += [link.replace("&amp;", "&") for link in found if link.startswith(f"/cases/{case.pk}")]
    return seen


@pytest.mark.slow
def test_the_demo_carries_eastgate_to_a_binder_and_keeps_its_names_where_they_belong(
    built_market: Built,  # noqa: F811 - the fixture itself
    capsys: pytest.CaptureFixture[str],
) -> None:
    case = built_market.case
    assert Player.objects.for_case(case).count() == 42  # one entry of 43 was merged into another
    assert Player.objects.for_case(case).at(Stage.CANDIDATE).count() == 14

    names = names_of(case)
    for username in SEES_NO_NAME:
        given = released_to(username, case)
        for address, shown in crawl(enter(username), case).items():
            assert not misplaced(address, shown, names=names, released=given), (username, address)

    ames = enter("tames")
    pressed = ames.post(reverse("notification:print-binder", args=[case.pk]))
    assert pressed.status_code == 302
    again = ames.post(reverse("notification:print-binder", args=[case.pk]))
    assert again.headers["Location"] == pressed.headers["Location"]
    while worker.run_next() is not None:
        pass
    binder = pressed.headers["Location"] + "pdf/"
    printed = ames.get(binder)
    assert printed.status_code == 200
    assert body(printed).startswith("%PDF")
    for username in SEES_NO_NAME:
        assert enter(username).get(binder).status_code in {403, 404}

    call_command("demo_accounts", "--json")
    assert '"role": "coordinator"' in capsys.readouterr().out
