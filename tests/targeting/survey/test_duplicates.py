"""One person under two entries: proposed with the evidence, merged with undo, or told apart for good."""

from __future__ import annotations

import pytest

from dmi.audit.models import AuditEvent
from dmi.people import actions as people
from dmi.people import likeness, merging, stages
from dmi.people.models import Distinction, Merger, Player
from dmi.people.stages import Stage
from targeting.incident_review.models import PoliceRecommendation
from targeting.survey import actions, selectors
from targeting.survey.models import Nomination
from tests.factories import evidence as team
from tests.factories import survey as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(case):
    """Two entries for one person, named by two officers, one of whom named both."""
    kept = made.player(case, "Casey Brightwell", aliases=["Cee"], birth_on=None, home_address="12 Calder Street")
    gone = made.player(case, "Casey Brightwel", aliases=["Cee", "Slim"], sex="f", home_address="12 Calder St")
    dale, farrow = made.interview(case), made.interview(case, officer_name="Det. Farrow", group="vice")
    for interview, player in ((dale, kept), (dale, gone), (farrow, gone)):
        actions.name_in_interview(interview=interview, actor=None, player=player, why=f"Seen. {player.number}")
    return kept, gone


def merge(two, **given):
    kept, gone = two
    return merging.merge(**{"kept": kept, "gone": gone, "reason": "Booking photo.", "actor": None} | given)


def test_entries_alike_are_proposed_with_what_speaks_for_it(case, two):
    made.player(case, "Drew Hollis", birth_on=None)
    (pair,) = likeness.pairs(case)
    assert (pair.kept, pair.gone) == two
    assert set(pair.reasons) == {"Nearly the same name", "A street name in common", "The same home address"}


def test_the_same_first_name_alone_is_not_proposed(case):
    made.player(case, "Casey Brightwell")
    made.player(case, "Casey Lindqvist", birth_on="1990-01-01")
    assert likeness.pairs(case) == []


def test_a_merger_moves_everything_and_never_uses_the_number_again(case, two):
    kept, gone = two
    merger = merge(two)
    kept.refresh_from_db()
    assert list(Player.objects.for_case(case)) == [kept]
    assert set(kept.person.aliases) == {"Cee", "Casey Brightwel", "Slim"}
    assert (kept.person.sex, str(kept.person.birth_on)) == ("f", "1998-02-03")
    assert selectors.independent_sources(kept) == 2
    assert selectors.nominations_of(kept).count() == 3
    assert made.player(case, "Sam Third").number == "E-03"
    assert len(merger.moved) == 1
    assert AuditEvent.objects.filter(verb="players_merged", subject_id=str(merger.pk)).count() == 1
    assert gone.history.count() >= 2


def test_undoing_gives_each_entry_back_what_it_had(case, two):
    kept, gone = two
    merger = merge(two)
    late = made.interview(case, officer_name="Ofc. Late")
    actions.name_in_interview(interview=late, actor=None, player=Player.objects.get(pk=kept.pk), why="Later.")
    merging.undo(merger=merger, reason="Two brothers.", actor=None)
    assert Player.objects.for_case(case).count() == 2
    assert Nomination.objects.for_case(case).filter(player=gone).count() == 2
    assert Nomination.objects.for_case(case).filter(player=kept).count() == 2
    person = Player.objects.get(pk=kept.pk).person
    assert (person.aliases, person.birth_on, person.sex) == (["Cee"], None, "u")
    with pytest.raises(merging.CannotMerge):
        merging.undo(merger=merger, reason="Again.", actor=None)


def test_what_was_corrected_since_the_merger_stays_when_it_is_undone(two):
    merger = merge(two)
    person = Player.objects.get(pk=two[0].pk).person
    person.sex = "m"
    people.correct_person(person=person, actor=None)
    merging.undo(merger=merger, reason="Two people.", actor=None)
    person.refresh_from_db()
    assert person.sex == "m"


def test_two_entries_with_a_decision_each_are_refused_in_plain_words(case, two):
    for player in two:
        PoliceRecommendation.objects.create_by(
            None, case=case, player=player, choice="callin", reason_code="nonviolent", words="Street level."
        )
    with pytest.raises(merging.CannotMerge, match="only one can hold"):
        merge(two)
    assert not Merger.objects.exists()
    assert Player.objects.for_case(case).count() == 2


def test_a_recommendation_of_the_entry_that_goes_moves_along(case, two):
    kept, gone = two
    PoliceRecommendation.objects.create_by(
        None, case=case, player=gone, choice="callin", reason_code="nonviolent", words="Street level."
    )
    merge(two)
    assert PoliceRecommendation.objects.get().player == kept


def test_different_birth_dates_a_further_stage_and_a_second_merger_are_refused(case, two):
    kept, gone = two
    people.advance(player=gone, to=Stage.REVIEWED, actor=None)
    with pytest.raises(merging.CannotMerge, match="Keep E-02 instead"):
        merge(two)
    twin = made.player(case, "Casey Brightwell", birth_on="1971-05-05")
    with pytest.raises(merging.CannotMerge, match="dates of birth differ"):
        merging.merge(kept=gone, gone=twin, reason="Alike.", actor=None)
    merging.merge(kept=gone, gone=kept, reason="Same.", actor=None)
    with pytest.raises(merging.CannotMerge, match="not on the list by itself"):
        merge(two)


def test_every_stage_has_a_reach():
    assert set(stages.REACH) == set(Stage)


def test_police_merge_undo_and_tell_apart_on_the_pages(case, at, url, two):
    kept, gone = two
    client = at("police")
    assert "Look at both" in client.get(url("survey:duplicates")).content.decode()
    shown = client.get(url("survey:pair", kept.pk, gone.pk)).content.decode()
    assert "The same home address" in shown
    assert "Seen. E-02" in shown
    assert client.post(url("survey:merge", kept.pk, gone.pk), {"merge-reason": ""}).status_code == 422
    assert client.post(url("survey:merge", kept.pk, gone.pk), {"merge-reason": "Photo."}).status_code == 302
    assert client.get(url("survey:pair", kept.pk, gone.pk)).status_code == 404
    merger = Merger.objects.get()
    assert "Photo." in client.get(url("survey:duplicates")).content.decode()
    assert client.get(url("survey:undo-merger", merger.pk)).status_code == 200
    assert client.post(url("survey:undo-merger", merger.pk), {"reason": "Brothers."}).status_code == 302
    assert client.post(url("survey:tell-apart", gone.pk, kept.pk), {"apart-reason": "Brothers."}).status_code == 302
    assert Distinction.objects.for_case(case).count() == 1
    assert likeness.pairs(case) == []
    assert AuditEvent.objects.filter(verb__in=["merger_undone", "players_told_apart"]).count() == 2


def test_a_refused_merger_says_why_on_the_page(case, at, url, two):
    kept, gone = two
    people.advance(player=gone, to=Stage.REVIEWED, actor=None)
    answer = at("police").post(url("survey:merge", kept.pk, gone.pk), {"merge-reason": "Photo."})
    assert answer.status_code == 422
    assert "Keep E-02 instead" in answer.content.decode()


@pytest.mark.parametrize("role", ["prosecutor", "probation", "community", "research", "services"])
def test_other_seats_do_not_see_pairs(at, url, two, role):
    assert at(role).get(url("survey:duplicates")).status_code == 403


def test_a_pair_of_another_market_is_not_found(at, url, two):
    stranger = made.player(team.market("millbrook"), "Casey Brightwell")
    assert at("police").get(url("survey:pair", two[0].pk, stranger.pk)).status_code == 404


def test_naming_a_merged_person_finds_the_kept_entry(two):
    kept, gone = two
    merge(two)
    assert people.nominate(case=kept.case, actor=None, basis="Again.", person=gone.person) == kept
