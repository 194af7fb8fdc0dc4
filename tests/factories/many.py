"""Hundreds of rows for long lists: copies of one record, made by the database in one statement, without history."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dmi.people.models import Player

COPY = """
    INSERT INTO {table} ({columns})
    SELECT {values} FROM generate_series(1, %s) AS g, (SELECT * FROM {table} WHERE id = %s) AS one
"""
MANY = 230
PER_PAGE = 50


def key_of(kind: str) -> str:
    """The key of copy `g` of a kind, as SQL."""
    return f"md5('{kind}' || g)::uuid"


def copies(record: Any, given: Mapping[str, str], n: int = MANY) -> None:
    """`n` rows like `record`, under keys of their own, with the columns in `given` (SQL over `one` and `g`)."""
    table = record._meta.db_table
    given = {"id": key_of(table)} | dict(given)
    columns = [field.column for field in record._meta.concrete_fields]
    values = ", ".join(given.get(column, f'one."{column}"') for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(COPY.format(table=table, columns=names, values=values.replace("%", "%%")), [n, record.pk])


def players(one: Player, *records: Any, n: int = MANY) -> None:
    """`n` players like `one`, Z-001 and so on, each with copies of `records`, which hang on `one`."""
    copies(one.person, {"full_name": "'Copied Person ' || g"}, n)
    given = {"person_id": key_of("people_person"), "number": "'Z-' || lpad(g::text, 3, '0')"}
    copies(one, given, n)
    for record in records:
        copies(record, {"player_id": key_of("people_player")}, n)


def read_through(client: Client, page: str, *, expected: int, most: int, **asked: str) -> None:
    """A list of `expected` rows is read in pages of fifty, keeps what it was asked, and takes at most `most` queries.

    Rows are those of tables and timelines; what was asked stays in the links to the other pages.
    """
    asked = {"kept": "as asked", **asked}
    client.get(page, asked)
    last = -(-expected // PER_PAGE)
    for number in (1, last):
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(page, asked | {"page": str(number)})
        assert answer.status_code == 200
        html = answer.content.decode()
        assert f"Page {number} of {last}, {expected} in all" in html
        rows = len(re.findall(r"<tr>|<li>\s*<time", html.partition("<main")[2])) - ("<tbody>" in html)
        assert rows == (PER_PAGE if number == 1 else expected - PER_PAGE * (last - 1)), rows
        assert re.search(r'rel="(next|prev)" href="[^"]*kept=as', html)
        assert len(queries) <= most, len(queries)
