"""Reading the call-in letters, and where elements 6a stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import OuterRef, QuerySet, Subquery

from callin.outreach.models import CallInLetter, LetterBatch, LetterWording
from dmi.cases.progress import Progress, State
from dmi.people.models import Player

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

PAGE = "outreach:letters"


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A candidate and the newest letter, if one was issued."""

    player: Player
    letter: CallInLetter | None


def latest_letter(player: Player) -> CallInLetter | None:
    """The newest letter issued to the player, if any."""
    found = CallInLetter.objects.for_case(player.case).filter(player=player).select_related("document")
    return found.order_by("-created_at").first()


def with_letter_keys(players: QuerySet[Player]) -> QuerySet[Player]:
    """Each with `letter_key`: the key of the newest letter's document, None while none was issued; no query more."""
    newest = CallInLetter.objects.filter(case=OuterRef("case"), player=OuterRef("pk")).order_by("-created_at")
    return players.annotate(letter_key=Subquery(newest.values("document__key")[:1]))


def letter_key(player: Player) -> str | None:
    """The same for one player; one query."""
    found = latest_letter(player)
    return found.document.key if found else None


def wording(case: MarketCase) -> LetterWording | None:
    """The words of this market's letter, approved or not."""
    return LetterWording.objects.for_case(case).select_related("signed_by", "approved_by").first()


def latest_batch(case: MarketCase) -> LetterBatch | None:
    """The letters printed last."""
    return LetterBatch.objects.for_case(case).select_related("run", "created_by").first()


def candidates(case: MarketCase) -> list[Player]:
    """Everybody on the call-in, by number."""
    found = list(Player.objects.for_case(case).on_the_call_in().select_related("person"))
    for player in found:
        player.case = case  # each letter names the market: known already, not read again for each
    return found


def rows(case: MarketCase) -> list[LetterRow]:
    """Every candidate with the newest letter; two queries."""
    found: dict[object, CallInLetter] = {}
    for letter in CallInLetter.objects.for_case(case).select_related("document").order_by("created_at"):
        found[letter.player_id] = letter
    return [LetterRow(player, found.get(player.pk)) for player in candidates(case)]


def progress(case: MarketCase) -> dict[str, Progress]:
    """Where the letters stand: wording approved, printed, delivered. Counts only."""
    words, found = wording(case), rows(case)
    total, printed = len(found), sum(row.letter is not None for row in found)
    delivered = sum(bool(row.letter and row.letter.delivered_on) for row in found)
    is_approved = bool(words and words.approved_at)
    return {
        "6a.0": _count(printed, total, "printed", "Print the call-in letters", "coordinator"),
        "6a.1": _count(delivered, total, "delivered", "Deliver the call-in letters", "police"),
        "6a.2": Progress(
            State.DONE if is_approved else State.UNDER_WAY if words else State.MISSING,
            fact="Wording approved" if is_approved else "",
            holder="prosecutor" if words else "coordinator",
            todo="" if is_approved else "Approve the wording of the letter" if words else "Write the call-in letter",
            url_name=PAGE,
        ),
    }


def _count(done: int, total: int, word: str, todo: str, holder: str) -> Progress:
    state = State.DONE if total and done == total else State.UNDER_WAY if done else State.MISSING
    waits = "" if state == State.DONE else todo
    return Progress(state, fact=f"{done} of {total} {word}" if total else "", holder=holder, todo=waits, url_name=PAGE)
