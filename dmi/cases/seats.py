"""Seats on a case. Membership is the truth; guardian's rows follow it and are written here only."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from guardian.shortcuts import assign_perm

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases import policy
from dmi.cases.models import MarketCase, MarketCaseGroupObjectPermission, Membership

if TYPE_CHECKING:
    from dmi.accounts.models import User


def _group_of(case: MarketCase, role: str) -> Group:
    group, is_new = Group.objects.get_or_create(name=f"case:{case.pk}:{role}")
    if is_new or not MarketCaseGroupObjectPermission.objects.filter(group=group, content_object=case).exists():
        assign_perm(f"cases.{role}", group, case)
    return group


def follow(membership: Membership) -> None:
    """guardian's rows now say what the membership says: in the seat's group while current, out of it otherwise."""
    group = _group_of(membership.case, membership.role)
    if membership.is_current():
        membership.user.groups.add(group)
    else:
        membership.user.groups.remove(group)


@transaction.atomic
def give_seat(
    *,
    case: MarketCase,
    user: User,
    role: str,
    actor: User | None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Membership:
    """The person now holds the seat on this case. Raises ValidationError for an unknown seat or dates that cross."""
    membership = Membership.objects.filter(case=case, user=user, role=role).first()
    membership = membership or Membership(case=case, user=user, role=role)
    membership.starts_on = starts_on or membership.starts_on
    membership.ends_on = ends_on
    membership.suspended_at = None
    membership.save_by(actor)
    follow(membership)
    facts = {"user": user.pk, "role": role}
    audit.record(actor=actor, verb=Verb.SEAT_GIVEN, case_id=case.pk, subject=membership, facts=facts)
    return membership


@transaction.atomic
def suspend_seat(*, membership: Membership, actor: User | None, reason: str) -> Membership:
    """The person's seat gives nothing from the next request on."""
    membership.suspended_at = timezone.now()
    membership.save_by(actor)
    follow(membership)
    audit.record(actor=actor, verb=Verb.SEAT_SUSPENDED, case_id=membership.case_id, subject=membership, reason=reason)
    return membership


def seats_of(user: User, case: MarketCase) -> frozenset[str]:
    """The seats the person holds on this case today; one query, none for who can hold no seat."""
    return enter(user, case.pk)[1]


def enter(user: User | AnonymousUser, case_id: uuid.UUID) -> tuple[MarketCase | None, frozenset[str]]:
    """The case and the seats the person holds on it today, in one query; no case and no seat for strangers.

    Both must agree: guardian's row (the guard) and a current membership (its dates). Inactive people and superusers
    hold none (guardian would give a superuser everything).
    """
    if not user.is_authenticated or not user.is_active or user.is_superuser:
        return None, frozenset()
    guard = MarketCaseGroupObjectPermission.objects.filter(
        content_object=OuterRef("case"), group__user=user, permission__codename=OuterRef("role")
    )
    rows = Membership.objects.filter(Exists(guard), case=case_id, user=user).select_related("case")
    current = [row for row in rows if row.is_current() and row.role in policy.SEATS]
    return (current[0].case if current else None), frozenset(row.role for row in current)


def cases_of(user: User) -> list[MarketCase]:
    """The markets the person holds a current seat on, by name."""
    if not user.is_active or user.is_superuser:
        return []
    memberships = Membership.objects.filter(user=user).select_related("case")
    found = {m.case for m in memberships if m.is_current()}
    return sorted(found, key=lambda case: case.name)
