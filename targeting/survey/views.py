"""Pages of the survey: who answered, one officer's answers, what residents handed in, whom they named."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from targeting.survey import actions, forms, selectors
from targeting.survey.models import CommunityReply, Interview, Nomination
from targeting.survey.questions import COMMUNITY_QUESTIONS, OFFICER_QUESTIONS

PER_PAGE = 50
FORM_METHODS = ["GET", "POST"]


@require_GET
@case_view(
    "officer_survey.view", "officer_survey.view_own", "officer_survey.masked",
    "community_tips.view", "community_tips.view_own", "community_tips.submit", "community_tips.aggregate",
)  # fmt: skip
def show_dashboard(request: HttpRequest) -> HttpResponse:
    """Asked and answered by group; a seat that only hands in replies sees the residents' count alone."""
    officers = {"officer_survey.view", "officer_survey.view_own", "officer_survey.masked"} & request.can
    groups = selectors.groups(request.case) if officers else [selectors.community_count(request.case)]
    return render(request, "survey/dashboard.html", {"groups": groups})


@require_GET
@case_view("officer_survey.view", "officer_survey.view_own")
def list_interviews(request: HttpRequest) -> HttpResponse:
    """Officers' answers; a seat that sees its own only, those."""
    found = selectors.interviews(request.case, only_of=_only(request, "officer_survey.view"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "survey/interviews.html", {"page": page})


@require_GET
@case_view("officer_survey.view", "officer_survey.view_own")
def show_interview(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """One officer's answers and whom the officer named."""
    interview = _interview(request, interview_id)
    context = {"interview": interview, "answers": _answered(interview, OFFICER_QUESTIONS), "named": _named(interview)}
    return render(request, "survey/interview.html", context)


@require_http_methods(FORM_METHODS)
@case_view("officer_survey.change", "officer_survey.change_own")
def record_interview(request: HttpRequest) -> HttpResponse:
    """Write down one officer's answers."""
    groups = (Interview.Group.PROBATION.value,) if request.seats == {"probation"} else ()
    form = forms.InterviewForm(request.POST or None, case=request.case, groups=groups)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in form.Meta.fields}
        interview = actions.record_interview(case=request.case, actor=request.user, answers=form.answers, **data)
        messages.success(request, "Recorded. Now add whom the officer named.")
        return redirect("survey:interview", request.case.pk, interview.pk)
    return _form_page(request, form, "Record an officer's answers", back="survey:dashboard")


@require_http_methods(FORM_METHODS)
@case_view("officer_survey.change", "officer_survey.change_own")
def name_in_interview(request: HttpRequest, interview_id: uuid.UUID) -> HttpResponse:
    """Add somebody the officer named."""
    interview = _interview(request, interview_id)

    def act(facts: dict[str, object]) -> Nomination:
        return actions.name_in_interview(interview=interview, actor=request.user, **facts)

    return _name(request, act, "survey:interview", interview.pk)


@require_GET
@case_view("community_tips.view", "community_tips.view_own")
def list_replies(request: HttpRequest) -> HttpResponse:
    """What residents handed in; a community member sees what he or she handed in, and no other."""
    found = selectors.replies(request.case, only_of=_only(request, "community_tips.view"))
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "survey/replies.html", {"page": page})


@require_GET
@case_view("community_tips.view", "community_tips.view_own")
def show_reply(request: HttpRequest, reply_id: uuid.UUID) -> HttpResponse:
    """One reply; never who it came from."""
    reply = _reply(request, reply_id)
    named = _named(reply) if "player_list.view" in request.can else []
    context = {"reply": reply, "answers": _answered(reply, COMMUNITY_QUESTIONS), "named": named}
    return render(request, "survey/reply.html", context)


@require_http_methods(FORM_METHODS)
@case_view("community_tips.submit", "community_tips.change")
def hand_in_reply(request: HttpRequest) -> HttpResponse:
    """Hand in what a resident answered."""
    form = forms.ReplyForm(request.POST or None, case=request.case)
    if request.method == "POST" and form.is_valid():
        data = {name: form.cleaned_data[name] for name in (*form.Meta.fields, "source_name", "source_contact")}
        actions.record_reply(case=request.case, actor=request.user, answers=form.answers, **data)
        messages.success(request, "Handed in. Thank you.")
        return redirect("survey:dashboard", request.case.pk)
    return _form_page(request, form, "Hand in a community reply", back="survey:dashboard")


@require_http_methods(FORM_METHODS)
@case_view("community_tips.view", "community_tips.change")
def name_in_reply(request: HttpRequest, reply_id: uuid.UUID) -> HttpResponse:
    """Add somebody a resident named; such a name never counts alone."""
    if "player_list.change" not in request.can:
        raise PermissionDenied
    reply = _reply(request, reply_id)

    def act(facts: dict[str, object]) -> Nomination:
        return actions.name_in_reply(reply=reply, actor=request.user, **facts)

    return _name(request, act, "survey:reply", reply.pk)


def _only(request: HttpRequest, right: str) -> object:
    """The reader, when he or she sees own records only."""
    return None if right in request.can else request.user


def _interview(request: HttpRequest, pk: uuid.UUID) -> Interview:
    return get_object_or_404(selectors.interviews(request.case, only_of=_only(request, "officer_survey.view")), pk=pk)


def _reply(request: HttpRequest, pk: uuid.UUID) -> CommunityReply:
    return get_object_or_404(selectors.replies(request.case, only_of=_only(request, "community_tips.view")), pk=pk)


def _named(source: Interview | CommunityReply) -> list[Nomination]:
    return list(source.nominations.select_related("player__person"))


def _answered(source: Interview | CommunityReply, questions: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [(words, source.answers[code]) for code, words in questions if source.answers.get(code)]


def _name(
    request: HttpRequest, act: Callable[[dict[str, object]], Nomination], back: str, pk: uuid.UUID
) -> HttpResponse:
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
    return _form_page(request, form, "Whom was named", back=back, pk=pk)


def _form_page(
    request: HttpRequest, form: forms.CaseForm, heading: str, *, back: str, pk: uuid.UUID | None = None
) -> HttpResponse:
    context = {"form": form, "heading": heading, "back": back, "back_id": pk}
    return render(request, "survey/form.html", context, status=422 if form.is_bound else 200)
