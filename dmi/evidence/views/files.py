"""Sending copies to the page and originals to the person who says what for."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from dmi.cases.access import case_view
from dmi.core.requests import CaseRequest
from dmi.evidence import actions, forms, selectors, serving
from dmi.evidence.views.found import item_of


@require_GET
@case_view(selectors.SEES_MEDIA, "cleared_media.view", selectors.SEES_RELEASED, concealed=True)
def show_copy(request: CaseRequest, item_id: uuid.UUID, role: str) -> HttpResponseBase:
    """A copy of an item for list, screen or playing; 404 for whoever may not see the picture."""
    item, seen = item_of(request, item_id)
    copy = item.renditions.filter(role=role).first() if seen.picture else None
    if copy is None:
        raise Http404
    return serving.send(request, copy.file, content_type=copy.content_type, size=copy.byte_size)


@require_POST
@case_view(selectors.SEES_MEDIA, concealed=True)
def open_original(request: CaseRequest, item_id: uuid.UUID) -> HttpResponseBase:
    """Send the original as it was taken in; the custody log says to whom and what for."""
    item, seen = item_of(request, item_id)
    if not seen.original:
        raise Http404
    form = forms.OpenForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Say what you need the original for; the custody log keeps it.")
        return redirect(item)
    actions.note_opened(item=item, actor=request.user, purpose=form.cleaned_data["purpose"])
    ending = selectors.ending_of(item)
    return serving.send(
        request,
        item.file,
        content_type="application/octet-stream",
        size=item.byte_size,
        download_as=f"{item.code}{ending}",
    )
