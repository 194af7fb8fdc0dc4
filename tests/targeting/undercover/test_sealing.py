"""What informants' buys change for whoever may not know of them: nothing at all."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from dmi.cases.progress import State
from dmi.evidence import actions as media
from dmi.evidence.models import MediaItem
from targeting.undercover import actions, selectors
from targeting.undercover.models import InferenceAnswer, OfficerBuy, Operation
from tests.factories import evidence, incident_review
from tests.factories import undercover as made

pytestmark = pytest.mark.django_db
POINT = Point(-90.2, 38.6, srid=4326)
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|"X-CSRFToken": "[^"]*"')
CLOCKED = ("accounts_signin", "SAVEPOINT")  # now and then a page notes that somebody is still there


@pytest.fixture
def player(case):
    return incident_review.candidate(case)


def worlds(case, client, player):
    """Every page of the step and of the overview as this reader gets it, with the number of queries."""
    pages = [reverse(f"undercover:{name}", args=[case.pk]) for name in ("cases", "observations", "operations")]
    pages += [reverse(f"undercover:{name}", args=[case.pk]) for name in ("informant-buys", "look-over")]
    pages.append(reverse("undercover:player", args=[case.pk, player.pk]))
    buys = OfficerBuy.objects.for_case(case)
    pages += [reverse("undercover:buy", args=[case.pk, buy.pk]) for buy in buys]
    pages += [reverse(name, args=[case.pk]) for name in ("cases:overview", "evidence:list-items", "documents:list")]
    pages.append(reverse("people:player", args=[case.pk, player.pk]))
    seen = {}
    for page in pages:
        cache.clear()  # what the line of stations remembers for some seconds would blur the count of queries
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page)
        seen[page] = (answer.status_code, CHANGING.sub("", answer.content.decode()), _counted(queries))
    return seen


def _counted(queries):
    return sum(not any(word in query["sql"] for word in CLOCKED) for query in queries.captured_queries)


@pytest.mark.parametrize("seat", ["police", "coordinator", "community", "research", "auditor", "probation"])
def test_two_worlds_that_differ_in_informants_buys_are_the_same_to_whoever_may_not_know(case, at, player, seat):
    made.buy(player, "UC-1", point=POINT)
    client, handler = at(seat), evidence.member(case, "handler")
    worlds(case, client, player)
    before = worlds(case, client, player)
    sealed = made.informant_buy(player)
    plan = Operation(case=case, code_name="Sealed 1", starts_on=date(2026, 4, 1), uses_informant=True)
    actions.save_operation(operation=plan, actor=handler)
    actions.link_buys(operation=plan, officer_buys=[], informant_buys=[sealed], actor=handler)
    actions.add_informant_media(
        buy=sealed,
        actor=handler,
        files=[evidence.upload("a.jpg", evidence.jpeg())],
        caption="SEALEDTOKEN",
        holder="Safe",
    )
    evidence.run_jobs()
    if seat == "auditor":  # reads the custody of everything, and so knows how many items there are
        before = {page: shown for page, shown in before.items() if "/evidence/" not in page}
    after = worlds(case, client, player)
    for page, shown in before.items():
        changed = [line for line in after[page][1].splitlines() if line not in shown[1]]
        assert (page, after[page][0], changed, after[page][2]) == (page, shown[0], [], shown[2])
        assert after[page] == shown, page


def test_readers_of_sealed_buys_see_them_counted_apart(case, at, url, player):
    made.buy(player)
    made.informant_buy(player)
    row = selectors.readiness(case, can={"informant_buys.view"})[0]
    assert (row.summary.count, row.sealed) == (1, 1)
    assert selectors.readiness(case)[0].sealed is None
    assert "Sealed buys" in at("handler").get(url("undercover:player", player.pk)).content.decode()
    assert "Sealed buys" not in at("police").get(url("undercover:player", player.pk)).content.decode()


def test_progress_is_the_same_with_and_without_informants(case, player):
    made.buy(player)
    before = selectors.progress(case=case, today=timezone.localdate())
    sealed = made.informant_buy(player)
    handler = evidence.member(case, "handler")
    actions.add_informant_media(
        buy=sealed, actor=handler, files=[evidence.upload("a.jpg", evidence.jpeg())], caption="", holder="Safe"
    )
    assert selectors.progress(case=case, today=timezone.localdate()) == before
    assert {"4.0", "4.1", "4.2", "4.2a", "4.3"} <= set(before)


def test_the_register_is_looked_over_whether_or_not_anything_stands_in_it(case, at, url):
    def state(today=None):
        return selectors.progress(case=case, today=today or timezone.localdate())["4.2"].state

    assert state() == State.MISSING
    sent = {"looked_on": "2026-11-20", "note": "Nothing in it.", "version": "0"}
    assert at("police").post(url("undercover:look-over"), sent).status_code == 404
    assert at("handler").post(url("undercover:look-over"), sent | {"looked_on": "2199-01-01"}).status_code == 422
    assert at("handler").post(url("undercover:look-over"), sent).status_code == 302
    assert state(date(2026, 11, 24)) == State.DONE
    assert state(date(2027, 11, 24)) == State.UNDER_WAY


def test_the_map_gets_officers_buys_and_only_with_the_right_to_places(case, player):
    made.buy(player, point=POINT)
    sealed = made.informant_buy(player)
    sealed.point = POINT
    actions.correct_informant_buy(buy=sealed, number="CI-9", actor=None)
    assert selectors.buy_points(case, {"undercover_buys.view"}) == []
    everything = {"buy_locations.view", "informant_buys.view"}
    assert selectors.buy_points(case, everything) == [(-90.2, 38.6, date(2026, 4, 18), "Cocaine")]


def test_one_buyer_that_day_at_that_place_is_cautioned_and_two_are_not(case, player):
    first = made.buy(player, "UC-1", officer_code="UC-1")
    assert [c.code for c in selectors.cautions_of_buy(first, ())] == ["one_buyer"]
    made.buy(player, "UC-2", officer_code="UC-1")
    assert [c.code for c in selectors.cautions_of_buy(first, ())] == ["one_buyer"]
    made.buy(player, "UC-3", officer_code="UC-2", place="812  calder st")
    assert selectors.cautions_of_buy(first, ()) == []
    made.informant_buy(player)
    assert selectors.cautions_of_buy(first, ()) == []
    assert [c.code for c in selectors.cautions_of_buy(first, {"informant_buys.view"})] == ["informant_near"]


def test_releasing_a_picture_that_could_give_the_buyer_away_asks_for_a_reason(case, at, url, player):
    handler, prosecutor = at("handler"), at("prosecutor")
    buy = made.buy(player)
    page = url("undercover:upload", buy.pk)
    sent = {"files": [evidence.upload("a.jpg", evidence.jpeg())], "caption": "At the car", "holder": "Safe"}
    assert handler.post(page, sent).status_code == 302
    evidence.run_jobs()
    item = MediaItem.objects.for_case(case).get()
    media.check(item=item, actor=handler.user, shows_protected=False)
    shown = prosecutor.get(url("evidence:show-item", item.pk)).content.decode()
    assert "This could give somebody away" in shown
    assert "only one person bought" in shown
    release = url("evidence:release-item", item.pk)
    assert prosecutor.post(release, {"note": "ok"}).status_code == 422
    assert prosecutor.post(release, {"note": "ok", "reason": "REASONTOKEN"}).status_code == 302
    item.refresh_from_db()
    assert item.status == "released"
    answer = InferenceAnswer.objects.for_case(case).get()
    assert (answer.cautions, answer.reason) == (["one_buyer"], "REASONTOKEN")
    assert "REASONTOKEN" not in at("police").get(url("evidence:show-item", item.pk)).content.decode()
    assert selectors.unanswered(buy, ()) == []


def test_an_unreleased_photograph_counts_and_sound_does_not(case, player):
    buy, handler = made.buy(player), evidence.member(case, "handler")
    sound = evidence.upload("a.wav", evidence.recording(".wav"))
    actions.add_media(buy=buy, actor=handler, files=[sound], caption="", holder="Safe")
    assert selectors.unreleased_pictures(case, [player]) == {}
    picture = evidence.upload("a.jpg", evidence.jpeg())
    actions.add_media(buy=buy, actor=handler, files=[picture], caption="", holder="Safe")
    assert selectors.unreleased_pictures(case, [player]) == {player.pk: 1}
    assert selectors.progress(case=case, today=timezone.localdate())["4.2a"].state == State.UNDER_WAY


def test_a_plan_with_an_informant_has_no_named_readers(case, at, url, player):
    handler, officer = at("handler"), at("police")
    sent = {"code_name": "Harbor", "starts_on": "2026-04-01", "place": "Calder", "version": "0"}
    assert officer.post(url("undercover:add-operation"), sent).status_code == 403
    assert handler.post(url("undercover:add-operation"), sent).status_code == 302
    plan = Operation.objects.for_case(case).get()
    own = url("undercover:operation", plan.pk)
    assert officer.get(own).status_code == 404
    readers = url("undercover:name-readers", plan.pk)
    assert handler.post(readers, {"users": [str(officer.user.pk)]}).status_code == 302
    assert officer.get(own).status_code == 200
    edit = url("undercover:edit-operation", plan.pk)
    mixed = handler.post(edit, sent | {"version": "1", "uses_informant": "on"})
    assert mixed.status_code == 422
    assert handler.post(readers, {"users": []}).status_code == 302
    assert handler.post(edit, sent | {"version": "1", "uses_informant": "on"}).status_code == 302
    assert handler.post(readers, {"users": [str(officer.user.pk)]}).status_code == 422
    assert officer.get(own).status_code == 404


def test_the_clock_warns_before_the_last_day_to_charge(player):
    page, today = made.charges(player), date(2026, 11, 24)
    assert page.clock(today) == "unknown"
    for days, clock in ((400, "far"), (180, "soon"), (0, "soon"), (-1, "over")):
        page.limitation_on = today + timedelta(days=days)
        assert page.clock(today) == clock
