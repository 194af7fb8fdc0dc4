"""Gallery, item page, taking in, describing, and the custody sheet."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.access import case_view
from dmi.core.models import StaleRecord
from dmi.core.requests import CaseRequest
from dmi.evidence import actions, cautions, forms, limits, selectors
from dmi.evidence.kinds import Kind
from dmi.evidence.models import MediaItem, Status
from dmi.evidence.selectors import Sight
from dmi.evidence.views.found import item_of

PER_PAGE = 50


@require_GET
@case_view(*selectors.DOORS)
def list_items(request: CaseRequest) -> HttpResponse:
    """The gallery: what was taken in, how far it is, and what waits for whom."""
    known = selectors.visible(case=request.case, can=request.can, user=request.user)
    status, kind = request.GET.get("status", ""), request.GET.get("kind", "")
    items = selectors.gallery(case=request.case, can=request.can, user=request.user, status=status, kind=kind)
    page = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
    counts = selectors.counts(known)
    context = {
        "page": page,
        "rows": selectors.with_sight(page.object_list, can=request.can, user=request.user),
        "statuses": [(value, label, counts[value]) for value, label in Status.choices],
        "kinds": Kind.choices, "status": status, "kind": kind, "total": sum(counts.values()),
    }  # fmt: skip
    return render(request, "evidence/list.html", context)


@require_http_methods(["GET", "POST"])
@case_view("custody.change")
def take_in(request: CaseRequest) -> HttpResponse:
    """Take in several files at once; each that is refused is named with the reason, the others are kept."""
    original = _original(request)
    form = forms.TakeInForm(request.POST or None, request.FILES or None, can=request.can)
    refused: list[actions.NotTaken] = []
    taken: list[MediaItem] = []
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        taken, refused = actions.take_in_all(
            case=request.case, actor=request.user, uploads=facts["files"], data_class=facts["source"],
            caption=facts["caption"], taken_at=facts["taken_at"], item_number=facts["item_number"],
            holder=facts["holder"], purpose=facts["purpose"], derived_from=original,
        )  # fmt: skip
        if not refused:
            return _all_taken(request, taken)
    context = {"form": form, "refused": refused, "taken": taken, "original": original, "limits": _limits()}
    response = render(request, "evidence/take_in.html", context, status=422 if refused and not taken else 200)
    response.has_acted = bool(taken)  # type: ignore[attr-defined]  # read by `case_view`
    return response


def _original(request: CaseRequest) -> MediaItem | None:
    """The item a blurred or trimmed copy is made of, when the form was opened from its page."""
    wanted = request.POST.get("made_from") or request.GET.get("made_from")
    if not wanted:
        return None
    try:
        item, seen = item_of(request, uuid.UUID(wanted))
    except ValueError:
        return None
    return item if seen.picture and seen.custody else None


def _all_taken(request: CaseRequest, taken: list[MediaItem]) -> HttpResponse:
    files = "1 file was" if len(taken) == 1 else f"{len(taken)} files were"
    messages.success(request, f"{files} taken in. A handler must check before anything is shown.")
    if len(taken) == 1:
        return redirect(taken[0])
    return redirect("evidence:list-items", request.case.pk)


def _limits() -> list[tuple[str, str]]:
    most = limits.current()
    return [
        ("Photographs", f"{limits.in_words(most.photo_bytes)}, {most.photo_pixels // 1_000_000} million pixels"),
        ("Video", f"{limits.in_words(most.video_bytes)}, {most.recording_seconds // 60} minutes"),
        ("Audio", f"{limits.in_words(most.audio_bytes)}, {most.recording_seconds // 60} minutes"),
        ("Documents", f"{limits.in_words(most.document_bytes)}, {most.document_pages} pages"),
    ]


@require_GET
@case_view(*selectors.DOORS)
def show_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """One item: its picture as far as the reader may see it, what it is, its custody, and what can be done now."""
    item, seen = item_of(request, item_id)
    return render(request, "evidence/item.html", item_context(request, item, seen))


def item_context(request: CaseRequest, item: MediaItem, seen: Sight) -> dict[str, Any]:
    """What the item page shows."""
    known = selectors.visible(case=request.case, can=request.can, user=request.user)
    origin = known.filter(pk=item.derived_from_id).first() if item.derived_from_id else None
    may_release = "act.release_media" in request.can and item.status == Status.CHECKED
    return {
        "item": item, "sight": seen, "origin": origin,
        "copies": known.filter(derived_from=item),
        "renditions": {rendition.role: rendition for rendition in item.renditions.all()},
        "custody": selectors.custody_of(item) if seen.custody else [],
        "check_form": forms.CheckForm(), "reason_form": forms.ReasonForm(auto_id="withhold_%s"),
        "back_form": forms.ReasonForm(auto_id="back_%s"), "note_form": forms.ReleaseForm(auto_id="release_%s"),
        "open_form": forms.OpenForm(auto_id="open_%s"), "move_form": forms.MoveForm(auto_id="move_%s"),
        "still_form": forms.StillForm(),
        "cautions": cautions.of(item, request.can) if may_release else [],
    }  # fmt: skip


@require_http_methods(["GET", "POST"])
@case_view("custody.change")
def edit_item(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """Say what an item shows; a changed caption must be checked again before it is shown."""
    item, seen = item_of(request, item_id)
    if not seen.details:
        raise PermissionDenied
    form = forms.DescribeForm(request.POST or None, instance=item, case=request.case)
    if request.method == "POST" and form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("caption", "notes", "taken_at", "item_number")}
        try:
            actions.describe(item=item, actor=request.user, **facts)
        except StaleRecord:
            form.add_error(None, "A colleague changed this item just now. Your text is still here: save again.")
        else:
            messages.success(request, "Saved.")
            return redirect(item)
    return render(request, "evidence/edit.html", {"item": item, "form": form})


@require_GET
@case_view("custody.print")
def print_custody(request: CaseRequest, item_id: uuid.UUID) -> HttpResponse:
    """The custody sheet of one item, for paper."""
    item, seen = item_of(request, item_id)
    if not seen.custody:
        raise PermissionDenied
    audit.record(actor=request.user, verb=Verb.CUSTODY_PRINTED, case_id=request.case.pk, subject=item, request=request)
    context = {"item": item, "custody": selectors.custody_of(item)}
    return render(request, "evidence/custody.html", context)
