"""Set an area of a market from a file: `set_area --case SLUG --kind target --name NAME FILE [--adopt]`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from dmi.cases.models import MarketCase
from targeting.crime_mapping.actions import areas as actions
from targeting.crime_mapping.command import CaseCommand, file_at
from targeting.crime_mapping.forms.drawing import read_area_file
from targeting.crime_mapping.models import AreaVersion


class Command(CaseCommand):
    """Draws an area from GeoJSON or a zipped shapefile as a new draft, and adopts it when told to."""

    help = "Set the broad, target or a comparison area from a GeoJSON file."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which area, from which file, why."""
        super().add_arguments(parser)
        parser.add_argument("file", type=Path)
        parser.add_argument("--kind", required=True, choices=AreaVersion.Kind.values)
        parser.add_argument("--name", required=True)
        parser.add_argument("--reasons", default="", help="why here; needed on paper, kept with the version")
        parser.add_argument("--landmarks", default="")
        parser.add_argument("--adopt", action="store_true", help="work with it from now on")

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """The version as it stands."""
        reasons = options["reasons"] or f"Taken from the file {options['file'].name}."
        area = AreaVersion(case=case, kind=options["kind"], name=options["name"], reasons=reasons)
        area.landmarks = options["landmarks"]
        try:
            shape, notes = read_area_file(file_at(options["file"]).read_bytes())
            with transaction.atomic():
                area = actions.save_draft(area=area, shape=shape, actor=None)
                if options["adopt"]:
                    area = actions.adopt(area=area, actor=None)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        return described(area, notes)


def described(area: AreaVersion, notes: list[str]) -> dict[str, Any]:
    """What the command prints."""
    return {
        "case": area.case.slug,
        "kind": area.kind,
        "name": area.name,
        "version": area.number,
        "state": area.state,
        "area_version": area.figures.get("area_version"),
        "blocks": area.blocks,
        "square_meters": round(area.square_meters, 1),
        "figures": area.figures,
        "notes": notes,
    }
