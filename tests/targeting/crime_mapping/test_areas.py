"""Areas: drawn, measured, versioned, adopted, signed; told to everybody."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from dmi.audit.models import AuditEvent
from dmi.cases.progress import State
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import areas as actions
from targeting.crime_mapping.forms import drawing
from targeting.crime_mapping.models import AreaVersion
from targeting.crime_mapping.selectors import areas
from tests.factories import mapping

pytestmark = pytest.mark.django_db


def form(**more):
    return {"name": "Eastgate", "reasons": "Most calls come from here.", "corners": mapping.CORNERS, **more}


def test_typed_corners_become_a_draft_with_its_figures(city, at, url):
    mapping.incidents(city, 15)
    mapping.incidents(city, 5, at=mapping.OUTSIDE)
    answer = at("police").post(url("crime_mapping:area-new", "target"), form())
    assert answer.status_code == 302
    area = AreaVersion.objects.for_case(city).get()
    assert (area.number, area.state, area.blocks) == (1, "draft", 9)
    assert area.figures["incidents"] == 15
    assert area.figures["share_of_incidents"] == 0.75
    assert area.history.count() == 1
    assert AuditEvent.objects.filter(verb="area_drawn", case_id=city.pk).count() == 1


def test_a_corner_may_be_a_crossing_of_streets(city):
    lon, lat = areas.crossing(city, "calder", "Eighth Ave")
    assert (round(lon, 4), round(lat, 4)) == (-29.997, 39.002)
    text = "Calder St & Eighth\n39.004, -29.996\n39.004 -29.999"
    shape = drawing.read_corners(text, lambda one, other: areas.crossing(city, one, other))
    assert shape.geoms[0].exterior.coords[0] == pytest.approx((-29.997, 39.002))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("39.001, -29.999\n39.004, -29.996\n39.001, -29.996\n39.004, -29.999", "crosses itself"),
        ("39.001, -29.999\n39.004, -29.996", "three different corners"),
        ("39.001, -29.999\nthe old mill\n39.004, -29.999", "neither a crossing"),
        ("139.0, -29.999\n39.0, -29.9\n39.1, -29.9", "no place on earth"),
    ],
)
def test_a_drawing_that_cannot_be_an_area_is_refused_in_plain_words(city, at, url, text, words):
    answer = at("police").post(url("crime_mapping:area-new", "target"), form(corners=text))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not AreaVersion.objects.for_case(city).exists()


def test_swapped_latitude_and_longitude_are_noticed(city, at, url):
    text = "-29.999, 39.001\n-29.996, 39.001\n-29.996, 39.004"
    answer = at("police").post(url("crime_mapping:area-new", "target"), form(corners=text))
    assert "outside the city" in answer.content.decode()


def test_a_file_is_taken_instead_of_corners_and_mended_with_a_note(city, at, url):
    bow = [[-29.999, 39.001], [-29.996, 39.004], [-29.996, 39.001], [-29.999, 39.004], [-29.999, 39.001]]
    upload = SimpleUploadedFile("a.geojson", json.dumps({"type": "Polygon", "coordinates": [bow]}).encode())
    answer = at("police").post(url("crime_mapping:area-new", "broad"), form(corners="", file=upload), follow=True)
    assert "mended where an outline crossed itself" in answer.content.decode()
    assert AreaVersion.objects.for_case(city).get().kind == "broad"


def test_a_damaged_file_is_refused():
    with pytest.raises(ValidationError):
        drawing.read_area_file(b'{"type": "Polygon", "coordinates": [[[')


def test_figures_follow_the_drawing_without_saving_anything(city, at, url):
    mapping.incidents(city, 12)
    answer = at("police").post(url("crime_mapping:area-preview"), {"corners": mapping.CORNERS})
    assert answer.status_code == 200
    assert "Incidents inside" in answer.content.decode()
    assert not AreaVersion.objects.for_case(city).exists()
    crossed = "39.001, -29.999\n39.004, -29.996\n39.001, -29.996\n39.004, -29.999"
    assert (
        "crosses itself" in at("police").post(url("crime_mapping:area-preview"), {"corners": crossed}).content.decode()
    )


def test_adopting_carries_the_outline_to_the_case_and_replaces_the_version_before(city):
    first = mapping.area(city)
    city.refresh_from_db()
    assert city.target_area.equals(first.shape)
    assert first.figures["area_version"] == city.area_version == 1
    second = actions.adopt(area=actions.save_draft(area=first, shape=mapping.BROAD, actor=None), actor=None)
    first.refresh_from_db()
    city.refresh_from_db()
    assert (second.number, first.state, city.area_version) == (2, "replaced", 2)
    assert city.target_area.equals(second.shape)
    with pytest.raises(actions.CannotChangeArea):
        actions.adopt(area=second, actor=None)


def test_an_unsigned_draft_is_drawn_over_and_a_signed_one_is_not(city, at):
    draft = mapping.area(city, adopted=False)
    same = actions.save_draft(area=draft, shape=mapping.BROAD, actor=None)
    assert same.pk == draft.pk
    actions.sign(area=same, seat="police", remark="", actor=at("police").user)
    follows = actions.save_draft(area=same, shape=mapping.TARGET, actor=None)
    assert (follows.pk != same.pk, follows.number) == (True, 2)
    assert not follows.signatures.exists()


def test_three_seats_sign_and_everybody_sees_it(city, at, url):
    area = mapping.area(city)
    sign = url("crime_mapping:area-sign", area.pk)
    for seat in ("police", "prosecutor", "community"):
        assert at(seat).post(sign, {"seat": seat, "remark": ""}).status_code == 302
    assert at("services").post(sign, {"seat": "police"}).status_code == 403
    page = at("services").get(url("crime_mapping:area", area.pk)).content.decode()
    assert page.count("Signed") >= 3
    stands = selectors.progress(case=city, today=mapping.TODAY)
    assert stands["1.6"].state is State.DONE
    assert AuditEvent.objects.filter(verb="area_signed", case_id=city.pk).count() == 3


def test_nobody_signs_for_another_seat_or_twice(city, at, url):
    area = mapping.area(city)
    police = at("police")
    sign = url("crime_mapping:area-sign", area.pk)
    assert police.post(sign, {"seat": "community"}).status_code == 422
    police.post(sign, {"seat": "police"})
    police.post(sign, {"seat": "police"})
    assert area.signatures.count() == 1
    with pytest.raises(actions.CannotChangeArea):
        actions.sign(area=mapping.area(city, "broad"), seat="police", remark="", actor=police.user)


def test_only_an_unsigned_draft_is_thrown_away(city, at, url):
    draft = mapping.area(city, "broad", adopted=False)
    police = at("police")
    assert "Throw draft" in police.get(url("crime_mapping:area-discard", draft.pk)).content.decode()
    police.post(url("crime_mapping:area-discard", draft.pk))
    assert not AreaVersion.objects.for_case(city).exists()
    adopted = mapping.area(city)
    with pytest.raises(actions.CannotChangeArea):
        actions.discard(area=adopted, actor=police.user)


def test_the_command_sets_and_adopts_an_area(city, tmp_path, capsys):
    file = tmp_path / "target.geojson"
    ring = [list(p) for p in mapping.TARGET.exterior.coords]
    file.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    call_command("set_area", str(file), case=city.slug, kind="target", name="Eastgate", adopt=True)
    told = json.loads(capsys.readouterr().out)
    assert (told["state"], told["blocks"], told["area_version"]) == ("adopted", 9, 1)
    file.write_text("{}")
    with pytest.raises(CommandError):
        call_command("set_area", str(file), case=city.slug, kind="target", name="Eastgate")


def test_an_area_of_another_case_is_not_found(city, at, url):
    from tests.factories import evidence as made

    other = made.market("millbrook")
    mapping.ground(other)
    area = mapping.area(other)
    assert at("police").get(url("crime_mapping:area", area.pk)).status_code == 404
