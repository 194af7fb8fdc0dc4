"""Forms of signing in: the password, the second factor, and the password again behind the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from axes.handlers.proxy import AxesProxyHandler
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from dmi.accounts import lockout
from dmi.accounts.models import SpentCode
from dmi.cases import policy

if TYPE_CHECKING:
    from django.http import HttpRequest

    from dmi.accounts.models import User


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth has no types
    """Username or email, and the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "Username or email"
        self.fields["login"].widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""


class _CountedCode(forms.Form):
    """A six-digit or recovery code that works once and whose failures count towards the lock."""

    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Code"
        self.fields["code"].help_text = "Six digits from your authenticator app, or one of your recovery codes."
        self.fields["code"].widget.attrs.update({"autocomplete": "one-time-code", "inputmode": "numeric"})
        self.fields["code"].widget.attrs.pop("placeholder", None)

    def clean_code(self) -> str:
        """Refuse a locked account and a code that was used before; count each failure."""
        credentials = {"username": self.user.username}
        if not AxesProxyHandler.is_allowed(context.request, credentials):
            context.request.axes_locked_out = True
            raise ValidationError("This account is locked.")
        try:
            code: str = super().clean_code()  # type: ignore[misc]  # of allauth's form beside this one
            self._spend(code)
        except ValidationError:
            user_login_failed.send(sender=__name__, credentials=credentials, request=context.request)
            raise
        return code

    def _spend(self, code: str) -> None:
        try:
            with transaction.atomic():
                SpentCode.spend(self.user, code)
        except IntegrityError as already:
            raise ValidationError("This code was used before. Wait for the next one.") from already


class FactorForm(_CountedCode, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor on the way in."""


class FactorAgainForm(_CountedCode, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The second factor again, before a change of the account."""


class UnlockForm(forms.Form):
    """The password again, to open the locked screen."""

    password = forms.CharField(
        label="Password", strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    next = forms.CharField(required=False, widget=forms.HiddenInput)
    kept = forms.CharField(required=False, widget=forms.HiddenInput, max_length=2_000_000)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self) -> str:
        """The password of the person who locked the screen; failures count towards the account's lock."""
        password: str = self.cleaned_data["password"]
        person = authenticate(self.request, username=self.request.user.username, password=password)
        if person is None or person.pk != self.request.user.pk:
            raise ValidationError("The password is not right. After five wrong tries the account locks.")
        lockout.clear(person)
        return password


class ReasonForm(forms.Form):
    """Why an administrator does this; kept in the audit log."""

    reason = forms.CharField(
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the audit log. Name no case.",
    )


class SeatProposalForm(forms.Form):
    """A coordinator names a person for a seat; by name and address, so that no list of accounts is shown."""

    full_name = forms.CharField(max_length=120, label="Name")
    email = forms.EmailField(max_length=254, label="Work email", help_text="The account is found or made by it.")
    role = forms.ChoiceField(label="Seat", choices=[("", "Choose a seat"), *policy.SEATS.items()])
    starts_on = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}), initial=timezone.localdate)
    ends_on = forms.DateField(label="Last day, if known", required=False, widget=forms.DateInput({"type": "date"}))
    reason = forms.CharField(
        label="Why",
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For the administrator. Name no person of the market.",
    )

    def __init__(self, *args: Any, proposer: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.proposer = proposer

    def clean_email(self) -> str:
        """Nobody proposes a seat for themselves; one person has one address in any case."""
        email: str = self.cleaned_data["email"].lower()
        if email == self.proposer.email.lower():
            raise ValidationError("You cannot propose a seat for yourself. Ask a colleague.")
        return email

    def clean(self) -> dict[str, Any]:
        """The first day comes before the last."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("ends_on") and cleaned.get("starts_on") and cleaned["ends_on"] < cleaned["starts_on"]:
            self.add_error("ends_on", "The last day cannot lie before the first.")
        return cleaned
