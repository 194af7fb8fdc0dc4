"""One answer to the one htmx question: the whole page again, or just the part."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string


def page_or_part(
    request: HttpRequest, *, page: str, part: str, context: dict[str, Any], message: str = ""
) -> HttpResponse:
    """After an act: the fragment `part` and the message for the live region when htmx asked, else a redirect to `page`.

    The redirected page says the message. What the view itself put into `messages` is said with it, either way.
    """
    if message:
        messages.success(request, message)
    if request.headers.get("HX-Request"):
        response = render(request, part, context)
        response.write(render_to_string("components/toasts.html", {"is_swapped": True}, request=request))
        response.has_acted = True  # type: ignore[attr-defined]  # read by `case_view`
        return response
    return HttpResponseRedirect(page)
