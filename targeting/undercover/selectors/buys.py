"""Officers' buys of a player or a market, their evidence, and other activity on record."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Model, Prefetch, Q, QuerySet

from dmi.cases import selectors as cases
from dmi.evidence import selectors as evidence
from dmi.evidence.models import MediaItem
from dmi.people import selectors as people
from targeting.incident_review import selectors as review
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, Observation, OfficerBuy

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase, TeamPolicy
    from dmi.people.models import Player

SEES_LOCATIONS = "buy_locations.view"
SEES_BUYS = "undercover_buys.view"
# Left out of the list of changes: who and when stand beside each change anyway.
NOT_CHANGES = frozenset({"version", "updated_at", "updated_by", "created_at", "created_by", "weight_grams"})


@dataclass(frozen=True, slots=True)
class EvidenceSummary:
    """How many officers' buys there are of a player, and whether they are what the team asks for."""

    count: int
    recorded: int
    last_on: date | None
    meets_policy: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a record: when, by whom, and each field before and after."""

    at: Any
    who: str
    lines: list[tuple[str, str, str]]


def evidence_summary(player: Player) -> EvidenceSummary:
    """The player's officers' buys in figures; two queries."""
    found = figures(OfficerBuy.objects.for_case(player.case).filter(player=player)).get(player.pk)
    return summary(found, player.case, cases.policy_of(player.case))


def notebook_buys(case: MarketCase, players: Collection[Player]) -> dict[UUID, list[OfficerBuy]]:
    """These players' officers' buys, oldest first, each with the media that may reach paper and no other; two queries.

    By player; whoever has no buy is left out.
    """
    printable = MediaItem.objects.for_case(case).printable()
    media = BuyMedia.objects.for_case(case).filter(item__in=printable).select_related("item")
    rows = OfficerBuy.objects.for_case(case).filter(player__in=players).order_by("bought_at")
    found: dict[UUID, list[OfficerBuy]] = {}
    for buy in rows.prefetch_related(Prefetch("media", media)):
        found.setdefault(buy.player_id, []).append(buy)
    return found


def board_buys(case: MarketCase, can: Collection[str]) -> dict[UUID, review.Buys] | None:
    """Officers' buys of each player in figures, for the board of step 3; None without the right, else one query."""
    if SEES_BUYS not in can:
        return None
    kinds, recorded = OfficerBuy.Recording, OfficerBuy.objects.for_case(case).order_by().values("player_id")
    rows = recorded.annotate(
        n=Count("pk"), audio=Count("pk", filter=Q(recording__in=(kinds.AUDIO, kinds.BOTH))),
        video=Count("pk", filter=Q(recording__in=(kinds.VIDEO, kinds.BOTH))),
        photos=Count("pk", filter=Q(has_photographs=True)),
    )  # fmt: skip
    return {
        row["player_id"]: review.Buys(row["n"], bool(row["audio"]), bool(row["video"]), bool(row["photos"]))
        for row in rows
    }


def unreleased_pictures(case: MarketCase, players: Collection[Player]) -> dict[UUID, int]:
    """How many photographs and videos of each player's buys are not released for print; none: left out.

    Sound has no place on paper, so it does not count.
    """
    printable = MediaItem.objects.for_case(case).printable()
    attached = BuyMedia.objects.for_case(case).filter(buy__player__in=players, item__kind__in=evidence.PAPER_KINDS)
    rows = attached.exclude(item__in=printable).order_by().values_list("buy__player")
    return dict(rows.annotate(n=Count("pk")))


def buys(player: Player) -> QuerySet[OfficerBuy]:
    """The player's officers' buys, oldest first, with whatever is attached, released or not."""
    return all_buys(player.case).filter(player=player)


def all_buys(case: MarketCase) -> QuerySet[OfficerBuy]:
    """Officers' buys of the case, oldest first, with what is attached."""
    media = BuyMedia.objects.for_case(case).select_related("item")
    return OfficerBuy.objects.for_case(case).order_by("bought_at").prefetch_related(Prefetch("media", media))


def media_rows(buy: Any, *, can: Collection[str], user: User) -> list[dict[str, Any]]:
    """What is attached to a buy, each with what this reader may see of it; what he may not know of is left out."""
    rows = []
    for media in buy.media.all():
        sight = evidence.sight(media.item, can=can, user=user)
        if sight.anything:
            ready = media.item.is_open and media.item.status == "released" and media.item.readiness == "ready"
            is_for_paper = media.item.kind in evidence.PAPER_KINDS
            rows.append(
                {
                    "media": media,
                    "item": media.item,
                    "sight": sight,
                    "is_printable": ready,
                    "is_for_paper": is_for_paper,
                }
            )
    return rows


def charge_page(player: Player) -> ChargePage | None:
    """The prosecutor's page about the player, if it is written."""
    return charge_pages(player.case, [player]).get(player.pk)


def with_charge_pages(players: QuerySet[Player]) -> QuerySet[Player]:
    """Each with the prosecutor's page as `charge_page`, in the same query; for players read and used now."""
    return players.select_related("charge_page")


def charge_pages(case: MarketCase, players: Collection[Player]) -> dict[UUID, ChargePage]:
    """The prosecutor's pages about these players, by player, as far as they are written; one query."""
    return {page.player_id: page for page in ChargePage.objects.for_case(case).filter(player__in=players)}


def attachable(buy: OfficerBuy) -> QuerySet[MediaItem]:
    """Checked or released items of the case not on this buy yet; none of an informant's buy, nor a copy of one."""
    sealed = InformantBuy.data_class
    items = MediaItem.objects.for_case(buy.case).shown().exclude(source_class=sealed)
    items = items.exclude(derived_from__source_class=sealed)
    return items.exclude(pk__in=BuyMedia.objects.for_case(buy.case).filter(buy=buy).values("item"))


def observations(case: MarketCase, player: Player | None = None) -> QuerySet[Observation]:
    """Activity documented in another way than a buy, newest first; of one player if named."""
    found = Observation.objects.for_case(case).filter(player__in=people.players(case))
    found = found.filter(player=player) if player else found
    return found.select_related("player__person", "item", "created_by")


def buy_points(case: MarketCase, can: Collection[str]) -> list[tuple[float, float, date, str]]:
    """Officers' buys as points for the map: longitude, latitude, day, product; empty without the right to places.

    Informants' buys are never among them, whoever asks, so that the map says nothing about them.
    """
    if SEES_LOCATIONS not in can:
        return []
    zone = ZoneInfo(case.time_zone)
    found = OfficerBuy.objects.for_case(case).filter(point__isnull=False, player__in=people.players(case))
    rows = found.order_by("bought_at", "pk").values_list("point", "bought_at", "product")
    return [(point.x, point.y, at.astimezone(zone).date(), product) for point, at, product in rows if point]


def changes_of(record: Model) -> list[Change]:
    """Every correction of a record, newest first, from its history."""
    rows = list(record.history.select_related("history_user").order_by("-history_date", "-history_id"))  # type: ignore[attr-defined]
    found = []
    for after, before in pairwise(rows):
        delta = after.diff_against(before, foreign_keys_are_objs=False)
        lines = [
            (str(after._meta.get_field(c.field).verbose_name), _shown(c.old), _shown(c.new))
            for c in delta.changes
            if c.field not in NOT_CHANGES
        ]
        if lines:
            who = after.history_user.short_name if after.history_user else "System"
            found.append(Change(after.history_date, who, lines))
    return found


def figures(found: QuerySet[Any]) -> dict[UUID, dict[str, Any]]:
    """Count, recorded, last and laboratory figures of buys, by player."""
    rows = found.order_by().values("player_id").annotate(
        n=Count("pk"), taped=Count("pk", filter=~Q(recording=OfficerBuy.Recording.NONE)), last=Max("bought_at"),
        no_result=Count("pk", filter=Q(lab_result="")), not_sent=Count("pk", filter=Q(lab_number="")),
    )  # fmt: skip
    return {row["player_id"]: row for row in rows}


def summary(found: dict[str, Any] | None, case: MarketCase, policy: TeamPolicy) -> EvidenceSummary:
    """The figures of one player against what the team asks for."""
    row = found or {"n": 0, "taped": 0, "last": None}
    enough = row["n"] >= policy.buys_required and row["taped"] >= policy.recorded_buys_required
    last_on = row["last"].astimezone(ZoneInfo(case.time_zone)).date() if row["last"] else None
    return EvidenceSummary(row["n"], row["taped"], last_on, enough)


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value.y:.5f}, {value.x:.5f}" if hasattr(value, "coords") else str(value)
