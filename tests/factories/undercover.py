"""Records of step 4 for tests: buys by officers and informants, charge pages."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from dmi.people.models import Player
from targeting.undercover import actions
from targeting.undercover.models import ChargePage, InformantBuy, OfficerBuy

FACTS = {
    "bought_at": datetime(2026, 4, 18, 20, 15, tzinfo=UTC), "place": "812 Calder Street", "product": "Cocaine",
    "weight_grams": "1.20", "money_dollars": "60.00", "account": "The person sold one bag.",
}  # fmt: skip


def buy(player: Player, report: str = "UC-1", **given: Any) -> OfficerBuy:
    """A recorded buy by an officer."""
    fields = FACTS | {"report_number": report, "recording": "video"} | given
    return actions.record_buy(buy=OfficerBuy(case=player.case, player=player, **fields), actor=None)


def informant_buy(player: Player, report: str = "CI-1", number: str = "NUMBER77") -> InformantBuy:
    """A buy by an informant."""
    made = InformantBuy(case=player.case, player=player, report_number=report, **(FACTS | {"place": "INFORMANTTOKEN"}))
    return actions.record_informant_buy(buy=made, number=number, actor=None)


def charges(player: Player, **given: Any) -> ChargePage:
    """The prosecutor's page, not ready yet."""
    fields = {
        "court": "District Court", "charges": "Sale of cocaine", "penalty": "Five years", "statement": "STATEMENTTOKEN",
    }  # fmt: skip
    return actions.save_charge_page(page=ChargePage(case=player.case, player=player, **(fields | given)), actor=None)
