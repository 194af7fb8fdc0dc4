"""The step's papers: what each holds, read once and frozen. Imported by `apps.ready()`, which declares the kinds.

People stand on these papers by number. The report of an informant's buy, and the custody sheet of sealed media, belong
to the restricted drawer: the handler issues them and a second person agrees before the file is handed out.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dmi.cases import selectors as cases
from dmi.cases.models import MarketCase
from dmi.core.dates import long_date, long_when, short_date
from dmi.documents import kinds
from dmi.documents.facts import section
from dmi.documents.kinds import DocumentKind
from dmi.evidence import selectors as evidence
from dmi.evidence.models import MediaItem
from dmi.people.models import Player
from targeting.undercover import selectors
from targeting.undercover.models import BuyFacts, InformantBuy, OfficerBuy


def _kind(code: str, title: str, data_class: str, *may_include: str) -> DocumentKind:
    template = f"documents/undercover/{code}.html"
    kind = DocumentKind(
        code=code, title=title, template=template, data_class=data_class, may_include=frozenset(may_include)
    )
    return kinds.register(kind)


READINESS = _kind("case_readiness", "Case-readiness table", "undercover_buys", "player_list")
READINESS_FULL = _kind(
    "case_readiness_prosecutor", "Case-readiness table, prosecutor's copy", "warrants", "undercover_buys", "player_list"
)
BUY_REPORT = _kind("buy_report", "Buy report", "undercover_buys")
ACTIVITY = _kind("activity_log", "Activity log", "police_contacts")
CUSTODY = _kind("custody_sheet", "Custody sheet", "custody")
CUSTODY_SEALED = _kind("custody_sheet_sealed", "Custody sheet, sealed", "operations", "custody")
INFORMANT_REPORT = _kind("informant_buy_report", "Informant buy report", "operations", "informant_buys")

CLOCK_WORDS = {"unknown": "Not entered", "over": "Passed", "soon": "Soon", "far": ""}


def key_of(kind: DocumentKind, facts: dict[str, Any], about: object = "") -> str:
    """The same facts under the same kind give the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{kind.code}:{about}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"


def readiness(case: MarketCase, today: date, *, with_prosecutor: bool) -> dict[str, Any]:
    """The table of cases from officers' buys; the prosecutor's word and clock only on the prosecutor's copy."""
    rows = selectors.readiness(case, today=today)
    policy = cases.policy_of(case)
    return {
        "head": section(
            "undercover_buys", market=case.name, on=long_date(today), required=policy.buys_required,
            recorded=policy.recorded_buys_required,
        ),
        "rows": [
            section(
                "undercover_buys",
                who=section("player_list", number=row.player.number, stage=row.player.get_stage_display()),
                buys=section(
                    "undercover_buys", count=row.summary.count, recorded=row.summary.recorded,
                    last=short_date(row.summary.last_on) if row.summary.last_on else "",
                    enough=row.summary.meets_policy, no_result=row.no_result,
                ),
                **({"word": _word(row)} if with_prosecutor else {}),
            )
            for row in rows
        ],
    }  # fmt: skip


def _word(row: selectors.ReadinessRow) -> dict[str, Any]:
    page = row.charge_page
    last = page.limitation_on if page else None
    return section(
        "warrants", written=page is not None, stands=short_date(page.ready_on) if page and page.ready_on else "",
        reason=page.ready_reason if page else "", last=short_date(last) if last else "", clock=CLOCK_WORDS[row.clock],
    )  # fmt: skip


def buy_report(buy: OfficerBuy) -> tuple[dict[str, Any], tuple[UUID, ...]]:
    """One officer's buy with the list of its evidence and its printable pictures; the officer is a code."""
    rows = list(buy.media.select_related("item"))
    files = evidence.printable_files([row.item_id for row in rows], buy.case)
    facts = {
        "data_class": BUY_REPORT.data_class,
        "market": buy.case.name,
        "player": buy.player.number,
        "officer": buy.officer_code,
        **_facts(buy),
        "media": [
            {
                "code": row.item.code, "kind": row.item.get_kind_display(), "caption": row.caption,
                "sha256": row.item.sha256, "property": row.item.item_number,
            }
            for row in rows if row.item.is_open
        ],
        "withheld": sum(not row.item.is_open for row in rows),
        "stills": [{"id": row.item_id, "caption": row.caption} for row in rows if row.item_id in files],
    }  # fmt: skip
    return facts, tuple(row.item_id for row in rows if row.item_id in files)


def informant_report(buy: InformantBuy) -> dict[str, Any]:
    """One informant's buy: searches, controlled money, proof. The informant's number stands nowhere on it."""
    return {
        "buy": section(
            "informant_buys", market=buy.case.name, player=buy.player.number, handler=buy.handler_code,
            watched_by=buy.watched_by, search_before=buy.get_search_before_display(),
            search_before_note=buy.search_before_note, search_after=buy.get_search_after_display(),
            search_after_note=buy.search_after_note, controlled=buy.is_controlled_money,
            returned=f"${buy.money_returned_dollars}" if buy.money_returned_dollars is not None else "",
            open_points=buy.open_points,
            media=[{"code": row.item.code, "kind": row.item.get_kind_display(), "sha256": row.item.sha256}
                   for row in buy.media.select_related("item")],
            **_facts(buy),
        )
    }  # fmt: skip


def _facts(buy: BuyFacts) -> dict[str, Any]:
    point = f"{buy.point.y:.5f}, {buy.point.x:.5f}" if buy.point else ""
    return {
        "report": buy.report_number, "when": long_when(buy.bought_at), "place": buy.place, "point": point,
        "product": buy.product, "weight": buy.weight_words, "money": f"${buy.money_dollars}",
        "serials": [line.strip() for line in buy.serials.splitlines() if line.strip()],
        "recording": buy.get_recording_display(), "photographed": buy.has_photographs, "account": buy.account,
        "evidence": buy.evidence_list, "lab_number": buy.lab_number, "lab_result": buy.lab_result,
        "lab_sent": long_date(buy.lab_sent_on) if buy.lab_sent_on else "",
        "lab_on": long_date(buy.lab_on) if buy.lab_on else "",
    }  # fmt: skip


def activity_log(case: MarketCase, player: Player | None, today: date) -> dict[str, Any]:
    """Observed activity of one player or of all, newest first."""
    return {
        "data_class": ACTIVITY.data_class,
        "market": case.name,
        "player": player.number if player else "",
        "on": long_date(today),
        "rows": [
            {
                "when": long_when(row.seen_at), "player": row.player.number, "kind": row.get_kind_display(),
                "place": row.place, "source": row.source, "report": row.report_number, "summary": row.summary,
            }
            for row in selectors.observations(case, player)
        ],
    }  # fmt: skip


def custody_sheet(item: MediaItem) -> tuple[DocumentKind, dict[str, Any]]:
    """The custody sheet of one item, in the drawer the item lies in."""
    kind = CUSTODY_SEALED if item.compartment == "R" else CUSTODY
    facts = evidence.custody_facts(item) | {"market": item.case.name}
    for line in facts["lines"]:
        line["at"] = long_when(datetime.fromisoformat(line["at"]))
    return kind, {"sheet": section("custody", **facts)}
