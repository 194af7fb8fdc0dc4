"""Addresses of sign-in and of one's own account.

The pages of django-allauth are routed one by one: those that create accounts, manage addresses or link other
services do not exist here. Each passes one of our doors; those in `PUBLIC` need no sign-in, nor does the link of a
forgotten password.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkeys
from django.urls import include, path, re_path

from dmi.accounts import entrance, views, views_seats
from dmi.cases.access import person_view, public_view

if TYPE_CHECKING:
    from django.urls import URLPattern, URLResolver

own = [
    path("", views.me, name="me"),
    path("notice/", views.read_notice, name="notice"),
    path("locked/", views.locked, name="locked"),
    path("pulse/", views.pulse, name="pulse"),
    path("second-factor/", views.factor_needed, name="factor-needed"),
    path("sign-out-elsewhere/", views.sign_out_elsewhere, name="sign-out-elsewhere"),
    path("sign-ins/<uuid:sign_in_id>/end/", views.end_sign_in, name="sign-in-end"),
]

seats = [
    path("", views_seats.list_seats, name="list"),
    path("propose/", views_seats.propose_seat, name="propose"),
    path("proposals/<uuid:proposal_id>/withdraw/", views_seats.withdraw_seat, name="withdraw"),
]

PUBLIC = {
    "account_login": ("login/", entrance.sign_in),
    "account_logout": ("logout/", entrance.sign_out),
    "account_inactive": ("inactive/", account.account_inactive),
    "account_reset_password": ("password/reset/", entrance.reset_password),
    "account_reset_password_done": ("password/reset/done/", account.password_reset_done),
    "account_reset_password_from_key_done": (
        "password/reset/key/done/",
        account.password_reset_from_key_done,
    ),
    "mfa_authenticate": ("factors/authenticate/", entrance.second_factor),
    "mfa_login_webauthn": ("factors/passkeys/login/", entrance.passkey),
}

SIGNED_IN = {
    "account_reauthenticate": ("reauthenticate/", account.reauthenticate),
    "account_change_password": ("password/change/", account.password_change),
    "account_set_password": ("password/set/", account.password_set),
    "mfa_index": ("factors/", factors.index),
    "mfa_reauthenticate": ("factors/reauthenticate/", factors.reauthenticate),
    "mfa_activate_totp": ("factors/app/activate/", app.activate_totp),
    "mfa_deactivate_totp": ("factors/app/deactivate/", app.deactivate_totp),
    "mfa_view_recovery_codes": ("factors/recovery-codes/", codes.view_recovery_codes),
    "mfa_generate_recovery_codes": ("factors/recovery-codes/generate/", codes.generate_recovery_codes),
    "mfa_download_recovery_codes": ("factors/recovery-codes/download/", codes.download_recovery_codes),
    "mfa_list_webauthn": ("factors/passkeys/", passkeys.list_webauthn),
    "mfa_add_webauthn": ("factors/passkeys/add/", passkeys.add_webauthn),
    "mfa_reauthenticate_webauthn": ("factors/passkeys/reauthenticate/", passkeys.reauthenticate_webauthn),
    "mfa_edit_webauthn": ("factors/passkeys/<int:pk>/edit/", passkeys.edit_webauthn),
    "mfa_remove_webauthn": ("factors/passkeys/<int:pk>/remove/", passkeys.remove_webauthn),
}

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", include((own, "accounts"))),
    path("cases/<uuid:case_id>/seats/", include((seats, "seats"))),
    *(path(f"account/{at}", public_view(view), name=name) for name, (at, view) in PUBLIC.items()),
    re_path(
        r"^account/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public_view(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    *(path(f"account/{at}", person_view(view), name=name) for name, (at, view) in SIGNED_IN.items()),
]
