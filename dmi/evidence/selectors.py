"""Reading evidence: what a person may see of which item, and what may reach paper."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from dmi.evidence import storage
from dmi.evidence.kinds import Kind
from dmi.evidence.models import CustodyEvent, MediaItem, MediaQuerySet, Readiness, Rendition, Role, Status

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

# Whoever may read informant buys may meet an informant's face: the handler and the assigned prosecutors.
SEES_SEALED = "informant_buys.view"
SEES_MEDIA = "original_media.view"
SEES_RELEASED = "cleared_media.view_released"
SEES_CUSTODY = "custody.view"
DOORS = (SEES_MEDIA, "cleared_media.view", SEES_RELEASED, SEES_CUSTODY)
PAPER_KINDS = (Kind.PHOTO, Kind.VIDEO)


@dataclass(frozen=True, slots=True)
class Sight:
    """What one person may see of one item."""

    picture: bool
    details: bool
    file: bool
    original: bool
    custody: bool

    @property
    def anything(self) -> bool:
        """Whether the person may know that the item exists."""
        return self.picture or self.details or self.custody


def visible(*, case: MarketCase, can: Collection[str], user: User) -> MediaQuerySet:
    """The items of a case whose existence this person may know."""
    items = MediaItem.objects.for_case(case)
    if SEES_SEALED in can or (SEES_CUSTODY in can and SEES_MEDIA not in can):
        return items
    if SEES_MEDIA in can:
        return items.filter(Q(pk__in=items.shown()) | Q(created_by=user))
    if SEES_RELEASED in can:
        return items.filter(status=Status.RELEASED, is_flagged=False)
    return items.none()


def sight(item: MediaItem, *, can: Collection[str], user: User) -> Sight:
    """What this person may see of the item: sealed media stay with the handler and the prosecutors.

    Of media of a sealed record others see the released picture alone: custody and particulars would tell of the record.
    """
    sealed_reader = SEES_SEALED in can
    keeps_back = item.is_sealed and not sealed_reader
    media_reader = SEES_MEDIA in can
    is_own = item.created_by_id == user.pk and media_reader
    is_released = item.status == Status.RELEASED and item.is_open
    # The name a camera or a colleague gave the file, and the notes, are not part of what is checked and released.
    file = media_reader and not keeps_back and (sealed_reader or item.is_open or (is_own and not item.is_flagged))
    picture = sealed_reader or (item.is_open and media_reader) or (is_released and SEES_RELEASED in can)
    return Sight(
        picture=picture,
        details=not keeps_back and (picture or (is_own and not item.is_flagged)),
        file=file,
        original=media_reader and not keeps_back and (sealed_reader or item.is_open),
        custody=SEES_CUSTODY in can and (not media_reader or (not keeps_back and (picture or is_own))),
    )


def with_sight(items: Iterable[MediaItem], *, can: Collection[str], user: User) -> list[dict[str, Any]]:
    """Rows for a list: the item, what the person may see of it, and whether its picture is shown in lists."""
    rows = []
    for item in items:
        seen = sight(item, can=can, user=user)
        has_thumb = any(rendition.role == Role.THUMB for rendition in item.renditions.all())
        rows.append({"item": item, "sight": seen, "has_thumb": has_thumb and seen.picture and item.is_open})
    return rows


def gallery(*, case: MarketCase, can: Collection[str], user: User, status: str = "", kind: str = "") -> MediaQuerySet:
    """The items of the list page, newest first, narrowed by status and kind."""
    items = visible(case=case, can=can, user=user).prefetch_related("renditions").select_related("created_by")
    if status in Status.values:
        items = items.filter(status=status)
    if kind in Kind.values:
        items = items.filter(kind=kind)
    return items


def counts(items: QuerySet[MediaItem]) -> dict[str, int]:
    """How many items stand at each status, of those given."""
    found = dict(items.order_by().values_list("status").annotate(n=Count("pk")))
    return {status: found.get(status, 0) for status in Status.values}


def custody_of(item: MediaItem) -> QuerySet[CustodyEvent]:
    """The custody log of an item, oldest first."""
    return item.custody.select_related("created_by")


def custody_facts(item: MediaItem) -> dict[str, Any]:
    """The custody sheet as plain facts, for a document that freezes them."""
    lines = [
        {
            "at": event.happened_at.isoformat(),
            "act": event.get_act_display(),
            "who": event.created_by.display_name if event.created_by else "System",
            "from": event.from_holder,
            "to": event.to_holder,
            "purpose": event.purpose,
        }
        for event in custody_of(item)
    ]
    return {
        "code": item.code, "kind": item.get_kind_display(), "sha256": item.sha256, "bytes": item.byte_size,
        "item_number": item.item_number, "holder": item.holder, "lines": lines,
    }  # fmt: skip


def already_taken(*, case: MarketCase, sha256: str, can: Collection[str], user: User) -> MediaItem | None:
    """The same content, if this person may know that it is there."""
    return visible(case=case, can=can, user=user).filter(sha256=sha256).first()


def printable(items: QuerySet[MediaItem] | Iterable[MediaItem]) -> list[MediaItem]:
    """Of these items, those that may reach paper: released, unflagged, with copies made."""
    return [
        item
        for item in items
        if item.status == Status.RELEASED and not item.is_flagged and item.readiness == Readiness.READY
    ]


def printable_files(ids: Iterable[UUID], case: MarketCase) -> dict[UUID, Path]:
    """For those of `ids` that may reach paper, the picture at 300 dpi; unknown, sealed and foreign ids are left out."""
    items = MediaItem.objects.for_case(case).printable().filter(pk__in=list(ids), kind__in=PAPER_KINDS)
    prints = Rendition.objects.for_case(case).filter(item__in=items, role=Role.PRINT)
    return {rendition.item_id: storage.kept_on_disk(rendition.file) for rendition in prints}


def not_printable(ids: Iterable[UUID], case: MarketCase) -> set[UUID]:
    """Those of `ids` that may not reach paper: a builder that meets one says so before it prints."""
    wanted = set(ids)
    return wanted - set(MediaItem.objects.for_case(case).printable().filter(pk__in=wanted).values_list("pk", flat=True))


def waiting_for_check(case: MarketCase) -> int:
    """How many items wait for the handler."""
    return MediaItem.objects.for_case(case).filter(status=Status.UNCHECKED, readiness=Readiness.READY).count()


def waiting_for_release(case: MarketCase) -> int:
    """How many checked items wait for the prosecutor."""
    return MediaItem.objects.for_case(case).filter(status=Status.CHECKED, is_flagged=False).count()


def ending_of(item: MediaItem) -> str:
    """The ending under which the original is sent: its own, which the intake has compared with the content."""
    return Path(item.original_name).suffix.lower()
