"""What step 1's commands share: the case by its short name, one JSON document out, plain refusals."""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dmi.cases.models import MarketCase
from dmi.geo.shapes import ShapeProblem
from targeting.crime_mapping.intake.problems import FileProblem
from targeting.crime_mapping.models import BoundaryLayer


class CaseCommand(BaseCommand, ABC):
    """A command on one case that prints one JSON document and nothing else on standard output."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which market."""
        parser.add_argument("--case", required=True, help="short name of the market, for example eastgate")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; problems of files and names become one plain line and exit code 1."""
        try:
            answer = self.answer(case_named(options["case"]), options)
        except (FileProblem, ShapeProblem) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))

    @abstractmethod
    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """The document to print."""


def case_named(slug: str) -> MarketCase:
    """The market of this short name. Raises CommandError."""
    case = MarketCase.objects.filter(slug=slug).first()
    if case is None:
        raise CommandError(f"There is no market “{slug}”.")
    return case


def layer_named(case: MarketCase, kind: str) -> BoundaryLayer:
    """The case's boundary layer of this kind. Raises CommandError."""
    found = BoundaryLayer.objects.for_case(case).filter(kind=plain_kind(kind)).first()
    if found is None:
        there = ", ".join(BoundaryLayer.objects.for_case(case).values_list("kind", flat=True)) or "none"
        raise CommandError(f"No boundaries of the kind “{kind}” are loaded. Loaded: {there}.")
    return found


def plain_kind(text: str) -> str:
    """A kind as it is stored: small letters and underscores."""
    return "_".join("".join(c if c.isalnum() else " " for c in text.lower()).split())[:40]


def file_at(path: Path) -> Path:
    """A file that is there. Raises CommandError."""
    if not path.is_file():
        raise CommandError(f"There is no file {path}.")
    return path


def day(text: str) -> date:
    """A day as 2018-03-31. Raises CommandError."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise CommandError(f"“{text}” is not a day. Write it as 2018-03-31.") from None
