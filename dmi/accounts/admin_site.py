"""The Django admin: accounts and reference lists, never a record of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from dmi.accounts import selectors
from dmi.audit import alarms
from dmi.core.models import CaseRecord
from dmi.core.requests import signed_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model
    from django.http import HttpRequest, HttpResponse
    from django.template.response import TemplateResponse

OURS = frozenset(
    {"dmi", "planning", "targeting", "community", "callin", "followup", "evaluation", "demo"},
)


class CasebookAdminSite(admin.AdminSite):
    """An admin site that lists our own reference models only and opens through our own sign-in."""

    site_title = "DMI casebook administration"
    site_header = "Accounts and reference lists"
    index_title = "Administration"
    index_template = "admin/casebook_index.html"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register our models; those of libraries stay out, and a record of a case stops the start."""
        models: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        for model in models:
            if issubclass(model, CaseRecord):
                raise ImproperlyConfigured(f"{model.__name__} is a record of a case; the admin shows none.")
            if model.__module__.partition(".")[0] in OURS:
                super().register(model, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Active administrators, with a second factor where one is compulsory."""
        if not super().has_permission(request):
            return False
        return not settings.DMI_REQUIRE_MFA or selectors.has_factor(signed_in(request))

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Above the lists: what waits for this administrator."""
        person = signed_in(request)
        waiting = {
            "proposals_for_me": selectors.waiting_for(person),
            "proposals_open": selectors.open_proposals().count(),
            "alarms_open": alarms.waiting(alarms.for_administrators(), person, alarms.ADMINISTRATOR).count(),
            "is_only_one": selectors.administrators().count() < 2,
        }
        return super().index(request, {**(extra_context or {}), **waiting})

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Our own sign-in page; a person who may not come in gets no second form but the start page."""
        if request.user.is_authenticated and not self.has_permission(request):
            return HttpResponseRedirect("/")
        back = request.GET.get("next") or reverse("admin:index")
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': back})}")

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:  # type: ignore[override]  # no page
        """Our own sign-out page."""
        return HttpResponseRedirect(reverse("account_logout"))

    def password_change(  # type: ignore[override]  # no page
        self, request: HttpRequest, extra_context: Any = None
    ) -> HttpResponse:
        """Our own page."""
        return HttpResponseRedirect(reverse("account_change_password"))


CasebookAdminSite.login = login_not_required(CasebookAdminSite.login)  # type: ignore[method-assign]
