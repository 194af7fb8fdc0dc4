"""Build the invented city's markets."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from demo import market
from dmi.cases.models import MarketCase


class Command(BaseCommand):
    """`demo [--reset]`: makes the markets Eastgate and Millbrook of the invented city of Marlow."""

    help = "Make the invented city and its markets; --reset empties the database first."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to begin anew."""
        parser.add_argument("--reset", action="store_true", help="empty every table first (never beside a real market)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Build; refuses beside other markets unless told to begin anew."""
        if options["reset"]:
            try:
                market.empty()
            except RuntimeError as refusal:
                raise CommandError(str(refusal)) from refusal
        elif MarketCase.objects.exists():
            raise CommandError("There are markets here already. Use --reset to make the demo anew.")
        market.make(today=timezone.localdate(), say=self.stderr.write)
