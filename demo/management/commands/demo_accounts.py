"""Print the demo sign-ins."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo.accounts import PASSPHRASE
from dmi.accounts.models import User
from dmi.cases import policy
from dmi.cases.models import Membership


class Command(BaseCommand):
    """`demo_accounts [--json]`: role, username, password and case of each demo account."""

    help = "Print the sign-ins of the demo team."

    def add_arguments(self, parser: CommandParser) -> None:
        """Table for people, JSON for programs."""
        parser.add_argument("--json", action="store_true", help="one JSON list instead of a table")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print them, in the order of the seats."""
        rows = self._rows()
        if options["json"]:
            self.stdout.write(json.dumps(rows))
            return
        self.stdout.write(f"{'role':<20}{'username':<12}{'password':<32}case")
        for row in rows:
            self.stdout.write(f"{row['role']:<20}{row['username']:<12}{row['password']:<32}{row['case']}")

    def _rows(self) -> list[dict[str, str]]:
        held = Membership.objects.filter(case__is_invented=True, case__slug="eastgate").select_related("user", "case")
        order = list(policy.SEATS)
        rows = [
            {"role": m.role, "username": m.user.username, "password": PASSPHRASE, "case": m.case.slug}
            for m in sorted(held, key=lambda m: (order.index(m.role), m.user.username))
        ]
        staff = User.objects.filter(is_staff=True, email__endswith="@example.org").order_by("username")
        rows += [{"role": "administrator", "username": u.username, "password": PASSPHRASE, "case": ""} for u in staff]
        return rows
