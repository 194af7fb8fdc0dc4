"""Frees a locked account from the console, when no administrator can sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from dmi.accounts import actions, selectors

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """Frees a locked account; two people stand for it by name, and the audit log keeps why."""

    help = "Free an account that five wrong passwords locked. Two administrators must stand for it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account, the two people, the reason."""
        parser.add_argument("username")
        parser.add_argument("--by", required=True, help="username of the administrator at the console")
        parser.add_argument("--with", required=True, dest="second", help="username of the second administrator")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the names, then lift the lock."""
        account = selectors.account_named(options["username"])
        people = [selectors.account_named(options[name]) for name in ("by", "second")]
        if account is None:
            raise CommandError("No account has this name.")
        if any(person is None or not person.is_staff or not person.is_active for person in people):
            raise CommandError("Both people must be active administrators.")
        if people[0] == people[1]:
            raise CommandError("Two different people must stand for it.")
        if account in people:
            raise CommandError("Nobody frees an account of their own.")
        reason = f"{options['reason']} (console: {people[0].username}, {people[1].username})"  # type: ignore[union-attr]
        actions.release(account=account, actor=None, reason=reason)
        self.stdout.write(f"{account.username} can sign in again.")
