"""The survey's papers: blank forms, the poster with the code, and the numbered lists of players and addresses."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

import segno

from dmi.core.dates import long_date, short_date
from dmi.documents import kinds
from dmi.documents.kinds import DocumentKind
from targeting.survey import selectors
from targeting.survey.models import CommunityLink, Question, QuestionSet

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

PAPER_FORM = kinds.register(
    DocumentKind(
        code="survey_form", title="Survey form", template="documents/survey/survey_form.html",
        data_class="planning_items", needs="planning_items.change", leaves_the_team=True,
    )
)  # fmt: skip
POSTER = kinds.register(
    DocumentKind(
        code="survey_poster", title="Survey notice with code", template="documents/survey/survey_poster.html",
        data_class="planning_items", needs="community_contacts.change", leaves_the_team=True,
    )
)  # fmt: skip
PLAYER_LIST = kinds.register(
    DocumentKind(
        code="player_list", title="Player list", template="documents/survey/player_list.html",
        data_class="player_list",
    )
)  # fmt: skip
KEY_ADDRESSES = kinds.register(
    DocumentKind(
        code="key_addresses", title="Key addresses", template="documents/survey/key_addresses.html",
        data_class="key_addresses",
    )
)  # fmt: skip

LINES = {"line": 2, "text": 5}


def key_of(kind: DocumentKind, facts: dict[str, Any]) -> str:
    """The same facts under the same kind give the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{kind.code}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"


def paper_form(case: MarketCase, question_set: QuestionSet, language: str) -> dict[str, Any]:
    """A blank form in one language; it holds no fact of the case but its name."""
    return {
        "data_class": PAPER_FORM.data_class,
        "market": case.name,
        "city": case.city_name,
        "group": question_set.get_group_display(),
        "is_community": question_set.group == QuestionSet.Group.COMMUNITY,
        "version": question_set.number,
        "language": language,
        "questions": [_printed(question, language) for question in selectors.questions_of(question_set)],
    }


def _printed(question: Question, language: str) -> dict[str, Any]:
    return {
        "words": question.asked(language),
        "hint": question.hinted(language),
        "choices": [words for _, words in question.offered(language)],
        "lines": list(range(LINES.get(question.kind, 0))),
    }


def poster(case: MarketCase, link: CommunityLink, address: str) -> dict[str, Any]:
    """The notice that hangs out: what is asked, who reads it, the code and until when it works."""
    return {
        "data_class": POSTER.data_class,
        "market": case.name,
        "city": case.city_name,
        "address": address,
        "code": code_drawing(address),
        "until": long_date(link.expires_on),
    }


def code_drawing(address: str) -> dict[str, Any]:
    """The QR code of an address as one path over a field of `size` by `size`, quiet zone and all."""
    rows = list(segno.make(address, error="m", micro=False).matrix_iter(border=4))
    parts = []
    for y, row in enumerate(rows):
        start = None
        for x, dark in enumerate([*row, 0]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                parts.append(f"M{start} {y}h{x - start}v1h{start - x}z")
                start = None
    return {"size": len(rows), "path": "".join(parts)}


def player_list(case: MarketCase, today: date) -> dict[str, Any]:
    """Everybody on the list in date: number, name, basis, sources by group, review date."""
    return {
        "data_class": PLAYER_LIST.data_class,
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "rows": [
            {
                "number": row.player.number,
                "name": row.player.person.full_name,
                "aliases": ", ".join(row.player.person.aliases),
                "home": row.player.person.home_address,
                "stage": row.player.get_stage_display(),
                "basis": row.player.basis,
                "sources": row.sources.independent,
                "groups": row.sources.words,
                "review_by": short_date(row.player.review_by),
            }
            for row in selectors.name_list(case)
        ],
    }


def key_addresses(case: MarketCase, today: date) -> dict[str, Any]:
    """Every key address with its basis, sources by group and review date."""
    return {
        "data_class": KEY_ADDRESSES.data_class,
        "market": case.name,
        "city": case.city_name,
        "on": long_date(today),
        "rows": [
            {
                "address": f"{row.place.address} {row.place.unit}".strip(),
                "name": row.place.name,
                "kind": row.place.get_kind_display(),
                "basis": row.place.basis,
                "sources": row.sources.independent,
                "groups": row.sources.words,
                "review_by": short_date(row.review_by),
            }
            for row in selectors.address_list(case)
        ],
    }
