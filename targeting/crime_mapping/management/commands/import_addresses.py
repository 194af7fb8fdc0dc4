"""`import_addresses`: the county's own list of addresses, so that rows without coordinates can be located."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dmi.cases.models import MarketCase
from dmi.places import county
from targeting.crime_mapping.command import CaseCommand, file_at


class Command(CaseCommand):
    """Load the addresses; the list loaded before is replaced."""

    help = "Loads the county's addresses (CSV, also gzip: address, longitude, latitude) into a market."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Load and count."""
        try:
            with file_at(options["file"]).open("rb") as stream:
                loaded, left_out = county.load_addresses(case=case, stream=stream, actor=None)
        except county.CountyProblem as problem:
            raise CommandError(str(problem)) from problem
        return {"case": case.slug, "addresses": loaded, "left_out": left_out}
