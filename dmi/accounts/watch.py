"""What the clock looks for in accounts and seats."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from dmi.accounts.models import User
from dmi.audit import alarms, watch
from dmi.cases import policy
from dmi.cases.models import Membership

NOTICE = timedelta(days=30)


@watch.declare
def clearances() -> None:
    """A seated person's screening or training ends within 30 days, or has ended; once for each last day."""
    today = timezone.localdate()
    seated = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today), suspended_at=None, starts_on__lte=today)
    soon = Q(screening_expires_on__lte=today + NOTICE) | Q(training_expires_on__lte=today + NOTICE)
    for person in User.objects.filter(soon, is_active=True, pk__in=seated.values("user")):
        days = [day for day in (person.screening_expires_on, person.training_expires_on) if day]
        first = min(days)
        alarms.sound("clearance_ends", f"{person.pk}:{first}", about=person, facts={"last_day": first})


@watch.declare
def labels() -> None:
    """A seat the policy does not know gives nothing, and somebody must hear of it."""
    for seat in Membership.objects.exclude(role__in=list(policy.SEATS)):
        alarms.sound("unknown_label", f"membership:{seat.pk}", case_id=seat.case_id, facts={"record": "membership"})
