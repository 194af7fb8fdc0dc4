"""What a password must be: long, not composed (CJIS Security Policy IA-5(1); NIST SP 800-63B-4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from dmi.accounts.models import User

SHORTEST = 15
LONGEST = 128
CONTEXT = ("password", "passphrase", "casebook", "drugmarket", "drug market")


class PassphraseValidator:
    """From 15 to 128 characters of any kind, and not just one word or one character over and over."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError, in words a person can act on, for a password that is too weak."""
        if len(password) < SHORTEST:
            raise ValidationError(f"Use at least {SHORTEST} characters. Four or five unrelated words work well.")
        if len(password) > LONGEST:
            raise ValidationError(f"Use at most {LONGEST} characters.")
        left = password.casefold()
        for word in (*CONTEXT, user.username.casefold() if user and user.username else ""):
            left = left.replace(word, "") if word else left
        if len(left) < SHORTEST // 2 or len(set(left)) < 5:
            raise ValidationError("This is too easy to guess. Four or five unrelated words work well.")

    def get_help_text(self) -> str:
        """What the form says beside the field."""
        return f"At least {SHORTEST} characters. Four or five unrelated words work well; spaces count."
