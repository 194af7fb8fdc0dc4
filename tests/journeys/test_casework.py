"""Police and prosecutors at work: a name, a buy, a recommendation, a decision; nothing twice and nothing lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from dmi.cases.models import MarketCase
from dmi.people.models import Person, Player
from dmi.people.stages import Stage
from targeting.incident_review import actions as review
from targeting.incident_review.models import Criteria, PoliceRecommendation, ProsecutorDecision
from targeting.undercover.models import OfficerBuy
from tests.built import Built

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def case(built_market: Built) -> MarketCase:
    return built_market.case


def path(name: str, case: MarketCase, *more: Any) -> str:
    return reverse(name, args=[case.pk, *more])


def send(page: Page) -> None:
    """Press the button of the page's form."""
    page.locator("main form.form button[type=submit]").first.click()


@pytest.fixture
def criteria(built_market: Built, case: MarketCase) -> None:
    """The criteria are fixed and nobody has to look at cards first."""
    police, prosecutor = built_market.person("aoverton"), built_market.person("rsorrel")
    if not Criteria.objects.for_case(case).exists():
        written = Criteria(case=case, lines=[{"rule": "adult", "text": "18 or older"}], why="As the team agreed.")
        review.fix_criteria(criteria=review.write_criteria(criteria=written, actor=police), actor=police)
    review.skip_all_first_looks(case=case, office="local", because="Known to the office.", actor=prosecutor)


def test_a_detective_names_a_person(case: MarketCase, enter: Any) -> None:
    page = enter("lpenhale", path("cases:overview", case))
    page.goto(path("people:list", case))
    page.get_by_role("link", name="Add a name").click()
    page.get_by_label("Full name").fill("Wren Ashcombe")
    page.get_by_label("Written basis").fill("Report 26-5120 of the street team.")
    page.get_by_role("button", name="Add to the list").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wren Ashcombe")
    expect(page.get_by_role("status").first).to_contain_text("E-44 is on the list")
    assert Player.objects.for_case(case).get(person__full_name="Wren Ashcombe").stage == Stage.NAMED


def test_a_double_click_names_a_person_once(case: MarketCase, enter: Any) -> None:
    page = enter("lpenhale", path("people:add", case))
    page.get_by_label("Full name").fill("Sorley Quenby")
    page.get_by_label("Written basis").fill("Report 26-5121 of the street team.")
    page.get_by_role("button", name="Add to the list").dblclick()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sorley Quenby")
    assert Person.objects.for_case(case).filter(full_name="Sorley Quenby").count() == 1


def test_a_form_left_open_keeps_the_typed_text_when_a_colleague_was_faster(
    built_market: Built, case: MarketCase, enter: Any
) -> None:
    player = Player.objects.for_case(case).at(Stage.CANDIDATE).select_related("person").first()
    assert player is not None
    page = enter("lpenhale", path("people:edit", case, player.person_id))
    page.get_by_label("Home address").fill("77 Foundry Lane, rear door")
    person = Person.objects.for_case(case).get(pk=player.person_id)
    person.race = "Not asked"
    person.save_by(built_market.person("rdale"))
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("A colleague changed this record")
    expect(page.get_by_label("Home address")).to_have_value("77 Foundry Lane, rear door")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("Saved")
    person.refresh_from_db()
    assert person.home_address == "77 Foundry Lane, rear door"


def test_a_detective_records_a_buy(case: MarketCase, enter: Any) -> None:
    player = Player.objects.for_case(case).at(Stage.CANDIDATE).last()
    assert player is not None
    before = OfficerBuy.objects.for_case(case).filter(player=player).count()
    page = enter("lpenhale", path("undercover:cases", case))
    page.goto(path("undercover:player", case, player.pk))
    page.get_by_role("link", name="Record a buy").click()
    fill_buy(page)
    send(page)
    page.wait_for_url("**" + path("undercover:player", case, player.pk))
    expect(page.get_by_role("main")).to_contain_text("1204 Calder Street")
    assert OfficerBuy.objects.for_case(case).filter(player=player).count() == before + 1


def fill_buy(page: Page) -> None:
    """What a detective writes about a buy; fields that are not asked for are passed over."""
    typed = {
        "officer_code": "UC-3",
        "bought_at": "2026-01-15T19:30",
        "place": "1204 Calder Street",
        "product": "Cocaine",
        "weight": "0.8",
        "money_dollars": "40",
        "report_number": "26-9001",
        "account": "The officer asked for one and was handed a small bag.",
    }
    for name, words in typed.items():
        box = page.locator(f"[name={name}]")
        if box.count():
            box.select_option(label=words) if box.evaluate("box => box.tagName") == "SELECT" else box.fill(words)
    for name in ("weight_unit", "recording"):
        box = page.locator(f"select[name={name}]")
        if box.count():
            box.select_option(index=1)


def test_police_recommend_and_the_prosecutor_decides_by_keyboard(case: MarketCase, criteria: None, enter: Any) -> None:
    player = Player.objects.for_case(case).at(Stage.HELD).first()
    assert player is not None
    page = enter("aoverton", path("incident_review:board", case))
    page.goto(f"{path('incident_review:board', case)}?person={player.pk}")
    form = page.locator("form:has([name=choice])")
    form.get_by_text("Call-in", exact=False).first.click()
    form.locator("[name=reason_code]").select_option(index=1)
    form.locator("[name=words]").fill("Seen twice this month; nothing violent on file.")
    form.get_by_role("button").last.click()
    expect(page.get_by_role("status").first).to_contain_text("Recorded")
    assert PoliceRecommendation.objects.for_case(case).get(player=player).words.startswith("Seen twice")

    page = enter("rsorrel", path("incident_review:board", case))
    page.goto(f"{path('incident_review:board', case)}?person={player.pk}")
    page.locator("form:has([name=choice]) [name=choice]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("The file and the officers agree.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Recorded")
    decision = ProsecutorDecision.objects.for_case(case).get(player=player, office="local")
    assert decision.words == "The file and the officers agree."
    assert decision.updated_by.username == "rsorrel"


def test_a_decision_without_a_reason_is_sent_back_with_what_was_typed(
    case: MarketCase, criteria: None, enter: Any
) -> None:
    player = Player.objects.for_case(case).at(Stage.LISTED, Stage.PROSECUTE).first()
    assert player is not None
    page = enter("gtrask", path("incident_review:board", case))
    page.goto(f"{path('incident_review:board', case)}?person={player.pk}")
    form = page.locator("form:has([name=choice])")
    form.locator("[name=reason_code]").select_option(value="")
    form.locator("[name=words]").fill("Half a thought.")
    form.evaluate("form => form.noValidate = true")
    form.get_by_role("button").last.click()
    expect(page.get_by_role("alert")).to_contain_text("Not saved yet")
    expect(page.locator("[name=words]")).to_have_value("Half a thought.")
