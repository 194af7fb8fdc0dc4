"""Freezing facts: what is kept, what is refused, what counts as changed."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from dmi.documents import facts as freezing
from dmi.documents.facts import FactsRefused, section
from tests.factories import documents as make


def test_plain_values_are_frozen_the_same_way_whatever_their_order():
    one = freezing.freeze(make.LETTER, {"a": 1, "b": [date(2026, 5, 14), Decimal("2.50")]})
    two = freezing.freeze(make.LETTER, {"b": ["2026-05-14", "2.50"], "a": 1})
    assert one.digest == two.digest
    assert freezing.thaw(one.body) == {"a": 1, "b": ["2026-05-14", "2.50"]}


def test_dataclasses_ids_and_lazy_words_become_plain():
    @dataclass(frozen=True)
    class Place:
        street: str
        number: uuid.UUID

    pk = uuid.uuid4()
    frozen = freezing.freeze(
        make.LETTER, {"data_class": "letters", "place": Place("Calder", pk), "say": gettext_lazy("Yes")}
    )
    assert freezing.thaw(frozen.body) == {
        "data_class": "letters",
        "place": {"street": "Calder", "number": str(pk)},
        "say": "Yes",
    }


def test_text_marked_as_safe_is_frozen_as_ordinary_text():
    frozen = freezing.freeze(make.LETTER, {"name": SafeString("<b>Casey</b>")})
    assert type(freezing.thaw(frozen.body)["name"]) is str


def test_control_characters_are_taken_out():
    frozen = freezing.freeze(make.LETTER, {"name": "Ca\x00sey\x1b\n"})
    assert freezing.thaw(frozen.body) == {"name": "Casey\n"}


@pytest.mark.parametrize("value", [object(), {1: "a"}, float("nan"), {"x"}, b"bytes", lambda: 1])
def test_anything_but_plain_values_is_refused(value):
    with pytest.raises(FactsRefused):
        freezing.freeze(make.LETTER, {"value": value})


def test_facts_without_end_are_refused():
    deep: dict = {"data_class": "letters"}
    deep["more"] = deep
    with pytest.raises(FactsRefused):
        freezing.freeze(make.LETTER, deep)
    with pytest.raises(FactsRefused):
        freezing.freeze(make.LETTER, {"text": "x" * (freezing.LARGEST + 1)})


@pytest.mark.parametrize(
    "data_class",
    ["intelligence", "juvenile", "treatment", "informant_numbers", "officer_identity", "informant_buys",
     "criminal_history", "tip_sources", "wants", "assessments", "no_such_class", "", None, 7, ["undercover_buys"]],
)  # fmt: skip
def test_a_notebook_refuses_every_class_it_does_not_declare(data_class):
    facts = make.notebook_facts() | {"extra": {"data_class": data_class, "rows": []}}
    with pytest.raises(FactsRefused):
        freezing.freeze(make.NOTEBOOK, facts)


def test_a_forbidden_section_is_found_however_deep_it_lies():
    hidden = {"rows": [{"notes": [{"data_class": "intelligence", "text": "Reported."}]}]}
    with pytest.raises(FactsRefused):
        freezing.freeze(make.NOTEBOOK, make.notebook_facts() | {"buys": section("undercover_buys", **hidden)})


def test_where_classes_mix_every_section_says_which_it_is():
    with pytest.raises(FactsRefused, match="does not say"):
        freezing.freeze(make.NOTEBOOK, {"name": "Casey", "buys": {"rows": []}})
    with pytest.raises(FactsRefused, match="does not say"):
        freezing.freeze(make.NOTEBOOK, {"data_class": "notebooks", "buys": [{"where": "Calder"}]})
    freezing.freeze(make.NOTEBOOK, make.notebook_facts())


def test_a_kind_of_one_class_is_marked_once():
    with pytest.raises(FactsRefused):
        freezing.freeze(make.LETTER, {"letterhead": {"name": "Police"}})
    freezing.freeze(make.LETTER, {"data_class": "letters", "letterhead": {"name": "Police"}})
    with pytest.raises(FactsRefused):
        freezing.freeze(make.LETTER, {"data_class": "player_list", "letterhead": {"name": "Police"}})


def test_a_change_is_told_by_section():
    before = freezing.freeze(make.NOTEBOOK, make.notebook_facts())
    after = freezing.freeze(make.NOTEBOOK, make.notebook_facts(buys=4), [uuid.uuid4()])
    assert freezing.differing(before.sections, after.sections) == ("buys", "photographs")
    assert freezing.differing(before.sections, before.sections) == ()
