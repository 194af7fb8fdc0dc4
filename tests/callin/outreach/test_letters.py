"""From the wording of the letter to its delivery, through the front door and through a real render."""

from __future__ import annotations

import io
from typing import Any

import pikepdf
import pytest
from django.test import Client

from callin.outreach import actions, selectors
from callin.outreach.letters import CONTENTS, ENGLISH, SPANISH
from callin.outreach.models import CallInLetter, LetterBatch, LetterWording
from dmi.accounts.models import User
from dmi.documents import store
from dmi.jobs import worker
from dmi.people.models import Player
from dmi.people.stages import Stage
from tests.factories import many
from tests.factories import notification as made

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def eve(db: None) -> made.Eve:
    found = made.eve()
    agency = found.police.agency
    agency.head_name, agency.head_title = "Adele Overton", "Chief of Police"
    agency.save_by(None)
    return found


def enter(user: User) -> Client:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def write(eve: made.Eve, **given: Any) -> Any:
    words = ENGLISH | {f"{name}_es": SPANISH[name] for name in CONTENTS} | {"signed_by": eve.police.agency_id}
    return enter(eve.coordinator).post(f"/cases/{eve.case.pk}/outreach/wording/", words | {"version": 0} | given)


def approved(eve: made.Eve) -> LetterWording:
    write(eve)
    return actions.approve_wording(wording=selectors.wording(eve.case), actor=eve.prosecutor)


def test_a_letter_must_say_all_five(eve: made.Eve) -> None:
    assert write(eve, no_arrest="").status_code == 422
    assert not LetterWording.objects.exists()


def test_the_spanish_side_is_whole_or_absent(eve: made.Eve) -> None:
    assert write(eve, no_arrest_es="").status_code == 422


def test_nothing_is_printed_before_the_words_are_approved(eve: made.Eve) -> None:
    made.candidate(eve)
    write(eve)
    answer = enter(eve.coordinator).post(f"/cases/{eve.case.pk}/outreach/print/", follow=True)
    assert "not approved yet" in answer.content.decode()
    assert not LetterBatch.objects.exists()


def test_a_change_of_words_voids_the_approval(eve: made.Eve) -> None:
    wording = approved(eve)
    assert write(eve, must_stop="It must stop today.", version=wording.version).status_code == 302
    assert selectors.wording(eve.case).approved_at is None


def test_nobody_approves_their_own_words(eve: made.Eve) -> None:
    write(eve)
    wording = selectors.wording(eve.case)
    with pytest.raises(actions.NotByYou):
        actions.approve_wording(wording=wording, actor=eve.coordinator)


def test_the_button_prints_one_batch_however_often_it_is_pressed(eve: made.Eve) -> None:
    made.candidate(eve)
    approved(eve)
    client, url = enter(eve.coordinator), f"/cases/{eve.case.pk}/outreach/print/"
    first = client.post(url)
    assert first.status_code == 302
    assert client.post(url).headers["Location"] == first.headers["Location"]
    assert LetterBatch.objects.count() == 1
    client.post(url, {"again": "1"})
    assert LetterBatch.objects.count() == 2


def test_a_moved_call_in_shows_as_changed_since_printing(eve: made.Eve) -> None:
    made.candidate(eve)
    approved(eve)
    actions.print_letters(case=eve.case, actor=eve.coordinator)
    eve.case.call_in_place = "Another hall"
    eve.case.save_by(None)
    page = enter(eve.coordinator).get(f"/cases/{eve.case.pk}/outreach/").content.decode()
    assert "Data changed since" in page


@pytest.mark.django_db(transaction=True)
def test_the_paper_says_the_five_things_with_time_and_place() -> None:
    eve = made.eve()
    agency = eve.police.agency
    agency.head_name, agency.head_title = "Adele Overton", "Chief of Police"
    agency.save_by(None)
    player = made.candidate(eve)
    player.person.language = "es"
    player.person.save_by(None)
    approved(eve)
    batch = actions.print_letters(case=eve.case, actor=eve.coordinator)
    worker.run_until_ended(batch.run.job)
    letter = CallInLetter.objects.select_related("document").get()
    with store.reading(letter.document.file.name) as content:
        pdf = pikepdf.open(io.BytesIO(content.read()))
    assert len(pdf.pages) == 2


def test_delivery_makes_an_invited_person(eve: made.Eve) -> None:
    player = made.candidate(eve)
    approved(eve)
    actions.print_letters(case=eve.case, actor=eve.coordinator)
    letter = selectors.latest_letter(player)
    form = {"delivered_on": "2026-01-02", "method": "hand", "delivered_by": "Pastor Linden", "version": letter.version}
    url = f"/cases/{eve.case.pk}/outreach/letters/{letter.pk}/delivery/"
    assert enter(eve.coordinator).post(url, form | {"method": ""}).status_code == 422
    assert enter(eve.coordinator).post(url, form).status_code == 302
    assert Player.objects.get(pk=player.pk).stage == Stage.INVITED


def test_a_community_member_finds_no_letter(eve: made.Eve) -> None:
    made.candidate(eve)
    approved(eve)
    assert enter(eve.community).get(f"/cases/{eve.case.pk}/outreach/").status_code == 403


def test_hundreds_of_letters_are_read_in_pages(eve: made.Eve, line_is_kept: None) -> None:
    player = made.candidate(eve)
    approved(eve)
    actions.print_letters(case=eve.case, actor=eve.coordinator)
    many.players(player)
    page = f"/cases/{eve.case.pk}/outreach/"
    many.read_through(enter(eve.coordinator), page, expected=many.MANY + 1, most=20)
    assert f"Print {many.MANY + 1} letters" in enter(eve.coordinator).get(page, {"page": 2}).content.decode()
