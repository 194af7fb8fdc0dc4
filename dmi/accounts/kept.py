"""Keeps what a person had typed when the screen locked: sealed, in the lock page, never on the server."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from cryptography.fernet import InvalidToken

from dmi.accounts.vault import vault

if TYPE_CHECKING:
    from django.http import HttpRequest, QueryDict

LARGEST = 400_000
GOOD_FOR = 12 * 3600
SECRET = ("password", "passphrase", "secret")
OURS = ("csrfmiddlewaretoken", "code", "lock_from", "lock_to")


@dataclass(frozen=True)
class Kept:
    """A form that was being sent: where to, and what was in it."""

    path: str
    fields: tuple[tuple[str, str], ...]
    lost_files: bool = False

    @classmethod
    def of(cls, request: HttpRequest, path: str = "") -> Self | None:
        """What this request was sending (to `path`, else where it went); None if nothing."""
        fields = _fields(request.POST)
        if not fields or sum(len(name) + len(value) for name, value in fields) > LARGEST:
            return None
        return cls(path or request.get_full_path(), fields, bool(request.FILES))

    def seal(self, user_id: object) -> str:
        """The form as text that nobody can read, and that only this person can open."""
        body = {"who": str(user_id), "path": self.path, "fields": self.fields, "lost": self.lost_files}
        return vault("kept").encrypt(json.dumps(body).encode()).decode()

    @classmethod
    def open(cls, sealed: str, user_id: object) -> Self | None:
        """The form again; None when the text is not ours, not this person's, or too old."""
        try:
            body = json.loads(vault("kept").decrypt(sealed.encode(), ttl=GOOD_FOR))
        except (InvalidToken, ValueError):
            return None
        if body["who"] != str(user_id):
            return None
        return cls(body["path"], tuple((name, value) for name, value in body["fields"]), body["lost"])


def _fields(posted: QueryDict) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name, value)
        for name, values in posted.lists()
        if name not in OURS and not any(word in name.lower() for word in SECRET)
        for value in values
    )
