"""Grants take two: one person proposes a seat, a clearance or another grant, a second administrator carries it out.

What only takes away (a seat ended or suspended, a clearance shortened, an account closed) is done by one at once.
Source: access policy rows 2 and 73 ("VC2"); two-person rule: author and approver differ and both are entitled at
that moment.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from dmi.accounts import actions, selectors
from dmi.accounts.models import Agency, Proposal, User
from dmi.audit import actions as audit
from dmi.audit import alarms
from dmi.audit.verbs import Verb
from dmi.cases import access, policy, seats
from dmi.cases.models import Membership
from dmi.core.dates import long_date

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dmi.cases.models import MarketCase

Kind, State = Proposal.Kind, Proposal.State
MAY_PROPOSE = "accounts.submit"
DATES = (("screened_on", "screening_expires_on"), ("trained_on", "training_expires_on"))


class CannotConfirm(Exception):
    """The proposal is not carried out; the text says why, in plain words."""


@transaction.atomic
def propose(
    *, kind: str, actor: User | None, reason: str = "", request: HttpRequest | None = None, **what: Any
) -> Proposal:
    """The grant waits for a second administrator, for seven days. `what`: fields of the proposal.

    Raises ValidationError when the same waits already or somebody proposes for themselves.
    """
    expire()
    proposal = Proposal(kind=kind, reason=reason, **what)
    proposal.before = standing(proposal)
    proposal.save_by(actor)
    _record(Verb.GRANT_PROPOSED, proposal, actor, request, reason)
    return proposal


@transaction.atomic
def confirm(*, proposal: Proposal, actor: User, answer: str = "", request: HttpRequest | None = None) -> Proposal:
    """The grant is carried out in the second administrator's name. Raises CannotConfirm."""
    proposal = _locked(proposal)
    _check(proposal, actor)
    proposal.about = account_of(proposal)
    if Kind(proposal.kind) is not Kind.AGENCY:
        _check_account(proposal, actor)
    if standing(proposal) != proposal.before:
        raise CannotConfirm("This was changed after it was proposed. Turn it down and propose it anew.")
    CARRY_OUT[Kind(proposal.kind)](proposal, actor, request)
    return _settle(proposal, State.DONE, actor, answer, request)


@transaction.atomic
def turn_down(*, proposal: Proposal, actor: User, answer: str, request: HttpRequest | None = None) -> Proposal:
    """The grant is refused, with the reason. Raises CannotConfirm for whoever proposed it or is no administrator."""
    proposal = _locked(proposal)
    _check_open(proposal)
    if not is_administrator(actor) or proposal.created_by_id == actor.pk:
        raise CannotConfirm("Another administrator decides about this.")
    return _settle(proposal, State.TURNED_DOWN, actor, answer, request)


@transaction.atomic
def withdraw(*, proposal: Proposal, actor: User, answer: str = "", request: HttpRequest | None = None) -> Proposal:
    """Whoever proposed it takes it back. Raises CannotConfirm for everybody else."""
    proposal = _locked(proposal)
    _check_open(proposal)
    if proposal.created_by_id != actor.pk:
        raise CannotConfirm("Only whoever proposed this can withdraw it.")
    return _settle(proposal, State.WITHDRAWN, actor, answer, request)


@transaction.atomic
def expire() -> int:
    """Proposals that waited seven days are over; says how many."""
    old = Proposal.objects.select_for_update().filter(
        state=State.OPEN, created_at__lte=timezone.now() - Proposal.OPEN_FOR
    )
    for proposal in (found := list(old)):
        proposal.state = State.EXPIRED
        proposal.save_by(None)
        _record(Verb.GRANT_EXPIRED, proposal, None, None)
    return len(found)


def is_administrator(user: User | None) -> bool:
    """Whether the person runs accounts now."""
    return user is not None and user.is_active and user.is_staff


def account_of(proposal: Proposal) -> User | None:
    """The account it is about; for a person named by email address, the account with that address if there is one."""
    return proposal.about or (selectors.account_named(proposal.email) if proposal.email else None)


def standing(proposal: Proposal) -> dict[str, Any]:
    """How the thing proposed stands now; what is confirmed must still stand as it was proposed on."""
    if proposal.kind == Kind.AGENCY:
        return {"is_criminal_justice": _agency(proposal).is_criminal_justice}
    if proposal.kind == Kind.SEAT:
        account = account_of(proposal)
        seat = Membership.objects.filter(case=proposal.case, user=account, role=proposal.role).first()
        return {"seat": seat.version if account and seat else 0}
    account = User.objects.select_related("agency").get(pk=_person(proposal).pk)
    if proposal.kind == Kind.CLEARANCE:
        return clearance_of(account)
    return {"is_active": account.is_active, "is_staff": account.is_staff}


def clearance_of(account: User) -> dict[str, Any]:
    """The clearance as recorded: dates as text, the agency's id, and whether it is a criminal-justice agency."""
    dates = {name: _text(getattr(account, name)) for name in actions.CLEARANCE}
    is_justice = bool(account.agency and account.agency.is_criminal_justice)
    return {**dates, "agency": _text(account.agency_id), "is_criminal_justice": is_justice}


def gives_clearance(before: User, after: User) -> bool:
    """Whether a screening, a training or an employer recorded now reaches beyond what was recorded before."""
    for start, end in DATES:
        old, new = (getattr(before, start), getattr(before, end)), (getattr(after, start), getattr(after, end))
        if not _takes_away(old, new):
            return True
    has_dates = any(getattr(before, name) for name in actions.CLEARANCE)
    return has_dates and not _is_justice(before) and _is_justice(after)


def gives_seat(before: Membership, starts_on: date, ends_on: date | None) -> bool:
    """Whether new dates let a seat reach beyond what it was, or lift a suspension."""
    is_longer = before.ends_on is not None and (ends_on is None or ends_on > before.ends_on)
    return bool(before.suspended_at) or starts_on < before.starts_on or is_longer


def words(proposal: Proposal) -> str:
    """What would be done, as one plain sentence."""
    whom = proposal.whom
    if proposal.kind == Kind.SEAT:
        start, end = proposal.after.get("starts_on"), proposal.after.get("ends_on")
        seat = f"{policy.SEATS[proposal.role]} on {_case(proposal).name}"
        until = f" through {_day(end)}" if end else ""
        return f"Give {whom} the seat {seat}, from {_day(start)}{until}."
    if proposal.kind == Kind.CLEARANCE:
        after = proposal.after
        parts = [
            f"{what} {_day(after.get(start))} through {_day(after.get(end))}"
            for what, (start, end) in zip(("screening", "training"), DATES, strict=True)
        ]
        agency = _agency_named(after.get("agency"))
        return f"Record for {whom}: {'; '.join(parts)}; agency {agency or 'none'}."
    return SENTENCES[Kind(proposal.kind)].format(whom=whom)


SENTENCES = {
    Kind.ADMINISTRATOR: "Let {whom} run accounts and reference lists.",
    Kind.FACTORS: "Remove the second factors of {whom} and sign out every browser.",
    Kind.REOPEN: "Open the account of {whom} again.",
    Kind.AGENCY: "Count {whom} as a criminal-justice agency: its people can be cleared.",
}


def _person(proposal: Proposal) -> User:
    assert proposal.about is not None  # the constraint "proposal_is_about_something", and `_check_account` for a seat
    return proposal.about


def _agency(proposal: Proposal) -> Agency:
    assert proposal.agency is not None  # the constraint "proposal_is_about_something"
    return proposal.agency


def _case(proposal: Proposal) -> MarketCase:
    assert proposal.case is not None  # the constraint "proposed_seat_has_its_market"
    return proposal.case


def _agency_named(key: str | None) -> Agency | None:
    return Agency.objects.filter(pk=key).first() if key else None


def _locked(proposal: Proposal) -> Proposal:
    return Proposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)


def _check_open(proposal: Proposal) -> None:
    if not proposal.is_open:
        raise CannotConfirm("This does not wait any more: it was decided, withdrawn, or seven days have passed.")


def _check(proposal: Proposal, actor: User) -> None:
    _check_open(proposal)
    if not is_administrator(actor):
        raise CannotConfirm("Only an administrator confirms this.")
    if proposal.created_by_id == actor.pk:
        raise CannotConfirm("You proposed this. Another administrator confirms it.")
    if not _still_may_propose(proposal):
        raise CannotConfirm("Whoever proposed this may not propose it any more. Turn it down and propose it anew.")


def _check_account(proposal: Proposal, actor: User) -> None:
    if proposal.about is None:
        raise CannotConfirm("No account has this email address yet. Make the account first.")
    if proposal.about_id == actor.pk:
        raise CannotConfirm("This is about your own account. Another administrator confirms it.")
    if proposal.about_id == proposal.created_by_id:
        raise CannotConfirm("Nobody proposes this for themselves. Turn it down.")
    if proposal.about.is_superuser and not actor.is_superuser:
        raise CannotConfirm("Only a superuser touches the account of a superuser.")


def _still_may_propose(proposal: Proposal) -> bool:
    author = proposal.created_by
    if is_administrator(author):
        return True
    return bool(author and proposal.kind == Kind.SEAT and access.holds(author, _case(proposal), MAY_PROPOSE))


def _settle(
    proposal: Proposal, state: Proposal.State, actor: User, answer: str, request: HttpRequest | None
) -> Proposal:
    proposal.state, proposal.decided_by, proposal.decided_at = state, actor, timezone.now()
    proposal.answer = answer
    proposal.save_by(actor)
    _record(SETTLED[state], proposal, actor, request, answer)
    return proposal


SETTLED = {
    State.DONE: Verb.GRANT_CONFIRMED,
    State.TURNED_DOWN: Verb.GRANT_TURNED_DOWN,
    State.WITHDRAWN: Verb.GRANT_WITHDRAWN,
}


def _record(verb: Verb, proposal: Proposal, actor: User | None, request: HttpRequest | None, reason: str = "") -> None:
    facts = {
        "kind": proposal.kind,
        "about": proposal.about_id or proposal.agency_id,
        "role": proposal.role,
        "proposed_by": proposal.created_by_id,
    }
    audit.record(
        actor=actor, verb=verb, case_id=proposal.case_id, subject=proposal, reason=reason, facts=facts, request=request
    )


def _give_seat(proposal: Proposal, actor: User, request: HttpRequest | None) -> None:
    dates = {name: _as_date(proposal.after.get(name)) for name in ("starts_on", "ends_on")}
    seats.give_seat(case=_case(proposal), user=_person(proposal), role=proposal.role, actor=actor, **dates)


def _set_clearance(proposal: Proposal, actor: User, request: HttpRequest | None) -> None:
    account = _person(proposal)
    for name in actions.CLEARANCE:
        setattr(account, name, _as_date(proposal.after.get(name)))
    account.agency = _agency_named(proposal.after.get("agency"))
    changed = [*actions.CLEARANCE, "agency"]
    actions.change_account(account=account, changed=changed, actor=actor, request=request)


def _make_administrator(proposal: Proposal, actor: User, request: HttpRequest | None) -> None:
    account = _person(proposal)
    account.is_staff = True
    actions.change_account(account=account, changed=["is_staff"], actor=actor, request=request)
    alarms.sound("administrator_named", str(proposal.pk), about=account, facts={"proposal": proposal.pk})


def _reset_factors(proposal: Proposal, actor: User, request: HttpRequest | None) -> None:
    actions.reset_factors(account=_person(proposal), actor=actor, reason=proposal.reason, request=request)


def _reopen(proposal: Proposal, actor: User, request: HttpRequest | None) -> None:
    actions.reopen(account=_person(proposal), actor=actor, reason=proposal.reason, request=request)


def _count_as_justice(proposal: Proposal, actor: User, request: HttpRequest | None) -> None:
    agency = _agency(proposal)
    agency.is_criminal_justice = True
    actions.save_agency(agency=agency, changed=["is_criminal_justice"], actor=actor, request=request)


CARRY_OUT: dict[Proposal.Kind, Callable[[Proposal, User, Any], None]] = {
    Kind.SEAT: _give_seat,
    Kind.CLEARANCE: _set_clearance,
    Kind.ADMINISTRATOR: _make_administrator,
    Kind.FACTORS: _reset_factors,
    Kind.REOPEN: _reopen,
    Kind.AGENCY: _count_as_justice,
}


def _takes_away(old: tuple[date | None, ...], new: tuple[date | None, ...]) -> bool:
    """Each date is kept or removed, or the new stretch lies within the old one."""
    if all(day is None or day == was for was, day in zip(old, new, strict=True)):
        return True
    return all(old) and all(new) and old[0] <= new[0] and new[1] <= old[1]  # type: ignore[operator]


def _is_justice(account: User) -> bool:
    return bool(account.agency and account.agency.is_criminal_justice)


def _text(value: Any) -> str:
    return str(value) if value else ""


def _as_date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _day(text: str | None) -> str:
    return long_date(date.fromisoformat(text)) if text else "no date"
