"""Maps drawn on the server."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from shapely.geometry import LineString, box

from dmi.geo.geojson import collection, dump, feature
from dmi.geo.svg_map import Area, Ground, MapSheet, Marker, Place, Shade, Street, draw_map
from dmi.geo.svg_view import spread

NASTY = "<script>alert('1')</script> \"&\x00\x07"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def sheet() -> MapSheet:
    lines = [LineString([(-90.21, 38.6 + i / 1000), (-90.19, 38.6 + i / 1000)]) for i in range(8)]
    streets = tuple(Street(f"Street {i}", line, 1 + i % 2) for i, line in enumerate(lines))
    parks = (("Green", box(-90.2, 38.603, -90.198, 38.604)),)
    blocks = (box(-90.204, 38.6011, -90.202, 38.6019),)
    return MapSheet(
        title="Buys by E-07",
        source="Street file",
        period="April 2026",
        focus=box(-90.205, 38.601, -90.195, 38.606),
        ground=Ground(streets=streets, blocks=blocks, parks=parks),
        areas=(Area("Target area", box(-90.203, 38.602, -90.197, 38.605), "target", "Eastgate"),),
        shades=(Shade(box(-90.201, 38.603, -90.199, 38.604), 3),),
        shade_legend="per square mile",
        markers=tuple(Marker(-90.2, 38.603, n, c, group="Buy") for n, c in (("1", "April 18"), ("2", "April 28"))),
        places=(Place(-90.199, 38.602, "School"),),
    )  # fmt: skip


def test_the_map_is_sound_xml_with_a_name_and_a_description(sheet: MapSheet) -> None:
    root = ElementTree.fromstring(draw_map(sheet))
    ids = root.get("aria-labelledby", "").split()
    assert root.get("role") == "img"
    assert [root.find(f"{SVG}title").get("id"), root.find(f"{SVG}desc").get("id")] == ids
    words = " ".join(root.itertext())
    for word in (
        "Buys by E-07",
        "April 2026",
        "Source: Street file.",
        "Target area",
        "feet",
        "mile",
        "N",
        "Street 4",
        "School",
    ):
        assert word in words
    assert "2: April 28" in root.find(f"{SVG}desc").text


def test_the_same_facts_give_the_same_bytes(sheet: MapSheet) -> None:
    assert draw_map(sheet) == draw_map(replace(sheet))
    assert draw_map(sheet) != draw_map(replace(sheet, period="May 2026"))


def test_text_can_never_become_markup(sheet: MapSheet) -> None:
    park = (NASTY, box(-90.2, 38.603, -90.198, 38.604))
    bad = replace(
        sheet, title=NASTY, source=NASTY, period=NASTY, notice=NASTY, shade_legend=NASTY,
        areas=(Area(NASTY, sheet.areas[0].shape, "target", NASTY),), places=(Place(-90.199, 38.602, NASTY),),
        markers=(Marker(-90.2, 38.603, NASTY, NASTY, group=NASTY),),
        ground=Ground(streets=(Street(NASTY, sheet.ground.streets[3].shape, 1),), parks=(park,)),
    )  # fmt: skip
    root = ElementTree.fromstring(draw_map(bad))
    assert not [e for e in root.iter() if e.tag.endswith("script")]


def test_nothing_is_styled_inline_or_fetched(sheet: MapSheet) -> None:
    drawn = draw_map(sheet)
    assert " style=" not in drawn
    assert re.findall(r"(?:https?:)?//[^\"]+", drawn) == ["http://www.w3.org/2000/svg"]
    assert "<image" not in drawn
    assert "href" not in drawn


def test_two_maps_on_one_page_do_not_share_ids(sheet: MapSheet) -> None:
    first, second = (set(re.findall(r' id="([^"]+)"', draw_map(s))) for s in (sheet, replace(sheet, title="Other")))
    assert len(first) == 3
    assert not first & second


def test_a_map_without_anything_on_it_is_still_a_map() -> None:
    bare = MapSheet(title="Empty", source="none", period="none", focus=box(-90.2, 38.6, -90.2, 38.6))
    assert ElementTree.fromstring(draw_map(bare)).tag == f"{SVG}svg"


def test_markers_outside_the_frame_are_left_out_but_listed(sheet: MapSheet) -> None:
    far = replace(sheet, markers=(Marker(-80.0, 38.603, "7", "Far away"),))
    words = list(ElementTree.fromstring(draw_map(far)).itertext())
    assert words.count("7") == 1
    assert "Far away" in words


def test_marks_on_one_spot_are_moved_apart_the_same_way_each_time() -> None:
    placed = spread([(50, 50)] * 6, 20, (0, 0, 100, 100))
    assert placed == spread([(50, 50)] * 6, 20, (0, 0, 100, 100))
    gaps = [((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2) ** 0.5 for i, a in enumerate(placed) for b in placed[i + 1 :]]
    assert min(gaps) > 18


def test_geojson_cannot_end_a_script_element() -> None:
    text = dump(collection([feature(box(0, 0, 1, 1), {"name": "</script><b>&\u2028"})]))
    assert "<" not in text
    assert "&" not in text
    with pytest.raises(ValueError, match="JSON"):
        dump({"x": float("nan")})


def test_the_name_of_a_landmark_does_not_interrupt_an_outline(sheet: MapSheet) -> None:
    root = ElementTree.fromstring(draw_map(sheet))
    sign = next(r for r in root.iter(f"{SVG}rect") if (r.get("width"), r.get("height")) == ("6", "6"))
    name = next(t for t in root.iter(f"{SVG}text") if t.text == "School")
    assert abs(float(name.get("y", 0)) - float(sign.get("y", 0)) - 3) > 5
