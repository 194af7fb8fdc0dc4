"""`geocode`: points for the addresses of a file, found in the county's own files."""

from __future__ import annotations

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dmi.cases.models import MarketCase
from dmi.places import geocoder
from dmi.places.geocoder import Located
from targeting.crime_mapping.command import CaseCommand, file_at
from targeting.crime_mapping.intake import reading
from targeting.crime_mapping.intake.headings import plain


class Command(CaseCommand):
    """Locate each row; nothing is stored and nothing is asked outside."""

    help = "Finds the addresses of a CSV or Excel file among the county's addresses and street ranges."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """File and the column, or columns joined by +, that hold the address."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--address", required=True, help="heading of the address, or House+Street")

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Every row in the order of the file."""
        finder = geocoder.for_case(case)
        if finder is None:
            raise CommandError("Load the county's addresses first: import_addresses, import_streets.")
        with reading.open_table(file_at(options["file"])) as table:
            places = _places(table.headings, options["address"])
            rows = [(number, _address(row, places)) for number, row in table.rows]
        found = finder.locate_many([address for _, address in rows])
        located = [answer for answer in found if answer]
        return {
            "case": case.slug,
            "rows": len(rows),
            "located": len(located),
            "share": len(located) / len(rows) if rows else None,
            "doubtful": sum(answer.is_doubtful for answer in located),
            "methods": dict(Counter(answer.method for answer in located).most_common()),
            "results": [_result(*row, answer) for row, answer in zip(rows, found, strict=True)],
        }


def _places(headings: list[str], wanted: str) -> list[int]:
    by_plain = {plain(heading): place for place, heading in enumerate(headings)}
    parts = [wanted] if plain(wanted) in by_plain else wanted.split("+")
    if any(plain(part) not in by_plain for part in parts):
        raise CommandError(f"The file has no column “{wanted}”. It has: {', '.join(headings)}.")
    return [by_plain[plain(part)] for part in parts]


def _address(row: list[str], places: list[int]) -> str:
    cells = [row[place].strip() if place < len(row) else "" for place in places]
    return " ".join(cell for cell in cells if cell and cell != "0")


def _result(number: int, address: str, found: Located | None) -> dict[str, Any]:
    if found is None:
        return {"row": number, "address": address, "longitude": None, "latitude": None, "method": None, "score": 0}
    return {
        "row": number,
        "address": address,
        "longitude": round(found.lon, 6),
        "latitude": round(found.lat, 6),
        "method": found.method,
        "score": found.score,
    }
