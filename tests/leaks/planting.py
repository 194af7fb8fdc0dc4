"""Canaries: every text field of every record of a case is overwritten with a token that says where it came from.

The walk is over `apps.get_models()`, so a new model is planted by itself. A text that cannot be replaced because the
program reads it (a code, a digest, a file name) stands in `KEPT`, by name or by field; anything else that
cannot be planted fails the test by name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import DatabaseError, connection, models, transaction
from simple_history.models import HistoricalChanges

from dmi.cases.models import MarketCase
from dmi.core.fields import EncryptedTextField
from dmi.core.models import CaseRecord
from tests.leaks.sowing import sow

TOKEN = re.compile(r"QX[0-9A-V]{3}Z")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
# Tables without a class of their own that hold content of a case: the class of what they hold.
CLASS_OF = {
    "documents.FrozenFacts": "notebooks",
    "documents.PrintPart": "notebooks",
    "documents.Delivery": "ledgers",
    "crime_mapping.Unit": "areas",
    "crime_mapping.GroundShape": "areas",
    "crime_mapping.ReportedRow": "import_batches",
    "crime_mapping.Incident": "incident_points",
    "places.AddressPoint": "areas",
    "places.StreetSegment": "areas",
    "survey.LinkUse": "community_contacts",
    "audit.ExportRequest": "audit_log",
}
# Tables that hold nothing of a case's content: accounts, the machinery, reference lists; MarketCase is known to all.
OUTSIDE = {
    "accounts.Agency", "accounts.User", "accounts.SignIn", "accounts.SpentCode", "accounts.Proposal",
    "audit.Alarm", "audit.AuditEvent", "audit.AuditSeal",
    "jobs.Job", "cases.MarketCase", "cases.MarketCaseUserObjectPermission", "cases.MarketCaseGroupObjectPermission",
    "cases.Membership", "cases.SubmittedForm", "survey.QuestionSet", "survey.Question",
}  # fmt: skip
# Tables that are no records of the case by their making, but have pages of their own.
SOWN_TOO = {"audit.ExportRequest"}
# Made by pressing print, which would show a sown one instead.
PRINTED = {"notification.BinderRun"}
LIBRARIES = {"admin", "auth", "contenttypes", "sessions", "gis", "account", "mfa", "axes", "guardian"}
# Codes, digests and addresses the program itself reads.
KEPT_NAMES = {
    "sha256", "facts_hash", "digest", "key", "kind", "content_type", "source_class", "token", "token_hash",
    "address_hash", "srid", "crs", "stored_as", "encoding", "label_class", "player_number", "gate", "element", "seat",
    "file", "phase", "language", "normalised_address", "history_change_reason", "shape", "about", "number_prefix",
}  # fmt: skip
KEPT = {"people.Player.number", "documents.Document.title", "documents.PrintRun.title", "documents.FrozenFacts.body"}


@dataclass
class Field:
    """Where a token lies: the field, and the class of the policy that says who may read it."""

    label: str
    data_class: str


@dataclass
class Planted:
    """What was planted: each token's field, and what could not be planted, with the reason."""

    fields: dict[str, Field] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def token(self, label: str, data_class: str) -> str:
        """A new token for this field."""
        n = len(self.fields)
        token = f"QX{DIGITS[n // 1024 % 32]}{DIGITS[n // 32 % 32]}{DIGITS[n % 32]}Z"
        self.fields[token] = Field(label, data_class)
        return token

    def found_in(self, text: str) -> dict[str, Field]:
        """The tokens that stand in a text."""
        return {token: self.fields[token] for token in set(TOKEN.findall(text)) if token in self.fields}


def class_of(model: type[models.Model]) -> str | None:
    """The policy's class of a table's rows; a history row has that of its record. None outside every case."""
    if issubclass(model, HistoricalChanges):
        model = model.instance_type
    return getattr(model, "data_class", None) or CLASS_OF.get(model._meta.label)


def case_models() -> list[type[models.Model]]:
    """Every table that holds content of a case, with the history tables."""
    found = [model for model in apps.get_models() if model._meta.app_label not in LIBRARIES]
    return [model for model in found if class_of(model)]


def unplaced() -> list[str]:
    """Tables that neither say their class nor stand in one of the lists above."""
    found = [model for model in apps.get_models() if model._meta.app_label not in LIBRARIES]
    return sorted(
        model._meta.label
        for model in found
        if class_of(model) is None and not issubclass(model, HistoricalChanges) and model._meta.label not in OUTSIDE
    )


def is_text(column: models.Field[Any, Any]) -> bool:
    """Whether people write into this field."""
    if isinstance(column, ArrayField):
        return is_text(column.base_field)
    plain = isinstance(column, models.CharField | models.TextField) and not isinstance(column, models.FileField)
    return plain and not column.choices and not isinstance(column, models.SlugField)


def _is_kept(model: type[models.Model], name: str) -> bool:
    owner = model.instance_type if issubclass(model, HistoricalChanges) else model
    return name in KEPT_NAMES or f"{owner._meta.label}.{name}" in KEPT


def plant(case: MarketCase) -> Planted:
    """Give every table a record in the case where it has none, and every text field its token."""
    planted = Planted()
    for model in apps.get_models():
        is_of_case = issubclass(model, CaseRecord) or model._meta.label in SOWN_TOO
        if model._meta.label in PRINTED:
            continue
        if is_of_case and not model._base_manager.filter(case_id=case.pk).exists():
            try:
                with transaction.atomic():
                    sow(model, case)
            except Exception as refusal:
                planted.failed.append(f"{model._meta.label} has no record in the demo and none can be made: {refusal}")
    for model in case_models():
        for column in model._meta.local_concrete_fields:
            if is_text(column) and not _is_kept(model, column.name):
                _overwrite(model, column, planted)
            elif isinstance(column, models.JSONField) and not _is_kept(model, column.name):
                _overwrite_json(model, column, planted)
    return planted


def _run(planted: Planted, where: str, statement: str, values: list[Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, values)
    except DatabaseError as refusal:
        planted.failed.append(f"{where} could not be planted: {str(refusal).splitlines()[0]}")


def _runs(statement: str, values: list[Any]) -> bool:
    tried = Planted()
    _run(tried, "", statement, values)
    return not tried.failed


def _overwrite(model: type[models.Model], column: models.Field[Any, Any], planted: Planted) -> None:
    if (column.max_length or 99) < 6:
        return
    where = f"{model._meta.label}.{column.name}"
    token = planted.token(where, str(class_of(model)))
    if isinstance(column, EncryptedTextField):
        for record in model._base_manager.all():
            models.QuerySet(model).filter(pk=record.pk).update(**{column.name: token})
        return
    quote = connection.ops.quote_name
    table, name, key = quote(model._meta.db_table), quote(column.column), quote(model._meta.pk.column)
    text = "%s" if (column.max_length or 99) < 10 else f"%s || to_char(row_number() over (order by {key}), 'FM0000')"
    value = f"ARRAY[{text}]" if isinstance(column, ArrayField) else text
    rows = f"(SELECT {key} AS k, {value} AS v FROM {table}) AS sown"
    statement = f"UPDATE {table} SET {name} = sown.v FROM {rows} WHERE {table}.{key} = sown.k"
    if not _runs(statement, [token]):
        # A text that may not stand without something else is replaced where it stands already.
        _run(planted, where, f"{statement} AND {table}.{name} <> ''", [token])


def _overwrite_json(model: type[models.Model], column: models.Field[Any, Any], planted: Planted) -> None:
    """Texts with a space in them are what people wrote; words without one are codes the program reads."""
    rows = [(row.pk, getattr(row, column.attname)) for row in model._base_manager.all()]
    if not any(_prose(value) for _, value in rows):
        return
    token = planted.token(f"{model._meta.label}.{column.name}", str(class_of(model)))
    for pk, value in rows:
        models.QuerySet(model).filter(pk=pk).update(**{column.attname: _replaced(value, token)})


def _prose(value: Any) -> Iterator[str] | list[str]:
    if isinstance(value, str):
        return [value] if " " in value else []
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for part in parts for text in _prose(part)]


def _replaced(value: Any, token: str) -> Any:
    if isinstance(value, str):
        return f"{token} said" if " " in value else value
    if isinstance(value, dict):
        return {name: _replaced(part, token) for name, part in value.items()}
    return [_replaced(part, token) for part in value] if isinstance(value, list) else value


def free_the_history() -> None:
    """In this copy of the database the history may be overwritten too; only the owner of the tables can say so."""
    with connection.cursor() as cursor:
        for model in case_models():
            cursor.execute(f"ALTER TABLE {connection.ops.quote_name(model._meta.db_table)} DISABLE TRIGGER USER")
