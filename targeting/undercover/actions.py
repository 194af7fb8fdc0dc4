"""Acts of step 4: buys with their proof, and the prosecutor's page about a player."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from targeting.undercover import selectors
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, InformantNumber, OfficerBuy

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.core.models import CaseRecord
    from dmi.evidence.models import MediaItem


class NotAttachable(Exception):
    """The item is of another case, not checked, shows somebody protected, or came with an informant's buy."""


class NotReady(Exception):
    """The case cannot be called ready on that day."""


@transaction.atomic
def record_buy(*, buy: OfficerBuy, actor: User | None) -> OfficerBuy:
    """The officer's buy is on file. Raises ValidationError."""
    buy.save_by(actor)
    _record(buy, Verb.BUY_RECORDED, actor, player=buy.player_id, recording=str(buy.recording))
    return buy


@transaction.atomic
def correct_buy(*, buy: OfficerBuy, actor: User | None) -> OfficerBuy:
    """The officer's buy stands as corrected. Raises ValidationError, StaleRecord."""
    buy.save_by(actor)
    _record(buy, Verb.BUY_CORRECTED, actor, player=buy.player_id, recording=str(buy.recording))
    return buy


@transaction.atomic
def attach(*, buy: OfficerBuy, item: MediaItem, caption: str, position: int, actor: User | None) -> BuyMedia:
    """The item is shown with the buy, at that place in the order. Raises NotAttachable, ValidationError."""
    if not selectors.attachable(buy).filter(pk=item.pk).exists():
        raise NotAttachable("Only checked or released evidence of this market that is not on the buy yet can be added.")
    media = BuyMedia.objects.create_by(
        actor, case=buy.case, buy=buy, item=item, caption=caption.strip(), position=position
    )
    _record(media, Verb.BUY_MEDIA_ATTACHED, actor, buy=buy.pk, item=item.pk)
    return media


@transaction.atomic
def record_informant_buy(*, buy: InformantBuy, number: str, actor: User | None) -> InformantBuy:
    """The informant's buy is on file, and the informant's number apart from it. Raises ValidationError."""
    buy.save_by(actor)
    InformantNumber.objects.create_by(actor, case=buy.case, buy=buy, number=number.strip())
    _record(buy, Verb.INFORMANT_BUY_RECORDED, actor)
    return buy


@transaction.atomic
def save_charge_page(*, page: ChargePage, actor: User | None) -> ChargePage:
    """The prosecutor's page stands as written. Raises ValidationError, StaleRecord."""
    page.save_by(actor)
    _record(page, Verb.CHARGE_PAGE_SAVED, actor, player=page.player_id)
    return page


@transaction.atomic
def mark_ready(*, page: ChargePage, on: date, actor: User | None) -> ChargePage:
    """The prosecutor calls the case ready since that day. Raises NotReady, ValidationError, StaleRecord."""
    if page.ready_on:
        raise NotReady("The case was called ready before.")
    if on > timezone.localdate():
        raise NotReady("This day has not come yet.")
    page.ready_on = on
    page.save_by(actor)
    _record(page, Verb.PLAYER_CASE_READY, actor, player=page.player_id, on=on)
    return page


def _record(subject: CaseRecord, verb: Verb, actor: User | None, **facts: object) -> None:
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)
