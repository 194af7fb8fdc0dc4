"""Writing to the contact book and the catalogue of help."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from django.db import transaction

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.directory.models import Contact, Organisation, Service

if TYPE_CHECKING:
    from dmi.accounts.models import User

Entry = TypeVar("Entry", Organisation, Contact, Service)
VERBS = {Organisation: Verb.ORGANISATION_SAVED, Contact: Verb.CONTACT_SAVED, Service: Verb.SERVICE_SAVED}


@transaction.atomic
def save_entry(*, entry: Entry, actor: User | None) -> Entry:
    """The entry stands in the book as written. Raises ValidationError and StaleRecord."""
    entry.save_by(actor)
    audit.record(
        actor=actor, verb=VERBS[type(entry)], case_id=entry.case_id, subject=entry, facts={"version": entry.version}
    )
    return entry
