"""Reading step 4; the step's door. Everything here is read from officers' buys; informants' buys leave this step never."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from dmi.cases import selectors as cases
from dmi.cases.progress import Progress, State
from dmi.evidence.models import MediaItem
from dmi.people import selectors as people
from dmi.people.stages import Stage
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, OfficerBuy

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase, TeamPolicy
    from dmi.people.models import Player

STAGES = (Stage.LISTED, Stage.CANDIDATE, Stage.INVITED, Stage.NOTIFIED, Stage.PROSECUTE, Stage.HELD)
INFORMANT_SOURCE = InformantBuy.data_class


@dataclass(frozen=True, slots=True)
class EvidenceSummary:
    """How many officers' buys there are of a player, and whether they are what the team asks for."""

    count: int
    recorded: int
    last_on: date | None
    meets_policy: bool


@dataclass(frozen=True, slots=True)
class ReadinessRow:
    """A player, the evidence, and the prosecutor's page; show the page only to readers of warrants."""

    player: Player
    summary: EvidenceSummary
    charge_page: ChargePage | None


def evidence_summary(player: Player) -> EvidenceSummary:
    """The player's officers' buys in figures; two queries."""
    found = _figures(OfficerBuy.objects.for_case(player.case).filter(player=player)).get(player.pk)
    return _summary(found, player.case, cases.policy_of(player.case))


def notebook_buys(player: Player) -> list[OfficerBuy]:
    """The player's officers' buys, oldest first, each with the media that may reach paper and no other."""
    printable = MediaItem.objects.for_case(player.case).printable()
    media = BuyMedia.objects.for_case(player.case).filter(item__in=printable).select_related("item")
    return list(buys(player).prefetch_related(None).prefetch_related(Prefetch("media", media)))


def buys(player: Player) -> QuerySet[OfficerBuy]:
    """The player's officers' buys, oldest first, with whatever is attached, released or not."""
    media = BuyMedia.objects.for_case(player.case).select_related("item")
    found = OfficerBuy.objects.for_case(player.case).filter(player=player)
    return found.order_by("bought_at").prefetch_related(Prefetch("media", media))


def charge_page(player: Player) -> ChargePage | None:
    """The prosecutor's page about the player, if it is written."""
    return ChargePage.objects.for_case(player.case).filter(player=player).first()


def attachable(buy: OfficerBuy) -> QuerySet[MediaItem]:
    """Checked or released items of the case not on this buy yet; never one that came with an informant's buy."""
    items = MediaItem.objects.for_case(buy.case).shown().exclude(source_class=INFORMANT_SOURCE)
    return items.exclude(pk__in=BuyMedia.objects.for_case(buy.case).filter(buy=buy).values("item"))


def informant_buys(case: MarketCase) -> QuerySet[InformantBuy]:
    """Informants' buys of the case, newest first, without the numbers of the informants."""
    return InformantBuy.objects.for_case(case).select_related("player").order_by("-bought_at")


def readiness(case: MarketCase) -> list[ReadinessRow]:
    """Every player cases are built on, by number; four queries."""
    policy = cases.policy_of(case)
    figures = _figures(OfficerBuy.objects.for_case(case))
    pages = {page.player_id: page for page in ChargePage.objects.for_case(case)}
    return [
        ReadinessRow(player, _summary(figures.get(player.pk), case, policy), pages.get(player.pk))
        for player in people.players(case).filter(stage__in=STAGES).order_by("number")
    ]


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where 4.0 and 4.1 stand, from officers' buys; 4.2 to 4.3 are not answered here. Facts are counts only."""
    rows = [row for row in readiness(case) if row.player.stage in Stage_ON_THE_CALL_IN]
    return {"4.0": _built(rows), "4.1": _bought(rows, case)}
