"""The pages: who opens them, what each seat reads, the two buttons."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from callin.notification.letters import binder
from callin.notification.models import BinderRun, NotebookClearance
from targeting.undercover.models import ChargePage, OfficerBuy
from tests.factories import many
from tests.factories import notification as made


def _url(name: str, eve: made.Eve, *args: Any) -> str:
    return reverse(f"notification:{name}", args=[eve.case.pk, *args])


def test_community_cannot_open_or_print(eve: made.Eve, signed_in: Any) -> None:
    player = made.candidate(eve)
    made.cleared(eve, player)
    client = signed_in(eve.community)
    assert client.get(_url("binder", eve)).status_code == 403
    assert client.post(_url("print-binder", eve)).status_code == 403
    assert client.get(_url("notebook", eve, player.pk)).status_code == 403
    assert client.post(_url("clear-notebook", eve, player.pk)).status_code == 403
    assert not BinderRun.objects.for_case(eve.case).exists()


def test_the_prosecutor_reads_and_clears(eve: made.Eve, signed_in: Any) -> None:
    player = made.candidate(eve)
    client = signed_in(eve.prosecutor)
    page = client.get(_url("notebook", eve, player.pk)).content.decode()
    assert "Casey Brightwell" in page
    assert "Clear for printing" in page
    for token in ("INTELTOKEN", "JUVENILETOKEN", "INFORMANTTOKEN"):
        assert token not in page
    data = {"facts_hash": binder.entry_of(player).draft.facts_hash, "remark": "Bystander cut out."}
    assert client.post(_url("clear-notebook", eve, player.pk), data).status_code == 302
    assert NotebookClearance.objects.for_case(eve.case).get().remark == "Bystander cut out."


def test_a_stale_clearance_is_refused_and_keeps_the_remark(eve: made.Eve, signed_in: Any) -> None:
    player = made.candidate(eve)
    answer = signed_in(eve.prosecutor).post(
        _url("clear-notebook", eve, player.pk), {"facts_hash": "0" * 64, "remark": "Kept words"}
    )
    assert answer.status_code == 422
    assert "changed while you were reading" in answer.content.decode()
    assert answer.context["form"]["remark"].value() == "Kept words"
    assert answer.context["form"]["facts_hash"].value() == binder.entry_of(player).draft.facts_hash
    assert not NotebookClearance.objects.for_case(eve.case).exists()


def test_the_handler_reads_no_warrant(eve: made.Eve, signed_in: Any) -> None:
    player = made.candidate(eve)
    assert "Five to twenty years" in signed_in(eve.police).get(_url("notebook", eve, player.pk)).content.decode()
    assert "Five to twenty years" not in signed_in(eve.handler).get(_url("notebook", eve, player.pk)).content.decode()


def test_the_coordinator_presses_print_twice_and_gets_one_run(eve: made.Eve, signed_in: Any) -> None:
    made.cleared(eve, made.candidate(eve))
    client = signed_in(eve.coordinator)
    first = client.post(_url("print-binder", eve))
    assert first.status_code == 302
    assert client.post(_url("print-binder", eve)).url == first.url
    assert BinderRun.objects.for_case(eve.case).count() == 1
    client.post(_url("print-binder", eve), {"again": "1"})
    assert BinderRun.objects.for_case(eve.case).count() == 2
    assert client.get(first.url).status_code == 200


def test_the_page_says_that_data_changed(eve: made.Eve, signed_in: Any) -> None:
    player = made.candidate(eve)
    made.cleared(eve, player)
    client = signed_in(eve.coordinator)
    client.post(_url("print-binder", eve))
    assert "Nothing changed since" in client.get(_url("binder", eve)).content.decode()
    made.buy(player, 5)
    page = client.get(_url("binder", eve)).content.decode()
    assert "Data changed since" in page
    assert "buys, map" in page


def test_without_clearance_the_coordinator_reads_numbers_only(eve: made.Eve, signed_in: Any) -> None:
    made.candidate(eve)
    eve.coordinator.screened_on = eve.coordinator.screening_expires_on = None
    eve.coordinator.save()
    page = signed_in(eve.coordinator).get(_url("binder", eve)).content.decode()
    assert "E-01" in page
    assert "Brightwell" not in page


def test_an_empty_case_says_so(eve: made.Eve, signed_in: Any) -> None:
    assert "No candidates yet" in signed_in(eve.coordinator).get(_url("binder", eve)).content.decode()


@pytest.mark.parametrize("people", [1, 4])
def test_the_binder_reads_the_same_however_many_are_called_in(
    eve: made.Eve, signed_in: Any, people: int, line_is_kept: None, django_assert_max_num_queries: Any
) -> None:
    for number in range(people):
        made.candidate(eve, f"Candidate {number}")
    client = signed_in(eve.prosecutor)
    client.get(_url("binder", eve))
    with django_assert_max_num_queries(17):  # 15 reads, and at most two writes about the reading
        client.get(_url("binder", eve))


def test_the_binder_of_hundreds_is_read_in_pages(eve: made.Eve, signed_in: Any, line_is_kept: None) -> None:
    player = made.candidate(eve, buys=1)
    many.players(player, ChargePage.objects.for_case(eve.case).get())
    theirs = {"player_id": many.key_of("people_player"), "report_number": "'Z-' || g || '-1'"}
    many.copies(OfficerBuy.objects.for_case(eve.case).get(), theirs)
    many.read_through(signed_in(eve.prosecutor), _url("binder", eve), expected=many.MANY + 1, most=17)
