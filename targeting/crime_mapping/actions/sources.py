"""The register of sources and the crosswalk of offense codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from targeting.crime_mapping.intake.crosswalk import categorise
from targeting.crime_mapping.models import Incident, OffenseCode, Source

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


@transaction.atomic
def enter(*, source: Source, actor: User | None) -> Source:
    """The source stands in the register, new or changed."""
    is_new = source._state.adding
    source.save_by(actor)
    verb = Verb.SOURCE_ENTERED if is_new else Verb.SOURCE_CHANGED
    audit.record(actor=actor, verb=verb, case_id=source.case_id, subject=source, facts={"kind": source.kind})
    return source


@transaction.atomic
def assess(*, source: Source, actor: User | None) -> Source:
    """The team has judged the source: who keeps it and its known bias are written, so it may be mapped (1.1)."""
    source.assessed_on = timezone.localdate()
    source.save_by(actor)
    audit.record(actor=actor, verb=Verb.SOURCE_ASSESSED, case_id=source.case_id, subject=source)
    return source


def source_called(*, case: MarketCase, name: str, actor: User | None) -> Source:
    """The source of this name or kind, entered when it is new: calls_for_service, or any other word."""
    plain = "_".join(name.lower().replace("-", " ").split())
    kind = {"offenses": Source.Kind.OFFENSES}.get(plain, plain)
    kind = kind if kind in Source.Kind.values else Source.Kind.OTHER
    shown = Source.Kind(kind).label if kind != Source.Kind.OTHER else plain.replace("_", " ").capitalize()[:120]
    found = Source.objects.for_case(case).filter(name=shown).first()
    if found is None and kind != Source.Kind.OTHER:
        found = Source.objects.for_case(case).filter(kind=kind).order_by("created_at").first()
    return found or enter(source=Source(case=case, kind=kind, name=shown), actor=actor)


@transaction.atomic
def match_code(*, case: MarketCase, code: str, title: str, category: str, actor: User | None) -> OffenseCode:
    """Incidents of this code are counted in this category, those stored and those to come."""
    found = OffenseCode.objects.for_case(case).filter(code=code, title=title).first() or OffenseCode(
        case=case, code=code, title=title
    )
    found.category, found.is_checked = category, True
    found.save_by(actor)
    concerned = Incident.objects.for_case(case).filter(code=code)
    if title:
        concerned = concerned.filter(title=title)
    changed = concerned.exclude(category=category).update(category=category)
    audit.record(
        actor=actor, verb=Verb.CODE_MATCHED, case_id=case.pk, subject=found,
        facts={"category": category, "incidents": changed},
    )  # fmt: skip
    return found


@transaction.atomic
def unmatch_code(*, code: OffenseCode, actor: User | None) -> None:
    """The team's own match is taken back; its incidents are counted as the built-in crosswalk has it."""
    category = categorise(code.code, code.title, {})
    concerned = Incident.objects.for_case(code.case).filter(code=code.code)
    if code.title:
        concerned = concerned.filter(title=code.title)
    concerned.update(category=category)
    audit.record(actor=actor, verb=Verb.CODE_MATCHED, case_id=code.case_id, subject=code, facts={"category": category})
    code.delete_by(actor)
