"""What the PDF renderer may read: style sheets, fonts and images of ours, and the photographs of the one document.

Everything else is refused before anything is opened: no network, no other file, no data or attachment addresses. Two
kinds of address exist. `media:<uuid>` is a photograph handed in for this document; any other must lie below
`https://paper.invalid`, a host that cannot exist, which stands for our static files.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from weasyprint.urls import URLFetcher, URLFetcherResponse

ORIGIN = "https://paper.invalid"
TYPES = {
    ".css": "text/css",
    ".woff2": "font/woff2",
    ".woff": "font/woff",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
MEDIA = re.compile(r"media:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})", re.ASCII)


class AddressRefused(ValueError):
    """The page asked for something a document may not read."""


class PaperFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Serves static files and the handed-in photographs; it never opens an address."""

    def __init__(self, media: Mapping[uuid.UUID, Path], shared: Callable[[str], bool] = lambda path: False) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.media = media
        self.is_shared = shared
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        """The bytes of an allowed address; raises AddressRefused for every other."""
        try:
            return self._fetch(url)
        except AddressRefused:
            self.refused.append(url[:120])
            raise

    def open(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: this fetcher opens no addresses."""
        raise AddressRefused("this fetcher opens no addresses")

    def _fetch(self, url: str) -> URLFetcherResponse:
        if match := MEDIA.fullmatch(url):
            path = self.media.get(uuid.UUID(match[1]))
            if path is None:
                raise AddressRefused(url)
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "image/jpeg"})
        name = static_name(url)
        if self.is_shared(name):  # parsed once for all documents and handed over beside the page
            return URLFetcherResponse(url, b"", {"Content-Type": "text/css"})
        path = static_file(name)
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": TYPES[path.suffix]})


def static_name(url: str) -> str:
    """The name below the static root an address stands for; raises AddressRefused for any that is not ours."""
    parts = urlsplit(url)
    prefix = urlsplit(settings.STATIC_URL).path
    path = unquote(parts.path)
    if f"{parts.scheme}://{parts.netloc}" != ORIGIN or not path.startswith(prefix):
        raise AddressRefused(url)
    name = PurePosixPath(path.removeprefix(prefix))
    if name.is_absolute() or ".." in name.parts or "\x00" in path or name.suffix not in TYPES:
        raise AddressRefused(url)
    return str(name)


def static_file(name: str) -> Path:
    """The static file with this name, from the sources or from the collected tree; never outside them."""
    found = finders.find(name)
    if found:
        return Path(found)
    root = Path(settings.STATIC_ROOT).resolve() if settings.STATIC_ROOT else None
    collected = (root / name).resolve() if root else None  # names with a content hash exist only there
    if root is None or collected is None or not collected.is_relative_to(root) or not collected.is_file():
        raise AddressRefused(name)
    return collected
