"""From frozen facts to the sheet: real PDFs, read back with other tools."""

from __future__ import annotations

import subprocess
import sys
import tempfile

import pikepdf
import pytest
from celery.signals import worker_process_shutdown

from dmi.documents import make as making
from dmi.documents import pictures, render, store
from dmi.jobs import actions as jobs
from tests.factories import documents as make

pytestmark = pytest.mark.django_db(transaction=True)
HOSTILE = '<img src="file:///etc/passwd"><script>alert(1)</script>{{ facts.name.__class__ }}{% load static %}&amp;'


def text_of(printed) -> list[str]:
    """The text of each page, as another program reads it."""
    with store.reading(printed.file.name) as stream:
        said = subprocess.run(["pdftotext", "-layout", "-", "-"], stdin=stream, capture_output=True, check=True)
    return said.stdout.decode().split("\f")[:-1]


def test_a_notebook_has_its_pages_and_marks_on_each(market, ames, sorrel):
    notebook = make.drawn(make.notebook(market, ames))
    pages = text_of(notebook)
    assert len(pages) == notebook.pages >= 3
    for number, page in enumerate(pages, start=1):
        assert "Law enforcement sensitive · Test notebook E-07, copy 1 · Printed " in page
        assert "for T. Ames · Invented facts" in page
        assert f"Page {number} of {len(pages)}" in page
    assert "Buy number 3" in pages[-1]


def test_a_letter_that_leaves_the_team_carries_no_compartment(market, ames):
    letter = make.drawn(make.letter(market, ames))
    page = text_of(letter)[0]
    assert "E-07, copy 1 · " in page
    assert "Law enforcement" not in page
    assert "Ames" not in page


def test_markup_in_facts_is_printed_as_words(market, ames):
    letter = make.drawn(make.letter(market, ames, facts=make.letter_facts(HOSTILE)))
    flat = "".join("".join(text_of(letter)).split())
    assert "".join(HOSTILE.split()) in flat
    with pikepdf.open(store.private().path(letter.file.name)) as pdf:
        assert not pdf.attachments
        assert "/JavaScript" not in pdf.Root.get("/Names", {})


def test_drawn_twice_the_file_is_the_same_to_the_byte(market, ames, tmp_path):
    letter = make.drawn(make.letter(market, ames))
    letter = type(letter).objects.select_related("case", "created_by", "frozen").get(pk=letter.pk)
    again = making.write_document(letter, tmp_path)
    assert store.sha256_of(again.path) == letter.sha256 == store.hash_of(letter.file.name)


def test_a_photograph_is_on_its_page(market, ames, photo):
    facts = make.notebook_facts(buys=2, photo=photo.id)
    notebook = make.drawn(make.notebook(market, ames, facts=facts, media=[photo.id]))
    with pikepdf.open(store.private().path(notebook.file.name)) as pdf:
        pictures_found = {name for page in pdf.pages for name in page.images}
    assert pictures_found


def test_a_photograph_withdrawn_before_drawing_stops_the_job(market, ames, photo):
    facts = make.notebook_facts(buys=1, photo=photo.id)
    notebook = make.notebook(market, ames, facts=facts, media=[photo.id])
    photo.withhold()
    job = make.ended(notebook)
    assert (job.state, "not released" in job.error) == ("failed", True)


def test_a_photograph_the_document_was_not_given_stops_the_job(market, ames, photo):
    notebook = make.notebook(market, ames, facts=make.notebook_facts(photo=photo.id), media=[])
    job = make.ended(notebook)
    assert (job.state, "may not read" in job.error) == ("failed", True)


def test_without_its_words_a_notebook_is_not_printed(market, ames):
    facts = make.notebook_facts() | {"warrant": make.actions.section("warrants", text="Signed.")}
    job = make.ended(make.notebook(market, ames, facts=facts))
    assert (job.state, "lacks the words" in job.error) == ("failed", True)


def test_a_failed_drawing_can_be_tried_again(market, ames, photo):
    facts = make.notebook_facts(buys=1, photo=photo.id)
    notebook = make.notebook(market, ames, facts=facts, media=[photo.id])
    photo.withhold()
    assert make.ended(notebook).state == "failed"
    photo.is_released = True
    jobs.retry(job=notebook.job, actor=ames)
    assert make.drawn(notebook).is_ready


def test_a_large_photograph_is_scaled_once_and_kept(tmp_path, settings):
    large = make.photograph(tmp_path / "large.jpg", size=(3000, 2200))
    small = pictures.prepared(large)
    stamp = small.stat().st_mtime_ns
    assert small != large
    assert pictures.prepared(large) == small
    assert small.stat().st_mtime_ns == stamp
    with pictures.Image.open(small) as picture:
        assert max(picture.size) == pictures.LONGEST_SIDE


def test_a_small_photograph_is_used_as_it_is(tmp_path):
    photo = make.photograph(tmp_path / "small.jpg")
    assert pictures.prepared(photo) == photo


def test_the_document_is_tagged_and_says_its_language(market, ames):
    letter = make.drawn(make.letter(market, ames))
    with pikepdf.open(store.private().path(letter.file.name)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en-US"
        assert "Brightwell" not in str(pdf.docinfo)


def test_a_worker_that_ends_leaves_no_fonts_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    render._shared.cache_clear()
    render.write("<p>One line.</p>", tmp_path / "one.pdf", media={})
    assert list(tmp_path.glob("weasyprint-*"))
    worker_process_shutdown.send(sender=None)
    assert not list(tmp_path.glob("weasyprint-*"))


WORKER = """
import gc, sys, django
django.setup()
from celery.signals import worker_before_create_process
from dmi.celery import app
app.loader.import_default_modules()
print(*sorted(sys.modules.keys() & {"scipy", "pyproj", "icalendar", "rustworkx", "weasyprint"}))
worker_before_create_process.send(sender=None)
print("weasyprint" in sys.modules, gc.get_freeze_count() > 100_000)
"""


def test_a_worker_loads_what_drawing_needs_once_and_nothing_of_maps():
    asked = [sys.executable, "-c", WORKER]
    said = subprocess.run(asked, capture_output=True, check=True, text=True).stdout.splitlines()
    assert said == ["", "True True"]
