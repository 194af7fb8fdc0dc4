"""Signing in and out, failing, locking and changing factors leave their trace in the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import signals as account_signals
from allauth.core import context
from allauth.mfa import signals as factor_signals
from allauth.mfa.models import Authenticator
from axes.signals import user_locked_out
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from dmi.accounts import selectors, sessions
from dmi.accounts.models import SignIn, User
from dmi.audit import actions as audit
from dmi.audit import alarms
from dmi.audit.verbs import Verb

if TYPE_CHECKING:
    from django.http import HttpRequest


@receiver(user_logged_in)
def _signed_in(request: HttpRequest, user: User, **_: Any) -> None:
    sign_in = sessions.start(request, user)
    used = [row.get("type", row.get("method", "")) for row in request.session.get("account_authentication_methods", [])]
    audit.record(actor=user, verb=Verb.SIGNED_IN, subject=sign_in, facts={"by": used}, request=request)


@receiver(user_logged_out)
def _signed_out(request: HttpRequest, user: User | None, **_: Any) -> None:
    key = request.session.get(sessions.KEY)
    sign_in = SignIn.objects.filter(pk=key, ended_at=None).first() if key else None
    if user is None or sign_in is None:
        return
    sessions.end(sign_in, SignIn.Ended.BY_PERSON)
    audit.record(actor=user, verb=Verb.SIGNED_OUT, subject=sign_in, request=request)


@receiver(user_login_failed)
def _failed(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    typed = credentials.get("email") or credentials.get("username") or ""
    account = selectors.account_named(str(typed))
    audit.record(actor=None, verb=Verb.SIGN_IN_FAILED, subject=account, outcome="denied", request=request)


@receiver(user_locked_out)
def _locked(username: str, request: HttpRequest | None = None, **_: Any) -> None:
    account = selectors.account_named(username or "")
    audit.record(actor=None, verb=Verb.ACCOUNT_LOCKED, subject=account, outcome="denied", request=request)
    if account is not None:
        alarms.sound("account_locked", f"{account.pk}:{timezone.localdate()}", about=account)


@receiver(post_save, sender=Authenticator)
def _factor_added(instance: Authenticator, created: bool, **_: Any) -> None:
    """In the same transaction; the signal of django-allauth comes only after the commit."""
    if created:
        is_codes = instance.type == Authenticator.Type.RECOVERY_CODES
        verb = Verb.RECOVERY_CODES_MADE if is_codes else Verb.FACTOR_ADDED
        _factor_changed(context.request, instance.user, instance, verb)


@receiver(factor_signals.authenticator_removed)
def _factor_removed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    request.session.pop("factor", None)
    _factor_changed(request, user, authenticator, Verb.FACTOR_REMOVED)
    sessions.end_all(user, SignIn.Ended.ACCOUNT, but=getattr(request, "sign_in", None))


@receiver(factor_signals.authentication_failed)
def _factor_failed(request: HttpRequest, user: User, authenticator: Authenticator, **_: Any) -> None:
    facts = {"kind": str(authenticator.type)}
    audit.record(actor=None, verb=Verb.FACTOR_FAILED, subject=user, outcome="denied", facts=facts, request=request)


@receiver(account_signals.password_changed)
@receiver(account_signals.password_set)
@receiver(account_signals.password_reset)
def _password_changed(request: HttpRequest, user: User, **_: Any) -> None:
    sessions.end_all(user, SignIn.Ended.PASSWORD, but=getattr(request, "sign_in", None))
    audit.record(actor=user, verb=Verb.PASSWORD_CHANGED, subject=user, request=request)


@receiver(post_save, sender=User)
def _closed(instance: User, created: bool, **_: Any) -> None:
    if not created and not instance.is_active:
        sessions.end_all(instance, SignIn.Ended.ACCOUNT)


def _factor_changed(request: HttpRequest | None, user: User, authenticator: Authenticator, verb: Verb) -> None:
    audit.record(actor=user, verb=verb, subject=user, facts={"kind": str(authenticator.type)}, request=request)
