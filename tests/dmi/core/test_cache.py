"""The cache shares its Redis with others."""

from __future__ import annotations

from django.core.cache import cache

from dmi.core.cache import ForgetfulRedisCache


def test_clearing_forgets_only_what_is_stored_under_the_own_prefix() -> None:
    other = ForgetfulRedisCache(cache._servers, {"KEY_PREFIX": f"{cache.key_prefix}-neighbor"})
    other.set("kept", 1)
    cache.set("gone", 1)
    assert cache.clear()
    assert cache.get("gone") is None
    assert other.get("kept") == 1
    other.delete("kept")
