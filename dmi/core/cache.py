"""A Redis cache that may vanish: while it is away it remembers nothing, and pages go on without it.

Nothing that must be right rests on it: failed sign-ins are counted and one-time codes are spent in the database.
"""

from __future__ import annotations

from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

AWAY = (RedisError, OSError)


class ForgetfulRedisCache(RedisCache):
    """Reads find nothing and writes are lost while Redis does not answer."""

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """True while Redis is away: nothing was there before."""
        try:
            return super().add(key, value, timeout, version)
        except AWAY:
            return True

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        """The default while Redis is away."""
        try:
            return super().get(key, default, version)
        except AWAY:
            return default

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Lost while Redis is away."""
        try:
            super().set(key, value, timeout, version)
        except AWAY:
            return

    def touch(self, key: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """False while Redis is away."""
        try:
            return super().touch(key, timeout, version)
        except AWAY:
            return False

    def delete(self, key: Any, version: int | None = None) -> bool:
        """False while Redis is away."""
        try:
            return super().delete(key, version)
        except AWAY:
            return False

    def get_many(self, keys: Any, version: int | None = None) -> dict[Any, Any]:
        """Nothing while Redis is away."""
        try:
            return super().get_many(keys, version)
        except AWAY:
            return {}

    def set_many(self, data: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> list[Any]:
        """Every key is named as not stored while Redis is away."""
        try:
            return super().set_many(data, timeout, version)
        except AWAY:
            return list(data)

    def delete_many(self, keys: Any, version: int | None = None) -> None:
        """Nothing to do while Redis is away."""
        try:
            super().delete_many(keys, version)
        except AWAY:
            return

    def has_key(self, key: Any, version: int | None = None) -> bool:
        """False while Redis is away."""
        try:
            return super().has_key(key, version)
        except AWAY:
            return False

    def incr(self, key: Any, delta: int = 1, version: int | None = None) -> int:
        """As for a missing key while Redis is away: ValueError."""
        try:
            return super().incr(key, delta, version)
        except AWAY as away:
            raise ValueError("The cache is away.") from away

    def clear(self) -> bool:  # type: ignore[override]  # as Django's own Redis cache answers
        """Forget what was stored under this cache's own prefix; others who share the Redis keep theirs."""
        client = self._cache.get_client(None, write=True)
        try:
            for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1_000):
                client.delete(key)
        except AWAY:
            return False
        return True
