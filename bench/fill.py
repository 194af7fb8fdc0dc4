"""Many rows, written straight into the bench database: people on the list and 100,000 lines of the audit log."""

from __future__ import annotations

from django.db import connection

from dmi.cases.models import MarketCase

PEOPLE, CROWD, LINES = 1_000, 100_000, 100_000
COPY_ROWS = """
    INSERT INTO {table} ({columns})
    SELECT {values} FROM generate_series(%(start)s + 1, %(n)s) AS g,
        (SELECT * FROM {table} WHERE case_id = %(case)s LIMIT 1) AS one
"""


def people(case: MarketCase, n: int = PEOPLE, start: int = 0) -> None:
    """Copies of one player and one person under other names and numbers, from number `start` + 1 to `n`."""
    copies("people_person", case, n, {"id": key_of("person"), "full_name": _NAME}, start)
    copies(
        "people_player",
        case,
        n,
        start=start,
        given={
            "id": key_of("player"),
            "person_id": key_of("person"),
            "number": "'Z-' || g",
            "stage": "(ARRAY['named', 'reviewed', 'listed'])[1 + g %% 3]",
            "review_by": "current_date + 90",
            "merged_into_id": "NULL",
        },
    )


def lines(case: MarketCase, n: int = LINES) -> None:
    """Copies of one line of the log, a minute apart."""
    taken = {"id": None, "at": "one.at - make_interval(mins => g::int)", "row_hash": None}
    copies("audit_auditevent", case, n, taken)


_NAME = """(ARRAY['Ada','Ben','Cora','Dov','Ella','Finn','Gus','Hope','Ivo','June','Kit','Lou','Max'])[1 + g %% 13]
    || ' ' || (ARRAY['Ashdown','Birk','Calloway','Dunmore','Ellery','Fairley','Garrow'])[1 + g %% 7]
    || ' ' || substr(md5(g::text), 1, 5)"""


def key_of(kind: str) -> str:
    """A UUID of its own for each copy of this kind, as SQL."""
    return f"md5('{kind}' || g)::uuid"


def copies(table: str, case: MarketCase, n: int, given: dict[str, str | None], start: int = 0) -> None:
    """Rows like one that is there, with the columns in `given` set otherwise (None: left to the database)."""
    with connection.cursor() as cursor:
        names = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        columns = [name for name in names if given.get(name, name) is not None]
        values = [given.get(name) or f"one.{name}" for name in columns]
        sql = COPY_ROWS.format(table=table, columns=", ".join(columns), values=", ".join(values))
        cursor.execute(sql, {"n": n, "start": start, "case": case.pk})
        cursor.execute(f"VACUUM ANALYZE {table}")
