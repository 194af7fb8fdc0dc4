"""What administrators do to accounts; each act is audited, none of them sets a password or opens a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from dmi.accounts import lockout, selectors, sessions
from dmi.accounts.models import Agency, SignIn, User
from dmi.audit import actions as audit
from dmi.audit import alarms
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from django.http import HttpRequest

CLEARANCE = ("screened_on", "screening_expires_on", "trained_on", "training_expires_on")


class NotOnYourself(Exception):
    """Nobody clears, closes, frees or promotes an account of their own."""


@transaction.atomic
def invite(*, account: User, actor: User, request: HttpRequest) -> User:
    """A new account exists without a password; its owner receives a link to choose one."""
    account.set_unusable_password()
    _save(account, actor)
    audit.record(actor=actor, verb=Verb.ACCOUNT_INVITED, subject=account, request=request)
    _send_link(account, request)
    return account


@transaction.atomic
def invite_again(*, account: User, actor: User, reason: str, request: HttpRequest) -> None:
    """The owner of the account receives a new link to choose a password."""
    audit.record(actor=actor, verb=Verb.ACCOUNT_INVITED_AGAIN, subject=account, reason=reason, request=request)
    _send_link(account, request)


@transaction.atomic
def change_account(*, account: User, changed: list[str], actor: User, request: HttpRequest | None = None) -> User:
    """The account's details read anew; a change of clearance is an event of its own."""
    if account.pk == actor.pk and {"is_staff", *CLEARANCE} & set(changed):
        raise NotOnYourself
    _save(account, actor)
    plain = sorted(set(changed) - set(CLEARANCE))
    if plain:
        audit.record(actor=actor, verb=Verb.ACCOUNT_CHANGED, subject=account, facts={"fields": plain}, request=request)
    if set(changed) & set(CLEARANCE):
        facts = {name: getattr(account, name) for name in CLEARANCE}
        audit.record(actor=actor, verb=Verb.CLEARANCE_CHANGED, subject=account, facts=facts, request=request)
    return account


@transaction.atomic
def close(*, account: User, actor: User, reason: str, request: HttpRequest | None = None) -> None:
    """Nobody signs in with this account any more, and every browser signed in on it is out at once."""
    _not_self(account, actor)
    account.is_active = False
    _save(account, actor)
    audit.record(actor=actor, verb=Verb.ACCOUNT_CLOSED, subject=account, reason=reason, request=request)


@transaction.atomic
def reopen(*, account: User, actor: User, reason: str, request: HttpRequest | None = None) -> None:
    """The account may sign in again."""
    _not_self(account, actor)
    account.is_active = True
    _save(account, actor)
    audit.record(actor=actor, verb=Verb.ACCOUNT_REOPENED, subject=account, reason=reason, request=request)


@transaction.atomic
def release(*, account: User, actor: User | None, reason: str, request: HttpRequest | None = None) -> None:
    """The lock after five wrong passwords is lifted; `actor` None stands for the console."""
    if actor is not None:
        _not_self(account, actor)
    lockout.clear(account)
    audit.record(actor=actor, verb=Verb.ACCOUNT_RELEASED, subject=account, reason=reason, request=request)


@transaction.atomic
def reset_factors(*, account: User, actor: User, reason: str, request: HttpRequest | None = None) -> None:
    """The person's second factors are gone, every browser is signed out, and the person is told."""
    _not_self(account, actor)
    selectors.factors_of(account).delete()
    sessions.end_all(account, SignIn.Ended.ACCOUNT)
    audit.record(actor=actor, verb=Verb.FACTORS_RESET, subject=account, reason=reason, request=request)
    get_adapter(request).send_notification_mail("mfa/email/factors_reset", account)


@transaction.atomic
def sign_out_elsewhere(*, person: User, but: SignIn | None, request: HttpRequest) -> int:
    """The person is signed out of every browser but this one; says of how many."""
    count = sessions.end_all(person, SignIn.Ended.ELSEWHERE, but=but)
    audit.record(actor=person, verb=Verb.SIGN_INS_ENDED, subject=person, facts={"count": count}, request=request)
    return count


@transaction.atomic
def name_administrator(*, account: User, actor: User, witness: str, reason: str) -> None:
    """At the console, while one administrator is left: the account runs accounts too.

    `actor` is that administrator; `witness` the second person, by name.
    """
    account.is_staff = True
    _save(account, actor)
    reason = f"{reason} (console: {actor.username}, with {witness})"
    audit.record(actor=actor, verb=Verb.ADMINISTRATOR_NAMED, subject=account, reason=reason)
    alarms.sound("administrator_named", f"console:{account.pk}:{timezone.now():%Y-%m-%dT%H:%M:%S}", about=account)


@transaction.atomic
def save_agency(*, agency: Agency, changed: list[str], actor: User, request: HttpRequest | None = None) -> Agency:
    """The agency reads anew, letterhead included."""
    agency.save_by(actor)
    facts = {"fields": sorted(changed)}
    audit.record(actor=actor, verb=Verb.AGENCY_CHANGED, subject=agency, facts=facts, request=request)
    return agency


def _save(account: User, actor: User) -> None:
    account._history_user = actor
    account.full_clean()
    account.save()


def _not_self(account: User, actor: User) -> None:
    if account.pk == actor.pk:
        raise NotOnYourself


def _send_link(account: User, request: HttpRequest) -> None:
    key = f"{user_pk_to_url_str(account)}-{default_token_generator.make_token(account)}"
    uid, _, token = key.partition("-")
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": uid, "key": token})
    context = {
        "link": request.build_absolute_uri(path),
        "sent_at": timezone.now(),
        "username": account.username,
    }
    transaction.on_commit(lambda: get_adapter(request).send_mail("accounts/email/invitation", account.email, context))
