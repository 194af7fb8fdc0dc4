"""The binder: where each candidate's notebook stands, the binder's own sheets, and everything in its order."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from callin.notification import selectors
from callin.notification.letters.kinds import MANIFEST, MISSING, NOTEBOOK, SPINES, TAB
from callin.notification.letters.notebook import Draft, Records, draft
from callin.notification.models import NotebookClearance
from callin.outreach import selectors as outreach
from dmi.cases.models import MarketCase
from dmi.core.dates import long_date
from dmi.documents import selectors as documents
from dmi.documents.actions import Part, thaw
from dmi.documents.models import Document, State
from dmi.people.models import Player
from targeting.undercover import selectors as undercover

if TYPE_CHECKING:
    from dmi.accounts.models import User

NOT_CLEARED = "Not cleared by the prosecutor"
CHANGED = "Changed since the prosecutor cleared it"
NO_LETTER = "Call-in letter"


@dataclass(frozen=True, slots=True)
class Entry:
    """One candidate in the binder: the notebook as it stands and as printed last, its clearance, the letter issued."""

    draft: Draft
    clearance: NotebookClearance | None
    letter: Document | None
    printed: Document | None

    @property
    def player(self) -> Player:
        """Whose notebook it is."""
        return self.draft.player

    @property
    def state(self) -> str:
        """ "draft", "cleared", or "changed" since it was cleared."""
        if self.clearance is None:
            return "draft"
        return "cleared" if self.clearance.facts_hash == self.draft.facts_hash and not self.draft.bars else "changed"

    @property
    def is_in(self) -> bool:
        """Whether the notebook is printed: only exactly what the prosecutor cleared."""
        return self.state == "cleared"

    @property
    def left_out_because(self) -> str:
        """Why the notebook stays out, in words; empty when it is in."""
        if self.is_in:
            return ""
        return "; ".join((*self.draft.bars, CHANGED if self.clearance else NOT_CLEARED))

    @property
    def missing(self) -> tuple[str, ...]:
        """Every section that is empty or thin, the letter among them."""
        return self.draft.missing + (() if self.letter else (NO_LETTER,))

    @property
    def changes(self) -> tuple[str, ...]:
        """The sections that differ from the notebook as it was last printed; empty when it never was."""
        return documents.differing_sections(self.printed, self.draft.frozen) if self.printed else ()


def entries(case: MarketCase) -> list[Entry]:
    """Every candidate of the call-in, by number; the same few queries however many there are."""
    players = list(undercover.with_charge_pages(outreach.with_letter_keys(selectors.candidates(case))))
    pages = {player.pk: getattr(player, "charge_page", None) for player in players}
    return _entries(case, players, pages)


def entry_of(player: Player) -> Entry:
    """One candidate's notebook and where it stands."""
    player.letter_key = outreach.letter_key(player)  # type: ignore[attr-defined]
    return _entries(player.case, [player])[0]


def _entries(case: MarketCase, players: Sequence[Any], pages: Mapping[UUID, Any] | None = None) -> list[Entry]:
    """For players that carry the key of their letter."""
    known, cleared = Records(case, players, pages), selectors.clearances(case)
    keys = [notebook_key(player) for player in players] + [player.letter_key for player in players if player.letter_key]
    newest = documents.latest_of(case, keys)
    return [
        Entry(
            draft(player, known),
            cleared.get(player.pk),
            _standing(newest.get(player.letter_key)),
            newest.get(notebook_key(player)),
        )
        for player in players
    ]


def _standing(document: Document | None) -> Document | None:
    return document if document and document.state != State.WITHDRAWN else None


def facts_hash(found: Sequence[Entry]) -> str:
    """What the whole binder would be made from; differs as soon as anything in it does."""
    lines = [
        " ".join((e.player.number, e.state, e.draft.facts_hash, e.letter.facts_hash if e.letter else "")) for e in found
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def notebook_key(player: Player) -> str:
    """The name under which the player's notebook is issued."""
    return f"notebook:{player.pk}"


def parts(case: MarketCase, found: Sequence[Entry]) -> list[Part]:
    """Everything in its order: what is missing, manifest, spines, then each person's tab, notebook and letter."""
    printed = [entry for entry in found if entry.is_in]
    second = next(entry.clearance.created_by for entry in printed if entry.clearance)
    sheets = [
        _sheet(case, MISSING, _missing(case, found), second, is_front=True),
        _sheet(case, MANIFEST, _manifest(case, found), second),
        _sheet(case, SPINES, _spines(case, printed), second, is_listed=False),
    ]
    for position, entry in enumerate(printed, start=1):
        sheets += _of_person(case, entry, position)
    return sheets


def _of_person(case: MarketCase, entry: Entry, position: int) -> list[Part]:
    player, second = entry.player, entry.clearance.created_by if entry.clearance else None
    name = f"{player.number} {player.person.full_name}"
    tab = _front(case, position=position, number=player.number, name=player.person.full_name)
    sheets = [
        _sheet(case, TAB, tab, second, player=player, is_listed=False),
        Part(
            NOTEBOOK, entry.draft.facts, f"{name}: notebook", notebook_key(player), player.number,
            entry.draft.media, approved_by=second,
        ),
    ]  # fmt: skip
    return sheets + ([_copy_of(entry.letter, f"{name}: letter")] if entry.letter else [])


def _copy_of(letter: Document, heading: str) -> Part:
    """The letter exactly as it was issued."""
    media = [UUID(pk) for pk in letter.media]
    return Part(letter.kind, thaw(letter.frozen.body), heading, letter.key, letter.player_number, media)


def _sheet(
    case: MarketCase,
    kind: Any,
    facts: dict[str, Any],
    second: User | None,
    *,
    player: Player | None = None,
    is_listed: bool = True,
    is_front: bool = False,
) -> Part:
    number = player.number if player else ""
    return Part(
        kind, facts, f"{kind.title} {number}".strip(), f"{kind.code}:{player.pk if player else case.pk}", number,
        approved_by=second, is_listed=is_listed, is_front=is_front,
    )  # fmt: skip


def _front(case: MarketCase, **more: Any) -> dict[str, Any]:
    on = long_date(case.call_in_at) if case.call_in_at else ""
    return {"data_class": "notebooks", "market": case.name, "city": case.city_name, "on": on, **more}


def _missing(case: MarketCase, found: Sequence[Entry]) -> dict[str, Any]:
    left_out = [_line(entry, why=entry.left_out_because) for entry in found if not entry.is_in]
    gaps = [_line(entry, gaps=list(entry.missing)) for entry in found if entry.missing]
    return _front(case, candidates=len(found), printed=len(found) - len(left_out), left_out=left_out, gaps=gaps)


def _cleared_by(entry: Entry) -> str:
    by = entry.clearance.created_by if entry.is_in and entry.clearance else None
    return by.short_name if by else ""


def _manifest(case: MarketCase, found: Sequence[Entry]) -> dict[str, Any]:
    rows = [
        _line(
            entry,
            notebook="In this binder" if entry.is_in else "Left out",
            cleared_by=_cleared_by(entry),
            cleared_on=long_date(entry.clearance.cleared_at) if entry.is_in and entry.clearance else "",
            buys=len(entry.draft.facts["buys"]["rows"]),
            photographs=len(entry.draft.media),
            letter=f"Copy {entry.letter.copy_number}" if entry.letter and entry.is_in else "",
        )
        for entry in found
    ]
    return _front(case, rows=rows, place=", ".join(p for p in (case.call_in_place, case.call_in_address) if p))


def _spines(case: MarketCase, printed: Sequence[Entry]) -> dict[str, Any]:
    return _front(case, labels=[_line(entry) for entry in printed])


def _line(entry: Entry, **more: Any) -> dict[str, Any]:
    return {"number": entry.player.number, "name": entry.player.person.full_name, **more}
