"""The notice a person reads before signing in (CJIS Security Policy AC-8)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from django.http import HttpRequest

BANNER = (
    "This is a restricted information system that holds law-enforcement records.\n"
    "Use of this system may be monitored, recorded and audited.\n"
    "Unauthorized use is prohibited and may bring criminal and civil penalties.\n"
    "By signing in you agree to this monitoring and recording."
)
KEY = "notice"


def text() -> str:
    """The notice as the agency words it, or the standard four statements."""
    return settings.DMI_BANNER.strip() or BANNER


def lines() -> list[str]:
    """The notice, one statement a line."""
    return [line.strip() for line in text().splitlines() if line.strip()]


def version() -> str:
    """A short code of the wording, so that new words are accepted anew."""
    return hashlib.sha256(text().encode()).hexdigest()[:12]


def accept(request: HttpRequest) -> None:
    """This browser session has accepted the notice as it reads now."""
    request.session[KEY] = version()


def must_accept(request: HttpRequest) -> bool:
    """Whether the notice still stands between this browser and the sign-in form."""
    return settings.DMI_BANNER_MUST_ACKNOWLEDGE and request.session.get(KEY) != version()
