"""What showing a picture of a buy could give away: the one person who bought, or an informant close by.

A buyer is given away by the day and the place in the notebook when nobody else bought that day at that place. Cautions
about informants are found only for a reader who may know of informants' buys.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Q

from dmi.core.dates import long_date
from dmi.places.addresses import normalise
from targeting.undercover.models import BuyMedia, InferenceAnswer, InformantBuy, OfficerBuy
from targeting.undercover.selectors.sealed import SEES_SEALED

if TYPE_CHECKING:
    from dmi.evidence.models import MediaItem

ONE_BUYER, INFORMANT_NEAR = "one_buyer", "informant_near"
NEAR_DAYS = 3


@dataclass(frozen=True, slots=True)
class Caution:
    """One thing the reader of a notebook could work out, in words, with its code."""

    code: str
    text: str


def cautions_of_buy(buy: OfficerBuy, can: Collection[str]) -> list[Caution]:
    """What showing this buy could give away, as far as the asker may know; one query, or two."""
    found = [_one_buyer(buy)]
    if SEES_SEALED in can:
        found.append(_informant_near(buy))
    return [caution for caution in found if caution]


def cautions_of_item(item: MediaItem, can: Collection[str]) -> list[Caution]:
    """What releasing this item could give away through the buys it is attached to, and nobody has answered yet."""
    found: dict[str, Caution] = {}
    for media in BuyMedia.objects.for_case(item.case).filter(item=item).select_related("buy__player", "buy__case"):
        for caution in unanswered(media.buy, can):
            found.setdefault(f"{caution.code}:{media.buy_id}", caution)
    return list(found.values())


def unanswered(buy: OfficerBuy, can: Collection[str]) -> list[Caution]:
    """The cautions of a buy for which no reason was given so far."""
    found = cautions_of_buy(buy, can)
    rows = (
        InferenceAnswer.objects.for_case(buy.case).filter(buy=buy).values_list("cautions", flat=True) if found else []
    )
    answered = {code for codes in rows for code in codes}
    return [caution for caution in found if caution.code not in answered]


def _one_buyer(buy: OfficerBuy) -> Caution | None:
    zone = ZoneInfo(buy.case.time_zone)
    day, where = buy.bought_at.astimezone(zone).date(), normalise(buy.place)
    others = OfficerBuy.objects.for_case(buy.case).filter(player_id=buy.player_id).exclude(pk=buy.pk)
    rows = others.values_list("bought_at", "place", "officer_code")
    codes = {code for at, place, code in rows if at.astimezone(zone).date() == day and normalise(place) == where}
    if codes - {buy.officer_code}:
        return None
    return Caution(
        ONE_BUYER,
        f"Buy {buy.report_number}: on {long_date(day)} at {buy.place} only one person bought from {buy.player.number}. "
        "Day, place and picture together say who. A week instead of a day and a block instead of an address say less.",
    )


def _informant_near(buy: OfficerBuy) -> Caution | None:
    near = timedelta(days=NEAR_DAYS)
    is_near = Q(bought_at__gte=buy.bought_at - near, bought_at__lte=buy.bought_at + near) | Q(place__iexact=buy.place)
    sealed = InformantBuy.objects.for_case(buy.case).filter(is_near, player_id=buy.player_id)
    if not sealed.exists():
        return None
    return Caution(
        INFORMANT_NEAR,
        f"Buy {buy.report_number}: a sealed buy from {buy.player.number} lies within {NEAR_DAYS} days or at the same "
        "place. Who sold may think of the other buyer first. Ask the handler before this is shown.",
    )
