"""Who meets which page and which picture."""

from __future__ import annotations

import pytest
from django.urls import reverse

from dmi.evidence import actions
from dmi.evidence.models import MediaItem, Status
from tests.factories import evidence as made

pytestmark = pytest.mark.django_db


def url(name, case, *args):
    return reverse(f"evidence:{name}", args=[case.pk, *args])


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def fields(**given):
    return {"source": "undercover_buys", "holder": "Property room", **given}


def test_several_files_are_taken_in_and_the_spoiled_one_is_named(case, detective, seen_by):
    files = [made.upload("good.jpg", made.jpeg()), made.upload("broken.mp4", made.recording(".mp4")[:20000]),
             made.upload("bomb.png", made.png_bomb()), made.upload("page.svg", b"<svg/>")]  # fmt: skip
    answer = seen_by(detective).post(url("take-in", case), fields(files=files))
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in ("good.jpg", "broken.mp4", "bomb.png", "page.svg", "million pixels", "stops before its end"):
        assert words in page
    assert [item.original_name for item in MediaItem.objects.for_case(case)] == ["good.jpg"]


def test_one_sound_file_leads_to_its_page(case, detective, seen_by):
    answer = seen_by(detective).post(url("take-in", case), fields(files=[made.upload("a.jpg", made.jpeg())]))
    item = MediaItem.objects.for_case(case).get()
    assert answer.url == item.get_absolute_url()
    assert item.source_class == "undercover_buys"


def test_html_in_names_and_captions_is_text(case, detective, seen_by):
    client = seen_by(detective)
    name = "<img src=x onerror=alert(1)>.jpg"
    client.post(
        url("take-in", case), fields(files=[made.upload(name, made.jpeg())], caption="<script>alert(1)</script>")
    )
    for page in (
        client.get(url("list-items", case)),
        client.get(MediaItem.objects.for_case(case).get().get_absolute_url()),
    ):
        assert b"<script>alert(1)" not in page.content
        assert b"<img src=x" not in page.content
        assert b"&lt;script&gt;alert(1)" in page.content


def test_nothing_chosen_is_said_beside_the_field(case, detective, seen_by):
    assert b"required" in seen_by(detective).post(url("take-in", case), fields()).content


def test_police_may_not_say_that_media_come_from_an_informant(case, detective, seen_by):
    answer = seen_by(detective).post(
        url("take-in", case), fields(source="informant_buys", files=[made.upload("a.jpg", made.jpeg())])
    )
    assert answer.status_code == 200
    assert not MediaItem.objects.for_case(case).exists()


def test_unchecked_media_are_shown_to_handler_and_prosecutor_on_the_item_page_only(
    case, handler, prosecutor, detective, coordinator, neighbor, seen_by
):
    item = made.taken(case, handler, caption="Corner of Calder")
    picture = url("show-copy", case, item.pk, "screen")
    for user in (handler, prosecutor):
        client = seen_by(user)
        assert client.get(picture).status_code == 200
        assert url("show-copy", case, item.pk, "thumb") not in client.get(url("list-items", case)).content.decode()
    for user in (detective, coordinator):
        client = seen_by(user)
        assert client.get(picture).status_code == 404
        assert client.get(item.get_absolute_url()).status_code == 404
        assert item.code not in client.get(url("list-items", case)).content.decode()
    assert seen_by(neighbor).get(picture).status_code == 404
    assert seen_by(neighbor).get(url("list-items", case)).status_code == 403


def test_the_officer_who_took_it_in_sees_that_it_waits_but_not_the_picture(case, detective, seen_by):
    item = made.taken(case, detective, caption="Corner of Calder")
    client = seen_by(detective)
    page = client.get(item.get_absolute_url()).content.decode()
    assert "Corner of Calder" in page
    assert "Property number" in page
    assert "<img" not in page
    assert client.get(url("show-copy", case, item.pk, "screen")).status_code == 404
    assert client.post(url("open-original", case, item.pk), {"purpose": "Look"}).status_code == 404


def test_checked_media_are_open_to_police_and_released_ones_to_a_cleared_coordinator(
    case, handler, prosecutor, detective, coordinator, seen_by
):
    item = actions.check(item=made.taken(case, handler), actor=handler, shows_protected=False)
    picture = url("show-copy", case, item.pk, "screen")
    assert seen_by(detective).get(picture).status_code == 200
    assert seen_by(coordinator).get(picture).status_code == 404
    actions.release(item=item, actor=prosecutor)
    client = seen_by(coordinator)
    assert client.get(picture).status_code == 200
    page = client.get(item.get_absolute_url()).content.decode()
    assert item.sha256 not in page
    assert "Custody" not in page


def test_the_files_name_and_notes_stay_with_those_who_may_see_the_original(
    case, handler, prosecutor, detective, coordinator, seen_by
):
    item = made.released(case, handler, prosecutor)
    item.original_name, item.notes = "Farrow_14.jpg", "Taken from the gray van."
    item.save_by(handler)
    for user, shown in ((detective, True), (coordinator, False)):
        page = seen_by(user).get(item.get_absolute_url()).content.decode()
        assert ("Farrow_14.jpg" in page) is shown
        assert ("gray van" in page) is shown


def test_an_uncleared_coordinator_sees_no_evidence(case, handler, prosecutor, seen_by):
    item = made.released(case, handler, prosecutor)
    client = seen_by(made.member(case, "coordinator", cleared=False))
    assert client.get(url("list-items", case)).status_code == 403
    assert client.get(url("show-copy", case, item.pk, "screen")).status_code == 404


def test_a_flagged_item_is_gone_for_the_police_who_did_not_take_it_in(case, handler, detective, seen_by):
    item = actions.check(item=made.taken(case, handler), actor=handler, shows_protected=True)
    assert seen_by(detective).get(item.get_absolute_url()).status_code == 404


def test_a_stranger_meets_nothing(case, handler, prosecutor, seen_by):
    item = made.released(case, handler, prosecutor)
    outsider = made.member(made.market("westgate"), "handler")
    for name in ("show-item", "print-custody"):
        assert seen_by(outsider).get(url(name, case, item.pk)).status_code == 404
    other = made.market("northgate")
    made.seats.give_seat(case=other, user=outsider, role="handler", actor=None)
    assert seen_by(outsider).get(url("show-item", other, item.pk)).status_code == 404


def test_copies_are_sent_sealed(case, handler, seen_by):
    item = made.taken(case, handler)
    answer = seen_by(handler).get(url("show-copy", case, item.pk, "screen"))
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert body(answer)[:2] == b"\xff\xd8"


@pytest.mark.parametrize(
    ("asked", "status", "length"),
    [
        ("bytes=0-99", 206, 100),
        ("bytes=-10", 206, 10),
        ("bytes=5-", 206, None),
        ("bytes=9999999-", 416, 0),
        ("items=1", 200, None),
    ],
)
def test_a_video_is_sent_in_the_parts_the_player_asks_for(case, handler, seen_by, asked, status, length):
    item = made.taken(case, handler, upload=made.upload("clip.mp4", made.recording(".mp4")))
    size = item.renditions.get(role="preview").byte_size
    answer = seen_by(handler).get(url("show-copy", case, item.pk, "preview"), headers={"Range": asked})
    assert answer.status_code == status
    expected = {"bytes=5-": size - 5, "items=1": size}.get(asked, length)
    assert len(body(answer)) == expected


def test_the_original_leaves_with_a_purpose_which_the_custody_log_keeps(case, handler, seen_by):
    content = made.jpeg(camera="Zenobia")
    item = made.taken(case, handler, upload=made.upload("IMG 9.JPG", content))
    client = seen_by(handler)
    assert client.get(url("open-original", case, item.pk)).status_code == 405
    assert client.post(url("open-original", case, item.pk), {"purpose": ""}).status_code == 302
    assert item.custody.filter(act="viewed").count() == 0
    answer = client.post(url("open-original", case, item.pk), {"purpose": "Enlarge the plate"})
    assert body(answer) == content
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == f'attachment; filename="{item.code}.jpg"'
    assert item.custody.get(act="viewed").purpose == "Enlarge the plate"


def test_the_way_from_check_to_release_on_the_pages(case, handler, prosecutor, seen_by):
    item = made.taken(case, handler)
    assert seen_by(prosecutor).post(url("check-item", case, item.pk), {"shows_protected": "no"}).status_code == 403
    assert seen_by(handler).post(url("check-item", case, item.pk), {"shows_protected": "no"}).status_code == 302
    assert seen_by(handler).post(url("release-item", case, item.pk)).status_code == 403
    assert seen_by(prosecutor).post(url("release-item", case, item.pk), {"note": ""}).status_code == 302
    assert MediaItem.objects.for_case(case).get().status == Status.RELEASED
    answer = seen_by(prosecutor).post(url("release-item", case, item.pk))
    assert answer.status_code == 422
    assert b"Only a checked item" in answer.content


def test_withholding_without_a_reason_is_refused_in_words(case, handler, seen_by):
    item = made.taken(case, handler)
    answer = seen_by(handler).post(url("withhold-item", case, item.pk), {"reason": ""})
    assert answer.status_code == 422
    assert b"required" in answer.content


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("withhold-item", {"reason": "A bystander"}),
        ("move-item", {"to_holder": "Lab", "purpose": "Test"}),
        ("verify-item", {}),
    ],
)
def test_the_other_acts_on_the_page(case, handler, seen_by, name, sent):
    item = made.taken(case, handler)
    assert seen_by(handler).post(url(name, case, item.pk), sent).status_code == 302
    assert item.custody.count() == 2


def test_a_double_click_takes_a_file_in_once(case, detective, seen_by):
    client, content = seen_by(detective), made.jpeg()
    once = "8d2c4fcb-3a3e-4d9d-8a4e-0d2c5a6f2b11"
    for _ in range(2):
        client.post(url("take-in", case), fields(files=[made.upload("a.jpg", content)], once=once))
    assert MediaItem.objects.for_case(case).count() == 1


def test_a_stale_description_is_refused_and_keeps_the_text(case, handler, seen_by):
    item = made.taken(case, handler)
    client, page = seen_by(handler), url("edit-item", case, item.pk)
    assert client.post(page, {"caption": "First", "version": item.version}).status_code == 302
    answer = client.post(page, {"caption": "Second", "version": item.version})
    assert b"A colleague changed this record" in answer.content
    assert b"Second" in answer.content


def test_a_copy_says_what_it_was_made_from_and_a_forged_origin_is_ignored(case, handler, detective, seen_by):
    item = made.taken(case, handler)
    client = seen_by(handler)
    client.post(url("take-in", case), fields(files=[made.upload("b.jpg", made.jpeg())], made_from=str(item.pk)))
    assert MediaItem.objects.for_case(case).filter(derived_from=item).count() == 1
    answer = seen_by(detective).post(
        url("take-in", case), fields(files=[made.upload("c.jpg", made.jpeg())], made_from=str(item.pk))
    )
    assert answer.status_code == 404


@pytest.mark.usefixtures("line_is_kept")
def test_the_list_costs_the_same_however_long_it_is(case, handler, seen_by, django_assert_max_num_queries):
    for _ in range(4):
        made.taken(case, handler)
    client = seen_by(handler)
    client.get(url("list-items", case))  # the line of stations above every page is kept from here on
    with django_assert_max_num_queries(15):
        client.get(url("list-items", case))


def test_the_custody_sheet_prints_for_those_who_may(case, handler, neighbor, seen_by):
    item = made.taken(case, handler)
    assert item.sha256 in seen_by(handler).get(url("print-custody", case, item.pk)).content.decode()
    assert seen_by(neighbor).get(url("print-custody", case, item.pk)).status_code == 403


def test_of_an_informants_released_picture_police_can_do_nothing(case, detective, handler, prosecutor, seen_by):
    item = made.released(case, handler, prosecutor, data_class="informant_buys", purpose="Buy S-900", caption="Door")
    assert "<b>Restricted.</b>" in seen_by(handler).get(url("show-item", case, item.pk)).content.decode()
    page = seen_by(detective).get(url("show-item", case, item.pk)).content.decode()
    assert "held by the handler and the prosecutors" in page
    assert "Buy S-900" not in page
    assert "Restricted" not in page
    assert "Hand the item on" not in page
    sent = fields(to_holder="Me", purpose="To look")
    assert seen_by(detective).post(url("move-item", case, item.pk), sent).status_code == 403
