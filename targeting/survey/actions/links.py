"""Links for residents: opened, closed, and answered through by people who sign in nowhere."""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from targeting.survey import selectors
from targeting.survey.actions.answers import record_reply
from targeting.survey.models import CommunityLink, CommunityReply, LinkUse

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

PER_ADDRESS = 6  # answers a day from one address: a household, or a table at a meeting
KEPT_DAYS = 2
SUBNET = 64  # an IPv6 household holds a whole /64


class LinkIsClosed(Exception):
    """The link has expired or was closed."""


class TooManyAnswers(Exception):
    """This link, or this address, has answered too often today."""


@transaction.atomic
def open_link(
    *, case: MarketCase, place: str, expires_on: date, actor: User | None, handed_to: int | None = None,
    per_day: int = 100,
) -> CommunityLink:  # fmt: skip
    """Residents can answer through a new link until that day. Raises ValidationError."""
    token = secrets.token_urlsafe(16)
    link = CommunityLink.objects.create_by(
        actor, case=case, place=place, expires_on=expires_on, handed_to=handed_to, per_day=per_day, token=token,
        token_hash=selectors.token_hash(token),
    )  # fmt: skip
    audit.record(actor=actor, verb=Verb.SURVEY_LINK_OPENED, case_id=case.pk, subject=link)
    return link


@transaction.atomic
def close_link(*, link: CommunityLink, actor: User | None) -> CommunityLink:
    """The link works no more; closing it twice changes nothing."""
    if link.closed_at is None:
        link.closed_at = timezone.now()
        link.save_by(actor)
        audit.record(actor=actor, verb=Verb.SURVEY_LINK_CLOSED, case_id=link.case_id, subject=link)
    return link


def answer_through(
    *, link: CommunityLink, once: UUID, address: str, language: str, answers: Mapping[str, Any],
    contact: Mapping[str, str],
) -> CommunityReply | None:  # fmt: skip
    """A resident has answered; the same `once` a second time changes nothing and gives None.

    Neither the address nor who is signed in is kept with the answer. Raises LinkIsClosed, TooManyAnswers,
    ValidationError.
    """
    today = timezone.localdate()
    if CommunityReply.objects.for_case(link.case).filter(once=once).exists():
        return None
    if not link.is_live(today):
        raise LinkIsClosed(str(link.pk))
    try:
        with transaction.atomic():
            _count(link, address, today)
            return record_reply(
                case=link.case, actor=None, channel=CommunityReply.Channel.ONLINE, received_on=today,
                language=language, answers=answers, source_name=contact.get("name", ""),
                source_contact=contact.get("reached_at", ""), link=link, once=once,
            )  # fmt: skip
    except IntegrityError:  # the second press of a double click, while the first was being written
        return None


def _count(link: CommunityLink, address: str, today: date) -> None:
    """One more answer today, by link and by address. The rows of days gone by are removed."""
    CommunityLink.objects.for_case(link.case).select_for_update().get(pk=link.pk)
    LinkUse.objects.filter(link=link, used_on__lt=today - timedelta(days=KEPT_DAYS)).delete()
    total = LinkUse.objects.filter(link=link, used_on=today).aggregate(n=Sum("times"))["n"] or 0
    mine, _ = LinkUse.objects.get_or_create(link=link, used_on=today, address_hash=address_hash(address, today))
    if total >= link.per_day or mine.times >= PER_ADDRESS:
        raise TooManyAnswers(str(link.pk))
    LinkUse.objects.filter(pk=mine.pk).update(times=F("times") + 1)


def address_hash(address: str, day: date) -> str:
    """What stands for an address on one day; it cannot be compared with any other day's."""
    try:
        found = ipaddress.ip_address(address)
        network = ipaddress.ip_network(f"{found}/{SUBNET if found.version == 6 else 32}", strict=False)
        said = str(network)
    except ValueError:
        said = "unknown"
    key = hashlib.sha256(f"survey-link|{day.isoformat()}|{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, said.encode(), hashlib.sha256).hexdigest()
