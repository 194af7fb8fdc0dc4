"""Writing to the audit log. Call `record()` inside the act's own transaction: no change without its event."""

from __future__ import annotations

import ipaddress
import re
import uuid
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from dmi.audit.models import AuditEvent, Outcome
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from dmi.accounts.models import User

FACT_NAME = re.compile(r"[a-z][a-z0-9_]{0,59}")
CODE = re.compile(r"[A-Za-z0-9_.,:;/@#+=\-]{0,200}", re.ASCII)


class NotACode(ValueError):
    """A fact of an audit event holds narrative or a value that is neither an id, a number nor a code."""


def record(
    *,
    actor: User | None,
    verb: Verb,
    case_id: uuid.UUID | None = None,
    subject: models.Model | None = None,
    outcome: str = Outcome.ALLOWED,
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    request: HttpRequest | None = None,
) -> AuditEvent:
    """One event is in the log; `actor` None stands for the system itself.

    Facts are ids, numbers, dates and codes, never narrative: a string with a space raises NotACode.
    """
    event = AuditEvent(
        actor=actor if actor is not None and actor.is_authenticated else None,
        verb=Verb(verb),
        outcome=Outcome(outcome),
        case_id=case_id,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=str(subject.pk) if subject is not None else "",
        facts=codes(facts or {}),
        reason=reason[:500],
        address=_address(request),
        session_hash=_session_hash(request),
    )
    event.save(force_insert=True)
    return event


def codes(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts as they are stored; raises NotACode for narrative or a name that is none."""
    for name in facts:
        if not isinstance(name, str) or not FACT_NAME.fullmatch(name):
            raise NotACode(f"{name!r} is no name of a fact")
    return {name: _code(name, value) for name, value in facts.items()}


def _code(name: str, value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, uuid.UUID | Decimal):
        return str(value)
    if isinstance(value, date):  # datetimes are dates too
        return value.isoformat()
    if isinstance(value, str) and CODE.fullmatch(value):
        return str(value)
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value, key=str) if isinstance(value, set | frozenset) else value
        return [_code(name, item) for item in items]
    raise NotACode(f"the fact {name!r} must be an id, a number, a date or a code without spaces")


def _address(request: HttpRequest | None) -> str | None:
    if request is None:
        return None
    try:
        return str(ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:  # served over a local socket
        return None


def _session_hash(request: HttpRequest | None) -> str:
    """A keyed digest: two events of one session can be matched, the session cannot be taken over."""
    session = getattr(request, "session", None)
    key = getattr(session, "session_key", None)
    return salted_hmac("dmi.audit.session", key).hexdigest()[:32] if key else ""
