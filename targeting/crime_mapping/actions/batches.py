"""Files of incidents: received, checked without a trace, imported whole or not at all, undone whole."""

from __future__ import annotations

import hashlib
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.core.memory import collector_resting
from dmi.places import county, geocoder
from targeting.crime_mapping import selectors
from targeting.crime_mapping.actions import accounts
from targeting.crime_mapping.actions.grids import box_around, ensure_grid
from targeting.crime_mapping.intake import columns as matching
from targeting.crime_mapping.intake import positions, reading, staging
from targeting.crime_mapping.intake.cells import is_day_part
from targeting.crime_mapping.intake.dates import DateReader, day_comes_first, order_is_open
from targeting.crime_mapping.intake.problems import FileProblem, is_fix
from targeting.crime_mapping.intake.rows import Parser
from targeting.crime_mapping.intake.staged import Reported
from targeting.crime_mapping.models import ImportBatch, Incident, OffenseCode, Source

if TYPE_CHECKING:
    from dmi.accounts.models import User

State = ImportBatch.State
SAMPLE_ROWS = 5_000
Tick = Callable[[int], None]


class CannotImport(Exception):
    """The batch is not in a state in which this can be done; the message says why."""


def receive(*, source: Source, upload: IO[bytes], file_name: str, actor: User | None) -> ImportBatch:
    """The file is kept, bit by bit, until its batch is imported or thrown away."""
    digest, size = hashlib.sha256(), 0
    while piece := upload.read(1 << 20):
        digest.update(piece)
        size += len(piece)
    upload.seek(0)
    batch = ImportBatch(case=source.case, source=source, file_name=Path(file_name).name[:200])
    batch.sha256, batch.size = digest.hexdigest(), size
    batch.stored_as = default_storage.save(f"imports/{source.case_id}/{batch.pk}", File(upload))
    batch.save_by(actor)
    return batch


@transaction.atomic
def check(
    *,
    batch: ImportBatch,
    actor: User | None,
    columns: Mapping[str, str] | None = None,
    srid: str = "",
    tick: Tick | None = None,
) -> ImportBatch:
    """What an import would do is known and written down; nothing of it is done.

    Raises CannotImport for a batch that is through, FileProblem for a file that cannot be used.
    """
    if batch.state not in (State.SENT, State.CHECKED, State.FAILED):
        raise CannotImport("This file has been imported already.")
    with transaction.atomic():
        account = _load(batch, actor, columns, srid, tick)
        transaction.set_rollback(True)
    batch.refresh_from_db()
    _write_down(batch, account)
    batch.state = State.CHECKED
    batch.save_by(actor)
    _keep_rows(batch, account)
    _record(batch, Verb.FILE_CHECKED, actor)
    return batch


@transaction.atomic
def import_batch(
    *,
    batch: ImportBatch,
    actor: User | None,
    columns: Mapping[str, str] | None = None,
    srid: str = "",
    tick: Tick | None = None,
) -> ImportBatch:
    """Every row of the file is an incident, or reported with its reason; the source remembers the columns."""
    if batch.state in (State.IMPORTED, State.UNDONE):
        raise CannotImport("This file has been imported already.")
    account = _load(batch, actor, columns or batch.columns, srid or batch.srid, tick)
    _write_down(batch, account)
    batch.state, batch.imported_at = State.IMPORTED, timezone.now()
    batch.save_by(actor)
    _keep_rows(batch, account)
    _remember(batch, actor)
    _record(batch, Verb.INCIDENTS_IMPORTED, actor)
    stored = batch.stored_as
    transaction.on_commit(lambda: default_storage.delete(stored))
    return batch


def import_now(
    *,
    source: Source,
    upload: IO[bytes],
    file_name: str,
    actor: User | None,
    columns: Mapping[str, str] | None = None,
    srid: str = "",
    dry_run: bool = False,
    tick: Tick | None = None,
    fixes: Mapping[str, str] | None = None,
) -> ImportBatch:
    """One file received and imported at once, or only checked and forgotten again."""
    batch = receive(source=source, upload=upload, file_name=file_name, actor=actor)
    for problem, fix in (fixes or {}).items():
        choose_fix(batch=batch, problem=problem, fix=fix, actor=actor)
    act = check if dry_run else import_batch
    try:
        return act(batch=batch, actor=actor, columns=columns, srid=srid, tick=tick)
    except Exception:
        throw_away(batch=batch, actor=actor)
        raise
    finally:
        if dry_run and ImportBatch.objects.filter(pk=batch.pk).exists():
            throw_away(batch=batch, actor=actor)


@transaction.atomic
def choose_fix(*, batch: ImportBatch, problem: str, fix: str, actor: User | None) -> ImportBatch:
    """All rows of the file with this problem are dealt with in this way from the next check on; “” takes it back."""
    if batch.state in (State.IMPORTED, State.UNDONE):
        raise CannotImport("This file has been imported already.")
    if fix and not is_fix(problem, fix):
        raise CannotImport("There is no such fix for this problem.")
    batch.fixes = {name: chosen for name, chosen in batch.fixes.items() if name != problem} | (
        {problem: fix} if fix else {}
    )
    batch.save_by(actor)
    audit.record(
        actor=actor, verb=Verb.FIX_CHOSEN, case_id=batch.case_id, subject=batch, facts={"problem": problem, "fix": fix}
    )
    return batch


@transaction.atomic
def mark_unusable(*, batch: ImportBatch, problem: FileProblem, actor: User | None) -> ImportBatch:
    """The file cannot be used as it is; why is kept with it, so that another choice of columns can be tried."""
    batch.state = State.FAILED
    batch.problems = [{"reason": str(problem), "code": problem.code, "count": 0, "is_left_out": True}]
    if not batch.headings:
        batch.headings = _headings(batch)
    batch.save_by(actor)
    return batch


@transaction.atomic
def throw_away(*, batch: ImportBatch, actor: User | None) -> None:
    """A file that was only sent or checked is gone, with what was noted of it."""
    if batch.state in (State.IMPORTED, State.UNDONE) and Incident.objects.filter(batch=batch).exists():
        raise CannotImport("This file has been imported; undo the import instead.")
    stored = batch.stored_as
    batch.reported_rows.all().delete()
    batch.delete_by(actor)
    transaction.on_commit(lambda: default_storage.delete(stored))


@transaction.atomic
def undo(*, batch: ImportBatch, actor: User | None) -> ImportBatch:
    """The incidents of this file are gone; records it had withdrawn count again."""
    if batch.state != State.IMPORTED:
        raise CannotImport("Only an import can be undone.")
    Incident.objects.filter(batch=batch).delete()
    staging.settle_withdrawals(batch.source_id)
    batch.state, batch.undone_at = State.UNDONE, timezone.now()
    batch.save_by(actor)
    _record(batch, Verb.IMPORT_UNDONE, actor)
    return batch


@dataclass
class _Account:
    """What one run over a file came to."""

    columns: dict[str, str]
    headings: list[str]
    encoding: str
    srid: str
    rows_read: int
    stored: dict[str, Any]
    reported: list[Reported]
    parser: Parser


def _load(
    batch: ImportBatch, actor: User | None, columns: Mapping[str, str] | None, srid: str, tick: Tick | None
) -> _Account:
    """Read, parse, stage and add one file inside the caller's transaction."""
    with _local_copy(batch) as path, reading.open_table(path) as table, collector_resting():
        head = list(itertools.islice(table.rows, SAMPLE_ROWS))
        samples = [row for _, row in head if row[:3] != table.headings[:3]]
        if columns:
            known = matching.check_named(columns, table.headings)
        else:
            known = {k: v for k, v in batch.source.columns.items() if v in table.headings}
        found = matching.match(table.headings, samples, known)
        matching.require(found, table.headings)
        srid = srid or batch.source.srid or _srid_of(batch, found, table.headings, samples)
        parser = _parser(batch, found, table.headings, samples, srid)
        if parser.ground.grid is None:
            _grid_from(batch, actor, parser, samples)
        staging.create()
        reported: list[Reported] = []
        for staged, refused in parser.chunks(itertools.chain(head, table.rows)):
            staging.copy(staged)
            reported.extend(refused)
            if tick:
                tick(parser.rows_read)
        stored = staging.add(
            case_id=batch.case_id, source_id=batch.source_id, batch_id=batch.pk, zone=batch.case.time_zone
        )
        parser.notes["nothing_to_withdraw"] = staging.settle_withdrawals(batch.source_id, batch.pk)
        headings, encoding = table.headings, table.encoding
    return _Account(found, headings, encoding, srid, parser.rows_read, stored, reported, parser)


def _headings(batch: ImportBatch) -> list[str]:
    """The headings of a file, where it has any."""
    try:
        with _local_copy(batch) as path, reading.open_table(path) as table:
            return table.headings
    except FileProblem:
        return []


@contextmanager
def _local_copy(batch: ImportBatch) -> Iterator[Path]:
    """The stored file as a path, wherever the storage keeps it."""
    with default_storage.open(batch.stored_as) as stored, tempfile.NamedTemporaryFile() as local:
        shutil.copyfileobj(stored, local)
        local.flush()
        yield Path(local.name)


def _cells(found: Mapping[str, str], name: str, headings: list[str], samples: Iterable[list[str]]) -> list[str]:
    at = headings.index(found[name])
    return [row[at].strip() if at < len(row) else "" for row in samples]


def _srid_of(batch: ImportBatch, found: dict[str, str], headings: list[str], samples: list[list[str]]) -> str:
    """The system of X and Y where nobody named it: degrees, or the one that puts the points into the city."""
    if "x" not in found or "longitude" in found:
        return ""
    xs, ys = (_cells(found, name, headings, samples) for name in ("x", "y"))
    if positions.are_degrees(xs, ys):
        return ""
    if not any(abs(positions.numbers(xs)) > 0):
        return ""
    if positions.are_millionths(xs, ys):
        return positions.MILLIONTHS
    if positions.are_web_mercator(xs, ys):
        return positions.WEB_MERCATOR
    city = selectors.grids.city_box(batch.case) or county.extent(batch.case)
    guessed = positions.guess_srid(xs, ys, city)
    if guessed is None:
        raise FileProblem(
            "no_srid",
            f"The columns “{found['x']}” and “{found['y']}” are not degrees. Name their coordinate system, for example"
            " ESRI:102696, or load the city's boundaries first so that it can be found.",
        )
    return guessed


def _parser(
    batch: ImportBatch, found: dict[str, str], headings: list[str], samples: list[list[str]], srid: str
) -> Parser:
    case = batch.case
    days, order = _cells(found, "date", headings, samples), batch.fixes.get("date_order")
    dates = DateReader(
        zone=ZoneInfo(case.time_zone),
        today=timezone.localdate(),
        day_first=order == "day_first" if order else day_comes_first(days),
        has_day_parts="time" in found and any(map(is_day_part, _cells(found, "time", headings, samples))),
    )
    own = {
        (code, title): category
        for code, title, category in OffenseCode.objects.for_case(case).values_list("code", "title", "category")
    }
    ground = selectors.grids.ground_of(case)
    parser = Parser(
        headings, found, dates, own, ground, srid, geocoder.for_case(case), batch.fixes, selectors.located.decided(case)
    )
    parser.learn(samples)
    parser.notes["date_order"] = int(order_is_open(days)) * len(days)
    return parser


def _grid_from(batch: ImportBatch, actor: User | None, parser: Parser, samples: list[list[str]]) -> None:
    """The first points that come in decide where the grid lies when no boundaries are loaded."""
    trial = Parser(parser.headings, parser.columns, parser.dates, {}, parser.ground, parser.srid)
    for staged, _ in trial.chunks(enumerate(samples, 1)):
        ensure_grid(batch.case, box_around(staged.lon, staged.lat), actor)
        break
    parser.ground = selectors.grids.ground_of(batch.case)


def _write_down(batch: ImportBatch, account: _Account) -> None:
    batch.columns, batch.headings, batch.encoding = account.columns, account.headings, account.encoding
    batch.srid, batch.rows_read, batch.reported = account.srid, account.rows_read, len(account.reported)
    for name, value in account.stored.items():
        setattr(batch, name, value)
    batch.problems = accounts.problems_of(account.reported, account.parser)


def _keep_rows(batch: ImportBatch, account: _Account) -> None:
    """What is given back as a file: rows left out, and those to look at unless all of them were here before."""
    batch.reported_rows.all().delete()
    staging.copy_reported(batch.pk, [*account.reported, *(account.parser.looks if batch.need_a_look else ())])


def _remember(batch: ImportBatch, actor: User | None) -> None:
    """The next file with these headings is matched without help; the source's period grows with the file."""
    source = Source.objects.get(pk=batch.source_id)
    zone = ZoneInfo(batch.case.time_zone)
    first = batch.first_at.astimezone(zone).date() if batch.first_at else None
    last = batch.last_at.astimezone(zone).date() if batch.last_at else None
    source.columns = {**source.columns, **batch.columns}
    source.srid = batch.srid or source.srid
    source.period_from = min(filter(None, (source.period_from, first)), default=None)
    source.period_until = max(filter(None, (source.period_until, last)), default=None)
    source.refreshed_on = timezone.localdate()
    source.save_by(actor)


def _record(batch: ImportBatch, verb: Verb, actor: User | None) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        case_id=batch.case_id,
        subject=batch,
        facts={"rows_read": batch.rows_read, "imported": batch.imported, "reported": batch.reported},
    )
