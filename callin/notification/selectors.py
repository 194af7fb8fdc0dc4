"""Reading step 7: who is called in, what is cleared, the last binder, and where the elements stand."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from callin.notification.models import BinderRun, NotebookClearance
from dmi.cases.models import MarketCase
from dmi.cases.progress import Progress, State
from dmi.core.dates import day_of
from dmi.directory import selectors as directory
from dmi.directory.models import Service
from dmi.people.models import Player
from targeting.incident_review import selectors as review

KINDS = ("treatment", "education", "training", "employment", "family", "transport")
PAGE = "notification:binder"


def candidates(case: MarketCase) -> QuerySet[Player]:
    """The people of the call-in, by number."""
    return review.candidates(case).select_related("person").order_by("number")


def clearances(case: MarketCase) -> dict[Any, NotebookClearance]:
    """Each candidate's newest clearance: {player id: clearance}."""
    rows = NotebookClearance.objects.for_case(case).select_related("created_by").order_by("cleared_at", "created_at")
    return {row.player_id: row for row in rows}


def latest_binder(case: MarketCase) -> BinderRun | None:
    """The binder printed last."""
    return BinderRun.objects.for_case(case).select_related("run", "run__job", "created_by").first()


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where services, notebooks and the deadline stand; what this program does not yet record is not answered."""
    found = _services(case) | _notebooks(case)
    return found | {"7b.6": _deadline(case)}


def _services(case: MarketCase) -> dict[str, Progress]:
    coming = set(
        Service.objects.for_case(case).on_offer().filter(is_at_call_in=True, confirmed_on__isnull=False)
        .values_list("kind", flat=True)
    )  # fmt: skip
    offered = _offered(case)
    rows = {f"7a.{letter}": _kind(kind, coming, offered) for letter, kind in zip("abcdef", KINDS, strict=True)}
    n = len(coming & set(KINDS))
    state = State.DONE if n == len(KINDS) else State.UNDER_WAY if offered else State.MISSING
    todo = "" if n == len(KINDS) else "Confirm a provider at the call-in for each of the six kinds of help."
    whole = Progress(
        state, f"{n} of 6 kinds of help confirmed", holder="services", todo=todo, url_name="directory:list-services"
    )
    return {"7a.0": whole} | rows


def _offered(case: MarketCase) -> set[str]:
    labels = set(directory.kinds_without_help(case))
    return {kind for kind in KINDS if Service.Kind(kind).label not in labels}


def _kind(kind: str, coming: set[str], offered: set[str]) -> Progress:
    if kind in coming:
        return Progress(State.DONE, "Confirmed for the call-in", holder="services")
    todo = "Confirm who comes to the call-in."
    if kind in offered:
        return Progress(State.UNDER_WAY, "On offer, not confirmed", holder="services", todo=todo)
    return Progress(
        State.MISSING,
        "Nothing on offer",
        holder="services",
        todo="Find a provider.",
        url_name="directory:list-services",
    )


def _notebooks(case: MarketCase) -> dict[str, Progress]:
    people = {player.pk for player in candidates(case)}
    cleared = len(people & set(clearances(case)))
    binder = BinderRun.objects.for_case(case).select_related("run").first()
    printed = len(binder.numbers) if binder and binder.run.is_ready else 0
    return {
        "7b.3": _count(printed, len(people), "notebooks printed", "police", "Print once each is cleared."),
        "7b.3a": _count(cleared, len(people), "notebooks cleared", "prosecutor", "Read and clear each notebook."),
        "7b.3b": _count(printed, len(people), "unsigned warrants printed", "prosecutor", "Write each charge page."),
    }


def _count(done: int, of: int, what: str, holder: str, todo: str) -> Progress:
    if of and done >= of:
        return Progress(State.DONE, f"{done} of {of} {what}", holder=holder, url_name=PAGE)
    state = State.UNDER_WAY if done else State.MISSING
    fact = f"{done} of {of} {what}" if of else "No candidates yet"
    return Progress(state, fact, holder=holder, todo=todo, url_name=PAGE)


def _deadline(case: MarketCase) -> Progress:
    if case.deadline_at:
        fixed_for = day_of(case.deadline_at, case.time_zone)
        return Progress(State.DONE, "Deadline fixed", done_on=fixed_for, holder="coordinator")
    return Progress(State.MISSING, "No deadline", holder="coordinator", todo="Fix the deadline to stop.")
