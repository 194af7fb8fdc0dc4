"""Administrators adjust the question sets here: a new version each time, and never one that was in use."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from dmi.core.requests import signed_in
from targeting.survey import actions
from targeting.survey.models import Question, QuestionSet


class QuestionInline(admin.StackedInline):  # type: ignore[type-arg]  # generic in the stubs only
    """The questions of a draft."""

    model = Question
    extra = 0
    fields = (
        ("position", "screen", "code", "kind", "topic"), "words", "words_es", "hint", "hint_es", "choices",
    )  # fmt: skip

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may look at the set."""
        return request.user.has_perm("survey.view_questionset")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever may change the set, while it is a draft."""
        return request.user.has_perm("survey.change_questionset") and not (obj and obj.is_published)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As for changing."""
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A question may be taken out of a draft, as it may be changed."""
        return self.has_change_permission(request, obj)


@admin.register(QuestionSet)
class QuestionSetAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """The versions of the four question sets."""

    list_display = ("__str__", "group", "number", "published_at")
    list_filter = ("group",)
    readonly_fields = ("group", "number", "published_at")
    inlines = (QuestionInline,)
    actions = ("copy_version", "use_version")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A version begins as a copy of another."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Versions are kept."""
        return False

    def save_model(self, request: HttpRequest, obj: QuestionSet, form: forms.ModelForm[Any], change: bool) -> None:
        """The set itself has nothing to type; its questions are saved beside it."""

    def save_formset(self, request: HttpRequest, form: forms.ModelForm[Any], formset: Any, change: bool) -> None:
        """Each question is saved in the administrator's name, with its history."""
        for question in formset.save(commit=False):
            question.save_by(signed_in(request))
        for question in formset.deleted_objects:
            question.delete_by(signed_in(request))

    @admin.action(description="Make a new version from the selected one", permissions=["change"])
    def copy_version(self, request: HttpRequest, queryset: QuerySet[QuestionSet]) -> None:
        """A draft of the next version of each selected set."""
        for found in queryset:
            draft = actions.new_version(question_set=found, actor=signed_in(request))
            self.message_user(request, f"{draft} is a draft. Change it, then put it to use.")

    @admin.action(description="Put the selected draft to use", permissions=["change"])
    def use_version(self, request: HttpRequest, queryset: QuerySet[QuestionSet]) -> None:
        """The drafts are asked from now on."""
        for draft in queryset:
            try:
                actions.put_to_use(question_set=draft, actor=signed_in(request))
            except actions.AlreadyInUse:
                self.message_user(request, f"{draft} was in use already.", messages.WARNING)
            except actions.NothingToAsk:
                self.message_user(request, f"{draft} has no question.", messages.ERROR)
            else:
                self.message_user(request, f"{draft} is in use now.")
