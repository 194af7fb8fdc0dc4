"""The evaluation gate: a comparison chosen beforehand, a baseline, and the reasons."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dmi.audit.models import AuditEvent
from dmi.cases.progress import State
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import evaluation as actions
from targeting.crime_mapping.models import AreaVersion, EvaluationPlan
from targeting.crime_mapping.selectors import comparison
from tests.factories import mapping

pytestmark = pytest.mark.django_db
PLAN = {
    "buffer_meters": 200, "baseline_from": "2025-11-01", "baseline_until": "2026-10-31",
    "why_here": "Calls for two years.", "regression_note": "High in each month.", "equity_note": "Residents asked.",
}  # fmt: skip


@pytest.fixture
def market(city):
    mapping.area(city, "broad")
    mapping.area(city)
    of = mapping.incidents(city, 40)
    mapping.incidents(city, 20, on=mapping.TODAY - timedelta(days=500), of=of)
    mapping.incidents(city, 30, at=mapping.OUTSIDE, of=of)
    mapping.incidents(city, 2, at=(mapping.WEST + 0.015, mapping.SOUTH + 0.005), of=of)
    return city


def test_units_outside_the_broad_area_are_ranked_by_likeness(market):
    year = selectors.areas.last_year(market, mapping.TODAY)
    own, found = comparison.candidates(market, mapping.layer(market), year)
    assert [row.name for row in found] == ["Summit", "Northmoor", "Foundry"]
    assert found[0].distance < found[1].distance
    assert own.trend == 2.0


def test_research_writes_the_plan_and_decides_it_once_it_is_whole(market, at, url):
    research = at("research")
    assert research.post(url("crime_mapping:evaluation-edit"), PLAN).status_code == 302
    research.post(url("crime_mapping:evaluation-decide"))
    plan = EvaluationPlan.objects.for_case(market).get()
    assert plan.decided_on is None
    summit = mapping.layer(market).units.get(name="Summit")
    research.post(url("crime_mapping:evaluation-compare"), {"unit": summit.pk, "reasons": "Most alike."})
    research.post(url("crime_mapping:evaluation-decide"))
    plan.refresh_from_db()
    assert plan.decided_on is not None
    assert AreaVersion.objects.for_case(market).get(kind="comparison").state == "adopted"
    assert selectors.progress(case=market, today=mapping.TODAY)["1.7"].state is State.DONE
    assert AuditEvent.objects.filter(verb="evaluation_decided").count() == 1


def test_a_change_after_the_decision_opens_it_again(market, at):
    summit = mapping.layer(market).units.get(name="Summit")
    actions.compare_with(case=market, unit=summit, reasons="Alike.", actor=None)
    plan = actions.write(plan=EvaluationPlan(case=market, **PLAN | {
        "baseline_from": date(2025, 11, 1), "baseline_until": date(2026, 10, 31)}), actor=None)  # fmt: skip
    plan = actions.decide(plan=plan, actor=None)
    assert actions.write(plan=plan, actor=None).decided_on is None


def test_a_short_baseline_is_refused(market, at, url):
    answer = at("research").post(url("crime_mapping:evaluation-edit"), PLAN | {"baseline_from": "2026-09-01"})
    assert answer.status_code == 422
    assert "a year at least" in answer.content.decode()


def test_the_page_shows_baseline_by_place_and_warns_of_the_worst_months(market, at, url):
    research = at("research")
    research.post(
        url("crime_mapping:evaluation-edit"), PLAN | {"baseline_from": "2025-12-01", "baseline_until": "2026-11-30"}
    )
    page = research.get(url("crime_mapping:evaluation")).content.decode()
    assert "Ring of 200 m around it" in page
    assert "At its worst now" in page


def test_readers_without_counts_see_the_plan_but_no_numbers(market, at, url):
    at("research").post(url("crime_mapping:evaluation-edit"), PLAN)
    response = at("community").get(url("crime_mapping:evaluation"))
    assert response.status_code == 200
    assert response.context["series"] == []
    assert response.context["candidates"] == []


def test_the_plan_prints(market, at, url):
    research = at("research")
    research.post(url("crime_mapping:evaluation-edit"), PLAN)
    answer = research.post(url("crime_mapping:print-evaluation"))
    assert answer.status_code == 302
    assert "documents" in answer.url


def test_a_unit_of_another_case_cannot_be_chosen(market, at, url):
    from tests.factories import evidence as made

    other = made.market("millbrook")
    mapping.ground(other)
    unit = mapping.layer(other).units.first()
    answer = at("research").post(url("crime_mapping:evaluation-compare"), {"unit": unit.pk, "reasons": "x"})
    assert answer.status_code == 404
