"""Reading everything a member can read: every page, every file, with the text that is in it."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass

from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dmi.cases.models import MarketCase
from tests import pages

FILE_IS_GONE = 599


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer: what stands in it, and how many queries it took where they were counted."""

    address: str
    status: int
    headers: dict[str, str]
    body: bytes
    queries: int

    @property
    def text(self) -> str:
        """Everything readable in it: of a PDF its words and particulars, of a zipped file its members."""
        told = " ".join(f"{name}: {value}" for name, value in self.headers.items())
        return f"{told}\n{readable(self.body)}"


def readable(body: bytes) -> str:
    """The words in a file."""
    if body.startswith(b"%PDF"):
        words = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True).stdout
        about = subprocess.run(["pdfinfo", "-"], input=body, capture_output=True, check=True).stdout
        return (words + about).decode("utf-8", "replace")
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(readable(archive.read(name)) for name in archive.namelist())
    return body.decode("utf-8", "replace")


def look(client: Client, address: str, *, counted: bool) -> Shown:
    """Read one address; its queries are counted if asked, for counting takes time."""
    with CaptureQueriesContext(connection) if counted else nullcontext(()) as queries:
        answer = client.get(address)
        try:
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        except FileNotFoundError:
            return Shown(address, FILE_IS_GONE, {}, b"", len(queries))
    return Shown(address, answer.status_code, dict(answer.headers), body, len(queries))


def catalogue(case: MarketCase, most: int = pages.MOST) -> tuple[dict[str, list[str]], list[str]]:
    """The addresses of every page on records of the case, and the pages no record could be found for."""
    found: dict[str, list[str]] = {}
    missing = []
    for name in pages.names():
        try:
            found[name] = list(pages.addresses(case, name, most))
        except LookupError as gap:
            missing.append(str(gap))
    return found, missing


def links(case: MarketCase, shown: Shown) -> set[str]:
    """The addresses of the case a page leads to with words after a question mark: filters, pages, selections."""
    found = re.findall(r'href="([^"#]*)"', shown.body.decode("utf-8", "replace"))
    base = shown.address.partition("?")[0]
    here = [link.replace("&amp;", "&") for link in found]
    here = [f"{base}{link}" if link.startswith("?") else link for link in here]
    return {link for link in here if link.startswith(f"/cases/{case.pk}/") and "?" in link and "q=" not in link}


def everything(
    client: Client, case: MarketCase, known: dict[str, list[str]], filters: int = 2, *, counted: bool = False
) -> Iterator[Shown]:
    """Every known address, and a few of the filtered forms each leads to; nothing that is read stays changed."""
    for addresses in known.values():
        for address in addresses:
            with transaction.atomic():
                shown = look(client, address, counted=counted)
                more = sorted(links(case, shown))[:filters] if shown.status == 200 else []
                yield shown
                for link in more:
                    yield look(client, link, counted=counted)
                transaction.set_rollback(True)
