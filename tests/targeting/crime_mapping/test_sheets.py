"""What step 1 prints: maps without points for the team, with points for law enforcement only."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.template.loader import render_to_string

from dmi.cases.access import rights_of
from dmi.documents import kinds, selectors
from dmi.documents.models import Document
from targeting.crime_mapping import letters
from targeting.crime_mapping.selectors import areas, overlays
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight
from tests.factories import mapping
from tests.factories.mapping import TODAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def drawn(city):
    mapping.area(city, "broad")
    mapping.area(city)
    of = mapping.incidents(city, 40)
    mapping.incidents(city, 13, at=mapping.OUTSIDE, category="rape", of=of)
    return city


def body(kind):
    return json.loads(Document.objects.get(kind=kind.code).frozen.body)


def test_the_map_sheet_holds_no_point_and_no_victim(drawn, at, url):
    answer = at("police").post(url("crime_mapping:print-map"), {})
    assert answer.status_code == 302
    facts = body(letters.MAP_SHEET)
    assert facts["map"]["markers"] == []
    assert facts["map"]["shades"]
    assert sum(row["total"] for row in facts["rows"]) <= 40
    assert "victim" in facts["withheld"]


def test_the_law_enforcement_sheet_has_points_and_is_for_police(drawn, at, url):
    assert at("coordinator").post(url("crime_mapping:print-points"), {}).status_code == 403
    at("police").post(url("crime_mapping:print-points"), {})
    facts = body(letters.POINTS_SHEET)
    assert len(facts["map"]["markers"]) == 40
    assert kinds.get("points_sheet").right_to_issue == "incident_points.change"


def test_the_target_sheet_shows_who_signed(drawn, at, url):
    area = areas.adopted(drawn, "target")
    at("coordinator").post(url("crime_mapping:print-area", area.pk), {})
    facts = body(letters.TARGET_SHEET)
    assert [row["seat"] for row in facts["signatures"]] == ["Police", "Prosecutor", "Community"]
    assert facts["blocks"] == 9
    assert at("community").post(url("crime_mapping:print-area", area.pk), {}).status_code == 403


def test_the_target_sheet_says_days_and_numbers_in_words(drawn):
    area = areas.adopted(drawn, "target")
    area.figures |= {"first": "2025-11-24", "last": "2026-11-23", "residents": 1764}
    facts = letters.area_sheet(drawn, area, letters.TARGET_SHEET, TODAY)
    assert facts["measured"] == "Nov 24, 2025 to Nov 23, 2026"
    paper = {"title": "Sheet", "market": "Eastgate"}
    page = render_to_string("documents/crime_mapping/area_sheet.html", {"facts": facts, "paper": paper})
    assert "1,764" in page


def test_a_second_press_finds_the_first_copy(drawn, at, url):
    police = at("police")
    police.post(url("crime_mapping:print-concentrations"), {})
    police.post(url("crime_mapping:print-concentrations"), {})
    assert Document.objects.filter(kind="concentration_table").count() == 1


@pytest.mark.parametrize("template", ["map_sheet", "area_sheet"])
def test_maps_on_paper_have_title_legend_scale_north_and_source(drawn, at, url, template):
    area = areas.adopted(drawn, "target")
    at("police").post(url("crime_mapping:print-map"), {})
    at("police").post(url("crime_mapping:print-area", area.pk), {})
    kind = letters.MAP_SHEET if template == "map_sheet" else letters.TARGET_SHEET
    html = render_to_string(
        f"documents/crime_mapping/{template}.html", {"facts": body(kind), "paper": {"title": kind.title}}
    )
    for words in ("<svg", "feet", ">N</text>", "Source", "target area"):
        assert words in html, words


def test_a_name_is_escaped_on_the_drawing(city, at, url):
    area = mapping.area(city, name="<script>alert(1)</script>")
    page = at("police").get(url("crime_mapping:area", area.pk)).content.decode()
    assert "<script>alert" not in page


def test_a_market_without_any_ground_says_so_and_does_not_break(case, at, url):
    police = at("police")
    assert police.get(url("crime_mapping:drawn-map")).status_code == 404
    assert police.post(url("crime_mapping:print-map")).url == url("crime_mapping:map")
    assert "nothing to draw yet" in police.get(url("crime_mapping:map")).content.decode()


def test_only_those_who_may_see_points_and_print_police_records_get_the_law_enforcement_sheet(drawn, at, url):
    at("police").post(url("crime_mapping:print-points"), {})
    document = Document.objects.get(kind="points_sheet")
    for seat in ("coordinator", "research", "community", "services", "council"):
        assert not selectors.may_see(document, rights_of(at(seat).user, drawn)), seat
    assert selectors.may_print(document, rights_of(at("police").user, drawn))
    assert document.awaits_second


def test_the_law_enforcement_sheet_has_buys_for_those_who_may_see_them(drawn, monkeypatch):
    read = [(-29.9975, 39.0025, TODAY, "Cocaine"), (-29.99, 39.009, TODAY, "Cocaine")]
    monkeypatch.setattr(overlays, "_readers", [lambda case, can: read])
    choice = Choice(TODAY, TODAY)
    sight = Sight(exact=True, points=True, victims=True, contacts=True)
    for can, shown in (({"buy_locations.view"}, True), (set(), False)):
        facts = letters.points_sheet(drawn, choice, sight=sight, can=can, narrowed="", today=TODAY)
        buys = facts["buys"]
        assert buys["is_shown"] is shown
        assert (buys["total"], len(buys["points"])) == ((2, 2) if shown else (0, 0))
        assert "Cocaine" not in json.dumps(facts)
    facts = letters.points_sheet(drawn, choice, sight=sight, can={"buy_locations.view"}, narrowed="", today=TODAY)
    html = render_to_string("documents/crime_mapping/points_sheet.html", {"facts": facts, "paper": {"title": "x"}})
    assert "of them 1 in the target area" in html
    assert "Drug buy" in html


def test_the_step_report_is_for_every_seat_and_holds_no_small_count(drawn, at, url):
    mapping.incidents(drawn, 3, at=(mapping.WEST + 0.015, mapping.SOUTH + 0.005))
    assert at("community").post(url("crime_mapping:print-report"), {}).status_code == 403
    at("police").post(url("crime_mapping:print-report"), {})
    facts = body(letters.STEP_REPORT)
    assert [row["kind"] for row in facts["areas"]["rows"]] == ["Broad target area", "Target area"]
    counts = [row["count"] for table in facts["concentration"]["tables"] for row in table["rows"]]
    assert counts
    assert all(count == 0 or count > 10 for count in counts)
    assert facts["concentration"]["map"]["markers"] == []
    document = Document.objects.get(kind="step_1_report")
    assert selectors.may_see(document, rights_of(at("council").user, drawn))
    html = render_to_string("documents/crime_mapping/step_report.html", {"facts": facts, "paper": {"title": "x"}})
    for words in ("Most calls come from here.", "Not signed yet", "Data sources", "not written yet"):
        assert words in html, words


def test_before_and_after_on_paper_have_the_same_bands(drawn, at, url):
    mapping.incidents(drawn, 25, on=TODAY - timedelta(days=400), at=mapping.OUTSIDE)
    at("police").post(url("crime_mapping:print-before-after"), {})
    facts = body(letters.PAIR_SHEET)
    assert facts["before"]["shade_legend"] == facts["after"]["shade_legend"]
    assert {step < 0 for step, _ in facts["difference"]["shades"]} == {True, False}
    html = render_to_string("documents/crime_mapping/before_after.html", {"facts": facts, "paper": {"title": "x"}})
    assert "Fewer than before" in html
    assert "More than before" in html
