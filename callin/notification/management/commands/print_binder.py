"""`print_binder`: the call-in binder of a market, written into a folder, from the command line."""

from __future__ import annotations

import json
import shutil
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from callin.notification import actions
from callin.notification.models import BinderRun
from dmi.cases.models import MarketCase
from dmi.documents import paper, store
from dmi.documents.models import Issued, PrintRun
from dmi.jobs import worker
from dmi.jobs.models import State


class Command(BaseCommand):
    """Print through the same jobs as the button, hand out each file, say one JSON line for each."""

    help = "Prints the call-in binder of a market into a folder: the binder and each document in it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which market, where to, in whose name."""
        parser.add_argument("--case", required=True, help="short name of the market, for example eastgate")
        parser.add_argument("--out", required=True, type=Path, help="folder for the files")
        parser.add_argument(
            "--as", dest="username", default="", help="print in this person's name and with their rights"
        )
        parser.add_argument("--again", action="store_true", help="print a further numbered copy")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, wait for the jobs, write the files."""
        case = MarketCase.objects.filter(slug=options["case"]).first()
        if case is None:
            raise CommandError(f"There is no market “{options['case']}”.")
        actor = _person(options["username"])
        try:
            printed = actions.print_binder(case=case, actor=actor, again=options["again"])
            _wait(printed)
            options["out"].mkdir(parents=True, exist_ok=True)
            for each in _files(printed):
                self.stdout.write(json.dumps(_hand_out(each, actor, options["out"])))
        except (actions.CannotPrint, PermissionDenied, paper.NotDeliverable) as refused:
            raise CommandError(str(refused)) from refused


def _person(username: str) -> Any:
    if not username:
        return None
    person = get_user_model().objects.filter(username=username, is_active=True).first()
    if person is None:
        raise CommandError(f"There is nobody called “{username}” who can sign in.")
    return person


def _wait(printed: BinderRun) -> None:
    asked = printed.run.job
    assert asked is not None  # a run is issued together with its job
    job = worker.run_until_ended(asked)
    if job.state != State.DONE:
        raise CommandError(f"The binder was not made: {job.error or job.get_state_display()}")
    printed.run.refresh_from_db()


def _files(printed: BinderRun) -> Iterator[Issued]:
    """The binder, then each document in it once, in its order."""
    yield printed.run
    for part in printed.run.parts.select_related("document__case").order_by("position"):
        yield part.document


def _hand_out(printed: Issued, actor: Any, folder: Path) -> dict[str, Any]:
    paper.deliver(printed=printed, actor=actor)
    with store.reading(printed.file.name or "") as source, (folder / paper.file_name(printed)).open("wb") as target:
        shutil.copyfileobj(source, target)
    return {
        "kind": "call_in_binder" if isinstance(printed, PrintRun) else printed.kind,
        "person": "" if isinstance(printed, PrintRun) else printed.player_number,
        "pages": printed.pages,
        "sha256": printed.sha256,
        "file": paper.file_name(printed),
    }
