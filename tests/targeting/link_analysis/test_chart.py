"""The chart: what stands on it, what each reader sees of it, and what leaves the screen."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases.progress import State
from dmi.core.dates import day_of
from dmi.people import merging
from targeting.link_analysis import actions, layout, moving, selectors
from targeting.link_analysis.chart import Sight
from targeting.link_analysis.models import Arrangement, Entity, Link
from tests.factories import incident_review as review
from tests.factories import link_analysis as made
from tests.factories import survey

FULL = Sight(intelligence=True, juvenile=True, names=True, addresses=True)
PLAIN = Sight(names=True, addresses=True)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def four(case):
    """Two players, a car and a man nobody knows by name."""
    casey, drew = survey.player(case), survey.player(case, "Drew Hollis")
    return {
        "casey": made.entity(case, player=casey),
        "drew": made.entity(case, player=drew),
        "car": made.entity(case, "Gray sedan", kind="vehicle"),
        "dutch": made.entity(case, "Unnamed man, “Dutch”"),
    }


def names(chart):
    return {node.name for node in chart.nodes}


def test_a_link_is_charted_with_its_record_audit_and_history(case, four):
    link = made.link(four["casey"], four["car"], kind="drives")
    assert link.history.count() == 1
    event = AuditEvent.objects.filter(verb=Verb.LINK_CHARTED).get()
    assert event.facts == {"kind": "drives", "grade": "seen", "record": "contact"}
    chart = selectors.chart(case, FULL, today=timezone.localdate())
    assert chart.degrees[chart.place[four["casey"].pk]] == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"cites": ""},
        {"happened_on": None},
        {"happened_on": timezone.localdate() + timedelta(days=2)},
        {"record": "intelligence", "grade": "seen"},
        {"times": 0},
    ],
)
def test_a_link_without_record_or_date_or_with_a_wrong_grade_is_refused(four, wrong):
    with pytest.raises(ValidationError):
        made.link(four["casey"], four["drew"], **wrong)


def test_the_database_itself_refuses_a_link_to_itself_and_one_without_a_record(case, four):
    for field, value in (("second_id", four["casey"].pk), ("cites", "")):
        link = made.link(four["casey"], four["drew"])
        setattr(link, field, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            super(Link, link).save()


def test_a_person_who_is_not_on_the_list_needs_a_written_basis(case):
    with pytest.raises(ValidationError, match="written basis"):
        actions.save_entity(entity=Entity(case=case, kind="person", label="Dutch"), actor=None)


def test_nobody_stands_on_the_chart_twice(case, four):
    with pytest.raises(ValidationError, match="already"):
        made.entity(case, player=four["casey"].player)
    with pytest.raises(ValidationError, match="already"):
        made.entity(case, "gray SEDAN", kind="vehicle")


def test_an_end_of_another_market_is_refused(case, four):
    from tests.factories import evidence

    stranger = made.entity(evidence.market("millbrook"), "Elsewhere", kind="vehicle")
    with pytest.raises(ValidationError, match="another market"):
        made.link(four["casey"], stranger)


# --- who sees what -----


def test_a_link_on_intelligence_is_nowhere_without_the_right(case, four, today):
    made.link(four["casey"], four["car"])
    before = selectors.chart(case, PLAIN, today=today)
    counted = selectors.progress(case=case, today=today)["3.5"]
    note = made.intelligence(four["drew"].player)
    made.link(four["drew"], four["dutch"], grade="reported", record="intelligence", intelligence=note, cites="On file")
    after = selectors.chart(case, PLAIN, today=today)
    assert names(after) == names(before) == {"Casey Brightwell", "Gray sedan"}
    assert (after.degrees, after.pairs) == (before.degrees, before.pairs)
    assert selectors.positions(case, after, after, PLAIN) == selectors.positions(case, before, before, PLAIN)
    assert selectors.progress(case=case, today=today)["3.5"].fact == counted.fact == "1 link charted"
    assert len(selectors.chart(case, FULL, today=today).links) == 2


def test_a_link_on_intelligence_that_was_taken_off_is_not_betrayed_either(case, four):
    note = made.intelligence(four["drew"].player)
    link = made.link(four["drew"], four["dutch"], grade="reported", record="intelligence", intelligence=note, cites="X")
    actions.remove(record=link, actor=None)
    assert selectors.removed_link(case, link.pk, FULL) == link
    assert selectors.removed_link(case, link.pk, PLAIN) is None


def test_intelligence_past_its_end_date_links_nobody_any_more(case, four, today):
    note = made.intelligence(four["drew"].player)
    made.link(four["drew"], four["dutch"], grade="reported", record="intelligence", intelligence=note, cites="On file")
    assert selectors.chart(case, FULL, today=today).links
    assert not selectors.chart(case, FULL, today=note.review_by + timedelta(days=1)).links


def test_a_line_of_a_juvenile_record_needs_its_own_right(case, four, today):
    contact = review.contact(four["casey"].player, is_juvenile=True)
    made.link(four["casey"], four["car"], contact=contact)
    assert not selectors.chart(case, Sight(intelligence=True, names=True), today=today).links
    assert len(selectors.chart(case, FULL, today=today).links) == 1


def test_a_minor_is_on_the_chart_only_for_those_who_may_read_of_minors(case, four, today):
    young = made.entity(case, player=survey.player(case, "Jaylin Moorcroft", birth_on=today - timedelta(days=16 * 365)))
    made.link(four["casey"], young)
    assert "Jaylin Moorcroft" not in names(selectors.chart(case, Sight(intelligence=True, names=True), today=today))
    assert "Jaylin Moorcroft" in names(selectors.chart(case, FULL, today=today))


def test_somebody_whose_review_date_passed_is_not_on_the_chart(case, four, today):
    made.link(four["casey"], four["car"])
    gone = four["casey"].player.review_by + timedelta(days=1)
    assert "Casey Brightwell" not in names(selectors.chart(case, FULL, today=gone))


def test_family_stands_on_the_chart_only_after_a_prosecutor_agreed(case, four, today, at):
    mother = made.entity(case, "Mother of E-01", standing="other", basis="She asked for the visit.")
    made.link(four["casey"], mother, kind="family")
    assert "Mother of E-01" not in names(selectors.chart(case, FULL, today=today))
    actions.approve_person(entity=mother, actor=at("prosecutor").user)
    assert "Mother of E-01" in names(selectors.chart(case, FULL, today=today))
    mother.refresh_from_db()
    mother.basis = "Something else."
    actions.save_entity(entity=mother, actor=None)
    assert "Mother of E-01" not in names(selectors.chart(case, FULL, today=today))


def test_without_the_right_to_names_there_are_numbers(case, four, today):
    assert "E-01" in names(selectors.chart(case, Sight(intelligence=True), today=today))


def test_the_chart_is_read_in_two_queries_however_long_it_is(case, four, today):
    made.link(four["casey"], four["car"])
    with CaptureQueriesContext(connection) as few:
        selectors.chart(case, FULL, today=today)
    for number in range(12):
        made.link(four["casey"], made.entity(case, f"555-01{number:02}", kind="phone"))
    with CaptureQueriesContext(connection) as many:
        selectors.chart(case, FULL, today=today)
    assert len(few) == len(many) == 2


# --- element 3.5 -----


def test_element_3_5_is_done_once_a_dated_link_is_charted(case, four, today):
    assert selectors.progress(case=case, today=today)["3.5"].state is State.MISSING
    link = made.link(four["casey"], four["drew"])
    done = selectors.progress(case=case, today=today)["3.5"]
    assert (done.state, done.fact, done.done_on) == (State.DONE, "1 link charted", day_of(link.created_at))
    actions.remove(record=link, actor=None)
    assert selectors.progress(case=case, today=today)["3.5"].state is State.MISSING


# --- taking off, putting back, arranging -----


def test_what_was_taken_off_can_be_put_back(case, four, today):
    link = made.link(four["casey"], four["drew"])
    actions.remove(record=link, actor=None)
    with pytest.raises(actions.NotThere):
        actions.remove(record=link, actor=None)
    assert not selectors.chart(case, FULL, today=today).links
    actions.put_back(record=link, actor=None)
    assert len(selectors.chart(case, FULL, today=today).links) == 1
    assert link.history.count() == 3


def test_an_entry_taken_off_takes_its_links_along_and_brings_them_back(case, four, today):
    made.link(four["casey"], four["car"])
    actions.remove(record=four["car"], actor=None)
    assert not selectors.chart(case, FULL, today=today).links
    assert [node.name for node in selectors.removed_entities(case, FULL)] == ["Gray sedan"]
    actions.put_back(record=four["car"], actor=None)
    assert len(selectors.chart(case, FULL, today=today).links) == 1


def test_places_are_stored_and_a_new_entry_moves_nobody(case, four):
    made.link(four["casey"], four["car"])
    before = Arrangement.objects.for_case(case).get().positions
    made.entity(case, "Blue pickup", kind="vehicle")
    after = Arrangement.objects.for_case(case).get().positions
    assert len(after) == 5
    assert {key: after[key] for key in before} == before


def test_every_place_lies_on_the_field_and_the_same_network_gets_the_same():
    pairs = [(place, (place * 7 + 1) % 40) for place in range(40) if place != (place * 7 + 1) % 40]
    spots = layout.arrange(43, pairs)
    assert spots == layout.arrange(43, pairs)
    assert all(0 <= x <= layout.WIDE and 0 <= y <= layout.HIGH for x, y in spots)
    assert len(set(layout.apart(spots))) == 43


def test_merged_players_bring_their_links_along(case, today):
    kept, gone = survey.player(case), survey.player(case, "Casey Brightwel")
    first, second = made.entity(case, player=kept), made.entity(case, player=gone)
    car = made.entity(case, "Gray sedan", kind="vehicle")
    made.link(first, car)
    made.link(second, car)
    merging.merge(kept=kept, gone=gone, reason="Same date of birth.", actor=None)
    chart = selectors.chart(case, FULL, today=today)
    assert len(chart.links) == 2
    assert names(chart) == {"Casey Brightwell", "Gray sedan"}


# --- files out -----


def test_files_hold_neither_intelligence_nor_minors(case, four, today):
    made.link(four["casey"], four["car"], cites="=HYPERLINK(1)")
    note = made.intelligence(four["drew"].player)
    made.link(four["drew"], four["dutch"], grade="reported", record="intelligence", intelligence=note, cites="On file")
    unknown = made.entity(case, player=survey.player(case, "Smokey Dell", birth_on=None))
    made.link(four["casey"], unknown)
    chart = selectors.chart(case, selectors.sight_on_paper(frozenset({"player_list.view"})), today=today)
    for write in (moving.as_csv, moving.as_graphml):
        text = write(chart)
        assert "Casey Brightwell" in text
        assert not any(word in text for word in ("Dutch", "Smokey", "Drew", "On file"))
    assert ",=HYPER" not in moving.as_csv(chart)


def test_graphml_is_read_by_other_programs(case, four, today):
    import io

    import networkx

    made.link(four["casey"], four["car"], cites="Report \x07 26-1")
    chart = selectors.chart(case, FULL, today=today)
    graph = networkx.read_graphml(io.BytesIO(moving.as_graphml(chart).encode()))
    assert (graph.number_of_nodes(), graph.number_of_edges()) == (4, 1)
    assert {data["name"] for _, data in graph.nodes(data=True)} >= {"Casey Brightwell (E-01)", "Gray sedan"}
