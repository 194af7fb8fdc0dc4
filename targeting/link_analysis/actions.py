"""Acts on the link chart: what stands on it, which record links two of its entries, and where everything is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.models import MarketCase
from targeting.link_analysis import layout, selectors
from targeting.link_analysis.chart import STORED
from targeting.link_analysis.models import Arrangement, Entity, Link

if TYPE_CHECKING:
    from dmi.accounts.models import User

LOCKED = "Somebody is on the chart already under this name. Choose the entry that is there."


class NotThere(Exception):
    """The entry or link does not stand where this can be done with it."""


@transaction.atomic
def save_entity(*, entity: Entity, actor: User | None) -> Entity:
    """The entry is on the chart, or corrected; a person who is no subject waits for a prosecutor.

    Raises ValidationError.
    """
    is_new = entity._state.adding
    _check_twin(entity)
    if entity.kind != Entity.Kind.PERSON:
        entity.standing = Entity.Standing.SUBJECT
    if entity.standing == Entity.Standing.OTHER and not is_new and _basis_changed(entity):
        entity.approved_by = entity.approved_at = None
    entity.save_by(actor)
    _record(entity, Verb.ENTITY_CHARTED if is_new else Verb.ENTITY_CHANGED, actor, kind=entity.kind)
    if is_new:
        arrange(case=entity.case, actor=actor, is_anew=False)
    return entity


def _check_twin(entity: Entity) -> None:
    """The same player, place or name stands on the chart once."""
    others = Entity.objects.for_case(entity.case).on_chart().exclude(pk=entity.pk)
    if entity.player_id:
        is_twin = others.filter(player=entity.player_id).exists()
    elif entity.place_id:
        is_twin = others.filter(place=entity.place_id).exists()
    else:
        is_twin = others.filter(kind=entity.kind, label__iexact=entity.label).exists()
    if is_twin:
        raise ValidationError(LOCKED)


def _basis_changed(entity: Entity) -> bool:
    """What the prosecutor approved is not what the entry says now."""
    before = Entity.objects.for_case(entity.case).get(pk=entity.pk)
    return (before.basis, before.label, before.standing) != (entity.basis, entity.label, entity.standing)


@transaction.atomic
def approve_person(*, entity: Entity, actor: User) -> Entity:
    """A person who is no subject stands on the chart, on a prosecutor's word. Raises NotThere."""
    entity = _locked(Entity, entity)
    if not entity.awaits_approval or entity.removed_at:
        raise NotThere("This entry does not wait for anybody's word any more.")
    entity.approved_by, entity.approved_at = actor, timezone.now()
    entity.save_by(actor)
    _record(entity, Verb.CHARTED_PERSON_APPROVED, actor)
    arrange(case=entity.case, actor=actor, is_anew=False)
    return entity


@transaction.atomic
def save_link(*, link: Link, actor: User | None) -> Link:
    """Two entries are linked on the word of a dated record, or the link is corrected. Raises ValidationError."""
    is_new = link._state.adding
    link.save_by(actor)
    verb = Verb.LINK_CHARTED if is_new else Verb.LINK_CHANGED
    _record(link, verb, actor, kind=link.kind, grade=link.grade, record=link.record)
    if is_new:
        arrange(case=link.case, actor=actor, is_anew=False)
    return link


@transaction.atomic
def remove(*, record: Entity | Link, actor: User | None) -> Entity | Link:
    """The entry or link is off the chart; nothing is deleted and it can be put back. Raises NotThere."""
    record = _locked(type(record), record)
    if record.removed_at:
        raise NotThere("This was taken off already.")
    record.removed_at = timezone.now()
    record.save_by(actor)
    _record(record, Verb.LINK_REMOVED if isinstance(record, Link) else Verb.ENTITY_REMOVED, actor)
    return record


@transaction.atomic
def put_back(*, record: Entity | Link, actor: User | None) -> Entity | Link:
    """What was taken off stands on the chart again. Raises NotThere, ValidationError."""
    record = _locked(type(record), record)
    if record.removed_at is None:
        raise NotThere("This stands on the chart.")
    if isinstance(record, Entity):
        _check_twin(record)
    record.removed_at = None
    record.save_by(actor)
    _record(record, Verb.LINK_PUT_BACK if isinstance(record, Link) else Verb.ENTITY_PUT_BACK, actor)
    return record


@transaction.atomic
def arrange(*, case: MarketCase, actor: User | None, is_anew: bool) -> Arrangement:
    """Every entry has its stored place; unless `is_anew`, those that had one keep it."""
    chart = selectors.chart(case, STORED, today=timezone.localdate())
    stored = _arrangement(case)
    known = {
        index: tuple(stored.positions[node.key])
        for index, node in enumerate(chart.nodes)
        if node.key in stored.positions and not is_anew
    }
    spots = layout.beside(len(chart.nodes), chart.pairs, known)
    places = {node.key: list(spot) for node, spot in zip(chart.nodes, spots, strict=True)}
    if places != stored.positions or is_anew:
        stored.positions = places
        stored.save_by(actor)
    if is_anew:
        _record(stored, Verb.CHART_ARRANGED, actor, entries=len(places))
    return stored


def _arrangement(case: MarketCase) -> Arrangement:
    """The row of the case, locked; the case is locked while there is none, so that two people never make two."""
    rows = Arrangement.objects.for_case(case).select_for_update()
    found = rows.first()
    if found is None:
        MarketCase.objects.select_for_update().get(pk=case.pk)
        found = rows.first()
    return found or Arrangement(case=case)


def _locked(model: type[Any], record: Any) -> Any:
    return model.objects.for_case(record.case).select_for_update(of=("self",)).get(pk=record.pk)


def _record(subject: Any, verb: Verb, actor: User | None, **facts: Any) -> None:
    audit.record(actor=actor, verb=verb, case_id=subject.case_id, subject=subject, facts=facts)
