"""``migrate``, as Django's, in a fraction of the time."""

from __future__ import annotations

from django.core.management.base import CommandParser
from django.core.management.commands.migrate import Command as DjangosOwn

from dmi.core.migration_state import fewer_models_drawn


class Command(DjangosOwn):
    """Applies migrations and draws only the models that an operation can have changed (docs/decisions/009)."""

    def add_arguments(self, parser: CommandParser) -> None:
        """Django's arguments, and one to have it Django's own way."""
        super().add_arguments(parser)
        parser.add_argument(
            "--every-model", action="store_true", help="Draw every related model at each operation, as Django does."
        )

    def handle(self, *args: object, every_model: bool = False, **options: object) -> str | None:
        """Migrate; the same tables either way."""
        if every_model:
            return super().handle(*args, **options)
        with fewer_models_drawn():
            return super().handle(*args, **options)
