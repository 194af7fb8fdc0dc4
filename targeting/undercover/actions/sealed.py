"""Acts on informants' buys. Nothing written here is read outside the restricted compartment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction

from dmi.audit.verbs import Verb
from dmi.evidence import actions as evidence
from targeting.undercover.actions.buys import record
from targeting.undercover.models import InformantBuy, InformantMedia, InformantNumber, RegisterLook

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


@transaction.atomic
def record_informant_buy(*, buy: InformantBuy, number: str, actor: User | None) -> InformantBuy:
    """The informant's buy is on file, and the informant's number apart from it. Raises ValidationError."""
    buy.save_by(actor)
    InformantNumber.objects.create_by(actor, case=buy.case, buy=buy, number=number.strip().upper())
    record(buy, Verb.INFORMANT_BUY_RECORDED, actor)
    return buy


@transaction.atomic
def correct_informant_buy(*, buy: InformantBuy, number: str, actor: User | None) -> InformantBuy:
    """The informant's buy and its number stand as corrected. Raises ValidationError, StaleRecord."""
    buy.save_by(actor)
    held = InformantNumber.objects.for_case(buy.case).filter(buy=buy).first()
    held = held or InformantNumber(case=buy.case, buy=buy)
    if held.number != number.strip().upper():
        held.number = number.strip().upper()
        held.save_by(actor)
    record(buy, Verb.INFORMANT_BUY_CORRECTED, actor)
    return buy


def add_informant_media(
    *, buy: InformantBuy, actor: User, files: Sequence[File[Any]], caption: str, holder: str, item_number: str = ""
) -> tuple[list[InformantMedia], list[evidence.NotTaken]]:
    """Files are taken in sealed, with their custody, and stand with the informant's buy.

    The custody log names no informant: its purpose is the report number alone.
    """
    taken, refused = evidence.take_in_all(
        case=buy.case, actor=actor, uploads=files, data_class=InformantBuy.data_class, caption=caption, holder=holder,
        item_number=item_number, taken_at=buy.bought_at, purpose=f"Buy {buy.report_number}",
    )  # fmt: skip
    added = []
    with transaction.atomic():
        for item in taken:
            words = caption.strip() or item.get_kind_display()
            media = InformantMedia.objects.create_by(actor, case=buy.case, buy=buy, item=item, caption=words)
            record(media, Verb.INFORMANT_MEDIA_ADDED, actor, item=item.pk)
            added.append(media)
    return added, refused


@transaction.atomic
def look_over_register(*, case: MarketCase, on: date, note: str, actor: User | None) -> RegisterLook:
    """The handler has looked the sealed register over; whether anything stands in it is not said."""
    look = RegisterLook.objects.create_by(actor, case=case, looked_on=on, note=note.strip())
    record(look, Verb.SEALED_REGISTER_LOOKED_OVER, actor, on=on)
    return look
