"""Documents of two invented kinds, drawn from templates beside the tests, and everything to issue one."""

from __future__ import annotations

import uuid
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.documents import actions, kinds, paper
from dmi.documents.models import Document, PrintRun
from dmi.jobs import worker
from dmi.jobs.models import Job

TEMPLATES = Path(__file__).parent.parent / "dmi" / "documents" / "templates"
NOTEBOOK = kinds.DocumentKind(
    code="test_notebook",
    title="Test notebook",
    template="test_notebook.html",
    data_class="notebooks",
    may_include=frozenset({"undercover_buys", "services_catalogue"}),
    released=frozenset({"warrants"}),
    must_say=("Unsigned. Not in force.",),
)
LETTER = kinds.DocumentKind(
    code="test_letter",
    title="Test letter",
    template="test_letter.html",
    data_class="letters",
    needs="act.issue_letter",
    leaves_the_team=True,
)


def declare() -> None:
    """Both kinds can be issued."""
    kinds.register(NOTEBOOK)
    kinds.register(LETTER)


def forget() -> None:
    """Both kinds are unknown again."""
    kinds.forget(NOTEBOOK.code)
    kinds.forget(LETTER.code)


def notebook_facts(name: str = "Casey Brightwell", buys: int = 3, photo: uuid.UUID | None = None) -> dict[str, Any]:
    """What a test notebook is made from: a page for each buy."""
    rows = [{"where": f"{800 + n} Calder Street", "what": f"Buy number {n + 1}", "photo": photo} for n in range(buys)]
    return {
        "name": name,
        "buys": actions.section("undercover_buys", rows=rows),
        "warrant": actions.section("warrants", text="Unsigned. Not in force."),
    }


def letter_facts(name: str = "Casey Brightwell") -> dict[str, Any]:
    """What a test letter is made from."""
    return {"data_class": "letters", "name": name, "lines": ["It has to stop.", "Come to the meeting."]}


def notebook(case: MarketCase, actor: User, **changes: Any) -> Document:
    """A test notebook for E-07, issued and not yet drawn."""
    wanted = {"kind": NOTEBOOK, "facts": notebook_facts(), "key": "notebook:E-07", "player_number": "E-07"}
    return actions.issue(case=case, actor=actor, **wanted | changes)


def letter(case: MarketCase, actor: User, **changes: Any) -> Document:
    """A test letter for E-07, issued and not yet drawn."""
    wanted = {"kind": LETTER, "facts": letter_facts(), "key": "letter:E-07", "player_number": "E-07"}
    return actions.issue(case=case, actor=actor, **wanted | changes)


def drawn(printed: Any) -> Any:
    """The document or run once its job has ended well."""
    job = worker.run_until_ended(printed.job, patience=60)
    assert job.state == "done", job.error
    printed.refresh_from_db()
    return printed


def ended(printed: Any) -> Job:
    """The job of a document or run, once it has ended in whatever way."""
    return worker.run_until_ended(printed.job, patience=60)


def agreed(printed: Any, second: User) -> Any:
    """The document or run once a second person has agreed to its print."""
    return paper.approve(printed=printed, actor=second)


def parts(second: User | None = None, count: int = 3) -> list[actions.Part]:
    """Notebooks of several people for one run, each with a page more than the one before."""
    return [
        actions.Part(
            kind=NOTEBOOK,
            facts=notebook_facts(name=f"Person {n}", buys=n + 1),
            heading=f"E-{n:02} Person {n}",
            key=f"notebook:E-{n:02}",
            player_number=f"E-{n:02}",
            approved_by=second,
        )
        for n in range(1, count + 1)
    ]


def binder(case: MarketCase, actor: User, second: User | None = None, **changes: Any) -> PrintRun:
    """A binder of three notebooks, not yet printed."""
    wanted = {"title": "Call-in binder", "parts": parts(second), "key": "binder", "binder": True}
    return actions.issue_run(case=case, actor=actor, **wanted | changes)


def photograph(path: Path, size: tuple[int, int] = (800, 600)) -> Path:
    """A JPEG of invented noise at `path`."""
    stream = BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(stream, "JPEG", quality=80)
    path.write_bytes(stream.getvalue())
    return path
