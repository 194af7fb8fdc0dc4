"""What a step says about one element of the process: where it stands, the fact behind it, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices


class State(TextChoices):
    """Where an element stands; always read from dated records, never from a tick."""

    DONE = "done", "Done"
    UNDER_WAY = "under_way", "Under way"
    MISSING = "missing", "Not started"
    LATE = "late", "Late"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    NOT_YET = "not_yet", "Not yet available"


@dataclass(frozen=True, slots=True)
class Progress:
    """One element of one case on one day. Facts and to-dos hold counts and codes only, never names.

    `holder` is the seat that moves it on, `todo` an imperative sentence, `url_name` a page of the case.
    `own_todo` is what a seat that reads its own records only is told instead of `todo`: of those records alone.
    """

    state: State
    fact: str = ""
    due_on: date | None = None
    done_on: date | None = None
    holder: str = ""
    todo: str = ""
    url_name: str = ""
    own_todo: str = ""
