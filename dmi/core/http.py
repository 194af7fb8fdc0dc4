"""One answer to the one htmx question: the whole page again, or just the part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render


def page_or_part(
    request: HttpRequest, *, page: str, part: str, context: dict[str, Any], message: str = ""
) -> HttpResponse:
    """After an act: the fragment `part` when htmx asked, else a redirect to `page` with the message."""
    if request.headers.get("HX-Request"):
        response = render(request, part, {**context, "message": message})
        response.has_acted = True  # type: ignore[attr-defined]
        return response
    if message:
        messages.success(request, message)
    return HttpResponseRedirect(page)
