"""Acts of element 6.5: planning and closing visits, contacts afterwards, promised needs, the papers for the pairs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from callin.outreach import selectors
from callin.outreach.letters import visit_papers
from callin.outreach.models import FollowUp, Influential, Visit, VisitNeed
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.documents import actions as documents
from dmi.documents.models import PrintRun

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase


class CannotVisit(ValueError):
    """No visit or contact can be made now; the text says why."""


class VisitClosed(ValueError):
    """The visit has its outcome already."""


class NothingToPrint(ValueError):
    """No candidate has a pair and people to visit."""


@transaction.atomic
def plan_visit(*, visit: Visit, actor: User | None) -> Visit:
    """The pair will visit this person. Raises CannotVisit while safety, pair or release stand against it."""
    person = Influential.objects.select_for_update().get(pk=visit.influential_id)
    found = selectors.known(person, timezone.localdate())
    if found.barred_because or found.pair is None:
        raise CannotVisit(f"{found.barred_because or 'No visiting pair yet'}.")
    visit.officer_id, visit.neighbor_id = found.pair.officer_id, found.pair.neighbor_id
    visit.save_by(actor)
    facts = {"influential": visit.influential_id}
    audit.record(actor=actor, verb=Verb.VISIT_PLANNED, case_id=visit.case_id, subject=visit, facts=facts)
    return visit


@transaction.atomic
def move_visit(*, visit: Visit, actor: User | None) -> Visit:
    """The planned visit is on another day. Raises VisitClosed, ValidationError, StaleRecord."""
    if visit.outcome:
        raise VisitClosed("This visit took place already.")
    visit.save_by(actor)
    facts = {"influential": visit.influential_id}
    audit.record(actor=actor, verb=Verb.VISIT_PLANNED, case_id=visit.case_id, subject=visit, facts=facts)
    return visit


@transaction.atomic
def record_visit(*, visit: Visit, actor: User | None) -> Visit:
    """The visit has its outcome, and where there was a talk, what was explained, asked and answered.

    Raises VisitClosed, ValidationError, StaleRecord.
    """
    if Visit.objects.for_case(visit.case).filter(pk=visit.pk).exclude(outcome="").exists():
        raise VisitClosed("This visit has its outcome already.")
    visit.save_by(actor)
    facts = {"outcome": visit.outcome, "will_come": visit.will_come}
    audit.record(actor=actor, verb=Verb.VISIT_RECORDED, case_id=visit.case_id, subject=visit, facts=facts)
    return visit


@transaction.atomic
def record_follow_up(*, follow_up: FollowUp, actor: User | None) -> FollowUp:
    """The person was contacted again after a visit. Raises CannotVisit where a flag forbids contact."""
    _check_contact(follow_up.influential)
    follow_up.save_by(actor)
    facts = {"influential": follow_up.influential_id, "will_come": follow_up.will_come}
    audit.record(actor=actor, verb=Verb.FOLLOW_UP_RECORDED, case_id=follow_up.case_id, subject=follow_up, facts=facts)
    return follow_up


def _check_contact(influential: Influential) -> None:
    if selectors.known(influential, timezone.localdate()).is_stopped:
        raise CannotVisit("Stop: no contact.")


@transaction.atomic
def promise_need(*, need: VisitNeed, actor: User | None) -> VisitNeed:
    """A ride, child care or another need was promised, with somebody to arrange it. Raises ValidationError."""
    need.save_by(actor)
    facts = {"influential": need.influential_id, "kind": need.kind}
    audit.record(actor=actor, verb=Verb.NEED_PROMISED, case_id=need.case_id, subject=need, facts=facts)
    return need


@transaction.atomic
def meet_need(*, need: VisitNeed, on: date, actor: User | None) -> VisitNeed:
    """What was promised is arranged; pressed again, nothing changes."""
    if need.met_on is None:
        need.met_on = on
        need.save_by(actor)
        audit.record(actor=actor, verb=Verb.NEED_MET, case_id=need.case_id, subject=need, facts={"kind": need.kind})
    return need


@transaction.atomic
def print_visits(*, case: MarketCase, actor: User | None) -> PrintRun:
    """The visit plan, and a sheet for each pair, are on their way to paper in one run; the same facts print once.

    Raises NothingToPrint, MayNotIssue.
    """
    found = selectors.circles(case, selectors.called_in(case), timezone.localdate())
    parts = visit_papers.parts(case, found)
    if not parts:
        raise NothingToPrint("No candidate has a pair and people to visit yet.")
    key = f"visits:{visit_papers.digest(parts)}"
    run = documents.issue_run(case=case, title="Visits", parts=parts, actor=actor, key=key, binder=False)
    facts = {"run": str(run.pk), "sheets": len(parts) - 1}
    audit.record(actor=actor, verb=Verb.VISITS_PRINTED, case_id=case.pk, subject=run, facts=facts)
    return run
