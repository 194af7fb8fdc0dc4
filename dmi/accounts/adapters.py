"""How django-allauth behaves here: no self sign-up, addresses from our proxy only, second factors sealed."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.utils import timezone

from dmi.accounts import selectors
from dmi.accounts.vault import vault

if TYPE_CHECKING:
    from allauth.mfa.models import Authenticator
    from django.http import HttpRequest

    from dmi.accounts.models import User

MISMATCH = "The name or the password is not right. After five wrong tries the account locks."
log = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts come from an administrator's invitation, never from a visitor."""

    error_messages: ClassVar = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": MISMATCH,
        "username_password_mismatch": MISMATCH,
        "incorrect_password": "The password is not right. After five wrong tries the account locks.",
        "too_many_login_attempts": "Too many tries from this network. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up."""
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Not within minutes of signing in: that was the proof."""
        sign_in = getattr(context.request, "sign_in", None)
        fresh = timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT)
        return sign_in is None or timezone.now() - sign_in.started_at >= fresh

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address of the connection; forwarded headers are the proxy's business, not the visitor's."""
        return request.META.get("REMOTE_ADDR") or "0.0.0.0"  # noqa: S104 - served over a local socket

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send, and go on when the mail server does not answer: the act itself is done and audited."""
        message = self.render_mail(template_prefix, email, {"email": email, **context})
        try:
            message.send()
        except (OSError, SMTPException):
            log.exception("A message of the accounts app was not sent: %s", template_prefix)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person of a change of password or factor, at the address of the account."""
        super().send_notification_mail(template_prefix, user, context, email or user.email or None)


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """Second factors: secrets are encrypted, and the last one stays where a factor is compulsory."""

    error_messages: ClassVar = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "The code is not right, or was used before. Wait for the next.",
        "cannot_delete_authenticator": "A second factor is compulsory. Add another before removing this one.",
    }

    def get_totp_label(self, user: User) -> str:
        """The name an authenticator app shows."""
        return user.username

    def _get_site_name(self) -> str:
        return settings.MFA_TOTP_ISSUER

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator app or the seed of recovery codes."""
        return vault("factor").encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return vault("factor").decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Not the last strong factor where one is compulsory."""
        if not settings.DMI_REQUIRE_MFA:
            return True
        others = selectors.factors_of(authenticator.user).filter(type__in=selectors.STRONG)
        return others.exclude(pk=authenticator.pk).exists()
