"""Seals small texts of the accounts app with keys of its own, derived from the installation's secret key."""

from __future__ import annotations

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes


def vault(purpose: str) -> MultiFernet:
    """Encrypts and decrypts for one purpose; older secret keys still open what they sealed."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(secret, purpose)) for secret in secrets])


def _key(secret: str | bytes, purpose: str) -> bytes:
    digest = hashlib.sha256(f"dmi.accounts.{purpose}:".encode() + force_bytes(secret)).digest()
    return base64.urlsafe_b64encode(digest)
