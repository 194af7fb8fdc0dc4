"""`import_streets`: the county's street lines with house numbers: ground map, ranges and crossings."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from dmi.cases.models import MarketCase
from dmi.places import county
from targeting.crime_mapping.actions import ground
from targeting.crime_mapping.command import CaseCommand, file_at
from targeting.crime_mapping.models import GroundShape


class Command(CaseCommand):
    """Load the streets; those loaded before are replaced."""

    help = "Loads street lines (GeoJSON, also gzip, or a zipped shapefile) into a market."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Load and count."""
        try:
            data = file_at(options["file"]).read_bytes()
            loaded = county.load_streets(case=case, data=data, actor=None)
            drawn = ground.load(case=case, kind=GroundShape.Kind.STREET, data=data, actor=None)
        except county.CountyProblem as problem:
            raise CommandError(str(problem)) from problem
        return {"case": case.slug, "streets": loaded, "drawn": drawn}
