"""Acts on officers' buys with their proof, other activity, and the prosecutor's page about a player."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access
from dmi.evidence import actions as evidence
from dmi.evidence.models import Status
from targeting.undercover import selectors
from targeting.undercover.models import BuyMedia, ChargePage, InferenceAnswer, Observation, OfficerBuy

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.core.models import CaseRecord
    from dmi.evidence.models import MediaItem


class NotAttachable(Exception):
    """The item is of another case, not checked, shows somebody protected, or came with an informant's buy."""


class NotReady(Exception):
    """The case cannot be called ready on that day, or the reason is missing."""


@transaction.atomic
def record_buy(*, buy: OfficerBuy, actor: User | None) -> OfficerBuy:
    """The officer's buy is on file. Raises ValidationError."""
    buy.save_by(actor)
    record(buy, Verb.BUY_RECORDED, actor, player=buy.player_id, recording=str(buy.recording))
    return buy


@transaction.atomic
def correct_buy(*, buy: OfficerBuy, actor: User | None) -> OfficerBuy:
    """The officer's buy stands as corrected; the history keeps what it was. Raises ValidationError, StaleRecord."""
    buy.save_by(actor)
    record(buy, Verb.BUY_CORRECTED, actor, player=buy.player_id, recording=str(buy.recording))
    return buy


@transaction.atomic
def attach(
    *, buy: OfficerBuy, item: MediaItem, caption: str, position: int, actor: User | None, reason: str = ""
) -> BuyMedia:
    """The item is shown with the buy, at that place in the order.

    An item that is released already is shown from now on, so what it could give away needs a reason here.
    Raises NotAttachable, ValidationError.
    """
    if not selectors.attachable(buy).filter(pk=item.pk).exists():
        raise NotAttachable("Only checked or released evidence of this market that is not on the buy yet can be added.")
    if item.status == Status.RELEASED and actor is not None:
        _answer(buy, item, access.rights_of(actor, buy.case), reason, actor)
    media = BuyMedia.objects.create_by(
        actor, case=buy.case, buy=buy, item=item, caption=caption.strip(), position=position
    )
    record(media, Verb.BUY_MEDIA_ATTACHED, actor, buy=buy.pk, item=item.pk)
    return media


def add_media(
    *, buy: OfficerBuy, actor: User, files: Sequence[File[Any]], caption: str, holder: str, item_number: str = ""
) -> tuple[list[BuyMedia], list[evidence.NotTaken]]:
    """Files are taken into evidence, their custody begins, and each waits on the buy to be checked and released.

    Returns what was added, and the refusals of files that are unsound.
    """
    taken, refused = evidence.take_in_all(
        case=buy.case, actor=actor, uploads=files, data_class=OfficerBuy.data_class, caption=caption, holder=holder,
        item_number=item_number, taken_at=buy.bought_at, purpose=f"Buy {buy.report_number}",
    )  # fmt: skip
    last = BuyMedia.objects.for_case(buy.case).filter(buy=buy).aggregate(last=Max("position"))["last"] or 0
    added = []
    with transaction.atomic():
        for place, item in enumerate(taken, start=last + 1):
            words = caption.strip() or f"{item.get_kind_display()} of buy {buy.report_number}"
            media = BuyMedia.objects.create_by(actor, case=buy.case, buy=buy, item=item, caption=words, position=place)
            record(media, Verb.BUY_MEDIA_ADDED, actor, buy=buy.pk, item=item.pk)
            added.append(media)
    return added, refused


def _answer(buy: OfficerBuy, item: MediaItem, can: Collection[str], reason: str, actor: User) -> None:
    found = selectors.unanswered(buy, can)
    if not found:
        return
    if not reason.strip():
        raise NotAttachable("Say why it may be shown. " + " ".join(caution.text for caution in found))
    _keep(buy, item, [caution.code for caution in found], reason, actor)


@transaction.atomic
def keep_answer(*, item: MediaItem, can: Collection[str], reason: str, actor: User) -> None:
    """The reason for releasing the item is kept, sealed, with each buy it could give away."""
    for media in BuyMedia.objects.for_case(item.case).filter(item=item).select_related("buy__player", "buy__case"):
        codes = [caution.code for caution in selectors.unanswered(media.buy, can)]
        if codes:
            _keep(media.buy, item, codes, reason, actor)


def _keep(buy: OfficerBuy, item: MediaItem, codes: list[str], reason: str, actor: User) -> None:
    answer = InferenceAnswer.objects.create_by(
        actor, case=buy.case, buy=buy, item=item, cautions=codes, reason=reason.strip()
    )
    record(answer, Verb.INFERENCE_ANSWERED, actor, buy=buy.pk, item=item.pk)


@transaction.atomic
def save_observation(*, observation: Observation, actor: User | None) -> Observation:
    """Observed activity stands as written. Raises ValidationError, StaleRecord."""
    is_new = observation._state.adding
    observation.save_by(actor)
    verb = Verb.OBSERVATION_RECORDED if is_new else Verb.OBSERVATION_CORRECTED
    record(observation, verb, actor, player=observation.player_id, kind=str(observation.kind))
    return observation


@transaction.atomic
def save_charge_page(*, page: ChargePage, actor: User | None) -> ChargePage:
    """The prosecutor's page stands as written. Raises ValidationError, StaleRecord."""
    page.save_by(actor)
    record(page, Verb.CHARGE_PAGE_SAVED, actor, player=page.player_id)
    return page


@transaction.atomic
def mark_ready(*, page: ChargePage, on: date, actor: User | None, reason: str = "") -> ChargePage:
    """The prosecutor says that the case stands since that day, and why.

    Raises NotReady, ValidationError, StaleRecord.
    """
    if page.ready_on:
        raise NotReady("The case was called ready before.")
    if on > timezone.localdate():
        raise NotReady("This day has not come yet.")
    page.ready_on, page.ready_reason = on, reason.strip()
    page.save_by(actor)
    record(page, Verb.PLAYER_CASE_READY, actor, player=page.player_id, on=on)
    return page


@transaction.atomic
def take_word_back(*, page: ChargePage, reason: str, actor: User | None) -> ChargePage:
    """The case no longer stands, for the reason given. Raises NotReady, ValidationError, StaleRecord."""
    if not page.ready_on:
        raise NotReady("The case was not called ready.")
    if not reason.strip():
        raise NotReady("Say why the case no longer stands.")
    page.ready_on, page.ready_reason = None, reason.strip()
    page.save_by(actor)
    record(page, Verb.PLAYER_CASE_NOT_READY, actor, player=page.player_id)
    return page


def record(subject: CaseRecord, verb: Verb, actor: User | None, **facts: object) -> None:
    """The act stands in the audit log; facts are ids and codes."""
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)
