"""A text field that is stored encrypted: AES-256-GCM, the key's id in the blob, bound to its table and column."""

from __future__ import annotations

import base64
import binascii
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import FieldError, ImproperlyConfigured
from django.db import models

VERSION = "v1"
NONCE_BYTES = 12
KEY_BYTES = 32


class CannotDecrypt(Exception):
    """The stored text was altered, moved here from another column, or its key is not in `DMI_FIELD_KEYS`."""


def _key(key_id: str) -> AESGCM:
    try:
        key = base64.b64decode(settings.DMI_FIELD_KEYS[key_id], validate=True)
    except binascii.Error as error:
        raise ImproperlyConfigured(f"The field key {key_id!r} is not base64.") from error
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(f"The field key {key_id!r} must have {KEY_BYTES} bytes.")
    return AESGCM(key)


def encrypt(text: str, bound_to: str) -> str:
    """The text under the newest key (the first in `DMI_FIELD_KEYS`), readable only when `bound_to` is the same."""
    if not settings.DMI_FIELD_KEYS:
        raise ImproperlyConfigured("DMI_FIELD_KEYS holds no key.")
    key_id = next(iter(settings.DMI_FIELD_KEYS))
    nonce = os.urandom(NONCE_BYTES)
    sealed = _key(key_id).encrypt(nonce, text.encode(), f"{key_id}|{bound_to}".encode())
    return f"{VERSION}:{key_id}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(blob: str, bound_to: str) -> str:
    """The text again. Raises CannotDecrypt."""
    version, _, rest = blob.partition(":")
    key_id, _, body = rest.partition(":")
    if version != VERSION or key_id not in settings.DMI_FIELD_KEYS:
        raise CannotDecrypt(f"{bound_to}: unknown key or format")
    try:
        raw = base64.b64decode(body, validate=True)
        text = _key(key_id).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], f"{key_id}|{bound_to}".encode())
    except (binascii.Error, InvalidTag, ValueError) as error:
        raise CannotDecrypt(f"{bound_to}: the stored text was altered or moved") from error
    return text.decode()


class EncryptedTextField(models.TextField):  # type: ignore[type-arg]  # generic in the stubs only
    """Text that lies encrypted in the database; it cannot be searched, sorted or indexed there.

    The empty text stays empty, so that "nothing written yet" can be told without a key.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if kwargs.get("unique") or kwargs.get("db_index") or kwargs.get("primary_key"):
            raise ImproperlyConfigured("An encrypted field cannot be unique, indexed or a primary key.")
        super().__init__(*args, **kwargs)

    @property
    def _bound_to(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        """Encrypt on the way into the table."""
        value = super().get_db_prep_save(value, connection)
        return encrypt(value, self._bound_to) if isinstance(value, str) and value else value

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> str | None:
        """Decrypt on the way out."""
        return decrypt(value, self._bound_to) if value else value

    def get_lookup(self, lookup_name: str) -> Any:
        """Only `isnull`: equal texts do not look equal in the table, so any other comparison would silently fail."""
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted and cannot be compared in the database.")
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> None:
        """None: nothing can be computed from an encrypted text in the database."""
