"""The plainest record a table takes, in a case that has records of everything else."""

from __future__ import annotations

import random
import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.fields import ArrayField
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from dmi.accounts.models import User
from dmi.cases.models import MarketCase

# Of two fields of which a record needs one: the one that is filled.
FILLED = {
    "meetings.Attendance": {"member"},
    "documents.Copy": {"document"},
    "survey.Nomination": {"interview"},
    "survey.AddressMention": {"interview"},
    "undercover.OperationBuy": {"officer_buy"},
}
# What a table's own checks ask for.
GIVEN: dict[str, dict[str, Any]] = {
    "incident_review.Criteria": {"lines": [{"rule": "adult", "text": "18 or older"}]},
    "incident_review.IntelligenceNote": {"gathered_lawfully": True},
    "link_analysis.Entity": {"label": "A corner"},
    "incident_review.FirstPass": {"skipped_because": "Known to the office."},
    "survey.CommunityLink": {"opened_on": date(2026, 1, 15), "expires_on": date(2026, 3, 15)},
    "team.Commitment": {"signed_on": date(2026, 1, 15), "expires_on": date(2027, 1, 15)},
}
# Tables that hold one row a case, so no case has one more.
ONE_A_CASE = {
    "cases.TeamPolicy", "team.Protocol", "team.Capacity", "outreach.LetterWording", "swot.Inventory",
    "swot.PromptAnswer", "link_analysis.Arrangement",
}  # fmt: skip
TRIES = 12


def sow(model: type[models.Model], case: MarketCase, seed: int = 1) -> models.Model:
    """A new record of the table; other records it needs are chosen among those of the case until the table agrees."""
    chance = random.Random(seed)
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                record = _draft(model, case, chance)
                record.save()
                return record
        except IntegrityError:
            if not left:
                raise
    raise AssertionError("unreachable")


def _draft(model: type[models.Model], case: MarketCase, chance: random.Random) -> models.Model:
    label = model._meta.label
    filled, given = FILLED.get(label, set()), GIVEN.get(label, {})
    values = {
        column.attname: _value(column, case, chance)
        for column in model._meta.concrete_fields
        if column.name not in given and (column.name in filled or _is_needed(column))
    }
    return model(**{name: value for name, value in values.items() if value is not None}, **given)


def _is_needed(column: models.Field[Any, Any]) -> bool:
    is_optional_text = column.blank and column.empty_strings_allowed and not column.is_relation
    return not (column.null or column.has_default() or column.primary_key or is_optional_text)


def _value(column: models.Field[Any, Any], case: MarketCase, chance: random.Random) -> Any:
    if column.one_to_one and not column.null:
        return sow(column.related_model, case, chance.randrange(10**6)).pk
    if column.name == "case_id":
        return case.pk
    if column.is_relation:
        return _related(column.related_model, case, chance)
    if column.choices:
        return chance.choice([value for value, _ in column.flatchoices if value not in (None, "")])
    if isinstance(column, ArrayField):
        return ["sown"]
    if isinstance(column, GeometryField):
        return case.target_area.point_on_surface if column.geom_type == "POINT" else case.target_area
    return _plain(column, chance)


def _plain(column: models.Field[Any, Any], chance: random.Random) -> Any:
    sown = f"S{uuid.UUID(int=chance.getrandbits(128)).hex}"
    kinds: list[tuple[Any, Any]] = [
        (models.DateTimeField, timezone.now() - timedelta(days=20)),
        (models.DateField, date(2026, 1, 15)),
        (models.BooleanField, False),
        (models.IntegerField | models.FloatField | models.DecimalField, chance.randrange(1, 90)),
        (models.UUIDField, uuid.UUID(int=chance.getrandbits(128))),
        (models.JSONField, []),
        (models.CharField | models.TextField, sown[: column.max_length or 40]),
    ]
    return next((value for kind, value in kinds if isinstance(column, kind)), None)


def _related(model: type[models.Model], case: MarketCase, chance: random.Random) -> Any:
    if model is MarketCase:
        return case.pk
    if model is User:
        return chance.choice(list(User.objects.order_by("username").values_list("pk", flat=True)))
    is_of_case = any(column.name == "case" for column in model._meta.concrete_fields)
    rows = model._base_manager.filter(case=case) if is_of_case else model._base_manager.all()
    keys = list(rows.order_by("pk").values_list("pk", flat=True)[:200])
    # A second one, so that a record which joins two of them can be made.
    return chance.choice(keys) if len(keys) > 1 else sow(model, case, chance.randrange(10**6)).pk
