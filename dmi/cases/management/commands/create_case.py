"""Open a market from the command line."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dmi.cases import actions


class Command(BaseCommand):
    """`create_case --slug SLUG --name NAME`: opens the market and prints one JSON document."""

    help = "Open a market: prints its id, slug and name as JSON."

    def add_arguments(self, parser: CommandParser) -> None:
        """The short name, the name, and what is told apart by them."""
        parser.add_argument("--slug", required=True, help="short name used in commands, for example eastgate")
        parser.add_argument("--name", required=True, help="name of the market as people say it")
        parser.add_argument("--city", default="", help="name of the city")
        parser.add_argument("--prefix", default="", help="letters that start each person's number")
        parser.add_argument("--time-zone", default="America/New_York", help="time zone of the city")

    def handle(self, *args: Any, **options: Any) -> None:
        """Open it; an existing slug or a bad value ends with a plain sentence."""
        prefix = options["prefix"] or options["name"][:1].upper()
        try:
            case = actions.open_case(
                actor=None,
                slug=options["slug"],
                name=options["name"],
                city_name=options["city"] or options["name"],
                number_prefix=prefix,
                time_zone=options["time_zone"],
            )
        except ValidationError as refusal:
            raise CommandError("; ".join(refusal.messages)) from refusal
        self.stdout.write(json.dumps({"id": str(case.pk), "slug": case.slug, "name": case.name}))
