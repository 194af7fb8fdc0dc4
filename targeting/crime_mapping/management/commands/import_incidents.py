"""`import_incidents`: calls, offenses or contacts from files of a records system."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.db import transaction

from dmi.cases.models import MarketCase
from targeting.crime_mapping.actions import batches, sources, upkeep
from targeting.crime_mapping.command import CaseCommand, file_at
from targeting.crime_mapping.intake.problems import FIXES, is_fix
from targeting.crime_mapping.models import ImportBatch

COUNTS = (
    "rows_read",
    "imported",
    "already_here",
    "withdrawn",
    "reported",
    "without_location",
    "geocoded",
    "need_a_look",
)


class Command(CaseCommand):
    """Import each file whole; print the account of every row. One file that cannot be used stops them all."""

    help = "Imports incidents from CSV (also gzip or zip) or Excel files; every row is accounted for."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Source, files, and help with columns where it is needed."""
        super().add_arguments(parser)
        parser.add_argument(
            "--source", required=True, help="calls_for_service, part_one, offences, field_contacts or another name"
        )
        parser.add_argument("--columns", default="", help="name=heading,… where a column is not found alone")
        parser.add_argument("--srid", default="", help="coordinate system of X and Y, for example ESRI:102696")
        parser.add_argument(
            "--fix", action="append", default=[], metavar="PROBLEM=FIX", help="one fix for all rows with a problem"
        )
        parser.add_argument("--dry-run", action="store_true", help="only say what would happen")
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def answer(self, case: MarketCase, options: dict[str, Any]) -> dict[str, Any]:
        """Import, or check, every file."""
        columns, fixes = _columns(options["columns"]), _fixes(options["fix"])
        paths = [file_at(path) for path in options["files"]]
        done: list[dict[str, Any]] = []
        with transaction.atomic():
            source = sources.source_called(case=case, name=options["source"], actor=None)
            for path in paths:
                with path.open("rb") as upload:
                    batch = batches.import_now(
                        source=source, upload=upload, file_name=path.name, actor=None, columns=columns,
                        srid=options["srid"], dry_run=options["dry_run"], fixes=fixes,
                    )  # fmt: skip
                source.refresh_from_db()
                done.append(_account(batch))
            if options["dry_run"]:
                transaction.set_rollback(True)
        if sum(one["imported"] for one in done) >= upkeep.MANY and not options["dry_run"]:
            transaction.on_commit(upkeep.tidy)
        answer: dict[str, Any] = {"case": case.slug, "source": options["source"], "dry_run": options["dry_run"]}
        answer |= {name: sum(one[name] for one in done) for name in COUNTS}
        answer["ready"] = answer["imported"] - answer["need_a_look"]
        answer["problems"] = _merged(done)
        answer["files"] = done
        return answer


def _columns(text: str) -> dict[str, str]:
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if any(not mark or not name.strip() or not heading.strip() for name, mark, heading in pairs):
        raise CommandError("Write --columns as name=heading,name=heading.")
    return {name.strip(): heading.strip() for name, _, heading in pairs}


def _fixes(pairs: list[str]) -> dict[str, str]:
    fixes = dict(pair.partition("=")[::2] for pair in pairs)
    for problem, fix in fixes.items():
        if not is_fix(problem, fix):
            known = "; ".join(f"{name}={'|'.join(fix for fix, _ in offered)}" for name, offered in FIXES.items())
            raise CommandError(f"There is no fix “{problem}={fix}”. Fixes: {known}.")
    return fixes


def _account(batch: ImportBatch) -> dict[str, Any]:
    account: dict[str, Any] = {"file": batch.file_name, **{name: getattr(batch, name) for name in COUNTS}}
    return account | {
        "encoding": batch.encoding, "srid": batch.srid, "columns": batch.columns, "problems": batch.problems,
        "first_at": batch.first_at, "last_at": batch.last_at,
    }  # fmt: skip


def _merged(done: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Equal problems of several files as one."""
    merged: dict[str, dict[str, Any]] = {}
    for one in done:
        for problem in one["problems"]:
            known = merged.setdefault(problem["code"], problem | {"count": 0, "examples": []})
            known["count"] += problem["count"]
            known["examples"] = list(dict.fromkeys([*known["examples"], *problem.get("examples", [])]))[:5]
    return list(merged.values())
