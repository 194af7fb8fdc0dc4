"""Two safeguards around every request: whose address it is, and that nothing private is kept by a cache."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


class ClientAddress:
    """Takes the visitor's address from X-Forwarded-For, only when a trusted proxy is the one who says it.

    The last entry counts: our proxy wrote it, whatever a visitor put before it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.pop("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if said and _is_trusted(request.META.get("REMOTE_ADDR", "")) and _address(said):
            request.META["REMOTE_ADDR"] = said
        return self.get_response(request)


class PrivateByDefault:
    """Pages are not stored by browsers or proxies, nor embedded by other origins, unless a view says otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


def _is_trusted(address: str) -> bool:
    """Whether the connection comes from a proxy of ours."""
    found = _address(address)
    return found is not None and any(found in network for network in settings.DMI_TRUSTED_PROXIES)


def _address(said: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(said)
    except ValueError:
        return None
