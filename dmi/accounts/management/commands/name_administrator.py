"""Names a second administrator from the console, while only one is left to confirm anything."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from dmi.accounts import actions, selectors

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """The way in of a new installation, and the way back when one administrator is left. Two people stand for it."""

    help = "Let a second account run accounts, while only one administrator is left. Audited, and it sounds an alarm."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The account, the two people, the reason."""
        parser.add_argument("username")
        parser.add_argument("--by", required=True, help="username of the one administrator, at the console")
        parser.add_argument("--with", required=True, dest="witness", help="full name of the second person beside them")
        parser.add_argument("--reason", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the names, then name the administrator."""
        account, by = selectors.account_named(options["username"]), selectors.account_named(options["by"])
        witness = options["witness"].strip()
        left = list(selectors.administrators())
        if account is None or not account.is_active:
            raise CommandError("No open account has this name.")
        if len(left) > 1:
            raise CommandError("There are two administrators: propose it in the administration, the other confirms.")
        if by is None or left != [by]:
            raise CommandError("--by must be the one active administrator.")
        if account == by:
            raise CommandError("This account runs accounts already.")
        if not witness or witness.casefold() in {by.username.casefold(), by.display_name.casefold()}:
            raise CommandError("--with must name a second person.")
        actions.name_administrator(account=account, actor=by, witness=witness, reason=options["reason"])
        self.stdout.write(f"{account.username} runs accounts too. From now on grants take two administrators.")
