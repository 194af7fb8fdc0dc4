"""Reading step 4; the step's door. Everything here is read from officers' buys; an informant's buy never leaves it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from dmi.cases import selectors as cases
from dmi.cases.progress import Progress, State
from dmi.evidence.models import MediaItem
from dmi.people import selectors as people
from dmi.people.stages import ON_THE_CALL_IN, Stage
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, OfficerBuy

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase, TeamPolicy
    from dmi.people.models import Player

STAGES = (Stage.LISTED, Stage.CANDIDATE, Stage.INVITED, Stage.NOTIFIED, Stage.PROSECUTE, Stage.HELD)
INFORMANT_SOURCE = InformantBuy.data_class
PAGE = "undercover:cases"


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
    """Checked or released items of the case not on this buy yet; none of an informant's buy, nor a copy of one."""
    items = MediaItem.objects.for_case(buy.case).shown().exclude(source_class=INFORMANT_SOURCE)
    items = items.exclude(derived_from__source_class=INFORMANT_SOURCE)
    return items.exclude(pk__in=BuyMedia.objects.for_case(buy.case).filter(buy=buy).values("item"))


def informant_buys(case: MarketCase) -> QuerySet[InformantBuy]:
    """Informants' buys of the case, newest first, without the numbers of the informants."""
    found = InformantBuy.objects.for_case(case).filter(player__in=people.players(case))
    return found.select_related("player").order_by("-bought_at")


def readiness(case: MarketCase, *, today: date | None = None) -> list[ReadinessRow]:
    """Every player cases are built on, by number; four queries."""
    policy = cases.policy_of(case)
    figures = _figures(OfficerBuy.objects.for_case(case))
    pages = {page.player_id: page for page in ChargePage.objects.for_case(case)}
    return [
        ReadinessRow(player, _summary(figures.get(player.pk), case, policy), pages.get(player.pk))
        for player in people.players(case, today=today).filter(stage__in=STAGES).order_by("number")
    ]


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Where 4.0 and 4.1 stand, from officers' buys; 4.2 to 4.3 are not answered here. Facts are counts only."""
    rows = [row for row in readiness(case, today=today) if row.player.stage in ON_THE_CALL_IN]
    bought = [row.summary for row in rows if row.summary.count]
    buys = sum(summary.count for summary in bought)
    last = max((summary.last_on for summary in bought if summary.last_on), default=None)
    return {"4.0": _built(rows), "4.1": _bought(len(bought), len(rows), buys, last)}


def _built(rows: list[ReadinessRow]) -> Progress:
    """The buys the team asks for and the prosecutor's word, for each candidate."""
    enough = sum(row.summary.meets_policy for row in rows)
    ready_on = [row.charge_page.ready_on for row in rows if row.charge_page and row.charge_page.ready_on]
    if not rows:
        return Progress(State.MISSING, todo="Choose candidates, then build their cases", url_name=PAGE)
    fact = f"{enough} of {len(rows)} with the buys asked for"
    if enough < len(rows):
        state = State.UNDER_WAY if any(row.summary.count for row in rows) else State.MISSING
        return Progress(state, fact, todo=f"Complete the buys on {len(rows) - enough}", url_name=PAGE)
    if len(ready_on) < len(rows):
        todo = "Say of each candidate whether the case stands"
        return Progress(State.UNDER_WAY, fact, holder="prosecutor", todo=todo, url_name=PAGE)
    return Progress(State.DONE, fact, done_on=max(ready_on), url_name=PAGE)


def _bought(people_bought: int, everybody: int, buys: int, last: date | None) -> Progress:
    """Each candidate has at least one buy by an officer."""
    fact = f"{buys} recorded, on {people_bought} of {everybody}" if everybody else ""
    if everybody and people_bought == everybody:
        return Progress(State.DONE, fact, done_on=last, url_name=PAGE)
    state = State.UNDER_WAY if buys else State.MISSING
    return Progress(state, fact, todo="Record a buy by an officer on each candidate", url_name=PAGE)


def _figures(found: QuerySet[OfficerBuy]) -> dict[UUID, dict[str, Any]]:
    recorded = Count("pk", filter=~Q(recording=OfficerBuy.Recording.NONE))
    rows = found.order_by().values("player_id").annotate(n=Count("pk"), taped=recorded, last=Max("bought_at"))
    return {row["player_id"]: row for row in rows}


def _summary(found: dict[str, Any] | None, case: MarketCase, policy: TeamPolicy) -> EvidenceSummary:
    row = found or {"n": 0, "taped": 0, "last": None}
    enough = row["n"] >= policy.buys_required and row["taped"] >= policy.recorded_buys_required
    last_on = row["last"].astimezone(ZoneInfo(case.time_zone)).date() if row["last"] else None
    return EvidenceSummary(row["n"], row["taped"], last_on, enough)
