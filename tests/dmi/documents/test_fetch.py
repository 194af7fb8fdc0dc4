"""The renderer reads our static files and the photographs handed in, and nothing else."""

from __future__ import annotations

import uuid
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from dmi.documents import render
from dmi.documents.fetch import ORIGIN, AddressRefused, PaperFetcher
from tests.factories import documents as make

PAGE = '<html lang="en"><head><title>Page</title></head><body><p>Words</p>{}</body></html>'
OURS = uuid.uuid4()
FOREIGN = [
    "file:///etc/passwd",
    "file:/etc/passwd",
    "http://127.0.0.1/x.png",
    "https://example.org/x.png",
    "ftp://example.org/x.png",
    "//example.org/x.png",
    "data:image/png;base64,AAAA",
    f"media:{uuid.UUID(int=7)}",
    "media:../../etc/passwd",
    "/etc/passwd",
    "/media/evidence/x.jpg",
    f"{ORIGIN}/static/../manage.py",
    f"{ORIGIN}/static/%2e%2e/%2e%2e/etc/passwd.css",
    f"{ORIGIN}/static//etc/passwd.css",
    f"{ORIGIN}/static/css/print.py",
    f"{ORIGIN}@example.org/static/css/print.css",
    f"{ORIGIN}:8000/static/css/print.css",
]
SMUGGLED = [
    '<link rel="attachment" href="file:///etc/passwd">',
    '<object data="file:///etc/passwd"></object>',
    '<embed src="file:///etc/passwd">',
    "<style>@import 'file:///etc/passwd';</style>",
    "<style>p { background: url(file:///etc/passwd) }</style>",
    "<style>@font-face { font-family: x; src: url(file:///etc/passwd) } p { font-family: x }</style>",
    '<svg viewBox="0 0 9 9"><image width="9" height="9" href="file:///etc/passwd"/></svg>',
    '<base href="file:///etc/"><img alt="" src="passwd">',
]


@pytest.mark.parametrize("address", FOREIGN)
def test_a_foreign_address_is_refused_and_nothing_is_written(address, tmp_path):
    photo = make.photograph(tmp_path / "photo.jpg")
    with pytest.raises(render.RenderRefused):
        render.write(PAGE.format(f'<img alt="" src="{address}">'), tmp_path / "page.pdf", media={OURS: photo})
    assert not (tmp_path / "page.pdf").exists()


@pytest.mark.parametrize("markup", SMUGGLED)
def test_no_element_or_style_smuggles_a_file_in(markup, tmp_path):
    with pytest.raises(render.RenderRefused):
        render.write(PAGE.format(markup), tmp_path / "page.pdf", media={})


def test_the_fetcher_never_opens_an_address():
    with pytest.raises(AddressRefused):
        PaperFetcher({}).open("file:///etc/passwd")


def test_a_photograph_of_this_document_is_drawn(tmp_path):
    photo = make.photograph(tmp_path / "photo.jpg")
    made = render.write(
        PAGE.format(f'<img alt="A still" src="media:{OURS}">'), tmp_path / "page.pdf", media={OURS: photo}
    )
    assert made.pages == 1
    assert made.path.stat().st_size > photo.stat().st_size


def test_a_static_style_sheet_is_read():
    fetched = PaperFetcher({}).fetch(f"{ORIGIN}/static/css/print.css")
    assert fetched.content_type == "text/css"
    assert fetched.read() == Path(finders.find("css/print.css")).read_bytes()
