"""Officers' answers, what residents handed in, and whom and what they named."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.survey import actions, forms, selectors
from targeting.survey.models import AddressMention, Ask, CommunityReply, Interview, Nomination

PER_PAGE = 50
FORM_METHODS = ["GET", "POST"]
MAY_WRITE = ("officer_survey.change", "officer_survey.change_own")


@require_GET
@case_view("officer_survey.view", "officer_survey.view_own")
def list_interviews(request: CaseRequest) -> HttpResponse:
    """Officers' answers; a seat that sees its own only, those."""
    found = selectors.interviews(request.case, only_of=only(request, "officer_survey.view"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "survey/interviews.html", {"page": page})


@require_GET
@case_view("officer_survey.view", "officer_survey.view_own")
def show_interview(request: CaseRequest, interview_id: uuid.UUID) -> HttpResponse:
    """One officer's answers, whom the officer named and which addresses."""
    interview = _interview(request, interview_id)
    context = {"interview": interview, "answers": selectors.answered(interview), **_named(interview)}
    return render(request, "survey/interview.html", context)


@require_http_methods(FORM_METHODS)
@case_view(*MAY_WRITE)
def record_interview(request: CaseRequest) -> HttpResponse:
    """Write down one officer's answers, to the questions his or her group is asked."""
    ask = _ask(request)
    offered = groups_open_to(request)
    group = ask.group if ask else request.POST.get("group") or request.GET.get("group", "")
    group = group if group in offered else offered[0]
    start = {"officer_name": ask.officer_name, "officer_unit": ask.officer_unit} if ask else {}
    form = forms.InterviewForm(request.POST or None, case=request.case, group=group, initial=start)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        interview = actions.record_interview(
            case=request.case, actor=request.user, answers=form.answers, ask=ask, **data
        )
        return _next_answer(request, "survey:add-interview", f"?group={group}") or _recorded(request, interview)
    context = {"form": form, "groups": _group_tabs(request, offered, group), "ask": ask, "group": group}
    return render(request, "survey/add_interview.html", context, status=422 if form.is_bound else 200)


@require_http_methods(FORM_METHODS)
@case_view(*MAY_WRITE)
def name_in_interview(request: CaseRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Add somebody the officer named."""
    interview = _interview(request, interview_id)

    def act(facts: dict[str, Any]) -> Nomination:
        return actions.name_in_interview(interview=interview, actor=request.user, **facts)

    return _name(request, act, "survey:interview", interview.pk)


@require_http_methods(FORM_METHODS)
@case_view(*MAY_WRITE)
def mention_in_interview(request: CaseRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Add an address the officer named."""
    return _mention(request, _interview(request, interview_id), "survey:interview")


@require_GET
@case_view("community_tips.view", "community_tips.view_own")
def list_replies(request: CaseRequest) -> HttpResponse:
    """What residents handed in; a community member sees what he or she handed in, and no other."""
    found = selectors.replies(request.case, only_of=only(request, "community_tips.view"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "survey/replies.html", {"page": page})


@require_GET
@case_view("community_tips.view", "community_tips.view_own")
def show_reply(request: CaseRequest, reply_id: uuid.UUID) -> HttpResponse:
    """One reply; never who it came from."""
    reply = _reply(request, reply_id)
    named = _named(reply) if "player_list.view" in request.can else {"named": [], "mentions": []}
    return render(request, "survey/reply.html", {"reply": reply, "answers": selectors.answered(reply), **named})


@require_http_methods(FORM_METHODS)
@case_view("community_tips.submit", "community_tips.change")
def hand_in_reply(request: CaseRequest) -> HttpResponse:
    """Hand in what a resident answered; paper forms are typed in one after the other."""
    channel = request.GET.get("channel", "")
    form = forms.ReplyForm(request.POST or None, case=request.case, initial={"channel": channel})
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in (*form.Meta.fields, "source_name", "source_contact")}
        actions.record_reply(case=request.case, actor=request.user, answers=form.answers, **data)
        again = _next_answer(request, "survey:add-reply", f"?channel={data['channel']}")
        if again:
            return again
        messages.success(request, "Handed in. Thank you.")
        return redirect("survey:dashboard", request.case.pk)
    return render(request, "survey/add_reply.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(FORM_METHODS)
@case_view("community_tips.view", "community_tips.change")
def name_in_reply(request: CaseRequest, reply_id: uuid.UUID) -> HttpResponse:
    """Add somebody a resident named; such a name never counts alone."""
    _needs(request, "player_list.change")
    reply = _reply(request, reply_id)

    def act(facts: dict[str, Any]) -> Nomination:
        return actions.name_in_reply(reply=reply, actor=request.user, **facts)

    return _name(request, act, "survey:reply", reply.pk)


@require_http_methods(FORM_METHODS)
@case_view("community_tips.view", "community_tips.change")
def mention_in_reply(request: CaseRequest, reply_id: uuid.UUID) -> HttpResponse:
    """Add an address a resident named; it never counts alone."""
    _needs(request, "key_addresses.change")
    return _mention(request, _reply(request, reply_id), "survey:reply")


def only(request: CaseRequest, right: str) -> Any:
    """The reader, when he or she sees own records only."""
    return None if right in request.can else request.user


def groups_open_to(request: CaseRequest) -> list[str]:
    """The groups whose answers this seat writes down: probation its own, the others all."""
    return ["probation"] if request.seats == {"probation"} else list(Interview.Group.values)


def _needs(request: CaseRequest, right: str) -> None:
    if right not in request.can:
        raise PermissionDenied


def _interview(request: CaseRequest, pk: uuid.UUID) -> Interview:
    return get_object_or_404(selectors.interviews(request.case, only_of=only(request, "officer_survey.view")), pk=pk)


def _reply(request: CaseRequest, pk: uuid.UUID) -> CommunityReply:
    return get_object_or_404(selectors.replies(request.case, only_of=only(request, "community_tips.view")), pk=pk)


def _ask(request: CaseRequest) -> Ask | None:
    """The open ask these answers end, when the page was opened from the list of those asked."""
    try:
        pk = uuid.UUID(request.GET.get("ask", ""))
    except ValueError:
        return None
    mine = selectors.ask_rows(request.case, state="waiting", only_of=only(request, "officer_survey.view"))
    return mine.filter(pk=pk, group__in=groups_open_to(request)).first()


def _group_tabs(request: CaseRequest, offered: list[str], group: str) -> list[dict[str, Any]]:
    url = reverse("survey:add-interview", args=[request.case.pk])
    labels = dict(Interview.Group.choices)
    return [{"words": labels[code], "url": f"{url}?group={code}", "is_here": code == group} for code in offered]


def _next_answer(request: CaseRequest, name: str, query: str) -> HttpResponse | None:
    """The empty form again, for the next sheet of the pile."""
    if "again" not in request.POST:
        return None
    messages.success(request, "Saved. Type in the next one.")
    return HttpResponseRedirect(reverse(name, args=[request.case.pk]) + query)


def _recorded(request: CaseRequest, interview: Interview) -> HttpResponse:
    messages.success(request, "Recorded. Now add whom the officer named.")
    return redirect("survey:interview", request.case.pk, interview.pk)


def _named(source: Interview | CommunityReply) -> dict[str, list[Any]]:
    named = list(source.nominations.select_related("player__person"))
    mentions: list[AddressMention] = list(source.mentions.select_related("place"))
    return {"named": named, "mentions": mentions}


def _name(request: CaseRequest, act: Callable[[dict[str, Any]], Nomination], back: str, pk: uuid.UUID) -> HttpResponse:
    """The form that names somebody; the page it came from shows the name afterwards."""
    form = forms.NominationForm(request.POST or None, case=request.case, sees_list="player_list.view" in request.can)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.facts)
        except actions.AlreadyNamed:
            form.add_error(None, "This person is named here already.")
        else:
            messages.success(request, "Named.")
            return redirect(back, request.case.pk, pk)
    return form_page(request, form, "Whom was named", back=back, pk=pk)


def _mention(request: CaseRequest, source: Interview | CommunityReply, back: str) -> HttpResponse:
    form = forms.AddressForm(request.POST or None, case=request.case)
    if request.method == "POST" and form.is_valid():
        try:
            actions.mention_address(source=source, actor=request.user, **form.facts)
        except actions.AlreadyNamed:
            form.add_error(None, "This address is named here already.")
        else:
            messages.success(request, "Added.")
            return redirect(back, request.case.pk, source.pk)
    return form_page(request, form, "Which address was named", back=back, pk=source.pk)


def form_page(
    request: HttpRequest, form: Any, heading: str, *, back: str, pk: uuid.UUID | None = None, button: str = "Save"
) -> HttpResponse:
    """A form on a page of its own; 422 when it came back with errors."""
    context = {"form": form, "heading": heading, "back": back, "back_id": pk, "button": button}
    return render(request, "survey/form.html", context, status=422 if form.is_bound else 200)
