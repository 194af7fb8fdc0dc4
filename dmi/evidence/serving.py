"""Sending a private file: fixed content type, never stored by the browser, no script in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from dmi.evidence import storage

PIECE = 64 * 1024
RANGE = re.compile(r"bytes=(\d*)-(\d*)")
NO_CONTENT_OF_ITS_OWN = "default-src 'none'; style-src 'unsafe-inline'; sandbox"


def send(request: HttpRequest, name: str, *, content_type: str, size: int, download_as: str = "") -> HttpResponseBase:
    """Send a stored file, or the part of it the browser asks for. The caller has checked the right to it."""
    prefix = getattr(settings, "EVIDENCE_ACCEL_PREFIX", "")
    if prefix and storage.local_path(name) is not None:
        response: HttpResponseBase = HttpResponse(headers={"X-Accel-Redirect": f"{prefix}/{quote(name)}"})
        return _seal(response, content_type, download_as)
    part = _part(request.headers.get("Range", ""), size)
    if part is None:
        return _seal(HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"}), content_type, "")
    start, end = part
    response = StreamingHttpResponse(_pieces(name, start, end), status=200 if end - start == size else 206)
    response["Content-Length"] = str(end - start)
    response["Accept-Ranges"] = "bytes"
    if response.status_code == 206:
        response["Content-Range"] = f"bytes {start}-{end - 1}/{size}"
    return _seal(response, content_type, download_as)


def _seal(response: HttpResponseBase, content_type: str, download_as: str) -> HttpResponseBase:
    response["Content-Type"] = content_type
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = NO_CONTENT_OF_ITS_OWN
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Content-Disposition"] = f'attachment; filename="{download_as}"' if download_as else "inline"
    return response


def _part(header: str, size: int) -> tuple[int, int] | None:
    """First and last-plus-one byte to send; None for a range outside the file."""
    wanted = RANGE.fullmatch(header.strip())
    if wanted is None or not any(wanted.groups()):
        return 0, size
    first, last = wanted.groups()
    if not first:
        return max(0, size - int(last)), size
    start, end = int(first), min(size, int(last) + 1) if last else size
    return (start, end) if start < end else None


def _pieces(name: str, start: int, end: int) -> Iterator[bytes]:
    file: Any
    with storage.private().open(name) as file:
        file.seek(start)
        left = end - start
        while left > 0 and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
