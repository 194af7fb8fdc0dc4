"""Staged rows into the database: COPY into a temporary table, then one statement that adds what is not there yet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from targeting.crime_mapping.intake.staged import Reported, Staged

_CREATE = """
DROP TABLE IF EXISTS dmi_incident_stage;
CREATE TEMPORARY TABLE dmi_incident_stage (
    row_number integer, key uuid, number text, code text, title text, category text, occurred timestamp,
    hour smallint, weekday smallint, address text, lon double precision, lat double precision, located_by text,
    located_how text, score smallint, cell integer, units integer[], recorded jsonb, sign smallint, look boolean
) ON COMMIT DROP
"""
_COPY = "COPY dmi_incident_stage FROM STDIN"
_ADD = """
WITH ranked AS (
    SELECT *, row_number() OVER (PARTITION BY key ORDER BY row_number) AS ordinal FROM dmi_incident_stage
), added AS (
    INSERT INTO crime_mapping_incident (
        case_id, source_id, batch_id, key, ordinal, number, code, title, category, occurred_at, hour, weekday, address,
        point, located_by, located_how, score, cell, units, recorded, sign, is_counted)
    SELECT %(case)s, %(source)s, %(batch)s, key, ordinal, number, code, title, category,
        occurred AT TIME ZONE %(zone)s, hour, weekday, address, ST_SetSRID(ST_MakePoint(lon, lat), 4326),
        located_by, located_how, score, cell, units, recorded, sign, sign = 1
    FROM ranked r
    ORDER BY row_number
    ON CONFLICT (source_id, key, ordinal) DO NOTHING
    RETURNING sign, located_by, occurred_at
)
SELECT count(*) FILTER (WHERE sign = 1), count(*) FILTER (WHERE sign = -1),
    count(*) FILTER (WHERE sign = 1 AND located_by = 'nothing'),
    count(*) FILTER (WHERE sign = 1 AND located_by = 'address'), min(occurred_at), max(occurred_at)
FROM added
"""
# Of each complaint and code with n withdrawals, n rows stop counting: those of the same moment first, then the oldest.
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
SELECT count(*) FROM (
    SELECT key, sign, look, row_number() OVER (PARTITION BY key ORDER BY row_number) AS ordinal FROM dmi_incident_stage
) s JOIN crime_mapping_incident i ON i.source_id = %(source)s AND i.key = s.key AND i.ordinal = s.ordinal
WHERE s.look AND s.sign = 1 AND i.batch_id = %(batch)s
"""
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x00": ""})


def create() -> None:
    """An empty staging table, gone with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_CREATE)


def copy(staged: Staged) -> None:
    """The rows of one chunk into the staging table."""
    with connection.cursor() as cursor, cursor.copy(_COPY) as target:
        target.write("".join(_lines(staged)))


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
    names = {"case": case_id, "source": source_id, "batch": batch_id, "zone": zone}
    with connection.cursor() as cursor:
        cursor.execute(_ADD, names)
        imported, withdrawn, unlocated, geocoded, first, last = cursor.fetchone()
        cursor.execute("SELECT count(*), bool_or(look) FROM dmi_incident_stage")
        staged, is_any = cursor.fetchone()
        # Without fresh figures about a table just filled, the planner would settle withdrawals row against row.
        cursor.execute("ANALYZE crime_mapping_incident")
        need_a_look = 0
        if is_any:
            cursor.execute(_LOOK, names)
            (need_a_look,) = cursor.fetchone()
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
        cursor.execute(_WITHDRAW, {"source": source_id})
        cursor.execute(_UNMATCHED_WITHDRAWALS, {"source": source_id, "batch": batch_id})
        (nothing,) = cursor.fetchone()
    return int(nothing)


def _text(value: str) -> str:
    return value if value.isprintable() and "\\" not in value else value.translate(_ESCAPES)


def _lines(staged: Staged) -> Iterator[str]:
    """The chunk in PostgreSQL's text format, a line for each row."""
    none = "\\N"
    units = np.array(staged.units).T.tolist() if staged.units else [()] * len(staged.keys)
    lons, lats, cells, looks = (column.tolist() for column in (staged.lon, staged.lat, staged.cells, staged.looks))
    for i, key in enumerate(staged.keys):
        when, lon, lat, cell = staged.moments[i], lons[i], lats[i], cells[i]
        is_there = lon == lon
        by, how, score = staged.located[i]
        recorded = staged.recorded[i]
        yield "\t".join(
            (
                str(staged.row_numbers[i]), key, _text(staged.numbers[i]), _text(staged.codes[i]),
                _text(staged.titles[i]), staged.categories[i], str(when.at),
                str(when.at.hour) if when.has_time else none,
                str(when.at.weekday()), _text(staged.addresses[i]), repr(lon) if is_there else none,
                repr(lat) if is_there else none, by, how, none if score is None else str(score),
                none if cell < 0 else str(cell), "{" + ",".join(map(str, units[i])) + "}",
                _text(json.dumps(recorded)) if recorded else "{}", str(staged.signs[i]),
                "t" if looks[i] else "f",
            )
        ) + "\n"  # fmt: skip
