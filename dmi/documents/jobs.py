"""The two kinds of background work: draw one document, join the documents of a run. Both may be done twice safely."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.documents import make
from dmi.documents.actions import MERGE, RENDER
from dmi.documents.facts import FactsRefused
from dmi.documents.kinds import UnknownKind
from dmi.documents.models import Document, Issued, PrintRun, State
from dmi.documents.pictures import PictureUnreadable
from dmi.documents.render import RenderRefused
from dmi.jobs.models import Job
from dmi.jobs.registry import Beat, Refused, handler


@handler(RENDER)
def draw_document(job: Job, beat: Beat) -> dict[str, Any]:
    """The document's file is made from its frozen facts and kept; a second time nothing happens."""
    document = (
        Document.objects.for_case(job.case).select_related("case", "created_by", "frozen").get(pk=job.facts["document"])
    )
    if document.state == State.PREPARING:
        beat(what=_name(document))
        with tempfile.TemporaryDirectory(prefix="dmi-") as folder:
            try:
                made = make.write_document(document, Path(folder))
            except (RenderRefused, FactsRefused, PictureUnreadable) as problem:
                raise Refused(str(problem)) from problem
            except UnknownKind as unknown:
                raise Refused("This version of the program does not know this kind of document.") from unknown
            document = _finish(document, made, job)
    return _result(document)


@handler(MERGE)
def join_run(job: Job, beat: Beat) -> dict[str, Any]:
    """The run's one file is joined from its finished documents and kept; a second time nothing happens."""
    run = PrintRun.objects.for_case(job.case).select_related("case", "created_by").get(pk=job.facts["run"])
    if run.state == State.PREPARING:
        _check_parts(run)
        total = run.parts.count()
        with tempfile.TemporaryDirectory(prefix="dmi-") as folder:
            made = make.write_run(
                run,
                Path(folder),
                on_part=lambda number: beat(done=number, what=f"Joining {number} of {total}"),
            )
            run = _finish(run, made, job)
    return _result(run)


def _name(document: Document) -> str:
    return " ".join(part for part in (document.title, document.player_number) if part)


def _check_parts(run: PrintRun) -> None:
    unready = run.parts.exclude(document__state=State.READY).select_related("document").first()
    if unready is not None:
        raise Refused(f"{_name(unready.document)} is not ready, so the whole cannot be joined.")


def _finish(printed: Issued, made: Any, job: Job) -> Any:
    """File, hash and state stand together; if another worker was first, its file stays."""
    rows = type(printed).objects.for_case(job.case).select_for_update(of=("self",)).select_related("case")
    locked = rows.get(pk=printed.pk)
    if locked.state != State.PREPARING:
        return locked
    make.keep(locked, made)
    locked.state = State.READY
    locked.save_by(job.actor)
    facts = {"pages": locked.pages, "sha256": locked.sha256, "copy": locked.copy_number}
    audit.record(actor=job.actor, verb=Verb.DOCUMENT_RENDERED, case_id=locked.case_id, subject=locked, facts=facts)
    return locked


def _result(printed: Issued) -> dict[str, Any]:
    which = "run" if isinstance(printed, PrintRun) else "document"
    return {
        which: str(printed.pk),
        "pages": printed.pages,
        "sha256": printed.sha256,
        "url": printed.get_absolute_url(),
        "url_text": "Open to print",
    }
