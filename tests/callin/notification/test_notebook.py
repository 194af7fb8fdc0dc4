"""What a notebook is made of, what can never be in it, and what clearing means."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import PermissionDenied

from callin.notification import actions
from callin.notification.letters import binder
from callin.notification.letters.kinds import NOTEBOOK
from callin.notification.letters.notebook import draft
from dmi.documents import render
from dmi.documents.facts import FactsRefused, freeze, section
from tests.factories import notification as made

SEALED = ("intelligence", "juvenile", "treatment", "informant_buys", "informant_numbers", "officer_identity", "wants")


def test_every_section_is_filled_from_its_own_records(eve: made.Eve) -> None:
    facts = draft(made.candidate(eve)).facts
    assert [buy["report"] for buy in facts["buys"]["rows"]] == ["E-01-1", "E-01-2"]
    assert facts["buys"]["rows"][0]["when"] == "Sat, Apr 18, 2026, 4:15 pm"
    assert facts["sightings"]["rows"][0]["what"] == "SIGHTED at the corner"
    assert facts["charges"]["counts"][1] == "Sale of a controlled substance, cocaine"
    assert facts["help"]["rows"][0]["program"] == "Day one jobs"
    assert len(facts["map"]["markers"]) == 2


def test_what_is_sealed_is_not_among_the_facts(eve: made.Eve) -> None:
    words = json.dumps(draft(made.candidate(eve)).facts, default=str)
    assert "SIGHTED" in words
    for token in ("INTELTOKEN", "JUVENILETOKEN", "INFORMANTTOKEN"):
        assert token not in words


@pytest.mark.parametrize("data_class", SEALED)
def test_a_sealed_class_is_refused_by_type(data_class: str) -> None:
    with pytest.raises(FactsRefused):
        freeze(NOTEBOOK, {"extra": section(data_class, rows=[{"what": "anything"}])})


def test_what_is_missing_is_named(eve: made.Eve) -> None:
    found = draft(made.candidate(eve, buys=1, is_photographed=False))
    assert found.missing[:3] == ("Photograph of the person", "Buys: 1 of 2", "Photograph of buy 1")
    assert found.bars == ()


def test_a_notebook_without_charge_page_or_of_a_minor_is_barred(eve: made.Eve) -> None:
    player = made.candidate(eve)
    player.charge_page.delete_by(None)
    player.person.birth_on = None
    player.person.save_by(None)
    player = type(player).objects.get(pk=player.pk)
    found = draft(player)
    assert len(found.bars) == 2
    with pytest.raises(actions.CannotClear):
        actions.clear_notebook(player=player, facts_hash=found.facts_hash, actor=eve.prosecutor)


def test_only_the_prosecutor_clears_and_only_what_was_read(eve: made.Eve) -> None:
    player = made.candidate(eve)
    read = draft(player).facts_hash
    with pytest.raises(PermissionDenied):
        actions.clear_notebook(player=player, facts_hash=read, actor=eve.police)
    made.buy(player, 5)
    with pytest.raises(actions.CannotClear, match="changed while you were reading"):
        actions.clear_notebook(player=player, facts_hash=read, actor=eve.prosecutor)


def test_a_change_after_clearance_takes_the_notebook_out(eve: made.Eve) -> None:
    player = made.candidate(eve)
    assert binder.entry_of(player).state == "draft"
    made.cleared(eve, player)
    assert binder.entry_of(player).is_in
    made.buy(player, 5)
    entry = binder.entry_of(player)
    assert (entry.state, entry.left_out_because) == ("changed", "Changed since the prosecutor cleared it")


def test_the_mark_cannot_be_left_out(eve: made.Eve) -> None:
    facts = draft(made.candidate(eve)).facts
    about = {"copy": 1, "city": "Marlow", "title": "Offender notebook"}
    html = render.html_of(NOTEBOOK.template, {"facts": facts, "paper": about})
    render.must_say(html, NOTEBOOK.must_say)
    with pytest.raises(render.RenderRefused):
        render.must_say(html.replace("Unsigned. Not in force.", ""), NOTEBOOK.must_say)
