"""Two entries that are one person become one: every record moves, nothing is lost, and it can be undone.

What a step hung on a player is found by walking the models, so a step that comes later is covered too. A model says
`joins_on_merge = True` when rows of both entries may stand side by side, as dated facts do; for every other the merger
is refused when both have one, because two decisions, letters or assessments cannot both hold. `may_stay_on_merge` says
that a row the kept entry has from the very same source may stay where it is, because its step still shows it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ForeignObjectRel
from django.utils import timezone
from simple_history.models import HistoricalChanges

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import access
from dmi.core.models import CaseRecord
from dmi.people import stages
from dmi.people.models import Distinction, Merger, Person, Player, Sex
from dmi.people.stages import Stage

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

BLANK_FILLS = ("birth_on", "race", "home_address", "photo_id")
OTHER_STEP = "records of a later step"


class CannotMerge(Exception):
    """The two entries cannot become one as they stand; the words say what to do first."""


@transaction.atomic
def merge(*, kept: Player, gone: Player, reason: str, actor: User | None) -> Merger:
    """`gone` is the same person as `kept`: its records, names and facts are with `kept` now, its number stays used.

    Raises CannotMerge, ValidationError.
    """
    kept, gone = _locked(kept.case, kept, gone)
    _check(kept, gone)
    filled = _fill(kept.person, gone.person, actor)
    moved = [_move(record, field, kept, actor) for record, field in _to_move(kept, gone, actor)]
    gone.merged_into = kept
    gone.save_by(actor)
    merger = Merger.objects.create_by(
        actor, case=kept.case, kept=kept, gone=gone, reason=reason.strip(), moved=[m for m in moved if m], filled=filled
    )
    audit.record(
        actor=actor, verb=Verb.PLAYERS_MERGED, case_id=kept.case_id, subject=merger,
        facts={"kept": kept.pk, "gone": gone.pk, "moved": len(merger.moved)},
    )  # fmt: skip
    return merger


@transaction.atomic
def undo(*, merger: Merger, reason: str, actor: User | None) -> Merger:
    """The two entries stand for themselves again, each with the records it had; what came later stays with the kept.

    Raises CannotMerge, ValidationError.
    """
    merger = Merger.objects.for_case(merger.case).select_for_update().get(pk=merger.pk)
    if merger.undone_at:
        raise CannotMerge("This was undone already.")
    kept, gone = _locked(merger.case, merger.kept, merger.gone)
    if kept.merged_into_id:
        raise CannotMerge(f"{kept.number} was merged into another entry since. Undo that first.")
    gone.merged_into = None
    gone.save_by(actor)
    for row in merger.moved:
        _move_back(row, kept, gone, actor)
    _empty(kept.person, merger.filled, actor)
    merger.undone_at, merger.undone_reason = timezone.now(), reason.strip()
    merger.save_by(actor)
    audit.record(
        actor=actor, verb=Verb.MERGER_UNDONE, case_id=merger.case_id, subject=merger,
        facts={"kept": kept.pk, "gone": gone.pk},
    )  # fmt: skip
    return merger


@transaction.atomic
def tell_apart(*, one: Player, other: Player, reason: str, actor: User | None) -> Distinction:
    """The two are different people; they are not proposed again. Raises ValidationError."""
    first, second = sorted((one, other), key=lambda player: player.pk)
    known = Distinction.objects.for_case(one.case).filter(first=first, second=second).first()
    if known:
        return known
    found = Distinction.objects.create_by(actor, case=one.case, first=first, second=second, reason=reason.strip())
    facts = {"first": first.pk, "second": second.pk}
    audit.record(actor=actor, verb=Verb.PLAYERS_TOLD_APART, case_id=one.case_id, subject=found, facts=facts)
    return found


def _locked(case: MarketCase, *players: Player) -> list[Player]:
    """The players as they stand now, locked in one order whoever asks."""
    wanted = [player.pk for player in players]
    rows = Player.objects.with_merged(case).filter(pk__in=wanted).order_by("pk").select_for_update(of=("self",))
    found = {player.pk: player for player in rows.select_related("person")}
    return [found[pk] for pk in wanted]


def _check(kept: Player, gone: Player) -> None:
    if kept.pk == gone.pk or kept.merged_into_id or gone.merged_into_id:
        raise CannotMerge("One of the two is not on the list by itself any more.")
    if gone.stage in stages.TOO_FAR_TO_MERGE:
        where = gone.get_stage_display()
        raise CannotMerge(f"{gone.number} stands at “{where}” and cannot go into another entry any more.")
    if stages.REACH[Stage(gone.stage)] > stages.REACH[Stage(kept.stage)]:
        raise CannotMerge(
            f"{gone.number} stands further along the list than {kept.number}. Keep {gone.number} instead."
        )
    births = {player.person.birth_on for player in (kept, gone)} - {None}
    if len(births) > 1:
        raise CannotMerge("The dates of birth differ. If it is one person, correct the wrong date first.")
    if Player.objects.with_merged(gone.case).filter(merged_into=gone).exists():
        raise CannotMerge(f"{gone.number} holds another entry already. Keep {gone.number}, or undo that merger first.")


def _to_move(kept: Player, gone: Player, actor: User | None) -> Iterator[tuple[models.Model, str]]:
    """Every record that points to `gone`, with the field that does. Raises CannotMerge."""
    can = None if actor is None else access.rights_of(actor, kept.case)
    for target, left, right in ((Player, kept, gone), (Person, kept.person, gone.person)):
        for model, field in _pointing_to(target):
            rows = list(model._base_manager.filter(**{field.name: right}).order_by("pk"))
            if not rows:
                continue
            if not issubclass(model, CaseRecord) or getattr(model, "is_append_only", False):
                raise CannotMerge(
                    f"{gone.number} has {_words(model, can)} that cannot move. Keep {gone.number} instead."
                )
            joins = getattr(model, "joins_on_merge", False)
            if not joins and model._base_manager.filter(**{field.name: left}).exists():
                raise CannotMerge(
                    f"Both {kept.number} and {gone.number} have {_words(model, can)}, and only one can hold. "
                    f"Those who keep them must settle which before the two are merged."
                )
            yield from ((row, field.name) for row in rows)


def _pointing_to(target: type[models.Model]) -> Iterator[tuple[type[models.Model], Any]]:
    """Every model with a foreign key to `target`, hidden ones too; neither history nor this app's own."""
    for relation in target._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or not (relation.one_to_many or relation.one_to_one):
            continue
        model = relation.related_model
        if not issubclass(model, HistoricalChanges) and model._meta.app_label != Player._meta.app_label:
            yield model, relation.field


def _words(model: type[models.Model], can: frozenset[str] | None) -> str:
    """What the records are called, for a reader who may see them; sealed ones have no name here."""
    data_class = getattr(model, "data_class", "")
    may_know = can is None or f"{data_class}.view" in can
    return str(model._meta.verbose_name_plural) if may_know and data_class else OTHER_STEP


def _move(record: Any, field: str, kept: Player, actor: User | None) -> dict[str, str] | None:
    """Hang the record on `kept`; a fact that `kept` has from the very same source stays where it is."""
    target = kept if record._meta.get_field(field).related_model is Player else kept.person
    setattr(record, field, target)
    try:
        with transaction.atomic():
            record.save_by(actor)
    except ValidationError as error:
        if getattr(record, "may_stay_on_merge", False):
            return None
        raise CannotMerge("A record of a later step cannot move as it stands. Ask those who keep it.") from error
    return {"model": record._meta.label_lower, "pk": str(record.pk), "field": field}


def _move_back(row: dict[str, str], kept: Player, gone: Player, actor: User | None) -> None:
    model = apps.get_model(row["model"])
    record = model._base_manager.filter(pk=row["pk"]).first()
    is_player = model._meta.get_field(row["field"]).related_model is Player
    here, back = (kept, gone) if is_player else (kept.person, gone.person)
    if record is None or getattr(record, f"{row['field']}_id") != here.pk:
        return
    setattr(record, row["field"], back)
    try:
        record.save_by(actor)
    except ValidationError as error:
        raise CannotMerge("A record that moved cannot go back as it stands now. Ask those who keep it.") from error


def _fill(kept: Person, gone: Person, actor: User | None) -> dict[str, list[Any]]:
    """Add what only `gone` knew; returns before and after of every field that changed."""
    wanted: dict[str, Any] = {name: getattr(gone, name) for name in BLANK_FILLS if not getattr(kept, name)}
    if kept.sex == Sex.UNKNOWN:
        wanted["sex"] = gone.sex
    known = {name.casefold() for name in (kept.full_name, *kept.aliases)}
    added = [name for name in (gone.full_name[:80], *gone.aliases) if name.casefold() not in known]
    wanted["aliases"] = [*kept.aliases, *dict.fromkeys(added)]
    filled = {}
    for name, value in wanted.items():
        if value and value != getattr(kept, name):
            filled[name] = [_plain(getattr(kept, name)), _plain(value)]
            setattr(kept, name, value)
    if filled:
        kept.save_by(actor)
    return filled


def _empty(kept: Person, filled: dict[str, list[Any]], actor: User | None) -> None:
    """Take back what the merger filled in, unless somebody corrected it since."""
    for name, (before, after) in filled.items():
        if _plain(getattr(kept, name)) == after:
            field = kept._meta.get_field(name)
            assert isinstance(field, models.Field)
            setattr(kept, name, field.to_python(before))
    kept.save_by(actor)


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, str | list) else str(value)
