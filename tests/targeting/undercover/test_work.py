"""Operations carried through, activity recorded, files taken in, and the step's papers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dmi.core.dates import day_of
from dmi.documents import kinds
from dmi.documents.facts import FactsRefused, freeze
from dmi.documents.models import Document
from dmi.evidence.models import CustodyEvent, MediaItem
from targeting.undercover import letters, selectors
from targeting.undercover.models import InformantMedia, Observation, OfficerBuy, Operation
from tests.factories import evidence, incident_review
from tests.factories import undercover as made

pytestmark = pytest.mark.django_db
SEEN = {
    "kind": "camera", "seen_at": "2026-04-18T16:15", "source": "City camera 7", "summary": "Handed something over.",
    "version": "0",
}  # fmt: skip


@pytest.fixture
def player(case):
    return incident_review.candidate(case)


def test_an_operation_is_planned_linked_and_closed(case, at, url, player):
    handler, buy, sealed = at("handler"), made.buy(player), made.informant_buy(player)
    sent = {"code_name": "Harbor", "starts_on": "2026-04-01", "place": "Calder", "version": "0"}
    assert handler.post(url("undercover:add-operation"), sent | {"ends_on": "2026-03-01"}).status_code == 422
    assert handler.post(url("undercover:add-operation"), sent).status_code == 302
    assert handler.post(url("undercover:add-operation"), sent).status_code == 422
    plan = Operation.objects.for_case(case).get()
    assert "safety brief" in handler.get(url("undercover:operation", plan.pk)).content.decode()
    link = url("undercover:link-buys", plan.pk)
    both = {"officer_buys": [str(buy.pk)], "informant_buys": [str(sealed.pk)]}
    assert handler.post(link, both).status_code == 302
    assert len(selectors.operation_buys(plan, {"informant_buys.view"})) == 2
    assert len(selectors.operation_buys(plan, set())) == 1
    foreign = made.buy(incident_review.candidate(evidence.market("westgate")), "W-1")
    assert handler.post(link, {"officer_buys": [str(foreign.pk)]}).status_code == 422
    close = url("undercover:close-operation", plan.pk)
    assert handler.post(close, {"ended_on": "2026-04-02", "outcome": "", "version": "1"}).status_code == 422
    assert handler.post(close, {"ended_on": "2026-04-02", "outcome": "One buy.", "version": "1"}).status_code == 302
    assert "One buy." in at("prosecutor").get(url("undercover:operation", plan.pk)).content.decode()
    assert at("coordinator").get(url("undercover:operations")).status_code == 403


def test_activity_has_a_source_and_is_found_by_person(case, at, url, player):
    officer, page = at("police"), url("undercover:add-observation")
    sent = SEEN | {"player": str(player.pk)}
    assert officer.post(page, sent | {"source": ""}).status_code == 422
    assert officer.post(page, sent | {"seen_at": "2199-01-01T10:00"}).status_code == 422
    assert officer.post(page, sent).status_code == 302
    row = Observation.objects.for_case(case).get()
    assert at("handler").post(url("undercover:edit-observation", row.pk), sent).status_code == 403
    better = sent | {"summary": "Handed a bag over.", "version": "1"}
    assert officer.post(url("undercover:edit-observation", row.pk), better).status_code == 302
    listed = officer.get(url("undercover:observations"), {"player": player.number}).content.decode()
    assert "Handed a bag over." in listed
    assert "Nobody has the number" in officer.get(url("undercover:observations"), {"player": "X-9"}).content.decode()
    assert "City camera 7" in officer.get(url("undercover:player", player.pk)).content.decode()


def test_files_begin_their_custody_on_the_buy_and_a_bad_one_is_named(case, at, url, player):
    buy, officer = made.buy(player), at("police")
    files = [evidence.upload("a.jpg", evidence.jpeg()), evidence.upload("b.jpg", b"no picture at all")]
    answer = officer.post(
        url("undercover:upload", buy.pk), {"files": files, "caption": "", "item_number": "26-9", "holder": "Safe"}
    )
    shown = answer.content.decode()
    assert "b.jpg" in shown
    assert "1 file was taken in" in shown
    item = MediaItem.objects.for_case(case).get()
    assert (item.item_number, item.source_class, item.is_flagged) == ("26-9", "undercover_buys", False)
    assert CustodyEvent.objects.for_case(case).get(item=item).act == "taken_in"
    assert "Photograph of buy UC-1" in officer.get(url("undercover:buy", buy.pk)).content.decode()
    sheet = officer.post(url("undercover:print-custody", item.pk))
    assert sheet.status_code == 403  # not checked yet, so its sheet lies in the restricted drawer


def test_an_informants_files_are_sealed_from_the_start(case, at, url, player):
    sealed, handler = made.informant_buy(player), at("handler")
    sent = {"files": [evidence.upload("a.jpg", evidence.jpeg())], "caption": "SEALEDTOKEN", "holder": "Safe"}
    page = url("undercover:upload-informant", sealed.pk)
    assert at("police").post(page, sent).status_code == 404
    assert handler.post(page, sent | {"files": [evidence.upload("b.jpg", evidence.jpeg())]}).status_code == 302
    item = InformantMedia.objects.for_case(case).get().item
    assert (item.is_flagged, item.source_class) == (True, "informant_buys")
    assert not selectors.attachable(made.buy(player)).exists()
    assert handler.get(url("undercover:informant-buy", sealed.pk)).status_code == 200
    edit = url("undercover:edit-informant-buy", sealed.pk)
    assert handler.get(edit).status_code == 200
    assert at("prosecutor").get(edit).status_code == 404


def test_a_weight_is_kept_as_it_was_written(case, player):
    buy = made.buy(player, weight=Decimal("0.5"), weight_unit="oz")
    assert (buy.weight_words, buy.weight_grams) == ("0.5 ounces", Decimal("14.17"))
    old = OfficerBuy(weight_grams=Decimal("1.20"))
    assert old.weight_words == "1.20 grams"
    assert OfficerBuy(weight=Decimal(1), weight_unit="g").weight_words == "1 gram"


def test_papers_lie_in_the_drawer_of_what_they_hold(case, at, url, player):
    buy, sealed, page = made.buy(player), made.informant_buy(player), made.charges(player)
    prosecutor, handler, officer = at("prosecutor"), at("handler"), at("police")
    assert prosecutor.post(url("undercover:print-readiness")).status_code == 302
    assert prosecutor.post(url("undercover:print-readiness"), {"full": "1"}).status_code == 302
    assert handler.post(url("undercover:print-readiness")).status_code == 403
    assert prosecutor.post(url("undercover:print-buy", buy.pk)).status_code == 302
    assert officer.post(url("undercover:print-activity")).status_code == 302
    assert handler.post(url("undercover:print-informant-buy", sealed.pk)).status_code == 302
    assert prosecutor.post(url("undercover:print-informant-buy", sealed.pk)).status_code == 404
    found = {d.kind: d.label_class for d in Document.objects.for_case(case)}
    assert found == {
        "case_readiness": "undercover_buys", "case_readiness_prosecutor": "warrants", "buy_report": "undercover_buys",
        "activity_log": "police_contacts", "informant_buy_report": "operations",
    }  # fmt: skip
    evidence.run_jobs()
    assert set(Document.objects.for_case(case).values_list("state", flat=True)) == {"ready"}
    assert Document.objects.for_case(case).get(kind="informant_buy_report").awaits_second
    listed = officer.get(url("documents:list")).content.decode()
    assert "Informant buy report" not in listed
    assert page.statement not in str(letters.readiness(case, day_of(buy.bought_at), with_prosecutor=False))


def test_an_informants_buy_is_refused_on_any_paper_outside_the_restricted_drawer(player):
    facts = letters.informant_report(made.informant_buy(player))
    assert "NUMBER77" not in str(facts)
    with pytest.raises(FactsRefused):
        freeze(letters.BUY_REPORT, facts)
    with pytest.raises(kinds.KindRefused):
        kinds.register(
            kinds.DocumentKind(
                code="leak",
                title="Leak",
                template="x.html",
                data_class="undercover_buys",
                may_include=frozenset({"informant_buys"}),
            )
        )


@pytest.mark.parametrize(
    "odd", ["\u2028\u202e\x07\ufffe", "{'data_class': 'informant_buys'}", "\U0001f512" * 40, "<b>&"]
)
def test_odd_texts_reach_the_readiness_table_or_are_refused_in_words(case, at, url, player, odd):
    page = made.charges(player)
    page.ready_reason = odd
    page.save_by(None)
    answer = at("prosecutor").post(url("undercover:print-readiness"), {"full": "1"}, follow=True)
    assert answer.status_code == 200


def test_facts_the_paper_may_not_hold_are_refused_in_words(case, at, url, player, monkeypatch):
    monkeypatch.setattr(letters, "readiness", lambda *args, **more: {"rows": [{"count": 1}]})
    answer = at("prosecutor").post(url("undercover:print-readiness"), follow=True)
    assert "This cannot be printed" in answer.content.decode()
    assert not Document.objects.for_case(case).exists()
