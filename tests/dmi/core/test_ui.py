"""The parts pages are put together from: what they draw, what they escape, how a form shows what is wrong."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django import forms
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory

from dmi.core.dates import long_date, long_when, short_date
from dmi.core.http import page_or_part

HOSTILE = '<img src=x onerror="alert(1)">'
ROOT = Path(settings.ROOT)


def drawn(source: str, **context: Any) -> str:
    """A template with the parts loaded."""
    return (
        engines["django"]
        .from_string("{% load ui %}" + source)
        .render(context, RequestFactory().get("/list/?q=a&page=1"))
    )


class Example(forms.Form):
    """One field of each kind."""

    name = forms.CharField(help_text="As the record has it.")
    note = forms.CharField(widget=forms.Textarea, required=False)
    choice = forms.ChoiceField(choices=[("a", "Prosecute"), ("b", "Call in")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="It is written down")
    kind = forms.ChoiceField(choices=[("x", "Street")])
    file = forms.FileField(required=False)


@pytest.fixture
def request_with_messages() -> HttpRequest:
    request = RequestFactory().post("/act/")
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


@pytest.mark.parametrize("part", ['{% status "done" words %}', '{% mark "A" words %}', "{% sealed words %}"])
def test_words_given_to_a_part_are_escaped(part: str) -> None:
    html = drawn(part, words=HOSTILE)
    assert "<img" not in html
    assert "&lt;img" in html


def test_a_status_is_an_icon_and_a_word_and_an_unknown_kind_is_quiet() -> None:
    html = drawn('{% status "blocked" "Blocked" %}')
    assert 'class="st st--blocked"' in html
    assert "<svg" in html
    assert "Blocked" in html
    assert 'class="st st--idle"' in drawn('{% status kind "x" %}', kind='"><script>')


def test_a_mark_says_its_words_once_or_leaves_them_to_the_page() -> None:
    assert drawn('{% mark "B" "Call-in" %}').count("Call-in") == 1
    assert "Call-in" not in drawn('{% mark "B" %}')
    assert "mk--o" in drawn('{% mark "C" %}')


def test_an_unknown_icon_draws_nothing() -> None:
    assert "<path" not in drawn('{% icon "nothing" %}')


def test_form_tokens_differ_every_time() -> None:
    first, second = drawn("{% form_tokens %}"), drawn("{% form_tokens %}")
    assert 'name="once"' in first
    assert first != second


def test_the_pager_keeps_the_query() -> None:
    page = Paginator(range(120), 50).page(2)
    html = drawn('{% include "components/pager.html" %}', page=page)
    assert "?q=a&amp;page=3" in html
    assert "Page 2 of 3, 120 in all" in html
    assert "Pages" not in drawn('{% include "components/pager.html" %}', page=Paginator([], 50).page(1))


def test_every_kind_of_field_has_a_label_a_hint_and_a_class() -> None:
    html = str(Example())
    assert '<label class="usa-label" for="id_name">' in html
    assert 'id="id_name_helptext"' in html
    assert 'aria-describedby="id_name_helptext"' in html
    for css in ("usa-input", "usa-textarea", "usa-select", "usa-file-input", "choices", "opt"):
        assert css in html
    assert html.count("(optional)") == 2
    assert "errors" not in html


def test_a_wrong_form_says_so_on_top_and_beside_the_field_and_keeps_what_was_typed() -> None:
    html = str(Example({"note": HOSTILE, "choice": HOSTILE}))
    assert '<a href="#id_name">Name: This field is required.</a>' in html
    assert '<a href="#id_choice_0">' in html
    assert 'id="id_name_error"' in html
    assert "<img" not in html
    assert "&lt;img src=x" in html


def test_a_person_without_a_photo_gets_a_silhouette_and_a_hostile_name_stays_text() -> None:
    html = render_to_string("components/person.html", {"name": HOSTILE, "number": "E-07", "url": "/p/"})
    assert 'class="sil"' in html
    assert "<img" not in html


def test_the_warrant_mark_says_unsigned() -> None:
    assert "Unsigned. Not in force." in render_to_string("components/doc_warrant_mark.html")


def test_dates_are_said_in_words() -> None:
    assert long_date(date(2026, 5, 14)) == "Thu, May 14, 2026"
    assert short_date(date(2026, 5, 14)) == "May 14, 2026"
    assert long_when(datetime(2026, 5, 14, 22, 30, tzinfo=UTC)) == "Thu, May 14, 2026, 6:30 pm"
    assert drawn("{{ nothing|long_date }}{{ nothing|long_when }}{{ nothing|short_date }}", nothing=None) == ""


def test_without_htmx_an_act_leads_back_to_the_page(request_with_messages: HttpRequest) -> None:
    part = "components/empty.html"
    response = page_or_part(request_with_messages, page="/list/", part=part, context={}, message="Recorded.")
    assert response.status_code == 302
    assert [str(said) for said in request_with_messages._messages] == ["Recorded."]  # type: ignore[attr-defined]


def test_with_htmx_an_act_answers_with_the_part_and_the_message(request_with_messages: HttpRequest) -> None:
    request_with_messages.META["HTTP_HX_REQUEST"] = "true"
    given = {"title": "Nothing yet", "text": "Add one."}
    response = page_or_part(
        request_with_messages, page="/list/", part="components/empty.html", context=given, message=HOSTILE
    )
    html = response.content.decode()
    assert response.status_code == 200
    assert response.has_acted  # type: ignore[attr-defined]
    assert "Nothing yet" in html
    assert 'hx-swap-oob="innerHTML"' in html
    assert "&lt;img" in html
    assert "<img" not in html


@pytest.mark.parametrize("folder", ["templates", "static/js", "static/css"])
def test_nothing_breaks_the_content_policy(folder: str) -> None:
    """No inline script, style or event handler, and nothing from another host."""
    for path in (ROOT / folder).rglob("*.*"):
        text = path.read_text(errors="replace")
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert "<script>" not in text, path
        assert " onclick=" not in text, path
        for scheme in ("https://", "http://"):
            assert text.replace("http://www.w3.org/", "").count(scheme) == 0, path
