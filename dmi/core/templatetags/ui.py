"""Small parts every page is put together from: icons, status words, list marks, sealed chips, form tokens."""

from __future__ import annotations

import uuid
from typing import Any

from django import template
from django.forms import BoundField
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from dmi.core.dates import long_date, long_when, short_date

register = template.Library()
register.filter("long_date", lambda day: long_date(day) if day else "")
register.filter("long_when", lambda moment: long_when(moment) if moment else "")
register.filter("short_date", lambda day: short_date(day) if day else "")

# Paths on a 20 by 20 field, drawn as lines. A shape is a tag with its attributes.
PATH = '<path d="{}"/>'
CIRCLE = '<circle cx="{}" cy="{}" r="{}"/>'
ICONS: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "done": ((PATH, ("M4 10.5l4 4 8-9",)),),
    "active": ((CIRCLE, ("10", "10", "6.8")), (PATH, ("M10 3.2a6.8 6.8 0 0 1 0 13.6z",))),
    "due": ((CIRCLE, ("10", "10", "7.5")), (PATH, ("M10 5.5V10l3 2",))),
    "look": ((PATH, ("M10 3.2l7.6 13.3H2.4zM10 8.2v4M10 14.3v.1",)),),
    "blocked": ((PATH, ("M7 2.5h6L17.5 7v6L13 17.5H7L2.5 13V7z",)), (PATH, ("M10 6v5M10 13.7v.1",))),
    "idle": ((CIRCLE, ("10", "10", "6.5")),),
    "area": ((PATH, ("M4 6l6-3 6 4-1.5 8.5L6 16z",)),),
    "lock": ((PATH, ("M4 9h12v8H4zM6.5 9V6.5a3.5 3.5 0 0 1 7 0V9",)),),
    "print": ((PATH, ("M5.5 7V3h9v4M5.5 14h-2V7.5h13V14h-2M5.5 12h9v5h-9z",)),),
    "search": ((CIRCLE, ("8.5", "8.5", "5.2")), (PATH, ("M12.5 12.5L17 17",))),
    "menu": ((PATH, ("M3 6h14M3 10h14M3 14h14",)),),
    "down": ((PATH, ("M5 7.5l5 5 5-5",)),),
    "differ": ((PATH, ("M2.5 4H9v12H2.5zM11 4h6.5v12H11z",)),),
    "audio": ((PATH, ("M3.5 8.5v3M7.8 5v10M12.2 7.5v5M16.5 9v2",)),),
    "photo": ((PATH, ("M2.5 4.5h15v11h-15zM2.5 14l4.5-4 3.5 3 2.5-2 4.5 4",)),),
    "video": ((PATH, ("M2.5 5.5h10v9h-10zM12.5 9l5-2.5v7l-5-2.5",)),),
    "bell": ((PATH, ("M5 14V9a5 5 0 0 1 10 0v5l1.5 1.5h-13zM8.5 17.5h3",)),),
    "plus": ((PATH, ("M10 4v12M4 10h12",)),),
    "close": ((PATH, ("M5 5l10 10M15 5L5 15",)),),
    "download": ((PATH, ("M10 3v9M6 8.5l4 4 4-4M3.5 16.5h13",)),),
    "book": ((PATH, ("M5 3h11v14H5zM8 3v14M3 6h3M3 10h3M3 14h3",)),),
}
ICONS["clock"] = ICONS["due"]
STATUS_CLASS = {"done", "active", "due", "look", "blocked", "idle"}
MARKS = {
    "A": ("a", '<rect x="1" y="1" width="20" height="20"/><text x="11" y="15.6">A</text>'),
    "B": ("b", '<circle cx="11" cy="11" r="9.8"/><text x="11" y="15.6">B</text>'),
    "?": ("o", '<path d="M11 1l10 10-10 10L1 11z"/><text x="11" y="15.4">?</text>'),
}


@register.simple_tag
def icon(name: str) -> SafeString:
    """A line icon, hidden from screen readers; an unknown name draws nothing."""
    shapes = format_html_join("", "{}", ((format_html(tag, *values),) for tag, values in ICONS.get(name, ())))
    return format_html('<svg class="ic" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>', shapes)


@register.simple_tag
def status(kind: str, words: Any = "") -> SafeString:
    """A state in words with its icon, never in color alone. Kinds: done, active, due, look, blocked, idle."""
    known = kind if kind in STATUS_CLASS else "idle"
    return format_html('<span class="st st--{}">{}{}</span>', known, icon(known), words)


@register.simple_tag
def mark(letter: str, words: str = "") -> SafeString:
    """The mark of a list: A prosecute, B call-in, ? not decided. Without `words` the page says them beside it."""
    code, shapes = MARKS.get(letter, MARKS["?"])
    drawn = format_html(shapes + "{}", "")
    return format_html(
        '<span class="mk mk--{}"><svg viewBox="0 0 22 22" aria-hidden="true">{}</svg>{}</span>',
        code,
        drawn,
        format_html("<span>{}</span>", words) if words else "",
    )


@register.simple_tag
def sealed(who: str, what: str = "") -> SafeString:
    """A chip where something exists that this seat does not read, naming who holds it, and what it is where needed."""
    words = f"{what}, sealed to {who}" if what else f"Sealed to {who}"
    return format_html('<span class="sealed">{}<span>{}</span></span>', icon("lock"), words)


@register.simple_tag
def silhouette() -> SafeString:
    """The figure that stands where there is no photograph."""
    return format_html(
        '<svg class="sil" viewBox="0 0 36 44" aria-hidden="true">{}</svg>',
        format_html(
            '<circle cx="{}" cy="{}" r="{}"/><path d="{}"/>', "18", "16", "7.4", "M3 44c1-12 7-17 15-17s14 5 15 17z"
        ),
    )


@register.simple_tag(takes_context=True)
def form_tokens(context: Context) -> SafeString:
    """The two hidden fields of every form that changes something: CSRF, and the token that stops a double click."""
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="once" value="{}">',
        context.get("csrf_token", ""),
        uuid.uuid4(),
    )


STATE_KINDS = {
    "done": "done",
    "under_way": "active",
    "missing": "idle",
    "late": "blocked",
    "not_applicable": "idle",
    "not_yet": "idle",
}


@register.filter
def state_kind(state: str) -> str:
    """The status kind that shows an element's state."""
    return STATE_KINDS.get(str(state), "idle")


@register.filter
def station_class(state: str) -> str:
    """The class of a station on the line, by its state."""
    names = {"done": "is-done is-past", "under_way": "is-active is-past", "late": "is-blocked is-past"}
    return names.get(str(state), "is-idle")


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The page's query string with some values changed, for pagers and filters; starts with "?"."""
    query = context["request"].GET.copy()
    for name, value in changes.items():
        query[name] = str(value)
    return f"?{query.urlencode()}"


WIDGET_CLASS = {"select": "usa-select", "textarea": "usa-textarea", "file": "usa-file-input"}
CHOICE_INPUTS = {"checkbox", "radio"}


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the field is one checkbox, whose words stand beside it."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not field.use_fieldset


@register.filter
def dressed(field: BoundField) -> SafeString:
    """The field's input with the class of its kind, keeping classes the form itself gave."""
    widget = field.field.widget
    kind = getattr(widget, "input_type", "") or "textarea"
    if kind in CHOICE_INPUTS:
        return field.as_widget()
    classes = " ".join(filter(None, (widget.attrs.get("class"), WIDGET_CLASS.get(kind, "usa-input"))))
    return field.as_widget(attrs={"class": classes})
