"""`import_boundaries`: beats, neighborhoods, census blocks or other areas of a city from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from dmi.cases.models import MarketCase
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import boundaries
from targeting.crime_mapping.command import CaseCommand, file_at, plain_kind
from targeting.crime_mapping.models import Incident


class Command(CaseCommand):
    """Load one layer; print how many units, what was mended, and how incidents fall into them."""

    help = "Loads boundaries (GeoJSON, zipped shapefile or GeoPackage) of one kind into a market."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Kind, file, and columns where they are not found alone."""
        super().add_arguments(parser)
        parser.add_argument("--kind", required=True, help="beats, districts, neighborhoods, census_blocks or another")
        parser.add_argument("--name-column", default="", help="column with each area's name")
        parser.add_argument("--code-column", default="", help="column with each area's number, as records name it")
        parser.add_argument("--residents-column", default="", help="column with the number of residents")
        parser.add_argument("--srid", default="", help="coordinate system where the file does not say it")
        parser.add_argument("file", type=Path)

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Load the layer."""
        path = file_at(options["file"])
        layer = boundaries.load_layer(
            case=case,
            kind=plain_kind(options["kind"]),
            data=path.read_bytes(),
            file_name=path.name,
            actor=None,
            name_column=options["name_column"],
            code_column=options["code_column"],
            residents_column=options["residents_column"],
            srid=options["srid"],
        )
        agreed = selectors.counts.agreement(layer)
        units = list(layer.units.defer("shape"))
        return {
            "case": case.slug,
            "kind": layer.kind,
            "units": len(units),
            "crs": layer.crs,
            "name_column": layer.name_column,
            "code_column": layer.code_column,
            "notes": layer.notes,
            "mended": [{"unit": u.name, "note": u.note} for u in units if u.note],
            "residents": sum(u.residents or 0 for u in units) or None,
            "incidents_inside": _inside(layer.slot, case),
            "recorded_compared": agreed.compared,
            "recorded_agrees": agreed.share,
        }


def _inside(slot: int, case: MarketCase) -> int:
    return Incident.objects.for_case(case).counted().filter(**{f"units__{slot}__gte": 0}).count()
