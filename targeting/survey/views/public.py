"""The page a resident answers on: no account, nothing kept until it is sent, nothing kept of who sent it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import public_view
from targeting.survey import actions, forms, selectors
from targeting.survey.forms.answers import PREFIX
from targeting.survey.models import CommunityLink, Question
from targeting.survey.models.questions import COMMUNITY
from targeting.survey.wording import LANGUAGES, say


@dataclass(frozen=True, slots=True)
class Sheet:
    """What one resident has open: through which link, in which language, and what was typed so far."""

    request: HttpRequest
    link: CommunityLink
    language: str
    screens: list[list[Question]]
    once: uuid.UUID

    @property
    def typed(self) -> QueryDict:
        """Everything typed up to now, on this screen and the others."""
        return self.request.POST


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@public_view
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One screen of questions after the other; what was typed travels in the page until the last button."""
    link, language = _link(token), _language(request)
    with timezone.override(link.case.time_zone):
        if not link.is_live(timezone.localdate()):
            return _told(request, link, language, "closed", status=410)
        screens = selectors.screens(selectors.current_set(COMMUNITY))
        sheet = Sheet(request, link, language, screens, _once(request))
        return _screen(sheet, 0) if request.method == "GET" else _go_on(sheet)


@require_GET
@public_view
def thank(request: HttpRequest, token: str) -> HttpResponse:
    """The answers have arrived."""
    return _told(request, _link(token), _language(request), "thanks")


def _link(token: str) -> CommunityLink:
    link = selectors.link_by_token(token)
    if link is None:
        raise Http404
    return link


def _language(request: HttpRequest) -> str:
    """As chosen on the page; else as the phone is set."""
    given = request.POST.get("to") or request.POST.get("lang") or request.GET.get("lang") or ""
    if given in LANGUAGES:
        return given
    return "es" if request.headers.get("Accept-Language", "").lower().startswith("es") else "en"


def _go_on(sheet: Sheet) -> HttpResponse:
    """To the next screen, back, or away with it; another language shows the same screen again."""
    last = len(sheet.screens)
    number = _number(sheet.typed.get("screen"), last)
    go = "" if sheet.typed.get("to") else sheet.typed.get("go", "")
    if go == "back":
        return _screen(sheet, max(number - 1, 0))
    if go == "send" and number == last:
        return _send(sheet)
    if go == "next" and number < last:
        form = _questions(sheet, number)
        return _screen(sheet, number + 1) if form.is_valid() else _screen(sheet, number, form=form)
    return _screen(sheet, number)


def _questions(sheet: Sheet, number: int) -> forms.ScreenForm:
    return forms.ScreenForm(sheet.typed, questions=sheet.screens[number], language=sheet.language)


def _send(sheet: Sheet) -> HttpResponse:
    contact = forms.ContactForm(sheet.typed, language=sheet.language)
    answers: dict[str, Any] = {}
    for number in range(len(sheet.screens)):
        form = _questions(sheet, number)
        if not form.is_valid():
            return _screen(sheet, number, form=form)
        answers |= form.answers
    if not answers or not contact.is_valid():
        return _screen(sheet, len(sheet.screens), form=contact, wrong="wrong" if answers else "nothing")
    try:
        actions.answer_through(
            link=sheet.link, once=sheet.once, address=sheet.request.META.get("REMOTE_ADDR", ""),
            language=sheet.language, answers=answers, contact=contact.cleaned_data,
        )  # fmt: skip
    except actions.TooManyAnswers:
        return _told(sheet.request, sheet.link, sheet.language, "often", status=429)
    except actions.LinkIsClosed:
        return _told(sheet.request, sheet.link, sheet.language, "closed", status=410)
    return redirect(reverse("answer:thanks", args=[sheet.link.token]) + f"?lang={sheet.language}")


def _screen(sheet: Sheet, number: int, *, form: Any = None, wrong: str = "wrong") -> HttpResponse:
    """The screen `number`; the one after the last question asks for a contact."""
    is_last = number == len(sheet.screens)
    words = say(sheet.language, market=sheet.link.case.name)
    shown = form or _fresh(sheet, number)
    context = {
        "link": sheet.link,
        "language": sheet.language,
        "say": words,
        "form": shown,
        "number": number,
        "once": sheet.once,
        "is_first": number == 0,
        "is_last": is_last,
        "other": "en" if sheet.language == "es" else "es",
        "carried": _carried(sheet.typed, shown),
        "wrong": words[wrong] if form is not None else "",
        "where": words["screen"].format(number=number + 1, total=len(sheet.screens) + 1),
    }
    return render(sheet.request, "survey/answer/screen.html", context, status=200 if form is None else 422)


def _fresh(sheet: Sheet, number: int) -> forms.ScreenForm | forms.ContactForm:
    """The form of a screen, with what was typed on it before."""
    typed, language = sheet.typed, sheet.language
    if number == len(sheet.screens):
        start = {name: typed.get(name, "") for name in ("name", "reached_at")}
        return forms.ContactForm(language=language, initial=start)
    questions = sheet.screens[number]
    known = [question for question in questions if PREFIX + question.code in typed]
    start = {PREFIX + q.code: _typed(typed, q) for q in known}
    return forms.ScreenForm(questions=questions, language=language, initial=start)


def _typed(typed: QueryDict, question: Question) -> Any:
    name = PREFIX + question.code
    return typed.getlist(name) if question.kind == Question.Kind.MANY else typed[name]


def _carried(typed: QueryDict, form: Any) -> list[tuple[str, str]]:
    """What was typed on the other screens, as hidden fields of this one."""
    here = set(form.fields)
    names = [name for name in typed if (name.startswith(PREFIX) or name in ("name", "reached_at")) and name not in here]
    return [(name, value) for name in names for value in typed.getlist(name) if value]


def _number(said: str | None, most: int) -> int:
    try:
        return min(max(int(said or 0), 0), most)
    except ValueError:
        return 0


def _once(request: HttpRequest) -> uuid.UUID:
    try:
        return uuid.UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid.uuid4()


def _told(request: HttpRequest, link: CommunityLink, language: str, what: str, *, status: int = 200) -> HttpResponse:
    words = say(language, market=link.case.name)
    context = {"language": language, "say": words, "link": link, "heading": words[f"{what}_title"],
               "text": words[what], "is_thanks": what == "thanks"}  # fmt: skip
    return render(request, "survey/answer/told.html", context, status=status)
