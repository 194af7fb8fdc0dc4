"""`verify_audit`: says whether the audit log is what was written."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from dmi.audit import sealer, verification


class Command(BaseCommand):
    """Check every event and every batch; exit code 1 and one sentence for each fault when something does not fit."""

    help = (
        "Check the audit log. Faults go to standard error in plain words, the last line of standard output is JSON. "
        "Exit code 0: sound. 1: changed, deleted or inserted rows were found."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The outside note, and whether to close the open batch first."""
        parser.add_argument("--anchor", metavar="NUMBER:HASH", help="batch number and hash noted outside earlier")
        parser.add_argument("--seal", action="store_true", help="close the open batch of events first")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, report, and exit."""
        anchor = self._anchor(options["anchor"])
        if options["seal"]:
            sealer.seal()
        report = verification.verify(anchor=anchor)
        for fault in report.faults:
            self.stderr.write(fault)
        if report.is_sound:
            self.stderr.write(f"The audit log is sound: {report.events} events, {report.seals} batches.")
        self.stdout.write(json.dumps({"sound": report.is_sound} | asdict(report)))
        if not report.is_sound:
            sys.exit(1)

    def _anchor(self, text: str | None) -> tuple[int, str] | None:
        if not text:
            return None
        number, _, noted = text.partition(":")
        if not number.isdigit() or not noted:
            raise CommandError("An anchor looks like 12:3f9c..., the batch number, a colon and its hash.")
        return int(number), noted
