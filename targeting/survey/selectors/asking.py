"""Who was asked, who answered, who is to be reminded; and the links residents answer through."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count, F, Max, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone

from targeting.survey.models import Ask, CommunityLink, CommunityReply, Interview, Nomination
from targeting.survey.models.questions import COMMUNITY

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

DUE_AFTER_DAYS = 7
OPEN = Q(interview__isnull=True, declined_on__isnull=True)


@dataclass(frozen=True, slots=True)
class GroupCount:
    """One group: how many were asked, answered, declined, wait and are due, the last day, how many names came of it.

    Of residents nobody is listed as asked; `asked` is about how many people got a link.
    """

    code: str
    label: str
    answered: int
    last_on: date | None
    named: int
    asked: int = 0
    declined: int = 0
    due: int = 0
    waiting: int = 0

    @property
    def is_complete(self) -> bool:
        """Somebody answered and nobody is waited for."""
        return bool(self.answered) and not self.waiting


def groups(case: MarketCase, *, today: date) -> list[GroupCount]:
    """The four groups in order, each with its counts; seven queries."""
    counted = Interview.objects.for_case(case).order_by().values("group").annotate(n=Count("pk"), last=Max("held_on"))
    answers: dict[str, Any] = {row["group"]: row for row in counted}
    named = dict(
        Nomination.objects.for_case(case).filter(interview__isnull=False).order_by()
        .values_list("interview__group").annotate(n=Count("player", distinct=True))
    )  # fmt: skip
    asked: dict[str, Any] = {
        row["group"]: row
        for row in Ask.objects.for_case(case).order_by().values("group").annotate(
            n=Count("pk"), declined=Count("pk", filter=Q(declined_on__isnull=False)), waiting=Count("pk", filter=OPEN)
        )
    }  # fmt: skip
    due = dict(_due(case, today).order_by().values_list("group").annotate(n=Count("pk", distinct=True)))
    found = []
    for group in Interview.Group:
        row, ask = answers.get(group.value, {"n": 0, "last": None}), asked.get(group.value, {})
        found.append(
            GroupCount(
                group.value, group.label, row["n"], row["last"], named.get(group.value, 0), ask.get("n", 0),
                ask.get("declined", 0), due.get(group.value, 0), ask.get("waiting", 0),
            )
        )  # fmt: skip
    return [*found, community_count(case)]


def community_count(case: MarketCase) -> GroupCount:
    """The residents' replies, counted."""
    replies = CommunityReply.objects.for_case(case).aggregate(n=Count("pk"), last=Max("received_on"))
    named = Nomination.objects.for_case(case).filter(reply__isnull=False).values("player").distinct().count()
    handed = sum(n or 0 for n in CommunityLink.objects.for_case(case).values_list("handed_to", flat=True))
    return GroupCount(COMMUNITY, "Community members", replies["n"], replies["last"], named, asked=handed)


def asks(case: MarketCase, *, group: str = "", only_of: User | None = None) -> QuerySet[Ask]:
    """Officers who were asked, by group and name, with their last reminder; with `only_of`, those this person asked."""
    reminded = Ask.objects.for_case(case).annotate(reminded_on=Max("reminders__reminded_on"), times=Count("reminders"))
    found = reminded.annotate(last_on=Greatest("asked_on", Coalesce("reminded_on", "asked_on")))
    found = found.select_related("interview")
    if group:
        found = found.filter(group=group)
    if only_of is not None:
        found = found.filter(created_by=only_of)
    return found.order_by("group", "officer_name", "pk")


def ask_rows(
    case: MarketCase, *, today: date | None = None, group: str = "", state: str = "", only_of: User | None = None
) -> QuerySet[Ask]:
    """The asks that fit: state is waiting, due, answered, declined or nothing."""
    found = asks(case, group=group, only_of=only_of)
    if state == "due":
        today = today or timezone.localdate()
        is_old = LessThanOrEqual(F("last_on"), today - timedelta(days=DUE_AFTER_DAYS))
        return found.filter(OPEN, is_old).order_by(F("last_on"), "pk")
    fits = {
        "waiting": OPEN, "answered": Q(interview__isnull=False), "declined": Q(declined_on__isnull=False)
    }.get(state, Q())  # fmt: skip
    return found.filter(fits)


def _due(case: MarketCase, today: date) -> QuerySet[Ask]:
    """Open asks last asked or reminded a week ago or more."""
    limit = today - timedelta(days=DUE_AFTER_DAYS)
    return Ask.objects.for_case(case).filter(OPEN, asked_on__lte=limit).exclude(reminders__reminded_on__gt=limit)


def links(case: MarketCase) -> QuerySet[CommunityLink]:
    """The links residents answer through, newest first, with how many answered."""
    return (
        CommunityLink.objects.for_case(case).annotate(answered=Count("replies")).order_by("-opened_on", "place", "pk")
    )


def token_hash(token: str) -> str:
    """What a link is found by; the token itself lies encrypted."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_by_token(token: str) -> CommunityLink | None:
    """The link a resident opened, whatever became of it; None for a made-up one."""
    return CommunityLink.objects.filter(token_hash=token_hash(token)).select_related("case").first()
