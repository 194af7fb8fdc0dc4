"""Administrators open markets here; nothing of a case's content is shown. Seats: `dmi.accounts.seats_admin`."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from dmi.cases import actions
from dmi.cases.models import MarketCase
from dmi.core.requests import signed_in


@admin.register(MarketCase)
class MarketCaseAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Name, city and numbering of a market."""

    list_display = ("name", "city_name", "slug", "phase", "opened_on")
    search_fields = ("name", "city_name", "slug")
    fields = ("slug", "name", "city_name", "number_prefix", "time_zone", "opened_on", "is_invented")

    def save_model(self, request: HttpRequest, obj: MarketCase, form: forms.ModelForm[Any], change: bool) -> None:
        """A new market goes through the same act as the command; a change is saved with its history."""
        if change:
            obj.save_by(signed_in(request))
            return
        opened = actions.open_case(actor=signed_in(request), **form.cleaned_data)
        obj.pk, obj._state.adding = opened.pk, False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Every administrator: the permissions of a market are its seats, so none of Django's own stands for this."""
        return bool(request.user.is_active and request.user.is_staff)

    def has_view_permission(self, request: HttpRequest, obj: MarketCase | None = None) -> bool:
        """Every administrator."""
        return self.has_module_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Every administrator."""
        return self.has_module_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: MarketCase | None = None) -> bool:
        """Every administrator."""
        return self.has_module_permission(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Markets are never deleted here."""
        return False
