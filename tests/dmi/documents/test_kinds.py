"""A kind of document that the access policy does not allow stops the program, not the reader."""

from __future__ import annotations

import pytest

from dmi.cases import policy
from dmi.documents import kinds, selectors
from dmi.documents.kinds import DocumentKind, KindRefused
from dmi.documents.models import Document


def kind(data_class: str, **fields) -> DocumentKind:
    return DocumentKind("test_refused", "Test", "x.html", data_class, **fields)


@pytest.mark.parametrize("never", sorted(kinds.NEVER_ON_PAPER))
def test_no_kind_may_carry_what_is_never_on_paper(never):
    with pytest.raises(KindRefused):
        kinds.register(kind("notebooks", may_include=frozenset({never})))
    with pytest.raises(KindRefused):
        kinds.register(kind("notebooks", released=frozenset({never})))
    with pytest.raises(KindRefused):
        kinds.register(kind(never))


def test_facts_about_minors_are_no_part_of_another_kind():
    with pytest.raises(KindRefused):
        kinds.register(kind("notebooks", may_include=frozenset({"juvenile"})))


@pytest.mark.parametrize(
    ("data_class", "other"),
    [
        ("notebooks", "wants"),
        ("notebooks", "influentials"),
        ("planning_items", "player_list"),
        ("services_catalogue", "follow_up"),
        ("letters", "warrants"),
        ("meetings", "community_contacts"),
    ],
)
def test_facts_do_not_flow_into_a_drawer_that_others_can_open(data_class, other):
    with pytest.raises(KindRefused):
        kinds.register(kind(data_class, may_include=frozenset({other})))


def test_a_prosecutor_releases_work_product_but_not_services_facts():
    kinds.register(kind("notebooks", released=frozenset({"warrants"})))
    kinds.forget("test_refused")
    with pytest.raises(KindRefused):
        kinds.register(kind("notebooks", released=frozenset({"wants"})))


def test_an_unknown_class_or_right_is_refused():
    with pytest.raises(KindRefused):
        kinds.register(kind("gossip"))
    with pytest.raises(KindRefused):
        kinds.register(kind("letters", needs="letters.publish"))


def test_a_code_means_one_kind_only():
    first = kinds.register(kind("letters"))
    assert kinds.register(kind("letters")) == first
    with pytest.raises(KindRefused):
        kinds.register(kind("meetings"))
    kinds.forget("test_refused")
    with pytest.raises(kinds.UnknownKind):
        kinds.get("test_refused")


def test_printing_the_class_is_the_right_to_issue_unless_the_kind_names_another():
    assert kind("letters").right_to_issue == "letters.print"
    assert kind("letters", needs="act.issue_letter").right_to_issue == "act.issue_letter"


def test_whoever_may_issue_a_kind_may_have_its_file():
    left_empty_handed = [
        (kind.code, seat)
        for kind in kinds.every()
        for seat in policy.SEATS
        if kind.right_to_issue in (can := policy.rights(frozenset({seat}), cleared=True))
        and not selectors.may_print(Document(kind=kind.code, label_class=kind.data_class), can)
    ]
    assert left_empty_handed == []
