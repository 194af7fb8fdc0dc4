"""How many questions a page asks the database: the guard alone, each page cold, warm, and after a record changed."""

from __future__ import annotations

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import visitors
from bench.measure import AT_MOST, Row
from dmi.cases import seats
from planning.swot.models import Item

WRITES = ("INSERT", "UPDATE")


def run(*, quick: bool) -> list[Row]:
    """The guard, then every page as the coordinator and as the police."""
    case = visitors.market()
    user = visitors.members("coordinator")[0]
    with CaptureQueriesContext(connection) as asked:
        seats.enter(user, case.pk)
    rows = [Row("guard", "case, seats and rights", str(len(asked)), "", float(len(asked)), AT_MOST, 3)]
    clients = [visitors.signed_in(visitors.members(role)[0]) for role in ("coordinator", "police")]
    return rows + [row for name in visitors.PAGES if (row := _page(name, clients))]


def _page(name: str, clients: list[Client]) -> Row | None:
    address = visitors.address(name)
    client = next((found for found in clients if address and found.get(address).status_code == 200), None)
    if address is None or client is None:
        return None
    cache.clear()
    cold = _asked(client, address)
    reads, writes = _asked(client, address)
    next(iter(Item.objects.for_case(visitors.market()))).save_by(None)
    after = _asked(client, address)
    ours = f"{reads} warm, {after[0]} after a SWOT item was saved, {cold[0]} cold"
    note = f"and {writes} written: the reading of a sealed record" if writes else ""
    return Row("18", name, ours, "", float(reads), AT_MOST, 6, note)


def _asked(client: Client, address: str) -> tuple[int, int]:
    """How many reads and how many writes one page takes."""
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    written = sum(query["sql"].startswith(WRITES) for query in asked)
    return len(asked) - written, written
