"""Administrators open markets and give seats here; nothing of a case's content is shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from dmi.cases import actions, seats
from dmi.cases.models import MarketCase, Membership


@admin.register(MarketCase)
class MarketCaseAdmin(admin.ModelAdmin):
    """Name, city and numbering of a market."""

    list_display = ("name", "city_name", "slug", "phase", "opened_on")
    search_fields = ("name", "city_name", "slug")
    fields = ("slug", "name", "city_name", "number_prefix", "time_zone", "opened_on", "is_invented")

    def save_model(self, request: HttpRequest, obj: MarketCase, form: forms.ModelForm, change: bool) -> None:
        """A new market goes through the same act as the command; a change is saved with its history."""
        if change:
            obj.save_by(request.user)
            return
        opened = actions.open_case(actor=request.user, **form.cleaned_data)
        obj.pk, obj._state.adding = opened.pk, False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Markets are never deleted here."""
        return False


class MembershipForm(forms.ModelForm):
    """Who sits where, from when to when."""

    class Meta:
        model = Membership
        fields = ("case", "user", "role", "starts_on", "ends_on")

    acting: Any  # the administrator who fills the form in

    def clean(self) -> dict[str, Any]:
        """Nobody gives oneself a seat, nor keeps it longer (trust: an administrator does no casework)."""
        cleaned = super().clean() or self.cleaned_data
        seated = cleaned.get("user") or (self.instance.user if self.instance.user_id else None)
        if seated == self.acting:
            raise forms.ValidationError("You cannot give yourself a seat. Ask another administrator.")
        return cleaned


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    """Seats on markets; ending one takes effect with the person's next request."""

    form = MembershipForm
    list_display = ("user", "case", "role", "starts_on", "ends_on", "suspended_at")
    list_filter = ("role", "case")
    search_fields = ("user__full_name", "user__username", "case__name")
    autocomplete_fields = ("user",)
    actions = ("suspend",)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm]:
        """The form knows who is filling it in."""
        form = super().get_form(request, *args, **kwargs)
        form.acting = request.user
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Only the dates of a seat change; another seat is another row."""
        return ("case", "user", "role") if obj else ()

    def save_model(self, request: HttpRequest, obj: Membership, form: forms.ModelForm, change: bool) -> None:
        """Through the one act that writes guardian's rows too."""
        dates = {"starts_on": obj.starts_on, "ends_on": obj.ends_on}
        seat = seats.give_seat(case=obj.case, user=obj.user, role=obj.role, actor=request.user, **dates)
        obj.pk, obj._state.adding = seat.pk, False

    @admin.action(description="Suspend the chosen seats")
    def suspend(self, request: HttpRequest, queryset: Any) -> None:
        """The chosen seats give nothing from the next request on."""
        for membership in queryset:
            seats.suspend_seat(membership=membership, actor=request.user, reason="suspended by an administrator")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A seat ends or is suspended; its row stays."""
        return False
