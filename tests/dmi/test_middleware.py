"""Whose address a request comes from, and what a page tells the browser about itself."""

from __future__ import annotations

import ipaddress

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from dmi.middleware import ClientAddress, PrivateByDefault


@pytest.fixture
def seen(settings):
    """The address a view sees, given who connects and what is said about them."""
    settings.DMI_TRUSTED_PROXIES = [ipaddress.ip_network("172.30.57.0/24")]

    def ask(connection: str, said: str | None = None) -> str:
        extra = {} if said is None else {"HTTP_X_FORWARDED_FOR": said}
        request = RequestFactory().get("/", REMOTE_ADDR=connection, **extra)
        ClientAddress(lambda request: HttpResponse())(request)
        assert "HTTP_X_FORWARDED_FOR" not in request.META
        return request.META["REMOTE_ADDR"]

    return ask


def test_our_proxy_is_believed(seen):
    assert seen("172.30.57.2", "198.51.100.7") == "198.51.100.7"


def test_only_the_entry_our_proxy_wrote_counts(seen):
    assert seen("172.30.57.2", "10.0.0.1, 198.51.100.7") == "198.51.100.7"


def test_a_stranger_cannot_choose_an_address(seen):
    assert seen("198.51.100.9", "10.0.0.1") == "198.51.100.9"


def test_nonsense_is_not_an_address(seen):
    assert seen("172.30.57.2", "<script>") == "172.30.57.2"
    assert seen("", "10.0.0.1") == ""


def test_pages_are_not_stored_unless_the_view_says_so(rf):
    plain = PrivateByDefault(lambda request: HttpResponse())(rf.get("/"))
    own = PrivateByDefault(lambda request: HttpResponse(headers={"Cache-Control": "max-age=60"}))(rf.get("/"))

    assert plain["Cache-Control"] == "private, no-store"
    assert own["Cache-Control"] == "max-age=60"


def test_the_policy_allows_nothing_from_elsewhere_and_nothing_inline(client):
    answer = client.get("/alive/")
    policy = answer["Content-Security-Policy"]

    assert answer.status_code == 200
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.django_db
def test_ready_says_whether_the_database_answers(client, monkeypatch):
    assert client.get("/ready/").status_code == 200

    def broken(*args, **kwargs):
        from django.db import OperationalError

        raise OperationalError

    monkeypatch.setattr("dmi.health.connection.cursor", broken)
    assert client.get("/ready/").status_code == 503
