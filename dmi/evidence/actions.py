"""What happens to evidence: taken in, described, checked, released, withheld, handed on, looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access, policy
from dmi.evidence import cautions, intake, renditions, storage
from dmi.evidence.kinds import Kind
from dmi.evidence.models import CustodyEvent, MediaItem, Readiness, Status
from dmi.jobs import actions as jobs

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

Act = CustodyEvent.Act
DERIVE = "evidence.derive"
NotTaken = intake.NotTaken
DISK_FULL = "there is no room left to keep it, so nothing was taken in. Tell the administrator and try again."


class NotAllowedYet(Exception):
    """The item does not stand where this act begins; the text says so in plain words."""


class Damaged(Exception):
    """The stored original no longer matches its hash, or is gone."""


def take_in(
    *, case: MarketCase, actor: User | None, upload: File[Any], kind: str = "", data_class: str = "original_media",
    caption: str = "", notes: str = "", taken_at: datetime | None = None, item_number: str = "", holder: str = "",
    purpose: str = "", derived_from: MediaItem | None = None,
) -> MediaItem:  # fmt: skip
    """The file is kept bit by bit with its hash, its custody begins, and its copies are being made.

    `data_class` is that of the record it comes with; media of a restricted record are flagged from the start, and what
    is made from such media stays with that record.
    Raises NotTaken, naming the file and saying why.
    """
    if derived_from is not None and derived_from.is_sealed:
        data_class = derived_from.source_class
    name = intake.shown_name(upload.name or "")
    with renditions.as_path(upload) as path:
        finding = intake.examine(path, name=name, size=path.stat().st_size, kind=kind)
        item = MediaItem(
            case=case, kind=finding.kind, content_type=finding.format.content_type, source_class=data_class,
            original_name=name, width=finding.width, height=finding.height, seconds=finding.seconds,
            pages=finding.pages, caption=caption, notes=notes, taken_at=taken_at, item_number=item_number,
            holder=holder, derived_from=derived_from, is_flagged=policy.compartment_of(data_class) == "R",
        )  # fmt: skip
        return _keep(item, path, actor=actor, purpose=purpose)


def take_in_all(
    *, case: MarketCase, actor: User, uploads: Sequence[File[Any]], **fields: Any
) -> tuple[list[MediaItem], list[NotTaken]]:
    """Each sound file is taken in; for each other one the refusal comes back and stands in the audit log."""
    taken, refused = [], []
    for upload in uploads:
        try:
            taken.append(take_in(case=case, actor=actor, upload=upload, **fields))
        except NotTaken as refusal:
            refused.append(refusal)
            audit.record(
                actor=actor, verb=Verb.MEDIA_REFUSED, case_id=case.pk, outcome="denied", facts={"bytes": upload.size}
            )
    return taken, refused


def _keep(item: MediaItem, path: Path, *, actor: User | None, purpose: str) -> MediaItem:
    with path.open("rb") as content:
        try:
            stored = storage.keep(File(content, name=item.original_name), folder="original")
        except OSError as error:
            raise NotTaken(item.original_name, DISK_FULL) from error
    item.file, item.byte_size, item.sha256 = stored.name, stored.size, stored.sha256
    try:
        _not_twice(item, actor)
        with transaction.atomic():
            item.save_by(actor)
            _log(item, Act.TAKEN_IN, actor, to_holder=item.holder, purpose=purpose)
            audit.record(
                actor=actor, verb=Verb.MEDIA_TAKEN_IN, case_id=item.case_id, subject=item,
                facts={"kind": item.kind, "bytes": item.byte_size, "sha256": item.sha256},
            )  # fmt: skip
            ask_for_copies(item, actor=actor)
    except Exception:
        storage.forget(stored.name)
        raise
    return item


def _not_twice(item: MediaItem, actor: User | None) -> None:
    """Compared only with what the person may know of, so that a refusal tells nothing about sealed media."""
    known = MediaItem.objects.for_case(item.case).filter(sha256=item.sha256)
    twin = known.filter(Q(created_by=actor) | Q(pk__in=known.shown())).first()
    if twin is not None:
        raise NotTaken(item.original_name, f"this very file was taken in already, as {twin.code}.")


def ask_for_copies(item: MediaItem, *, actor: User | None) -> None:
    """The copies for list, screen and paper are being made."""
    jobs.enqueue(
        kind=DERIVE, case=item.case, actor=actor, needs="custody.view", facts={"item": str(item.pk)},
        idempotency_key=f"{DERIVE}:{item.pk}", total=3,
    )  # fmt: skip


@transaction.atomic
def describe(
    *, item: MediaItem, actor: User, caption: str, notes: str, taken_at: datetime | None, item_number: str
) -> MediaItem:
    """Caption, notes, time and number say this now; new words on paper are checked again before they are shown."""
    was_caption = MediaItem.objects.for_case(item.case).get(pk=item.pk).caption
    item.caption, item.notes, item.taken_at, item.item_number = caption, notes, taken_at, item_number
    is_new_on_paper = caption != was_caption and item.status in (Status.CHECKED, Status.RELEASED)
    if is_new_on_paper:
        _back_to_start(item)
    item.save_by(actor)
    if is_new_on_paper:
        _log(item, Act.REOPENED, actor, purpose="Caption changed")
    audit.record(actor=actor, verb=Verb.MEDIA_DESCRIBED, case_id=item.case_id, subject=item)
    return item


@transaction.atomic
def check(*, item: MediaItem, actor: User, shows_protected: bool, note: str = "") -> MediaItem:
    """Somebody who knows the officers and informants looked at it and says whether one can be recognised.

    Raises NotAllowedYet when it was checked before or its copies are not made yet.
    """
    item = _locked(item)
    if item.status != Status.UNCHECKED:
        raise NotAllowedYet("It was checked already. Send it back to be checked, with a reason, to check it again.")
    if item.readiness != Readiness.READY:
        raise NotAllowedYet("Its copies are not made yet, so nobody can have looked at what would be shown.")
    item.status, item.checked_at, item.checked_by = Status.CHECKED, timezone.now(), actor
    item.is_flagged = shows_protected
    item.save_by(actor)
    _log(
        item,
        Act.CHECKED,
        actor,
        purpose=note or ("Shows a protected person" if shows_protected else "Nobody to protect"),
    )
    audit.record(
        actor=actor, verb=Verb.MEDIA_CHECKED, case_id=item.case_id, subject=item, facts={"flagged": shows_protected}
    )
    return item


@transaction.atomic
def release(*, item: MediaItem, actor: User, note: str = "", reason: str = "") -> MediaItem:
    """A second person lets the item be shown and printed; where that could give somebody away, with a reason.

    The note stands in the custody log; the reason is kept by the step that cautioned. Raises NotAllowedYet.
    """
    item = _locked(item)
    if item.status != Status.CHECKED:
        raise NotAllowedYet("Only a checked item can be released.")
    if item.is_flagged:
        raise NotAllowedYet("It shows an officer or informant. Add a blurred or trimmed copy and release that.")
    if item.checked_by_id == actor.pk:
        raise NotAllowedYet("You checked this item yourself; a second person must release it.")
    _answer_cautions(item, actor, reason)
    item.status, item.released_at, item.released_by = Status.RELEASED, timezone.now(), actor
    item.save_by(actor)
    _log(item, Act.RELEASED, actor, purpose=note)
    audit.record(actor=actor, verb=Verb.MEDIA_RELEASED, case_id=item.case_id, subject=item)
    return item


def _answer_cautions(item: MediaItem, actor: User, reason: str) -> None:
    can = access.rights_of(actor, item.case)
    if not cautions.of(item, can):
        return
    if not reason.strip():
        raise NotAllowedYet("Releasing it could give somebody away. Read the caution and say why it may be shown.")
    cautions.answer(item=item, can=can, reason=reason, actor=actor)


@transaction.atomic
def withhold(*, item: MediaItem, actor: User, reason: str) -> MediaItem:
    """The item is neither shown nor printed, for the reason given. Raises NotAllowedYet."""
    item = _locked(item)
    if item.status == Status.WITHHELD:
        raise NotAllowedYet("It is withheld already.")
    item.status = Status.WITHHELD
    item.save_by(actor)
    _log(item, Act.WITHHELD, actor, purpose=reason)
    audit.record(actor=actor, verb=Verb.MEDIA_WITHHELD, case_id=item.case_id, subject=item)
    return item


@transaction.atomic
def send_back(*, item: MediaItem, actor: User, reason: str) -> MediaItem:
    """The item must be checked anew, for the reason given. Raises NotAllowedYet."""
    item = _locked(item)
    if item.status == Status.UNCHECKED:
        raise NotAllowedYet("It waits to be checked already.")
    _back_to_start(item)
    item.save_by(actor)
    _log(item, Act.REOPENED, actor, purpose=reason)
    audit.record(actor=actor, verb=Verb.MEDIA_REOPENED, case_id=item.case_id, subject=item)
    return item


@transaction.atomic
def move(
    *, item: MediaItem, actor: User, to_holder: str, purpose: str, happened_at: datetime | None = None
) -> MediaItem:
    """The physical item lies with somebody else now. Raises ValidationError when that is nobody or nobody new."""
    item = _locked(item)
    before, item.holder = item.holder, to_holder
    item.save_by(actor)
    when = happened_at or timezone.now()
    _log(item, Act.MOVED, actor, from_holder=before, to_holder=to_holder, purpose=purpose, happened_at=when)
    audit.record(actor=actor, verb=Verb.MEDIA_MOVED, case_id=item.case_id, subject=item)
    return item


@transaction.atomic
def note_opened(*, item: MediaItem, actor: User, purpose: str) -> None:
    """The original leaves the store for this person's eyes, for this purpose."""
    _log(item, Act.VIEWED, actor, purpose=purpose)
    audit.record(actor=actor, verb=Verb.MEDIA_OPENED, case_id=item.case_id, subject=item)


def verify(*, item: MediaItem, actor: User | None) -> None:
    """The original was read again and its hash is still the one taken at the start. Raises Damaged when it is not."""
    try:
        is_same = storage.hash_of(item.file) == item.sha256
    except OSError:
        is_same = False
    with transaction.atomic():
        _log(item, Act.VERIFIED, actor, purpose="The hash is the same" if is_same else "THE HASH DIFFERS")
        audit.record(
            actor=actor, verb=Verb.MEDIA_VERIFIED, case_id=item.case_id, subject=item,
            outcome="allowed" if is_same else "failed",
        )  # fmt: skip
    if not is_same:
        raise Damaged(item.code)


def take_still(*, item: MediaItem, actor: User, at_seconds: float) -> MediaItem:
    """One picture of a video is an item of its own, unchecked, and says where it comes from.

    Raises NotAllowedYet, NotTaken.
    """
    if item.kind != Kind.VIDEO:
        raise NotAllowedYet("Stills are taken from videos only.")
    if not 0 <= at_seconds <= (item.seconds or 0):
        raise NotAllowedYet(f"The video is {item.seconds or 0:.0f} seconds long; choose a second within it.")
    with renditions.still_of(item, at_seconds) as upload:
        still = take_in(
            case=item.case, actor=actor, upload=upload, kind=Kind.PHOTO, caption="", derived_from=item,
            taken_at=item.taken_at, purpose=f"Still at second {at_seconds:g}",
        )  # fmt: skip
    _log(item, Act.COPIED, actor, purpose=f"Still at second {at_seconds:g}")
    return still


def _locked(item: MediaItem) -> MediaItem:
    return MediaItem.objects.for_case(item.case).select_for_update(of=("self",)).get(pk=item.pk)


def _back_to_start(item: MediaItem) -> None:
    """The flag stays until somebody has looked again."""
    item.status = Status.UNCHECKED
    item.checked_at = item.checked_by = item.released_at = item.released_by = None


def _log(item: MediaItem, act: str, actor: User | None, **fields: object) -> None:
    CustodyEvent.objects.create_by(actor, case=item.case, item=item, act=act, **fields)
