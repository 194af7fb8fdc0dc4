"""Places: one spelling, one entry, found however they are typed."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from dmi.places import selectors
from dmi.places.addresses import normalise
from dmi.places.models import Place
from tests.factories import evidence as made
from tests.factories.places import place

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "one_spelling"),
    [
        ("812 Calder Street", "812 CALDER ST"),
        (" 812  calder st. ", "812 CALDER ST"), ("812 N. Calder Str", "812 N CALDER ST"),
        ("812 North Calder Street #4", "812 N CALDER ST APT 4"), ("Eighth Avenue and Calder St", "8TH AVE & CALDER ST"),
        ("Calder Street / 8th Ave", "8TH AVE & CALDER ST"), ("11XX Bates", "11XX BATES"), ("", ""), ("!!!", ""),
    ],
)  # fmt: skip
def test_an_address_has_one_spelling(typed, one_spelling):
    assert normalise(typed) == one_spelling


def test_the_same_address_is_listed_once_however_spelled(case):
    place(case, address="812 Calder Street")
    with pytest.raises(ValidationError, match="in the list already"):
        place(case, address="812 CALDER ST.")
    place(case, address="812 Calder Street", unit="2b")
    place(made.market("westgate"), address="812 Calder Street")


def test_a_key_address_needs_a_basis(case):
    with pytest.raises(ValidationError, match="written basis"):
        place(case, is_key=True)


@pytest.mark.parametrize("typed", ["calder", "812 Calder St.", "Caldor", "812 calder"])
def test_a_place_is_found_by_any_spelling(case, typed):
    found = place(case, address="812 Calder Street")
    place(case, address="17 Zinnia Court")
    assert list(selectors.places(case=case, q=typed)) == [found]
    assert selectors.same_address(case, "812 calder str") == found


def test_places_of_another_market_are_not_found(case):
    place(made.market("westgate"), address="812 Calder Street")
    assert not selectors.places(case=case, q="calder")


def test_police_write_a_place_down_and_find_it(case, at):
    client = at("police")
    sent = {"kind": "house", "address": "812 Calder Street", "latitude": "38.6", "longitude": "-90.2", "version": "0"}
    answer = client.post(reverse("places:add-place", args=[case.pk]), sent)
    written = Place.objects.for_case(case).get()
    assert answer.url == written.get_absolute_url()
    assert written.point.coords == (-90.2, 38.6)
    assert written.history.count() == 1
    assert b"812 Calder" in client.get(reverse("places:list-places", args=[case.pk]), {"q": "caldor st"}).content
    assert client.get(written.get_absolute_url()).status_code == 200
    again = client.post(reverse("places:add-place", args=[case.pk]), sent)
    assert b"in the list already" in again.content


def test_half_a_point_and_a_stale_form_are_refused(case, at):
    written = place(case)
    client, page = at("police"), reverse("places:edit-place", args=[case.pk, written.pk])
    sent = {"kind": "house", "address": "9 Elm St", "version": written.version}
    assert b"both numbers or neither" in client.post(page, sent | {"latitude": "38"}).content
    assert client.post(page, sent).status_code == 302
    assert b"A colleague changed" in client.post(page, sent | {"address": "10 Elm St"}).content


@pytest.mark.parametrize(
    ("role", "cleared", "status"),
    [
        ("prosecutor", True, 200),
        ("police", False, 403),
        ("coordinator", False, 403),
        ("community", False, 403),
        ("research", False, 403),
    ],
)
def test_places_need_a_seat_and_clearance(case, at, role, cleared, status):
    client = at(role, cleared=cleared)
    assert client.get(reverse("places:list-places", args=[case.pk])).status_code == status
    assert client.get(reverse("places:add-place", args=[case.pk])).status_code == 403
