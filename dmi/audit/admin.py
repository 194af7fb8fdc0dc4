"""Alarms in the administration: health of the system and of accounts, of no market."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from dmi.audit import alarms
from dmi.audit.forms import AcknowledgeForm
from dmi.audit.models import Alarm
from dmi.core.dates import long_when
from dmi.core.requests import signed_in


@admin.register(Alarm)
class AlarmAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """What administrators must know; some kinds are acknowledged by the privacy officer."""

    list_display = ("what", "about", "when", "facts", "acknowledged_by")
    list_display_links = ("what",)
    list_filter = (("acknowledged_at", admin.EmptyFieldListFilter),)
    list_per_page = 50
    actions = None
    fields = ("what", "todo", "about", "when", "facts", "acknowledged_by", "acknowledged_at", "reason")
    readonly_fields = fields
    change_form_template = "admin/audit/alarm/change_form.html"

    @admin.display(description="What happened")
    def what(self, obj: Alarm) -> str:
        """In words."""
        return alarms.KINDS[obj.kind].title

    @admin.display(description="What to do")
    def todo(self, obj: Alarm) -> str:
        """In words."""
        return alarms.KINDS[obj.kind].todo

    @admin.display(description="When", ordering="created_at")
    def when(self, obj: Alarm) -> str:
        """Day and hour."""
        return long_when(obj.created_at)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Alarm]:
        """Those of the kinds administrators see."""
        return alarms.for_administrators()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """The casebook raises them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Alarm | None = None) -> bool:
        """Alarms are kept."""
        return False

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Nothing of an alarm is edited."""

    def get_urls(self) -> list[Any]:
        """The address where one is acknowledged."""
        act = self.admin_site.admin_view(self.acknowledge_view)
        return [path("<uuid:alarm_id>/acknowledge/", act, name="audit_alarm_acknowledge"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Offer to acknowledge what waits for this administrator."""
        alarm = self.get_object(request, object_id)
        is_mine = alarm is not None and alarms.may_acknowledge(alarm, signed_in(request), alarms.ADMINISTRATOR)
        context = {"title": "Alarm", "is_mine": is_mine, "show_save": False, "show_save_and_continue": False}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def acknowledge_view(self, request: HttpRequest, alarm_id: str) -> HttpResponse:
        """Ask what was found and done."""
        alarm = get_object_or_404(alarms.for_administrators(), pk=alarm_id)
        is_mine = alarms.may_acknowledge(alarm, signed_in(request), alarms.ADMINISTRATOR)
        if not self.has_change_permission(request, alarm) or not is_mine:
            raise PermissionDenied
        form = AcknowledgeForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            how = {"role": alarms.ADMINISTRATOR, "reason": form.cleaned_data["reason"], "request": request}
            try:
                alarms.acknowledge(alarm=alarm, actor=signed_in(request), **how)
                messages.success(request, "Acknowledged.")
                return HttpResponseRedirect(reverse("admin:audit_alarm_changelist"))
            except alarms.NotYours:
                form.add_error("reason", alarms.TOO_LATE)
        context = {**self.admin_site.each_context(request), "title": "Acknowledge", "form": form, "opts": self.opts}
        context |= {"what": self.what(alarm), "todo": self.todo(alarm), "alarm": alarm}
        return TemplateResponse(request, "admin/audit/alarm/acknowledge.html", context)
