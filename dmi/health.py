"""Two addresses for the machines that watch this one; they say nothing about any case."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from dmi.cases.access import public_view


@public_view
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """The web process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@public_view
@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """The web process answers and reaches its database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
