"""Who sends a request, where Django's own guard has let them in."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from dmi.accounts.models import User
from dmi.core.requests import signed_in


def test_somebody_signed_in_is_named(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = User(username="ames")
    assert signed_in(request) is request.user


def test_nobody_is_refused(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.user = AnonymousUser()
    with pytest.raises(PermissionDenied):
        signed_in(request)
