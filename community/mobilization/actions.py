"""Acts of step 5: an item on the engagement plan is planned, changed, or done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from community.mobilization.models import Engagement
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from dmi.accounts.models import User


class AlreadyDone(ValueError):
    """The item has its outcome already."""


@transaction.atomic
def plan_engagement(*, engagement: Engagement, actor: User | None) -> Engagement:
    """Somebody reaches this audience by this day. Raises ValidationError, StaleRecord."""
    engagement.save_by(actor)
    audit.record(
        actor=actor, verb=Verb.ENGAGEMENT_PLANNED, case_id=engagement.case_id, subject=engagement,
        facts={"audience": engagement.audience, "due_on": engagement.due_on.isoformat()},
    )  # fmt: skip
    return engagement


@transaction.atomic
def finish_engagement(*, engagement: Engagement, actor: User | None) -> Engagement:
    """It was done, with what came of it. Raises AlreadyDone, ValidationError, StaleRecord."""
    if Engagement.objects.for_case(engagement.case).filter(pk=engagement.pk, done_on__isnull=False).exists():
        raise AlreadyDone("This is done already.")
    engagement.save_by(actor)
    facts = {"audience": engagement.audience, "reached": engagement.people_reached}
    audit.record(actor=actor, verb=Verb.ENGAGEMENT_DONE, case_id=engagement.case_id, subject=engagement, facts=facts)
    return engagement
