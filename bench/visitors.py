"""Signed-in browsers of the demo's people, and the pages they read."""

from __future__ import annotations

from django.test import Client
from django.urls import NoReverseMatch, reverse

from dmi.accounts.models import User
from dmi.cases.models import MarketCase, Membership

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = (
    "cases:overview", "cases:todo", "people:list", "incident_review:board", "notification:binder", "swot:board",
    "team:board", "documents:list", "documents:runs", "meetings:list-meetings", "evidence:list-items",
    "directory:list-services", "survey:dashboard", "incident_review:queue", "outreach:letters",
)  # fmt: skip
READ_MOST = ("cases:overview", "cases:todo", "people:list", "incident_review:board", "notification:binder")


def market() -> MarketCase:
    """The demo's market."""
    return MarketCase.objects.get(slug="eastgate")


def members(role: str) -> list[User]:
    """The people on a seat of the demo's market."""
    rows = Membership.objects.filter(case=market(), role=role).select_related("user")
    return [row.user for row in rows if row.is_current()]


def signed_in(user: User) -> Client:
    """A browser on which this person is signed in."""
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def address(page: str) -> str | None:
    """Where a page of the demo's market is; None while the program has none of this name."""
    try:
        return reverse(page, args=[market().pk])
    except NoReverseMatch:
        return None
