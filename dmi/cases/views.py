"""Pages of the case itself: markets, overview, stations, gates, policy, who may see what."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from dmi.audit import alarms
from dmi.cases import actions, forms, gates, pages, policy, seats, selectors, steps, viewing
from dmi.cases.access import case_view, person_view
from dmi.cases.elements import ELEMENTS, Element, UnknownElement, element
from dmi.cases.models import ElementMark, GateDecision, MarketCase
from dmi.core.requests import CaseRequest, PersonRequest

TODO_ON_OVERVIEW = 8


@person_view
def home(request: PersonRequest) -> HttpResponse:
    """The markets on which the person holds a seat; straight to the only one."""
    found = seats.cases_of(request.user)
    if len(found) == 1:
        return redirect("cases:overview", found[0].pk)
    return render(request, "cases/home.html", {"cases": found})


@case_view("act.see_case")
def overview(request: CaseRequest) -> HttpResponse:
    """The case at a glance: the line of stations, what needs doing, who holds it."""
    stations = pages.stations(request)
    todo = steps.todos(stations)
    context = {
        "stations": stations,
        "todo": todo[:TODO_ON_OVERVIEW],
        "todo_count": len(todo),
        "mine": [item for item in todo if item.holder in request.seats],
        "alarms": _open_alarms(request),
        "holders": _seat_names(request.case),
        "days_left": _days_left(request.case),
    }
    return render(request, "cases/overview.html", context)


def _open_alarms(request: CaseRequest) -> int:
    """How many alarms wait for this reader; no query for seats that acknowledge none."""
    if "act.acknowledge_alarm" not in request.can:
        return 0
    return alarms.waiting(alarms.for_auditor(request.case), request.user, alarms.AUDITOR).count()


def _days_left(case: MarketCase) -> int | None:
    return (timezone.localdate(case.call_in_at) - timezone.localdate()).days if case.call_in_at else None


def _seat_names(case: MarketCase) -> list[tuple[str, str]]:
    held = selectors.holders(case)
    return [
        (words, ", ".join(membership.user.display_name for membership in held.get(seat, [])))
        for seat, words in policy.SEATS.items()
        if seat in held
    ]


@case_view("act.see_case")
def todo(request: CaseRequest) -> HttpResponse:
    """Everything that needs doing, by holder."""
    seat = request.GET.get("seat", "")
    found = steps.todos(pages.stations(request))
    holders = sorted({(item.holder, item.holder_name) for item in found})
    if seat == "mine":
        found = [item for item in found if item.holder in request.seats]
    elif seat:
        found = [item for item in found if item.holder == seat]
    return render(request, "cases/todo.html", {"todo": found, "seat": seat, "holders": holders})


@case_view("act.see_case")
def station(request: CaseRequest, station: str) -> HttpResponse:
    """One station: its elements, where each stands, what counts as done, who holds it."""
    found = next((item for item in pages.stations(request) if item.code == station), None)
    if found is None:
        raise Http404
    return render(request, "cases/station.html", {"station": found, "stations": pages.stations(request)})


@case_view("act.mark_element")
def set_aside(request: CaseRequest, element: str) -> HttpResponse:
    """Set an element aside as not applicable, with the reason."""
    found = _element(element)
    mark = ElementMark.objects.for_case(request.case).filter(element=found.number).first()
    form = forms.SetAsideForm(request.POST or None, instance=mark, case=request.case)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        actions.set_aside(case=request.case, element=found.number, reason=reason, actor=request.user)
        messages.success(request, f"{found.number} is set aside.")
        return redirect("cases:station", request.case.pk, found.station)
    context = {"form": form, "element": found}
    return render(request, "cases/set_aside.html", context, status=422 if form.is_bound else 200)


def _element(number: str) -> Element:
    try:
        return element(number)
    except UnknownElement as unknown:
        raise Http404 from unknown


@require_POST
@case_view("act.mark_element")
def take_back(request: CaseRequest, element: str) -> HttpResponse:
    """An element set aside applies again."""
    mark = get_object_or_404(ElementMark.objects.for_case(request.case), element=element)
    actions.take_back(mark=mark, actor=request.user)
    messages.success(request, f"{element} applies again.")
    return redirect("cases:station", request.case.pk, ELEMENTS[element].station)


@case_view("planning_items.view")
def show_gates(request: CaseRequest) -> HttpResponse:
    """Every gate: what is open before it, who owns it, what was decided."""
    return render(request, "cases/gates.html", {"rows": pages.gate_rows(request.case, request.seats)})


@case_view("act.pass_gate")
def decide_gate(request: CaseRequest, gate: str) -> HttpResponse:
    """Decide at the gate where the case stands."""
    found = gates.GATES.get(gate)
    if found is None or found.phase != request.case.phase:
        raise Http404
    if found.owner not in request.seats:
        raise PermissionDenied
    missing = gates.open_elements(request.case, found, steps.collect(request.case, timezone.localdate()))
    form = forms.GateForm(request.POST or None, case=request.case, missing=[item.number for item in missing])
    if request.method == "POST" and form.is_valid() and _decide(request, found, form):
        return redirect("cases:gates", request.case.pk)
    context = {"form": form, "gate": found, "open": missing}
    return render(request, "cases/gate.html", context, status=422 if form.is_bound else 200)


def _decide(request: CaseRequest, gate: gates.Gate, form: forms.GateForm) -> bool:
    outcome = form.cleaned_data["outcome"]
    try:
        gates.decide(
            case=request.case,
            gate=gate,
            outcome=outcome,
            reason=form.cleaned_data["reason"],
            missing=form.missing if outcome != GateDecision.Outcome.PASSED else [],
            seats=request.seats,
            actor=request.user,
        )
    except (gates.NotThisGate, ValidationError):
        form.add_error(None, "The market has moved on since this page was opened. Go back to the gates and look again.")
        return False
    messages.success(request, "The decision is recorded.")
    return True


@case_view("planning_items.view", "act.set_policy")
def team_policy(request: CaseRequest) -> HttpResponse:
    """The numbers the team works by; the coordinator changes them."""
    current = selectors.policy_of(request.case)
    may_change = "act.set_policy" in request.can
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    form = forms.PolicyForm(request.POST or None, instance=current, case=request.case) if may_change else None
    if form and request.method == "POST" and form.is_valid():
        actions.set_policy(policy=form.instance, actor=request.user)
        messages.success(request, "The team's policy is saved.")
        return redirect("cases:policy", request.case.pk)
    fields = [current._meta.get_field(name) for name in forms.PolicyForm.Meta.fields]
    numbers = [(field.verbose_name, getattr(current, field.name)) for field in fields if isinstance(field, Field)]
    context = {"form": form, "numbers": numbers}
    return render(request, "cases/policy.html", context, status=422 if form and form.is_bound else 200)


@case_view("run_of_show.change")
def call_in(request: CaseRequest) -> HttpResponse:
    """Set or move the call-in."""
    hours = selectors.policy_of(request.case).cease_hours
    case = MarketCase.objects.get(pk=request.case.pk)
    form = forms.CallInForm(request.POST or None, instance=case, cease_hours=hours)
    if request.method == "POST" and form.is_valid():
        actions.set_call_in(case=form.instance, actor=request.user)
        messages.success(request, "Time and place of the call-in are saved.")
        return redirect("cases:overview", request.case.pk)
    return render(request, "cases/call_in.html", {"form": form}, status=422 if form.is_bound else 200)


@case_view("act.see_case")
def who_may_see(request: CaseRequest) -> HttpResponse:
    """The access policy as a table: every seat, or one seat's view; every kind of record, or one."""
    seat = request.GET.get("seat", "")
    chosen = [seat] if seat in policy.SEATS else list(policy.SEATS)
    rows = selectors.matrix(chosen)
    only = next((row for row in rows if row.code == request.GET.get("class")), None)
    context = {
        "rows": [only] if only else rows,
        "columns": [policy.SEATS[code] for code in chosen],
        "seats": list(policy.SEATS.items()),
        "seat": seat,
        "data_class": only,
        "acts": [
            (words, [policy.SEATS[holder] for holder in holders])
            for words, holders in policy.ACTS.values()
            if seat not in policy.SEATS or seat in holders
        ],
    }
    return render(request, "cases/who_may_see.html", context)


@require_GET
@case_view("act.see_case")
def view_as(request: CaseRequest) -> HttpResponse:
    """What another seat would meet on a page the reader came from, in words of the policy; no record is read."""
    asked = request.GET.get("page") or reverse("cases:overview", args=[request.case.pk])
    page = viewing.page_at(asked, request.case, request.can)
    if page is None:
        raise Http404
    seat = request.GET.get("seat", "")
    found = viewing.preview(page, seat, request.can) if seat in policy.SEATS else None
    context = {"page": page, "preview": found, "seats": list(policy.SEATS.items()), "seat": seat}
    return render(request, "cases/view_as.html", context)
