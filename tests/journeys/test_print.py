"""The coordinator's press: one button, a bar, a file; pressed again, no second copy; no worker, no alarm."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from callin.notification.models import BinderRun
from tests.built import Built
from tests.worker import Worker

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.worker]
LONG = 120_000


def press(page: Page, path: str) -> None:
    page.goto(path)
    page.locator("form", has=page.get_by_role("button", name="binder")).get_by_role("button").first.click()
    page.wait_for_url("**/documents/runs/**")


def test_the_coordinator_prints_the_binder_once(
    built_market: Built, enter: Any, start_worker: Callable[[], Worker], tmp_path: Path
) -> None:
    """Also with the worker stopped at first: the page says that the work waits, not that it failed."""
    case = built_market.case
    page = enter("tames", "/")
    page.get_by_role("link", name="Eastgate").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Eastgate")
    expect(page.get_by_role("heading", name="What needs doing")).to_be_visible()
    for station in ("Survey", "Undercover", "Call-in"):
        expect(page.get_by_role("main")).to_contain_text(station)

    before = BinderRun.objects.for_case(case).count()
    binder = reverse("notification:binder", args=[case.pk])
    press(page, binder)
    bar = page.get_by_role("progressbar")
    expect(bar).to_be_visible()
    expect(page.locator(".prog")).to_contain_text(re.compile(r"\d+ of \d+"))
    shown = page.get_by_role("main").inner_text()
    assert not [word for word in ("failed", "went wrong", "error") if word in shown.lower()], shown

    start_worker()
    page.get_by_role("link", name="Download to print").wait_for(timeout=LONG)
    expect(bar).to_have_count(0)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Download to print").click()
    file = tmp_path / "binder.pdf"
    coming.value.save_as(file)
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) > 12

    address = page.url
    press(page, binder)
    assert page.url == address
    assert BinderRun.objects.for_case(case).count() == before + 1
