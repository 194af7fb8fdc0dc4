"""`import_ground`: what the map is drawn on, from the city's own files."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from dmi.cases.models import MarketCase
from targeting.crime_mapping.actions import ground
from targeting.crime_mapping.command import CaseCommand, file_at
from targeting.crime_mapping.models import GroundShape


class Command(CaseCommand):
    """Load one kind of ground; what was loaded of that kind is replaced."""

    help = "Loads streets, railroads, water, parks or city blocks (GeoJSON, also gzip, or a zipped shapefile)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Kind and file."""
        super().add_arguments(parser)
        kinds = [kind for kind in GroundShape.Kind.values if kind != GroundShape.Kind.LANDMARK]
        parser.add_argument("--kind", required=True, choices=kinds)
        parser.add_argument("file", type=Path)

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Load and count."""
        data = file_at(options["file"]).read_bytes()
        loaded = ground.load(case=case, kind=options["kind"], data=data, actor=None)
        return {"case": case.slug, "kind": options["kind"], "shapes": loaded}
