"""`check_alarms`: tells a machine that watches this one whether alarms wait."""

from __future__ import annotations

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from dmi.audit import selectors, watch
from dmi.audit.models import Alarm


class Command(BaseCommand):
    """Look once, also where beat stands still, and print what waits as one JSON line: kinds and counts only."""

    help = "Look for alarms and print those that wait, by kind. Exit code 0: none waits. 1: some do."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look, count, exit."""
        watch.look()
        waiting: dict[str, int] = {}
        for kind in Alarm.objects.open().values_list("kind", flat=True):
            waiting[kind] = waiting.get(kind, 0) + 1
        late = selectors.unsealed_since()
        seconds = int((timezone.now() - late).total_seconds()) if late else 0
        self.stdout.write(json.dumps({"alarms": waiting, "unsealed_seconds": seconds}))
        if waiting:
            sys.exit(1)
