"""Freezing facts: plain values only, each section marked with its data class, refused where the kind bars it."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
import uuid
from collections.abc import Mapping, Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from dmi.cases import policy
from dmi.documents.kinds import NEVER_ON_PAPER, ONLY_AS_OWN_KIND, ONLY_RESTRICTED, DocumentKind

MARK = "data_class"
LARGEST = 4_000_000  # characters of JSON
DEEPEST = 12
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


class FactsRefused(ValueError):
    """The facts hold something this kind of document may not carry, or that cannot be frozen."""


def section(data_class: str, **content: Any) -> dict[str, Any]:
    """A part of a document's facts, marked with the data class of the records it was read from."""
    return {MARK: data_class, **content}


@dataclasses.dataclass(frozen=True, slots=True)
class Frozen:
    """Facts as they will be kept: canonical JSON, its hash, and the hash of each section."""

    body: str
    digest: str
    sections: dict[str, str]


def freeze(kind: DocumentKind, facts: Mapping[str, Any], media: Sequence[uuid.UUID] = ()) -> Frozen:
    """Check and freeze `facts` for `kind`.

    Raises FactsRefused for a data class the kind may not carry, for a part without a mark, and for values that are
    neither text, number, date nor a list or mapping of these.
    """
    plain = _plain(facts, depth=0)
    _check_marks(kind, plain)
    body = _canonical(plain)
    if len(body) > LARGEST:
        raise FactsRefused("The facts are too large for one document; split it.")
    pictures = sorted(str(pk) for pk in media)
    sections = {name: _digest(_canonical(value)) for name, value in plain.items() if name != MARK}
    if pictures:
        sections["photographs"] = _digest(_canonical(pictures))
    return Frozen(body, _digest(_canonical([kind.code, kind.schema_version, plain, pictures])), sections)


def thaw(body: str) -> dict[str, Any]:
    """The facts as the template reads them: plain strings, so that everything is escaped."""
    facts: dict[str, Any] = json.loads(body)
    return facts


def differing(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[str, ...]:
    """The names of the sections whose content differs between two freezings."""
    names = sorted(set(before) | set(after))
    return tuple(name.replace("_", " ") for name in names if before.get(name) != after.get(name))


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any, *, depth: int) -> Any:
    if depth > DEEPEST:
        raise FactsRefused("The facts are nested too deeply.")
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str | Promise):
        return CONTROLS.sub("", str(value))
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    return _plain_collection(value, depth=depth)


def _number(value: float) -> float:
    if not math.isfinite(value):
        raise FactsRefused("A number in the facts is not finite.")
    return value


def _plain_collection(value: Any, *, depth: int) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        value = {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        if any(not isinstance(name, str) for name in value):
            raise FactsRefused("The names of facts must be text.")
        return {name: _plain(item, depth=depth + 1) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item, depth=depth + 1) for item in value]
    raise FactsRefused(f"Facts hold plain values only, not {type(value).__name__}.")


def _check_marks(kind: DocumentKind, plain: dict[str, Any]) -> None:
    """Walk the facts. A record must lie in a marked section; where classes mix, each section has its own mark."""
    inherited = plain.get(MARK)
    if inherited is not None:
        _check_class(kind, inherited, "the document")
    if kind.mixes_classes:
        inherited = None
    for name, value in plain.items():
        if name != MARK:
            _walk(kind, value, name, inherited)


def _walk(kind: DocumentKind, value: Any, where: str, inherited: str | None) -> None:
    if isinstance(value, list):
        for item in value:
            _walk(kind, item, where, inherited)
    elif isinstance(value, dict):
        own = value.get(MARK, inherited)
        if own is None:
            raise FactsRefused(f"The section “{where}” does not say which data class it was read from.")
        _check_class(kind, own, where)
        for name, item in value.items():
            if name != MARK:
                _walk(kind, item, f"{where}.{name}", own)


def _check_class(kind: DocumentKind, code: Any, where: str) -> None:
    if not isinstance(code, str) or code not in kind.allowed_classes or _is_barred(kind, code):
        raise FactsRefused(f"{kind.title} may not carry {code!r} ({where}).")


def _is_barred(kind: DocumentKind, code: str) -> bool:
    if code in ONLY_RESTRICTED and policy.compartment_of(kind.data_class) != "R":
        return True
    return code in NEVER_ON_PAPER or (code in ONLY_AS_OWN_KIND and code != kind.data_class)
