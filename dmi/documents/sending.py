"""How a file leaves: through the reverse proxy in production, by this process otherwise; never kept by a browser."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseBase

from dmi.documents import paper, store
from dmi.documents.models import Issued


def response(printed: Issued) -> HttpResponseBase:
    """The answer that carries the file under a name without a person in it; the caller has checked and recorded."""
    prefix = getattr(settings, "EVIDENCE_ACCEL_PREFIX", "")  # one protected place of the proxy for all private files
    answer: HttpResponseBase
    if prefix and store.is_local():
        answer = HttpResponse(headers={"X-Accel-Redirect": f"{prefix}/{quote(printed.file.name or '')}"})
    else:
        answer = FileResponse(store.reading(printed.file.name or ""))
    answer["Content-Type"] = "application/pdf"
    answer["Content-Disposition"] = f'attachment; filename="{paper.file_name(printed)}"'
    answer["Cache-Control"] = "no-store, private"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
