"""Step 4: buys and what the team asks for, evidence on a buy, the charge page, and informants kept apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.cases.progress import State
from dmi.evidence.models import MediaItem
from targeting.undercover import actions, selectors
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, InformantNumber, OfficerBuy
from tests.factories import evidence, incident_review
from tests.factories import undercover as made

pytestmark = pytest.mark.django_db

SENT = {
    "bought_at": "2026-04-18T16:15", "place": "812 Calder Street", "product": "Cocaine", "weight": "1.20",
    "weight_unit": "g", "officer_code": "uc-3",
    "money_dollars": "60.00", "recording": "video", "report_number": "UC-1", "account": "One bag.", "version": "0",
}  # fmt: skip
TODAY = date(2026, 5, 1)


@pytest.fixture
def player(case):
    return incident_review.candidate(case)


@pytest.fixture
def keepers(case):
    return evidence.member(case, "handler"), evidence.member(case, "prosecutor")


def test_a_buy_is_recorded_and_corrected(case, at, url, player):
    client = at("police")
    page = url("undercover:add-buy", player.pk)
    assert client.post(page, SENT | {"bought_at": "2199-01-01T10:00"}).status_code == 422
    assert client.post(page, SENT | {"lab_result": "Cocaine"}).status_code == 422
    assert client.post(page, SENT | {"latitude": "38.6"}).status_code == 422
    assert client.post(page, SENT | {"latitude": "38.6", "longitude": "-90.2"}).status_code == 302
    buy = OfficerBuy.objects.for_case(case).get()
    assert (buy.point.x, buy.point.y) == (-90.2, 38.6)
    assert client.post(page, SENT).status_code == 422
    edit = url("undercover:edit-buy", buy.pk)
    better = SENT | {"account": "One bag of cocaine.", "version": "1"}
    assert client.post(edit, better).status_code == 302
    assert "A colleague changed" in client.post(edit, better).content.decode()
    shown = client.get(url("undercover:buy", buy.pk)).content.decode()
    assert "One bag of cocaine." in shown
    assert "UC-3" in shown
    assert "now “One bag of cocaine.”" in shown
    assert set(AuditEvent.objects.filter(verb__startswith="buy_").values_list("verb", flat=True)) == {
        "buy_recorded",
        "buy_corrected",
    }
    assert at("prosecutor").post(page, SENT).status_code == 403


def test_the_summary_counts_officers_buys_only(case, player):
    made.informant_buy(player)
    assert selectors.evidence_summary(player) == selectors.EvidenceSummary(0, 0, None, False)
    made.buy(player, "UC-1", recording="none")
    made.buy(player, "UC-2", recording="none")
    assert not selectors.evidence_summary(player).meets_policy
    made.buy(player, "UC-3")
    assert selectors.evidence_summary(player) == selectors.EvidenceSummary(3, 1, date(2026, 4, 18), True)


def test_readiness_takes_the_same_queries_for_one_and_for_many(case, player, django_assert_num_queries):
    made.buy(player)
    incident_review.listed(case, "Robin Ashdown")
    incident_review.reviewed(case, "Not Yet Listed")
    with django_assert_num_queries(4):
        rows = selectors.readiness(case)
    assert [row.summary.count for row in rows] == [1, 0]


def test_only_printable_media_reach_the_notebook(case, at, url, player, keepers):
    buy, client = made.buy(player), at("police")
    released = evidence.released(case, *keepers)
    unchecked = evidence.taken(case, keepers[0])
    sealed = evidence.taken(case, keepers[0], data_class="informant_buys")
    copy = evidence.released(case, *keepers, derived_from=sealed)
    foreign_case = evidence.market("westgate")
    foreign = evidence.released(
        foreign_case, evidence.member(foreign_case, "handler"), evidence.member(foreign_case, "prosecutor")
    )
    page = url("undercover:attach", buy.pk)
    for item in (unchecked, sealed, copy, foreign):
        sent = {"item": str(item.pk), "caption": "At the car", "position": "1", "version": "0"}
        assert client.post(page, sent).status_code == 422
        with pytest.raises(actions.NotAttachable):
            actions.attach(buy=buy, item=item, caption="At the car", position=1, actor=None)
    sent = {"item": str(released.pk), "caption": "At the car", "position": "1", "version": "0"}
    refused = client.post(page, sent)
    assert refused.status_code == 422
    assert "only one person bought" in refused.content.decode()
    assert client.post(page, sent | {"reason": "The officer has left."}).status_code == 302
    assert client.post(page, sent).status_code == 422
    checked = evidence.taken(case, keepers[0])
    evidence.actions.check(item=checked, actor=keepers[0], shows_protected=False)
    checked = MediaItem.objects.for_case(case).get(pk=checked.pk)
    actions.attach(buy=buy, item=checked, caption="Not released", position=2, actor=None)
    (found,) = selectors.notebook_buys(case, [player])[player.pk]
    assert [media.item_id for media in found.media.all()] == [released.pk]
    assert BuyMedia.objects.for_case(case).count() == 2
    assert "Not released for print" in client.get(url("undercover:player", player.pk)).content.decode()


def test_the_charge_page_is_the_prosecutors(case, at, url, player):
    prosecutor, handler, page = at("prosecutor"), at("handler"), url("undercover:charge-page", player.pk)
    ready, file = url("undercover:mark-ready", player.pk), url("undercover:player", player.pk)
    sent = {
        "court": "District Court", "charges": "Sale", "penalty": "Five years", "statement": "STATEMENTTOKEN",
        "version": "0",
    }  # fmt: skip
    assert prosecutor.post(ready).status_code == 404
    assert prosecutor.post(page, sent | {"charges": ""}).status_code == 422
    assert prosecutor.post(page, sent).status_code == 302
    assert at("police").post(page, sent).status_code == 403
    assert "STATEMENTTOKEN" in prosecutor.get(file).content.decode()
    assert "STATEMENTTOKEN" not in handler.get(file).content.decode()
    assert "Charges written" not in handler.get(url("undercover:cases")).content.decode()
    assert prosecutor.get(ready).status_code == 405
    assert handler.post(ready).status_code == 403
    assert "Say why" in prosecutor.post(ready, follow=True).content.decode()
    why = {"reason": "Two recorded buys, both positive."}
    assert prosecutor.post(ready, why).status_code == 302
    assert ChargePage.objects.for_case(case).get().ready_on
    assert "called ready before" in prosecutor.post(ready, why, follow=True).content.decode()
    back = url("undercover:take-word-back", player.pk)
    assert handler.post(back, why).status_code == 403
    assert prosecutor.post(back, {"reason": "The recording cannot be heard."}).status_code == 302
    page = ChargePage.objects.for_case(case).get()
    assert (page.ready_on, page.ready_reason) == (None, "The recording cannot be heard.")
    assert "not called ready" in prosecutor.post(back, why, follow=True).content.decode()


def test_a_case_is_not_ready_on_a_day_to_come(player):
    with pytest.raises(actions.NotReady):
        actions.mark_ready(page=made.charges(player), on=timezone.localdate() + timedelta(days=1), actor=None)


def test_informants_buys_are_sealed_and_the_number_stands_apart(case, at, url, player):
    handler, page = at("handler"), url("undercover:add-informant-buy")
    sent = SENT | {
        "player": str(player.pk), "report_number": "CI-1", "place": "INFORMANTTOKEN", "search_before": "clean",
        "search_after": "clean", "handler_code": "h-2",
    }  # fmt: skip
    assert handler.post(page, sent).status_code == 422
    assert handler.post(page, sent | {"number": "Joe Smith"}).status_code == 422
    assert handler.post(page, sent | {"number": "NUMBER77", "search_after": "found"}).status_code == 422
    assert handler.post(page, sent | {"number": "NUMBER77"}).status_code == 302
    assert InformantNumber.objects.for_case(case).get().buy == InformantBuy.objects.for_case(case).get()
    listed = url("undercover:informant-buys")
    assert "NUMBER77" in handler.get(listed).content.decode()
    prosecutor = at("prosecutor").get(listed).content.decode()
    assert "INFORMANTTOKEN" in prosecutor
    assert "NUMBER77" not in prosecutor
    assert at("police").get(listed).status_code == 404
    assert at("prosecutor").post(page, sent).status_code == 404
    police = at("police")
    for address in (url("undercover:cases"), url("undercover:player", player.pk)):
        assert "INFORMANTTOKEN" not in police.get(address).content.decode()
    assert not AuditEvent.objects.filter(facts__icontains="NUMBER77").exists()


def test_a_player_of_another_market_is_not_found(at, url):
    other = incident_review.candidate(evidence.market("westgate"))
    assert at("police").get(url("undercover:player", other.pk)).status_code == 404
    assert at("police").get(url("undercover:edit-buy", made.buy(other).pk)).status_code == 404


def test_progress_says_done_only_with_buys_and_the_prosecutors_word(case, player):
    def states():
        found = selectors.progress(case=case, today=timezone.localdate())
        return found["4.0"].state, found["4.1"].state

    made.informant_buy(player)
    assert states() == (State.MISSING, State.MISSING)
    numbers = {"lab_number": "LAB-1", "evidence_numbers": "26-1"}
    bare = made.buy(player, "UC-1")
    assert states() == (State.UNDER_WAY, State.UNDER_WAY)
    bare.lab_number, bare.evidence_numbers = "LAB-2", "26-2"
    actions.correct_buy(buy=bare, actor=None)
    assert states() == (State.UNDER_WAY, State.DONE)
    made.buy(player, "UC-2", **numbers)
    page = made.charges(player)
    assert states() == (State.UNDER_WAY, State.DONE)
    actions.mark_ready(page=page, on=TODAY, actor=None)
    assert states() == (State.DONE, State.DONE)
