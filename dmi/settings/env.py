"""Readers of environment variables that fail loudly on a missing or odd value."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import os
import stat
from collections.abc import Collection
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

PREFIX = "DMI_"
YES = frozenset({"1", "true", "yes", "on"})
NO = frozenset({"0", "false", "no", "off"})
OPEN_TO_OTHERS = stat.S_IRWXO

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
known: set[str] = set()


def _raw(name: str) -> str | None:
    """The value without surrounding blanks; None when the variable is absent or empty."""
    known.add(name)
    return os.environ.get(name, "").strip() or None


def text(name: str, default: str | None = None) -> str:
    """A text; required when no default is given."""
    value = _raw(name)
    if value is not None:
        return value
    if default is None:
        raise ImproperlyConfigured(f"{name} is not set.")
    return default


def choice(name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
    """One of the allowed words."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(allowed)}; it is {value!r}.")
    return value


def flag(name: str, default: bool | None = None) -> bool:
    """Yes or no, in one of the usual spellings."""
    value = text(name, None if default is None else str(default)).lower()
    if value not in YES | NO:
        raise ImproperlyConfigured(f"{name} must be yes or no; it is {value!r}.")
    return value in YES


def whole_number(name: str, default: int | None = None, *, at_least: int = 0, at_most: int = 2**31) -> int:
    """A whole number within its limits."""
    value = text(name, None if default is None else str(default))
    if not value.isascii() or not value.isdigit() or not at_least <= int(value) <= at_most:
        raise ImproperlyConfigured(f"{name} must be a whole number from {at_least} to {at_most}; it is {value!r}.")
    return int(value)


def words(name: str, default: str | None = None) -> list[str]:
    """A list of words separated by commas or blanks."""
    return text(name, default).replace(",", " ").split()


def networks(name: str) -> list[Network]:
    """A list of IP addresses or networks."""
    try:
        return [ipaddress.ip_network(word) for word in words(name)]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must list IP addresses or networks: {error}.") from error


def directory(name: str) -> Path:
    """An absolute path of an existing directory."""
    path = Path(text(name))
    if not path.is_absolute() or not path.is_dir():
        raise ImproperlyConfigured(f"{name} must be the absolute path of an existing directory; it is {str(path)!r}.")
    return path


def time_zone(name: str, default: str) -> str:
    """A time zone of the IANA list, such as America/Chicago."""
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (KeyError, OSError, ValueError) as error:
        raise ImproperlyConfigured(f"{name} is not a known time zone: {value!r}.") from error
    return value


def secret(name: str, default: str | None = None) -> str:
    """A secret, from the variable itself or from the file that `<name>_FILE` names; never from both."""
    value, file_name = _raw(name), _raw(f"{name}_FILE")
    if value is not None and file_name is not None:
        raise ImproperlyConfigured(f"Set {name} or {name}_FILE, not both.")
    if file_name is not None:
        return _read_secret(f"{name}_FILE", Path(file_name))
    if value is None and default is None:
        raise ImproperlyConfigured(f"Neither {name} nor {name}_FILE is set.")
    return value if value is not None else str(default)


def _read_secret(name: str, path: Path) -> str:
    try:
        if path.stat().st_mode & OPEN_TO_OTHERS:
            raise ImproperlyConfigured(f"{name}: {path} is open to every user; say chmod o= {path}.")
        value = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ImproperlyConfigured(f"{name}: cannot read {path}: {error}.") from error
    if not value:
        raise ImproperlyConfigured(f"{name}: {path} is empty.")
    return value


def keys(name: str, *, key_bytes: int) -> dict[str, str]:
    """Named keys, newest first, written `name:key` with the key in base64, one a line or separated by commas."""
    pairs = [entry.partition(":") for entry in secret(name).replace(",", "\n").split()]
    found = {key: value for key, _, value in pairs}
    if not found or len(found) != len(pairs) or not all(found):
        raise ImproperlyConfigured(f"{name} must hold entries of the form name:key, each name once.")
    if any(_length(value) != key_bytes for value in found.values()):
        raise ImproperlyConfigured(f"{name}: each key must be {key_bytes} bytes in base64.")
    return found


def _length(value: str) -> int:
    """How many bytes a base64 text stands for; -1 when it is none."""
    try:
        return len(base64.b64decode(value, validate=True))
    except binascii.Error:
        return -1


def refuse_unknown(*, also: Collection[str] = ()) -> None:
    """Raise when a variable of ours is set that nothing reads (`also`: those read elsewhere): most likely a slip."""
    unknown = sorted(name for name in os.environ if name.startswith(PREFIX) and name not in known.union(also))
    if unknown:
        raise ImproperlyConfigured(f"Unknown settings in the environment: {', '.join(unknown)}.")
