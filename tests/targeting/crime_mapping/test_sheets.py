"""What step 1 prints: maps without points for the team, with points for law enforcement only."""

from __future__ import annotations

import json

import pytest
from django.template.loader import render_to_string

from dmi.documents import kinds
from dmi.documents.models import Document
from targeting.crime_mapping import letters
from targeting.crime_mapping.selectors import areas
from tests.factories import mapping

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
    assert kinds.get("points_sheet").data_class == "incident_points"


def test_the_target_sheet_shows_who_signed(drawn, at, url):
    area = areas.adopted(drawn, "target")
    at("coordinator").post(url("crime_mapping:print-area", area.pk), {})
    facts = body(letters.TARGET_SHEET)
    assert [row["seat"] for row in facts["signatures"]] == ["Police", "Prosecutor", "Community"]
    assert facts["blocks"] == 9
    assert at("community").post(url("crime_mapping:print-area", area.pk), {}).status_code == 403


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
