"""Reading the log: what a member may see of it, and narrowing it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet

from dmi.audit.models import AuditEvent, AuditSeal, ExportRequest

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

WHOLE_LOG = "audit_log.view"


def trail(*, case: MarketCase, user: User, can: Collection[str]) -> QuerySet[AuditEvent]:
    """The case's events this member may read: all of them for the privacy officer, one's own for everyone else."""
    events = AuditEvent.objects.for_case(case).select_related("actor")
    return events if WHOLE_LOG in can else events.by_actor(user)


def shown(events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """Only what a line of the log's page shows: half the time of a page went into columns nobody reads there."""
    return events.select_related("actor").only(
        "at", "verb", "outcome", "subject_type", "subject_id", "facts", "reason", "actor__full_name", "actor__username"
    )


def narrow(events: QuerySet[AuditEvent], filters: Mapping[str, Any], zone: str) -> QuerySet[AuditEvent]:
    """Only events of this `verb`, `person`, `outcome`, and within the days `since` to `until` of the market's clock."""
    named = {"verb": "verb", "outcome": "outcome", "person": "actor_id"}
    events = events.filter(**{column: filters[name] for name, column in named.items() if filters.get(name)})
    if filters.get("since"):
        events = events.filter(at__gte=_midnight(filters["since"], zone))
    if filters.get("until"):
        events = events.filter(at__lt=_midnight(filters["until"] + timedelta(days=1), zone))
    return events


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time.min, ZoneInfo(zone))


def people_in(case: MarketCase) -> QuerySet[User]:
    """Everybody who left an event on this case."""
    acted = AuditEvent.objects.for_case(case).filter(actor=OuterRef("pk"))
    return get_user_model().objects.filter(Exists(acted)).order_by("full_name")


def last_seal() -> AuditSeal | None:
    """The batch closed last."""
    return AuditSeal.objects.defer("leaves").order_by("-number").first()


def export_requests(case: MarketCase, kinds: Iterable[str]) -> QuerySet[ExportRequest]:
    """The case's exports of these kinds, asked for and approved, newest first."""
    asked = ExportRequest.objects.filter(case_id=case.pk, kind__in=kinds)
    return asked.select_related("asked_by", "approved_by")


def unsealed_since() -> datetime | None:
    """When the oldest event was written that lies in no closed batch; None when every event does."""
    last = AuditSeal.objects.defer("leaves").order_by("-number").first()
    rows = AuditEvent.objects.filter(cluster=last.cluster, xid__gte=last.upto_xid) if last else AuditEvent.objects.all()
    return rows.order_by("cluster", "xid", "id").values_list("at", flat=True).first()
