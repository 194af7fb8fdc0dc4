"""Starting the work on a file: its check, then its import, each once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db import transaction

from dmi.jobs import actions as jobs
from dmi.jobs.models import Job
from targeting.crime_mapping.actions.batches import CannotImport
from targeting.crime_mapping.actions.upkeep import MANY
from targeting.crime_mapping.models import ImportBatch

if TYPE_CHECKING:
    from dmi.accounts.models import User

CHECK, IMPORT, TIDY = "crime_mapping.check", "crime_mapping.import", "crime_mapping.tidy"
NEEDS = "import_batches.change_own"
BYTES_A_ROW = {True: 25, False: 140}


@transaction.atomic
def start_check(*, batch: ImportBatch, actor: User, columns: Mapping[str, str] | None = None, srid: str = "") -> Job:
    """The file is being checked, with these columns where a person chose them."""
    facts = {"batch": str(batch.pk), "columns": dict(columns) if columns else None, "srid": srid}
    total = max(1, batch.size // BYTES_A_ROW[batch.file_name.endswith(".gz")])
    return _start(batch, actor, CHECK, facts, total)


@transaction.atomic
def start_import(*, batch: ImportBatch, actor: User) -> Job:
    """The checked file is being imported."""
    if batch.state != ImportBatch.State.CHECKED:
        raise CannotImport("Only a checked file can be imported.")
    return _start(batch, actor, IMPORT, {"batch": str(batch.pk)}, max(1, batch.rows_read))


def tidy_after(batch: ImportBatch) -> Job | None:
    """The tables are swept once a big import is stored or gone; a job of the system's own, after this transaction."""
    if batch.imported < MANY:
        return None
    return jobs.enqueue(
        kind=TIDY, case=None, actor=None, needs="", facts={}, max_attempts=2,
        idempotency_key=f"{TIDY}:{batch.pk}:{batch.version}",
    )  # fmt: skip


def _start(batch: ImportBatch, actor: User, kind: str, facts: Mapping[str, object], total: int) -> Job:
    job = jobs.enqueue(
        kind=kind, case=batch.case, actor=actor, needs=NEEDS, facts=facts, total=total, max_attempts=2,
        idempotency_key=f"{kind}:{batch.pk}:{batch.version}",
    )  # fmt: skip
    batch.job = job
    batch.save_by(actor)
    return job
