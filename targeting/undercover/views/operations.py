"""Operations: plans, readers, outcome, and the buys that came of them."""

from __future__ import annotations

import uuid

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from targeting.undercover import actions, forms, selectors
from targeting.undercover.models import Operation
from targeting.undercover.views.parts import FORM_METHODS, form_page, url

READS = ("operations.view", "operations.view_released")
PER_PAGE = 50


def _operation(request: CaseRequest, operation_id: uuid.UUID) -> Operation:
    """The operation whose plan the reader may read; 404 as for an id that does not exist."""
    found = selectors.operations(request.case, can=request.can, user=request.user)
    return get_object_or_404(found, pk=operation_id)


def _page(request: CaseRequest, operation: Operation) -> str:
    return url(request, "operation", operation.pk)


@require_GET
@case_view(*READS)
def show_operations(request: CaseRequest) -> HttpResponse:
    """The operations the reader may read."""
    found = selectors.operations(request.case, can=request.can, user=request.user)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "today": timezone.localdate()}
    return render(request, "undercover/operations.html", context)


@require_GET
@case_view(*READS)
def show_operation(request: CaseRequest, operation_id: uuid.UUID) -> HttpResponse:
    """One operation: plan, team by code, safety, outcome, buys."""
    operation = _operation(request, operation_id)
    context = {
        "operation": operation,
        "buys": selectors.operation_buys(operation, request.can),
        "readers": operation.readers.select_related("user"),
        "changes": selectors.changes_of(operation),
        "may_change": "operations.change" in request.can,
    }
    return render(request, "undercover/operation.html", context)


@require_http_methods(FORM_METHODS)
@case_view("operations.change")
def add_operation(request: CaseRequest) -> HttpResponse:
    """Plan an operation."""
    form = forms.OperationForm(request.POST or None, instance=Operation(), case=request.case)
    return form_page(
        request, form, lambda: actions.save_operation(operation=form.instance, actor=request.user),
        heading="Plan an operation", sub="Restricted. Officers stand here by code.", back=url(request, "operations"),
        button="Save the plan",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("operations.change")
def edit_operation(request: CaseRequest, operation_id: uuid.UUID) -> HttpResponse:
    """Change a plan."""
    operation = _operation(request, operation_id)
    form = forms.OperationForm(request.POST or None, instance=operation, case=request.case)
    return form_page(
        request, form, lambda: actions.save_operation(operation=form.instance, actor=request.user),
        heading="Change the plan", sub=operation.code_name, back=_page(request, operation), button="Save the plan",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("operations.change")
def close_operation(request: CaseRequest, operation_id: uuid.UUID) -> HttpResponse:
    """Close an operation with what came of it."""
    operation = _operation(request, operation_id)
    form = forms.OutcomeForm(request.POST or None, instance=operation, case=request.case)
    return form_page(
        request, form, lambda: actions.close_operation(operation=form.instance, actor=request.user),
        heading="Close the operation", sub=operation.code_name, back=_page(request, operation), button="Close it",
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("operations.change")
def name_readers(request: CaseRequest, operation_id: uuid.UUID) -> HttpResponse:
    """Name the officers who may read the plan."""
    operation = _operation(request, operation_id)
    form = forms.ReadersForm(request.POST if request.method == "POST" else None, operation=operation)
    return form_page(
        request, form,
        lambda: actions.name_readers(operation=operation, users=form.cleaned_data["users"], actor=request.user),
        heading="Who may read the plan",
        sub=f"{operation.code_name}. Who reads says nothing about which code is whose.",
        back=_page(request, operation),
    )  # fmt: skip


@require_http_methods(FORM_METHODS)
@case_view("operations.change")
def link_buys(request: CaseRequest, operation_id: uuid.UUID) -> HttpResponse:
    """Say which buys came of the operation."""
    operation = _operation(request, operation_id)
    sees_sealed = selectors.SEES_SEALED in request.can
    sent = request.POST if request.method == "POST" else None
    form = forms.LinkForm(sent, operation=operation, sees_sealed=sees_sealed)

    def act() -> object:
        given = form.cleaned_data
        return actions.link_buys(
            operation=operation, officer_buys=given["officer_buys"], informant_buys=given.get("informant_buys"),
            actor=request.user,
        )  # fmt: skip

    return form_page(
        request, form, act, heading="Buys of the operation", sub=operation.code_name, back=_page(request, operation)
    )
