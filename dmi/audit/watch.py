"""What the clock looks for each minute. Other apps add their own looks (`declare`) when they are ready."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import FileSystemStorage, storages
from django.db import DatabaseError, transaction
from django.db.models import Count, IntegerField, Sum
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from dmi.audit import alarms, selectors
from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb

SEAL_WITHIN = timedelta(minutes=5)
REFUSALS_AN_HOUR = 20
EXPORTS_A_DAY = 5
EXPORTED_RECORDS_A_DAY = 10_000
FREE_BYTES = 2 * 1024**3

log = logging.getLogger(__name__)
LOOKS: list[Callable[[], None]] = []


def declare(look: Callable[[], None]) -> Callable[[], None]:
    """Let the clock call this look each minute; it sounds alarms."""
    LOOKS.append(look)
    return look


def look() -> None:
    """Every look once; one that fails does not keep the others from looking."""
    for each in LOOKS:
        try:
            with transaction.atomic():
                each()
        except (DatabaseError, OSError):
            log.exception("The look %s failed.", each.__name__)


@declare
def seals() -> None:
    """An event older than five minutes lies in no closed batch."""
    late = selectors.unsealed_since()
    if late and timezone.now() - late > SEAL_WITHIN:
        alarms.sound("seal_late", f"{late:%Y-%m-%dT%H}", facts={"since": late})


@declare
def reading() -> None:
    """More sealed pages within the hour than one person reads in daily work."""
    _count("many_reads", Verb.RECORD_VIEWED, settings.DMI_READS_PER_HOUR)


@declare
def refusals() -> None:
    """More refusals within the hour than come of a wrong click."""
    _count("many_refusals", Verb.ACCESS_DENIED, REFUSALS_AN_HOUR)


@declare
def exports() -> None:
    """Many exports, or many records, within a day."""
    taken = AuditEvent.objects.filter(verb=Verb.EXPORT_TAKEN, at__gt=timezone.now() - timedelta(days=1))
    records = Coalesce(Sum(Cast(KT("facts__records"), IntegerField())), 0)
    rows = taken.values("actor", "case_id").annotate(files=Count("pk"), records=records)
    for row in rows.order_by():
        if row["files"] >= EXPORTS_A_DAY or row["records"] > EXPORTED_RECORDS_A_DAY:
            _about(row, "many_exports", files=row["files"], records=row["records"])


@declare
def disk() -> None:
    """Under two gigabytes are left where files lie."""
    if not isinstance(storages["default"], FileSystemStorage):
        return  # they lie in a bucket
    free = shutil.disk_usage(settings.MEDIA_ROOT).free
    if free < FREE_BYTES:
        alarms.sound("disk_full", f"{timezone.localdate()}", facts={"free_megabytes": free // 1024**2})


def _count(kind: str, verb: Verb, limit: int) -> None:
    lately = AuditEvent.objects.filter(verb=verb, at__gt=timezone.now() - timedelta(hours=1)).exclude(actor=None)
    rows = lately.values("actor", "case_id").annotate(times=Count("pk")).filter(times__gt=limit)
    for row in rows.order_by():
        _about(row, kind, times=row["times"])


def _about(row: Mapping[str, Any], kind: str, **facts: int) -> None:
    person = get_user_model().objects.filter(pk=row["actor"]).first()
    key = f"{row['actor']}:{row['case_id']}:{timezone.localdate()}"
    alarms.sound(kind, key, case_id=row["case_id"], about=person, facts=facts)
