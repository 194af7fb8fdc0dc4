"""Acts of step 7: clearing a notebook, printing the binder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db import transaction

from callin.notification import selectors
from callin.notification.letters import binder
from callin.notification.letters.binder import Entry
from callin.notification.models import BinderRun, NotebookClearance
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access
from dmi.cases.models import MarketCase
from dmi.documents import actions as documents
from dmi.documents.models import State
from dmi.people.models import Player

if TYPE_CHECKING:
    from dmi.accounts.models import User

TITLE = "Call-in binder"
KEY = "call-in-binder"


class MayNotClear(PermissionDenied):
    """Only the prosecutor clears notebooks."""


class CannotClear(ValueError):
    """This notebook cannot be cleared now; the text says why."""


class CannotPrint(ValueError):
    """The binder cannot be printed now, or not by this person; the text says why."""


@transaction.atomic
def clear_notebook(*, player: Player, facts_hash: str, actor: User, remark: str = "") -> NotebookClearance:
    """The prosecutor has read exactly these facts of the notebook and cleared them for printing by somebody else.

    Raises MayNotClear, and CannotClear when the facts are no longer those that were read or the notebook is barred.
    """
    if not access.holds(actor, player.case, "act.clear_notebook"):
        raise MayNotClear
    entry = binder.entry_of(player)
    if entry.draft.bars:
        raise CannotClear(". ".join(entry.draft.bars) + ".")
    if entry.draft.facts_hash != facts_hash:
        raise CannotClear("The notebook changed while you were reading it. Read it again, then clear it.")
    if entry.is_in and entry.clearance and entry.clearance.created_by_id == actor.pk:
        return entry.clearance
    clearance = NotebookClearance.objects.create_by(
        actor, case=player.case, player=player, facts_hash=facts_hash, remark=remark
    )
    audit.record(
        actor=actor,
        verb=Verb.NOTEBOOK_CLEARED,
        case_id=player.case_id,
        subject=player,
        facts={"facts_hash": facts_hash, "missing": len(entry.missing)},
    )
    return clearance


@transaction.atomic
def print_binder(*, case: MarketCase, actor: User | None, again: bool = False) -> BinderRun:
    """Every notebook that stands as it was cleared is on its way to paper, in one run; the rest is listed as left out.

    Pressed again the run that stands is given back; `again` prints a further numbered copy of what is cleared now.
    Raises MayNotIssue, CannotPrint.
    """
    if actor is not None and not access.holds(actor, case, documents.BINDER_RIGHT):
        raise documents.MayNotIssue(f"Issuing this needs the right {documents.BINDER_RIGHT}.")
    MarketCase.objects.select_for_update().get(pk=case.pk)
    known = selectors.latest_binder(case)
    if known is not None and known.run.state != State.WITHDRAWN and not again:
        return known
    found = binder.entries(case)
    _check(found, actor)
    run = documents.issue_run(
        case=case, title=TITLE, parts=binder.parts(case, found), actor=actor, key=KEY, binder=True, again=True
    )
    printed = BinderRun.objects.create_by(
        actor,
        case=case,
        run=run,
        facts_hash=binder.facts_hash(found),
        numbers=[entry.player.number for entry in found if entry.is_in],
        left_out=[{"number": e.player.number, "why": e.left_out_because} for e in found if not e.is_in],
    )
    audit.record(
        actor=actor,
        verb=Verb.BINDER_PRINTED,
        case_id=case.pk,
        subject=printed,
        facts={"notebooks": len(printed.numbers), "left_out": len(printed.left_out), "run": str(run.pk)},
    )
    return printed


def _check(found: list[Entry], actor: User | None) -> None:
    cleared = [entry for entry in found if entry.is_in]
    if not cleared:
        raise CannotPrint("No notebook is cleared as it now stands. The prosecutor clears each one first.")
    own = [e.player.number for e in cleared if actor and e.clearance and e.clearance.created_by_id == actor.pk]
    if own:
        raise CannotPrint(f"You cleared {', '.join(own)} yourself, so somebody else must press print.")
