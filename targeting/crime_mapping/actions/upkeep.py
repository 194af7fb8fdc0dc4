"""After a big import or its undo: the tables of incidents are swept and counted, so that the map stays quick."""

from __future__ import annotations

import logging

from django.db import Error, connections

MANY = 20_000
TABLES = ("crime_mapping_incident", "crime_mapping_reportedrow")
PATIENCE_SECONDS = 30

log = logging.getLogger(__name__)


def tidy() -> list[str]:
    """VACUUM and ANALYZE on a connection of their own, since neither runs inside a transaction; the tables swept.

    A table somebody else holds for longer than half a minute is passed over: the database's own sweeper comes to it.
    """
    swept = []
    connection = connections.create_connection("default")
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{PATIENCE_SECONDS}s'")
            for table in TABLES:
                try:
                    cursor.execute(f"VACUUM (ANALYZE) {table}")
                except Error:
                    log.warning("%s could not be swept", table)
                else:
                    swept.append(table)
    finally:
        connection.close()
    return swept
