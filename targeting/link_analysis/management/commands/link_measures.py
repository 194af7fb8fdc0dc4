"""`link_measures FILE`: degree, betweenness and community of every name in a network file, as one JSON document."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from targeting.link_analysis.measures import measure
from targeting.link_analysis.reading import NetworkProblem, read_network


class Command(BaseCommand):
    """Measure a network that need not be in the casebook."""

    help = (
        "Prints degree, betweenness and community of every name in a network file (adjacency matrix or list of links)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which file."""
        parser.add_argument(
            "file", help="a CSV file: an adjacency matrix, or two columns of names and perhaps a weight"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, measure, print; a file that cannot be read becomes one plain line."""
        try:
            network = read_network(Path(options["file"]).read_bytes())
        except OSError as problem:
            reason = problem.strerror or "it cannot be opened"
            raise CommandError(f"The file {options['file']} cannot be read: {reason}.") from problem
        except NetworkProblem as problem:
            raise CommandError(str(problem)) from problem
        nodes = [found.as_dict() for found in measure(network.names, network.pairs)]
        self.stdout.write(json.dumps({"nodes": nodes}, ensure_ascii=False))
