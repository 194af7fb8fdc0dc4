"""Staged rows into the database: COPY into a temporary table, then one statement that adds what is not there yet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from targeting.crime_mapping.intake.staged import Once, Reported, Staged

_CREATE = """
DROP TABLE IF EXISTS dmi_incident_stage, dmi_incident_equal;
CREATE TEMPORARY TABLE dmi_incident_stage (
    row_number integer, key uuid, number text, code text, title text, category text, occurred timestamp,
    hour smallint, weekday smallint, address text, lon double precision, lat double precision, located_by text,
    located_how text, score smallint, cell integer, units integer[], recorded jsonb, sign smallint, look boolean
) ON COMMIT DROP
"""
_MEMORY = "128MB"  # for the sorts of one import, in the database
_COPY = "COPY dmi_incident_stage FROM STDIN"
# Two files of one source are added one after the other, so that the second sees what the first brought.
_WAIT_FOR_TURN = "SELECT pg_advisory_xact_lock(hashtextextended(%(source)s::text, 0))"
# Equal rows are rare: only the second and further ones are numbered here, every other row is the first of its kind.
_NUMBER_EQUAL_ROWS = """
CREATE TEMPORARY TABLE dmi_incident_equal ON COMMIT DROP AS
SELECT row_number, ordinal FROM (
    SELECT row_number, row_number() OVER (PARTITION BY key ORDER BY row_number)::integer AS ordinal
    FROM dmi_incident_stage
    WHERE key IN (SELECT key FROM dmi_incident_stage GROUP BY key HAVING count(*) > 1)
) equal_rows WHERE ordinal > 1;
ANALYZE dmi_incident_equal
"""
_ADD = """
WITH ranked AS (
    SELECT s.*, coalesce(e.ordinal, 1) AS ordinal
    FROM dmi_incident_stage s LEFT JOIN dmi_incident_equal e USING (row_number)
), added AS (
    INSERT INTO crime_mapping_incident (
        case_id, source_id, batch_id, key, ordinal, number, code, title, category, occurred_at, hour, weekday, address,
        point, located_by, located_how, score, cell, units, recorded, sign, is_counted)
    SELECT %(case)s, %(source)s, %(batch)s, key, ordinal, number, code, title, category,
        occurred AT TIME ZONE %(zone)s, hour, weekday, address, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
        located_by, located_how, score, cell, units, recorded, sign, sign = 1
    FROM ranked r
    WHERE NOT EXISTS (
        SELECT 1 FROM crime_mapping_incident i
        WHERE i.source_id = %(source)s AND i.key = r.key AND i.ordinal = r.ordinal)
    ORDER BY row_number
    RETURNING sign, located_by, occurred_at
)
SELECT count(*) FILTER (WHERE sign = 1), count(*) FILTER (WHERE sign = -1),
    count(*) FILTER (WHERE sign = 1 AND located_by = 'nothing'),
    count(*) FILTER (WHERE sign = 1 AND located_by = 'address'), min(occurred_at), max(occurred_at)
FROM added
"""
# Figures of points and lists of units take longest to make; the sweep after an import brings them, and these suffice.
_TOLD_APART_BY = (
    "case_id, source_id, batch_id, key, ordinal, number, code, category, occurred_at, cell, sign, is_counted"
)
# Of each complaint and code with n withdrawals, n rows stop counting: those of the same moment first, then the oldest.
_ARE_WITHDRAWN = "SELECT EXISTS (SELECT 1 FROM crime_mapping_incident WHERE source_id = %(source)s AND NOT is_counted)"
_WITHDRAW = """
WITH withdrawals AS (
    SELECT number, code, count(*) AS n, array_agg(occurred_at) AS moments
    FROM crime_mapping_incident WHERE source_id = %(source)s AND sign = -1 GROUP BY number, code
), ranked AS (
    SELECT i.id, i.is_counted, coalesce(w.n, 0) AS n,
        row_number() OVER (PARTITION BY i.number, i.code ORDER BY (i.occurred_at = ANY(w.moments)) DESC, i.id) AS place
    FROM crime_mapping_incident i LEFT JOIN withdrawals w ON w.number = i.number AND w.code = i.code
    WHERE i.source_id = %(source)s AND i.sign = 1 AND (w.n IS NOT NULL OR NOT i.is_counted)
)
UPDATE crime_mapping_incident i SET is_counted = (r.place > r.n)
FROM ranked r WHERE r.id = i.id AND i.is_counted <> (r.place > r.n)
"""
_UNMATCHED_WITHDRAWALS = """
SELECT coalesce(sum(greatest(w - p, 0)), 0) FROM (
    SELECT count(*) FILTER (WHERE sign = -1) AS w, count(*) FILTER (WHERE sign = 1) AS p
    FROM crime_mapping_incident WHERE source_id = %(source)s GROUP BY number, code
    HAVING bool_or(sign = -1 AND batch_id = %(batch)s)
) t
"""
_LOOK = """
SELECT count(*) FROM dmi_incident_stage s LEFT JOIN dmi_incident_equal e USING (row_number)
JOIN crime_mapping_incident i ON i.source_id = %(source)s AND i.key = s.key AND i.ordinal = coalesce(e.ordinal, 1)
WHERE s.look AND s.sign = 1 AND i.batch_id = %(batch)s
"""
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""})


def create() -> None:
    """An empty staging table, gone with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)


def copy(staged: Staged) -> None:
    """The rows of one chunk into the staging table."""
    if not staged.keys:
        return
    with connection.cursor() as cursor, cursor.copy(_COPY) as target:
        target.write(_text(staged))


def copy_reported(batch_id: UUID, reported: Iterable[Reported]) -> None:
    """Rows that were left out or need a look, kept with the batch."""
    names = 'batch_id, row_number, reason, "column", found, cells, is_kept'
    command = f"COPY crime_mapping_reportedrow ({names}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(command) as target:
        for row in reported:
            target.write_row(
                (batch_id, row.row_number, row.reason, row.column, row.found, json.dumps(row.cells), row.is_kept)
            )


def add(*, case_id: UUID, source_id: UUID, batch_id: UUID, zone: str) -> dict[str, Any]:
    """What is staged and not yet here becomes incidents; the account of it."""
    names: dict[str, Any] = {"case": case_id, "source": source_id, "batch": batch_id, "zone": zone}
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL work_mem = '{_MEMORY}'; ANALYZE dmi_incident_stage (key)")
        cursor.execute(_WAIT_FOR_TURN, names)
        cursor.execute(_NUMBER_EQUAL_ROWS)
        cursor.execute(_ADD, names)
        imported, withdrawn, unlocated, geocoded, first, last = cursor.fetchone()
        cursor.execute("SELECT count(*), bool_or(look) FROM dmi_incident_stage")
        staged, is_any = cursor.fetchone()
        # Without fresh figures about a table just filled, the planner would settle withdrawals row against row.
        cursor.execute(f"ANALYZE crime_mapping_incident ({_TOLD_APART_BY})")
        need_a_look = 0
        if is_any:
            cursor.execute(_LOOK, names)
            (need_a_look,) = cursor.fetchone()
        cursor.execute("SET LOCAL work_mem TO DEFAULT")
    return {
        "imported": imported,
        "withdrawn": withdrawn,
        "already_here": staged - imported - withdrawn,
        "without_location": unlocated,
        "geocoded": geocoded,
        "need_a_look": need_a_look,
        "first_at": first,
        "last_at": last,
    }


def settle_withdrawals(source_id: UUID, batch_id: UUID | None = None) -> int:
    """Withdrawn rows stop counting, in whatever order the files came; returns how often a batch withdraws nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_ARE_WITHDRAWN, {"source": source_id})
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_WITHDRAW, {"source": source_id})
        cursor.execute(_UNMATCHED_WITHDRAWALS, {"source": source_id, "batch": batch_id})
        (nothing,) = cursor.fetchone()
    return int(nothing)


def _escaped(texts: list[str]) -> Iterable[str]:
    """A column as the format wants it; as it stands where nothing in it needs a sign before it."""
    together = "".join(texts)
    return texts if together.isprintable() and "\\" not in together else [t.translate(_ESCAPES) for t in texts]


def _text(staged: Staged) -> str:
    """The chunk in PostgreSQL's text format, a line for each row."""
    none, n = "\\N", len(staged.keys)
    moments, hours, weekdays = zip(*staged.moments, strict=True)
    found_by, how, scores = zip(*staged.located, strict=True)
    columns: tuple[Iterable[str], ...] = (
        map(str, staged.row_numbers), staged.keys, _escaped(staged.numbers), _escaped(staged.codes),
        _escaped(staged.titles), staged.categories, moments, [none if hour is None else hour for hour in hours],
        weekdays, _escaped(staged.addresses),
        *([repr(degree) if degree == degree else none for degree in c.tolist()] for c in (staged.lon, staged.lat)),
        found_by, how, [none if score is None else str(score) for score in scores],
        [none if cell < 0 else str(cell) for cell in staged.cells.tolist()],
        _UNITS.all(zip(*(layer.tolist() for layer in staged.units), strict=True)) if staged.units else ["{}"] * n,
        _escaped(staged.recorded), map(str, staged.signs), ["t" if look else "f" for look in staged.looks.tolist()],
    )  # fmt: skip
    return "".join(f"{line}\n" for line in map("\t".join, zip(*columns, strict=True)))


def _array(units: tuple[int, ...]) -> str:
    return f"{{{','.join(map(str, units))}}}"


_UNITS = Once(_array, 100_000)
