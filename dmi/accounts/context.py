"""What every template may ask about signing in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings

from dmi.accounts import notice

if TYPE_CHECKING:
    from django.http import HttpRequest


def sign_in(request: HttpRequest) -> dict[str, Any]:
    """The notice, and after how many idle seconds the screen locks."""
    return {"banner": notice.lines, "idle_seconds": settings.DMI_IDLE_MINUTES * 60}
