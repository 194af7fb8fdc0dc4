"""A print run: a job each, then one file whose numbers agree with its sheets."""

from __future__ import annotations

import pikepdf
import pytest

from dmi.documents import actions, merge, paper, selectors, store
from dmi.documents.models import Document
from dmi.jobs.models import Job
from tests.dmi.documents.test_render import text_of
from tests.factories import documents as make

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_binder_has_contents_outline_labels_and_marks(market, ames, sorrel):
    run = make.drawn(make.binder(market, ames, sorrel))
    pages = text_of(run)
    documents = [part.document for part in run.parts.select_related("document")]
    assert len(pages) == run.pages == 1 + sum(document.pages for document in documents)
    for number, page in enumerate(pages, start=1):
        assert "Call-in binder, copy 1 · Printed " in page
        assert f"Page {number} of {len(pages)}" in page
        assert "Test notebook E-" not in page
    first_of_second = 2 + documents[0].pages
    assert "Person 2" in pages[first_of_second - 1]
    assert f"E-02 Person 2 E-02 page {first_of_second}" in " ".join(pages[0].split())
    with pikepdf.open(store.private().path(run.file.name)) as pdf:
        assert [page.label for page in pdf.pages] == [str(n) for n in range(1, len(pages) + 1)]
        with pdf.open_outline() as outline:
            assert [item.title for item in outline.root] == [
                "Contents",
                *(f"E-0{n} Person {n}" for n in (1, 2, 3)),
            ]
            assert outline.root[2].destination[0].objgen == pdf.pages[first_of_second - 1].obj.objgen
            assert outline.root[2].children


def test_each_part_has_its_own_job_and_the_whole_comes_last(market, ames, sorrel):
    run = make.binder(market, ames, sorrel)
    assert run.job.total == 3
    assert run.job.children.count() == 3
    make.drawn(run)
    assert set(Job.objects.for_case(market).values_list("state", flat=True)) == {"done"}


def test_pressed_again_there_is_one_run_and_no_second_copy(market, ames, sorrel):
    first = make.binder(market, ames, sorrel)
    assert make.binder(market, ames, sorrel) == first
    assert Document.objects.for_case(market).count() == 3


def test_a_further_copy_uses_the_same_documents(market, ames, sorrel):
    first = make.drawn(make.binder(market, ames, sorrel))
    second = make.drawn(actions.run_again(run=first, actor=ames))
    assert (second.copy_number, second.pages) == (2, first.pages)
    assert Document.objects.for_case(market).count() == 3
    assert "Call-in binder, copy 2" in text_of(second)[0]


def test_asked_again_after_a_change_only_the_changed_part_is_issued_anew(market, ames, sorrel):
    make.drawn(make.binder(market, ames, sorrel))
    changed = make.parts(sorrel)
    changed[1] = make.actions.Part(
        kind=make.NOTEBOOK, facts=make.notebook_facts("Person 2", buys=7), heading="E-02 Person 2", key="notebook:E-02",
        player_number="E-02", approved_by=sorrel,
    )  # fmt: skip
    make.drawn(make.binder(market, ames, sorrel, parts=changed, again=True))
    assert Document.objects.for_case(market).count() == 4
    assert selectors.latest(market, "notebook:E-02").turn == 2


def test_front_sheets_come_before_the_contents_and_tabs_stay_off_it(market, ames, sorrel):
    cover = make.actions.Part(
        kind=make.LETTER,
        facts=make.letter_facts("Cover"),
        heading="Cover",
        key="cover",
        is_front=True,
        is_listed=False,
    )
    run = make.drawn(make.binder(market, ames, sorrel, parts=[*make.parts(sorrel, 1), cover]))
    pages = text_of(run)
    assert "Dear Cover" in pages[0]
    assert "E-01 Person 1 E-01 page 3" in " ".join(pages[1].split())
    assert "Cover" not in pages[1].replace("Call-in", "")


def test_a_failed_part_leaves_the_whole_undone_and_says_so(market, ames, sorrel):
    broken = make.parts(sorrel)
    bad_facts = make.notebook_facts() | {"warrant": make.actions.section("warrants", text="Signed.")}
    broken[2] = make.actions.Part(kind=make.NOTEBOOK, facts=bad_facts, heading="Bad", key="bad", approved_by=sorrel)
    run = make.binder(market, ames, sorrel, parts=broken)
    assert make.ended(run).state == "failed"
    run.refresh_from_db()
    assert run.state == "preparing"
    with pytest.raises(paper.NotDeliverable):
        paper.deliver(printed=run, actor=ames)


def test_an_empty_run_and_a_run_without_the_right_are_refused(market, ames, marsh):
    with pytest.raises(actions.NothingToPrint):
        make.binder(market, ames, parts=[])
    with pytest.raises(actions.MayNotIssue):
        make.binder(market, marsh)


def test_a_coordinator_without_clearance_can_queue_the_binder_and_not_open_it(market, pilot, sorrel):
    run = make.drawn(make.binder(market, pilot, sorrel))
    run = paper.approve(printed=run, actor=sorrel) if run.awaits_second else run
    with pytest.raises(paper.MayNotPrint):
        paper.deliver(printed=run, actor=pilot)
    assert paper.deliver(printed=run, actor=sorrel)


def test_a_run_of_letters_has_no_contents_page(market, ames):
    letters = [
        actions.Part(kind=make.LETTER, facts=make.letter_facts(f"P{n}"), heading=f"E-0{n}", key=f"letter:E-0{n}")
        for n in (1, 2)
    ]
    run = make.drawn(
        actions.issue_run(case=market, title="Letters", parts=letters, actor=ames, key="letters", binder=False)
    )
    assert run.pages == 2
    assert "Dear P1" in text_of(run)[0]


def test_the_contents_page_counts_its_own_length():
    sources = [merge.Source(open=lambda: None, heading=str(n), pages=2) for n in range(3)]
    assert [entry.page for entry in merge.contents(sources, 1)] == [2, 4, 6]
    assert [entry.page for entry in merge.contents(sources, 3)] == [4, 6, 8]
