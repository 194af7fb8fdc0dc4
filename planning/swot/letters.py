"""The SWOT papers: the board as it stands or as it was locked, and the register of what is done about it."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from dmi.cases.models import MarketCase
from dmi.core.dates import long_date
from dmi.documents import kinds
from dmi.documents.kinds import DocumentKind
from planning.swot import selectors
from planning.swot.models import Inventory
from planning.swot.selectors import Board

ANALYSIS = kinds.register(
    DocumentKind(
        code="swot_analysis", title="SWOT analysis", template="documents/swot/swot_analysis.html",
        data_class="planning_items",
    )
)  # fmt: skip
REGISTER = kinds.register(
    DocumentKind(
        code="swot_register", title="SWOT action register", template="documents/swot/swot_register.html",
        data_class="planning_items",
    )
)  # fmt: skip


def key_of(kind: DocumentKind, facts: dict[str, Any]) -> str:
    """The same facts under the same kind give the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{kind.code}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"


def analysis(case: MarketCase, inventory: Inventory, board: Board, today: date) -> dict[str, Any]:
    """A locked inventory as it was frozen; an open one as it stands."""
    copy = inventory.frozen if inventory.is_locked else selectors.frozen_copy(board, today)
    return {
        "data_class": ANALYSIS.data_class,
        "market": case.name,
        "city": case.city_name,
        "name": inventory.name,
        "locked_on": long_date(inventory.locked_on) if inventory.locked_on else "",
        "quadrants": _printed(copy["quadrants"]),
        "prompts": copy["prompts"],
        "on": long_date(date.fromisoformat(copy["on"])),
    }


def _printed(quadrants: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The quadrants of a frozen copy with their dates in words."""
    return [quadrant | {"items": [_printed_item(item) for item in quadrant["items"]]} for quadrant in quadrants]


def _printed_item(item: dict[str, Any]) -> dict[str, Any]:
    responses = [
        response | {name: _day(response[name]) for name in ("due_on", "done_on")} for response in item["responses"]
    ]
    return item | {"responses": responses}


def _day(text: str) -> str:
    return long_date(date.fromisoformat(text)) if text else ""


def register(case: MarketCase, board: Board, today: date) -> dict[str, Any]:
    """Each weakness and threat with what is done about it, and everything else that has an owner and a date."""
    rows = [
        {
            "quadrant": view.singular,
            "text": card.item.text,
            "accepted_risk": card.item.accepted_risk,
            "responses": [
                {
                    "what": response.what,
                    "owner": response.owner.display_name,
                    "due_on": long_date(response.due_on),
                    "done_on": long_date(response.done_on) if response.done_on else "",
                    "outcome": response.outcome,
                    "is_late": response.is_late(today),
                }
                for response in card.responses
            ],
        }
        for view in board.quadrants
        for card in view.cards
        if card.item.needs_answer or card.responses
    ]
    return {
        "data_class": REGISTER.data_class,
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "rows": rows,
    }
