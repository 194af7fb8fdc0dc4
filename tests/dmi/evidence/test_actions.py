"""Taking in, checking, releasing, withholding, handing on."""

from __future__ import annotations

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.db import IntegrityError, connection, transaction

from dmi.audit.models import AuditEvent
from dmi.audit.verbs import Verb
from dmi.cases import policy
from dmi.evidence import actions, selectors, storage
from dmi.evidence.models import AppendOnly, CustodyEvent, MediaItem, Readiness, Status
from tests.factories import evidence as made

pytestmark = pytest.mark.django_db


def fresh(item):
    return MediaItem.objects.for_case(item.case).get(pk=item.pk)


def test_the_original_is_kept_bit_by_bit_with_its_hash(case, detective):
    content = made.jpeg(camera="Casio")
    item = made.taken(case, detective, upload=made.upload("IMG_1.jpg", content))
    with storage.private().open(item.file) as kept:
        assert kept.read() == content
    assert item.sha256 == hashlib.sha256(content).hexdigest()
    assert item.status == Status.UNCHECKED
    assert "IMG" not in item.file


class Bucket(Storage):
    """A storage on no disk that reads what it is given in its own way, as object storage does."""

    def __init__(self):
        self.held = {}

    def _save(self, name, content):
        content.seek(0)
        self.held[name] = content.read()
        return name

    def _open(self, name, mode="rb"):
        return ContentFile(self.held[name], name)

    def exists(self, name):
        return name in self.held


def test_in_a_bucket_the_original_keeps_its_hash_and_size_too(case, detective, settings):
    settings.STORAGES = settings.STORAGES | {"evidence": {"BACKEND": f"{__name__}.Bucket"}}
    first, second = made.jpeg(camera="Casio"), made.jpeg(camera="Leica")
    for content in (first, second):
        item = made.taken(case, detective, upload=made.upload("IMG_1.jpg", content))
        assert (item.sha256, item.byte_size) == (hashlib.sha256(content).hexdigest(), len(content))
        assert storage.hash_of(item.file) == item.sha256
    made.run_jobs()
    assert fresh(item).renditions.count() == 3


def test_taking_in_opens_the_custody_log_and_leaves_history_and_audit(case, detective):
    item = made.taken(case, detective, holder="Property room", purpose="Buy of May 4")
    line = item.custody.get()
    assert (line.act, line.to_holder, line.purpose, line.created_by) == (
        "taken_in",
        "Property room",
        "Buy of May 4",
        detective,
    )
    assert item.history.first().history_user == detective
    assert AuditEvent.objects.about(item).filter(verb=Verb.MEDIA_TAKEN_IN).count() == 1


def test_a_refused_file_leaves_nothing_behind_but_the_refusal(case, detective):
    uploads = [
        made.upload("good.jpg", made.jpeg()),
        made.upload("bad.jpg", b"not a picture"),
        made.upload("too.pdf", made.pdf()),
    ]
    taken, refused = actions.take_in_all(case=case, actor=detective, uploads=uploads)
    assert [item.original_name for item in taken] == ["good.jpg", "too.pdf"]
    assert [refusal.name for refusal in refused] == ["bad.jpg"]
    assert AuditEvent.objects.filter(verb=Verb.MEDIA_REFUSED, outcome="denied").count() == 1


def test_a_full_disk_takes_nothing_in(case, detective, monkeypatch):
    monkeypatch.setattr(storage, "keep", lambda *a, **k: (_ for _ in ()).throw(OSError(28, "No space left")))
    with pytest.raises(actions.NotTaken, match="no room left"):
        actions.take_in(case=case, actor=detective, upload=made.upload("a.jpg", made.jpeg()))
    assert not MediaItem.objects.for_case(case).exists()


def test_when_the_row_cannot_be_written_the_file_goes_too(case, detective, monkeypatch):
    kept = []
    keep = storage.keep

    def remember(*args, **kwargs):
        kept.append(keep(*args, **kwargs))
        return kept[-1]

    monkeypatch.setattr(storage, "keep", remember)
    with pytest.raises(ValidationError):
        actions.take_in(case=case, actor=detective, upload=made.upload("a.jpg", made.jpeg()), caption="x" * 500)
    assert not storage.private().exists(kept[0].name)


def test_the_same_file_is_not_taken_in_twice(case, detective):
    content = made.jpeg()
    first = made.taken(case, detective, upload=made.upload("a.jpg", content))
    with pytest.raises(actions.NotTaken, match=first.code):
        actions.take_in(case=case, actor=detective, upload=made.upload("b.jpg", content))


def test_a_twin_of_sealed_media_tells_the_police_nothing(case, detective, handler):
    content = made.jpeg()
    made.taken(case, handler, upload=made.upload("a.jpg", content), data_class="informant_buys")
    assert made.taken(case, detective, upload=made.upload("b.jpg", content)).pk


def test_media_of_an_informant_are_flagged_from_the_start(case, handler):
    assert made.taken(case, handler, data_class="informant_buys").is_flagged


def test_checked_by_one_and_released_by_another(case, handler, prosecutor):
    item = made.released(case, handler, prosecutor)
    assert (item.status, item.checked_by, item.released_by) == (Status.RELEASED, handler, prosecutor)
    assert [line.act for line in selectors.custody_of(item)] == ["taken_in", "checked", "released"]


def test_nobody_releases_what_they_checked(case, handler):
    item = actions.check(item=made.taken(case, handler), actor=handler, shows_protected=False)
    with pytest.raises(actions.NotAllowedYet, match="second person"):
        actions.release(item=item, actor=handler)
    item.status, item.released_at, item.released_by = Status.RELEASED, item.checked_at, handler
    with pytest.raises(ValidationError), transaction.atomic():
        item.save_by(handler)


def test_an_unchecked_item_cannot_be_released(case, handler, prosecutor):
    with pytest.raises(actions.NotAllowedYet, match="Only a checked item"):
        actions.release(item=made.taken(case, handler), actor=prosecutor)


def test_an_item_that_shows_an_informant_is_never_released_but_its_copy_may_be(case, handler, prosecutor):
    item = actions.check(item=made.taken(case, handler), actor=handler, shows_protected=True)
    with pytest.raises(actions.NotAllowedYet, match="blurred or trimmed copy"):
        actions.release(item=item, actor=prosecutor)
    copy = made.released(case, handler, prosecutor, derived_from=item)
    assert copy.derived_from == item
    assert selectors.printable([fresh(item), copy]) == [copy]


def test_nothing_is_checked_before_its_copies_are_made(case, handler):
    item = actions.take_in(case=case, actor=handler, upload=made.upload("a.jpg", made.jpeg()))
    with pytest.raises(actions.NotAllowedYet, match="not made yet"):
        actions.check(item=item, actor=handler, shows_protected=False)


def test_a_new_caption_is_checked_again(case, handler, prosecutor):
    item = made.released(case, handler, prosecutor)
    actions.describe(item=item, actor=handler, caption="New words", notes="", taken_at=None, item_number="")
    assert fresh(item).status == Status.UNCHECKED
    assert not selectors.printable([fresh(item)])


def test_withheld_items_reach_no_paper(case, handler, prosecutor):
    item = made.released(case, handler, prosecutor)
    assert selectors.printable_files([item.pk], case)[item.pk].read_bytes()[:2] == b"\xff\xd8"
    actions.withhold(item=item, actor=prosecutor, reason="A bystander asked")
    assert selectors.printable_files([item.pk], case) == {}
    assert selectors.not_printable([item.pk], case) == {item.pk}


def test_printable_files_leave_out_foreign_unknown_and_unreleased_ids(case, handler, prosecutor):
    other = made.market("westgate")
    item = made.released(case, handler, prosecutor)
    assert set(selectors.printable_files([item.pk, made.taken(case, handler).pk, other.pk], case)) == {item.pk}
    assert selectors.printable_files([item.pk], other) == {}


def test_handing_on_names_both_holders(case, detective):
    item = made.taken(case, detective, holder="Officer Quill")
    actions.move(item=item, actor=detective, to_holder="State lab", purpose="Fingerprints")
    line = item.custody.last()
    assert (line.from_holder, line.to_holder, fresh(item).holder) == ("Officer Quill", "State lab", "State lab")
    with pytest.raises(ValidationError):
        actions.move(item=fresh(item), actor=detective, to_holder="State lab", purpose="Again")


def test_a_changed_original_is_found(case, detective):
    item = made.taken(case, detective)
    actions.verify(item=item, actor=detective)
    with storage.local_path(item.file).open("r+b") as file:
        file.write(b"\0")
    with pytest.raises(actions.Damaged):
        actions.verify(item=item, actor=detective)
    assert [line.purpose for line in item.custody.filter(act="verified")] == [
        "The hash is the same",
        "THE HASH DIFFERS",
    ]


def test_a_still_is_an_item_of_its_own(case, handler):
    video = made.taken(case, handler, upload=made.upload("clip.mp4", made.recording(".mp4")))
    still = actions.take_still(item=video, actor=handler, at_seconds=1)
    assert (still.kind, still.derived_from, still.status) == ("photo", video, Status.UNCHECKED)
    with pytest.raises(actions.NotAllowedYet, match="seconds long"):
        actions.take_still(item=video, actor=handler, at_seconds=99)


def test_the_custody_log_only_grows(case, detective):
    line = made.taken(case, detective).custody.get()
    line.purpose = "Other"
    with pytest.raises(AppendOnly):
        line.save_by(detective)
    with pytest.raises(AppendOnly):
        line.delete_by(detective)
    with pytest.raises(AppendOnly):
        CustodyEvent.objects.for_case(case).delete()
    for statement in ("UPDATE evidence_custodyevent SET purpose = ''", "DELETE FROM evidence_custodyevent"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_database_keeps_an_original_as_it_is(case, detective):
    made.taken(case, detective)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE evidence_mediaitem SET sha256 = repeat('a', 64)")


def test_copies_are_made_once_however_often_the_job_runs(case, detective):
    item = made.taken(case, detective)
    assert item.readiness == Readiness.READY
    assert sorted(item.renditions.values_list("role", flat=True)) == ["print", "screen", "thumb"]
    actions.ask_for_copies(item, actor=detective)
    made.run_jobs()
    assert item.renditions.count() == 3


def police_rights():
    return policy.rights(frozenset({"police"}), cleared=True)


def test_a_check_of_an_informants_media_opens_them_to_nobody_else(case, handler, detective):
    item = made.taken(case, handler, data_class="informant_buys")
    item = actions.check(item=item, actor=handler, shows_protected=False)
    assert not selectors.visible(case=case, can=police_rights(), user=detective).exists()
    assert not selectors.sight(item, can=police_rights(), user=detective).anything
    assert item.compartment == "R"


def test_of_an_informants_released_picture_police_see_the_picture_alone(case, handler, prosecutor, detective):
    item = made.released(case, handler, prosecutor, data_class="informant_buys", purpose="Buy S-900")
    seen = selectors.sight(item, can=police_rights(), user=detective)
    assert seen == selectors.Sight(picture=True, details=False, file=False, original=False, custody=False)
    can = policy.rights(frozenset({"handler"}), cleared=True)
    assert selectors.sight(item, can=can, user=handler).custody


def test_what_is_made_from_an_informants_media_stays_with_them(case, handler, detective):
    item = made.taken(case, handler, data_class="informant_buys")
    copy = made.taken(case, handler, derived_from=item, data_class="undercover_buys")
    copy = actions.check(item=copy, actor=handler, shows_protected=False)
    assert copy.source_class == "informant_buys"
    assert not selectors.visible(case=case, can=police_rights(), user=detective).exists()
