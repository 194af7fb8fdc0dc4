"""The lists of names and addresses, their numbered copies, the blank forms, and the baseline's totals."""

from __future__ import annotations

import pytest
from dateutil.relativedelta import relativedelta
from django.template.loader import render_to_string
from django.utils import timezone

from dmi.documents.models import Document
from targeting.survey import actions, letters, selectors
from targeting.survey.models import AddressMention
from targeting.survey.selectors.baseline import suppress
from tests.factories import survey as made

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(case):
    """One name and one address, each named by an officer and a resident."""
    interview, reply, player = made.interview(case), made.reply(case), made.player(case)
    actions.name_in_interview(interview=interview, actor=None, player=player, why="Seen.")
    actions.name_in_reply(reply=reply, actor=None, player=player, why="Heard.")
    for source, address in ((interview, "814 Calder Street"), (reply, "814 Calder St.")):
        actions.mention_address(source=source, actor=None, address=address, kind="house", why="Cars stop all night.")
    return player


def test_an_address_named_twice_is_one_entry_with_its_sources_and_review_date(case, named):
    (row,) = selectors.address_list(case)
    assert (row.sources.independent, row.sources.words) == (2, "1 street, residents")
    assert row.place.basis == "Cars stop all night."
    assert row.review_by == timezone.localtime(AddressMention.objects.latest("created_at").created_at).date() + (
        relativedelta(months=12)
    )


def test_the_same_source_names_an_address_once(case, named, at, url):
    client = at("police")
    interview = made.interview(case, client.user)
    page = url("survey:mention-in-interview", interview.pk)
    sent = {"address": "814 CALDER STREET", "kind": "house", "why": "Seen.", "version": "0"}
    assert client.post(page, sent).status_code == 302
    assert client.post(page, sent).status_code == 422
    assert client.post(page, sent | {"address": ""}).status_code == 422
    assert "814 Calder Street" in client.get(url("survey:interview", interview.pk)).content.decode()


def test_a_resident_alone_makes_no_source(case):
    actions.mention_address(source=made.reply(case), actor=None, address="9 Eighth Avenue", why="Lights at night.")
    (row,) = selectors.address_list(case)
    assert row.sources.independent == 0


def test_the_lists_show_basis_sources_and_review_date(named, at, url):
    names = at("prosecutor").get(url("survey:names")).content.decode()
    assert "1 street, residents" in names
    assert "Report 26-04471." in names
    addresses = at("police").get(url("survey:addresses")).content.decode()
    assert "814 Calder Street" in addresses
    for page in ("survey:names", "survey:addresses"):
        assert at("community").get(url(page)).status_code == 403
        assert at("police", cleared=False).get(url(page)).status_code == 403


def test_numbered_copies_of_both_lists(case, named, at, url):
    client = at("police")
    for page in ("survey:print-names", "survey:print-addresses"):
        assert client.post(url(page)).status_code == 302
        assert client.post(url(page)).status_code == 302
    kinds = list(Document.objects.for_case(case).order_by("kind").values_list("kind", "copy_number", "needs_second"))
    assert kinds == [("key_addresses", 1, False), ("player_list", 1, True)]
    assert at("coordinator").post(url("survey:print-names")).status_code == 403


def test_papers_say_what_they_must(case, named):
    today = timezone.localdate()
    paper = {"title": "List"}
    names = render_to_string(letters.PLAYER_LIST.template, {"facts": letters.player_list(case, today), "paper": paper})
    assert "Casey Brightwell" in names
    assert "1 street, residents" in names
    places = render_to_string(
        letters.KEY_ADDRESSES.template, {"facts": letters.key_addresses(case, today), "paper": paper}
    )
    assert "Cars stop all night." in places
    assert "Casey" not in places


@pytest.mark.parametrize(("group", "language", "words"), [
    ("community", "es", "¿Dónde ve que se venden drogas?"),
    ("community", "en", "Very unsafe"),
    ("vice", "en", "People who deal here"),
])  # fmt: skip
def test_blank_forms_are_printed_in_the_version_in_use(case, at, url, group, language, words):
    facts = letters.paper_form(case, selectors.current_set(group), language)
    page = render_to_string(letters.PAPER_FORM.template, {"facts": facts, "paper": {"title": "Form"}})
    assert words in page
    client = at("community", cleared=False)
    assert client.post(url("survey:print-form"), {"group": group, "language": language}).status_code == 302
    assert client.post(url("survey:print-form"), {"group": "nobody", "language": language}).status_code == 404


def test_paper_sheets_are_typed_in_one_after_the_other(at, url):
    client = at("community", cleared=False)
    sent = {"channel": "paper", "received_on": "2026-03-02", "language": "es", "answer_places": "Calder", "again": "1",
            "version": "0"}  # fmt: skip
    answer = client.post(url("survey:add-reply"), sent)
    assert answer.url.endswith("?channel=paper")


def test_small_counts_of_the_baseline_are_hidden(case, at, url):
    for index in range(24):
        made.reply(
            case, answers={"safe_night": "1" if index < 20 else "3", "heard": "yes"} if index else {"heard": "yes"}
        )
    rows = {row.words: row for row in selectors.baseline(case)}
    night = rows["And after dark?"]
    assert night.answered == 23
    assert [cell.number for cell in night.cells] == [None, 0, None, 0] or None in [c.number for c in night.cells]
    hidden = [cell for cell in night.cells if cell.number is None]
    assert len(hidden) >= 2
    assert rows["Police here treat people with respect."].is_hidden
    heard = [cell.number for cell in rows["Have you heard of the effort to close the drug market here?"].cells]
    assert heard == [0, 24]
    shown = at("research", cleared=False).get(url("survey:baseline")).content.decode()
    assert "hidden" in shown
    assert at("community").get(url("survey:baseline")).status_code == 403


@pytest.mark.parametrize(("numbers", "shown"), [
    ([20, 30, 0, 0], [20, 30, 0, 0]),
    ([20, 3, 15, 12], [20, None, 15, None]),
    ([5, 6, 30], [None, None, 30]),
    ([2, 3, 40], [None, None, None]),
    ([30, 4], [None, None]),
])  # fmt: skip
def test_what_is_hidden_cannot_be_worked_out(numbers, shown):
    assert suppress(numbers) == shown
