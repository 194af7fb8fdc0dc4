"""Reading the SWOT board: quadrants with weights and responses, what the lock still needs. The step's public door."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from dmi.cases.models import MarketCase
from dmi.cases.progress import Progress, State
from dmi.core.dates import day_of
from planning.swot.models import (
    VOTE_BUDGET,
    Inventory,
    Item,
    Prompt,
    PromptAnswer,
    Quadrant,
    Response,
    Vote,
)

if TYPE_CHECKING:
    from dmi.accounts.models import User

QUESTIONS = {
    Quadrant.STRENGTH: "What do we have to build on?",
    Quadrant.WEAKNESS: "What do we lack, here and now?",
    Quadrant.OPPORTUNITY: "What around us could help?",
    Quadrant.THREAT: "What could stop us?",
}
SINGULAR = {
    Quadrant.STRENGTH: "strength",
    Quadrant.WEAKNESS: "weakness",
    Quadrant.OPPORTUNITY: "opportunity",
    Quadrant.THREAT: "threat",
}


@dataclass(slots=True)
class Card:
    """One item as it stands on the board."""

    item: Item
    weight: int = 0
    mine: int = 0
    responses: list[Response] = field(default_factory=list)

    @property
    def author(self) -> str:
        """Who posted it; "Unsigned" when nobody is named."""
        return self.item.author.short_name if self.item.author else "Unsigned"

    @property
    def is_answered(self) -> bool:
        """Whether something is planned about it, or the team lives with it, or nothing is needed."""
        return not self.item.needs_answer or bool(self.responses or self.item.accepted_risk)


@dataclass(slots=True)
class QuadrantView:
    """One quadrant with its cards, heaviest first."""

    quadrant: Quadrant
    cards: list[Card]

    @property
    def name(self) -> str:
        """Its heading."""
        return self.quadrant.label

    @property
    def singular(self) -> str:
        """One of its items."""
        return SINGULAR[self.quadrant]

    @property
    def question(self) -> str:
        """What it asks."""
        return QUESTIONS[self.quadrant]

    @property
    def unanswered(self) -> list[Card]:
        """Cards that still need a response or an accepted risk."""
        return [card for card in self.cards if not card.is_answered]


@dataclass(frozen=True, slots=True)
class PromptView:
    """A threat prompt and how the team answered it."""

    prompt: Prompt
    card: Card | None
    answer: PromptAnswer | None

    @property
    def is_answered(self) -> bool:
        """Whether the team has looked at it."""
        return self.card is not None or self.answer is not None


@dataclass(slots=True)
class Board:
    """The open inventory, or the last locked one, with everything on it."""

    inventory: Inventory | None
    quadrants: list[QuadrantView]
    prompts: list[PromptView]
    budget_left: int = VOTE_BUDGET

    @property
    def cards(self) -> list[Card]:
        """Every card."""
        return [card for view in self.quadrants for card in view.cards]

    @property
    def is_locked(self) -> bool:
        """Whether the items can no longer change."""
        return self.inventory is not None and self.inventory.is_locked

    @property
    def empty(self) -> list[QuadrantView]:
        """Quadrants without an item."""
        return [view for view in self.quadrants if not view.cards]

    @property
    def unanswered(self) -> list[Card]:
        """Weaknesses and threats nothing is done about."""
        return [card for view in self.quadrants for card in view.unanswered]

    @property
    def open_prompts(self) -> list[PromptView]:
        """Threat prompts nobody has looked at."""
        return [view for view in self.prompts if not view.is_answered]

    @property
    def gaps(self) -> list[str]:
        """What must be done before the board can be locked, in words."""
        found = [f"{view.name}: nothing is on the board yet." for view in self.empty]
        if self.unanswered:
            n = len(self.unanswered)
            found.append(
                f"{n} weakness{'es' * (n > 1)} or threat{'s' * (n > 1)} without a response or an accepted risk."
            )
        if self.open_prompts:
            n = len(self.open_prompts)
            found.append(f"{n} threat prompt{'s' * (n > 1)} not answered.")
        return found

    @property
    def responses(self) -> list[Response]:
        """Every response, by due date."""
        return sorted((r for card in self.cards for r in card.responses), key=lambda r: (r.due_on, r.created_at))


def current_inventory(case: MarketCase) -> Inventory | None:
    """The inventory the team works on: the open one, else the last one locked."""
    found = Inventory.objects.for_case(case).order_by("-number").first()
    if found is not None:
        found.case = case
    return found


def inventories(case: MarketCase) -> list[Inventory]:
    """Every inventory, the baseline first."""
    return list(Inventory.objects.for_case(case).select_related("updated_by"))


def baseline(case: MarketCase) -> Inventory | None:
    """The locked first inventory, against which later ones are compared."""
    return Inventory.objects.for_case(case).filter(number=1, locked_on__isnull=False).first()


def board_of(case: MarketCase, viewer: User | None = None) -> Board:
    """The board as `viewer` meets it; five queries whatever its size."""
    inventory = current_inventory(case)
    cards = _cards(inventory, viewer) if inventory else {}
    quadrants = [QuadrantView(q, _heaviest_first(cards, q)) for q in Quadrant]
    answers = (
        {a.prompt: a for a in PromptAnswer.objects.for_case(case).filter(inventory=inventory)} if inventory else {}
    )
    by_prompt = {card.item.prompt: card for card in cards.values() if card.item.prompt}
    prompts = [PromptView(prompt, by_prompt.get(prompt), answers.get(prompt)) for prompt in Prompt]
    return Board(inventory, quadrants, prompts, VOTE_BUDGET - sum(card.mine for card in cards.values()))


def _cards(inventory: Inventory, viewer: User | None) -> dict[UUID, Card]:
    items = Item.objects.for_case(inventory.case).filter(inventory=inventory).standing().select_related("author")
    cards: dict[UUID, Card] = {item.pk: Card(item) for item in items}
    for vote in Vote.objects.for_case(inventory.case).filter(item__in=cards):
        cards[vote.item_id].weight += vote.points
        if viewer is not None and vote.voter_id == viewer.pk:
            cards[vote.item_id].mine = vote.points
    responses = Response.objects.for_case(inventory.case).filter(item__in=cards).select_related("owner", "item")
    for response in responses:
        cards[response.item_id].responses.append(response)
    return cards


def _heaviest_first(cards: dict[UUID, Card], quadrant: Quadrant) -> list[Card]:
    found = [card for card in cards.values() if card.item.quadrant == quadrant]
    return sorted(found, key=lambda card: -card.weight)


def frozen_copy(board: Board, today: date) -> dict[str, Any]:
    """The board in plain values, as it is kept at the lock and printed."""
    return {
        "on": today.isoformat(),
        "quadrants": [
            {"code": view.quadrant.value, "name": view.name, "items": [_frozen_card(card) for card in view.cards]}
            for view in board.quadrants
        ],
        "prompts": [_frozen_prompt(view) for view in board.prompts],
    }


def _frozen_card(card: Card) -> dict[str, Any]:
    return {
        "id": str(card.item.pk),
        "text": card.item.text,
        "author": card.item.author.display_name if card.item.author else "",
        "weight": card.weight,
        "accepted_risk": card.item.accepted_risk,
        "responses": [
            {
                "what": response.what,
                "owner": response.owner.display_name,
                "due_on": response.due_on.isoformat(),
                "done_on": response.done_on.isoformat() if response.done_on else "",
                "outcome": response.outcome,
            }
            for response in card.responses
        ],
    }


def _frozen_prompt(view: PromptView) -> dict[str, str]:
    answer = view.card.item.text if view.card else (view.answer.reason if view.answer else "")
    return {"prompt": view.prompt.label, "kind": "threat" if view.card else "none", "answer": answer}


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a comparison between two frozen inventories."""

    quadrant: str
    text: str
    now: bool
    before: bool

    @property
    def words(self) -> str:
        """Kept, new or gone."""
        return "Still there" if self.now and self.before else ("New" if self.now else "Gone")


def comparison(earlier: dict[str, Any], later: dict[str, Any]) -> list[Change]:
    """What stayed, came and went between two frozen copies, quadrant by quadrant; texts are compared without case."""
    found = []
    for quadrant in Quadrant:
        before, now = _texts(earlier, quadrant), _texts(later, quadrant)
        texts = [*now.items(), *((key, text) for key, text in before.items() if key not in now)]
        found += [Change(quadrant.label, text, key in now, key in before) for key, text in texts]
    return found


def _texts(frozen: dict[str, Any], quadrant: Quadrant) -> dict[str, str]:
    rows: list[dict[str, Any]] = next(
        (q["items"] for q in frozen.get("quadrants", []) if q["code"] == quadrant.value), []
    )
    return {" ".join(row["text"].lower().split()): row["text"] for row in rows}


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where the SWOT elements stand, from the board and its lock; five queries."""
    board = board_of(case)
    found = {f"SW.{view.quadrant.value}": _quadrant_progress(view, board) for view in board.quadrants}
    return found | {"SW.+": _plan_progress(board, today)}


def _quadrant_progress(view: QuadrantView, board: Board) -> Progress:
    if not view.cards or board.inventory is None:
        return Progress(State.MISSING, "Empty", todo=f"Put a first {view.singular} on the board")
    fact = f"{len(view.cards)} on the board"
    if view.quadrant == Quadrant.THREAT and board.open_prompts:
        n = len(board.open_prompts)
        return Progress(State.UNDER_WAY, fact, todo=f"Answer {n} threat prompt{'s' * (n > 1)}")
    first = min(card.item.created_at for card in view.cards)
    return Progress(State.DONE, fact, done_on=day_of(first, board.inventory.case.time_zone))


def _plan_progress(board: Board, today: date) -> Progress:
    late = [response for response in board.responses if response.is_late(today)]
    if late:
        n = len(late)
        todo = f"Finish {n} response{'s' * (n > 1)} to the SWOT"
        return Progress(
            State.LATE, f"{n} response{'s' * (n > 1)} late", late[0].due_on, todo=todo, url_name="swot:register"
        )
    if board.is_locked and board.inventory:
        return Progress(State.DONE, f"{board.inventory.name} locked", done_on=board.inventory.locked_on)
    if not board.cards:
        return Progress(State.MISSING, todo="Start the SWOT analysis")
    if board.unanswered:
        n = len(board.unanswered)
        fact = f"{n} without a response"
        return Progress(State.UNDER_WAY, fact, todo=f"Answer {n} weakness{'es' * (n > 1)} or threat{'s' * (n > 1)}")
    return Progress(State.UNDER_WAY, "Everything answered", todo="Lock the board as the baseline")
