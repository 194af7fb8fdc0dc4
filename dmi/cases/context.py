"""What every page of a case shows around its content: the line of stations and the way between pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from dmi.cases import pages

if TYPE_CHECKING:
    from dmi.core.requests import CaseRequest


def case_chrome(request: HttpRequest) -> dict[str, Any]:
    """`chrome` for the page frame: stations of this case for this reader, lazily; nothing outside a case."""
    if not hasattr(request, "can"):
        return {}
    return {"chrome": SimpleLazyObject(lambda: pages.chrome(cast("CaseRequest", request)))}
