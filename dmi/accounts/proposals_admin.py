"""Proposals in the administration: the list that waits for a second administrator, and deciding about one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from dmi.accounts import proposals, selectors
from dmi.accounts.models import Proposal
from dmi.core.dates import long_when
from dmi.core.requests import signed_in

ACTS: dict[str, tuple[str, Callable[..., Proposal], str]] = {
    "confirm": ("Confirm", proposals.confirm, "Confirmed and done."),
    "turn-down": ("Turn down", proposals.turn_down, "Turned down. Nothing was changed."),
    "withdraw": ("Withdraw", proposals.withdraw, "Withdrawn. Nothing was changed."),
}


class AnswerForm(forms.Form):
    """A word on the decision; needed where a colleague's proposal is turned down."""

    answer = forms.CharField(
        max_length=400,
        label="Why",
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Kept in the audit log. Name no person of a market.",
    )

    def __init__(self, *args: Any, is_needed: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answer"].required = is_needed


class Waiting(admin.SimpleListFilter):
    """Those that wait, unless the others are asked for."""

    title = "state"
    parameter_name = "which"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The others; waiting is what is shown first."""
        return [("over", "Decided, withdrawn or run out")]

    def choices(self, changelist: Any) -> Any:
        """Two choices, in words."""
        first = changelist.get_query_string(remove=[self.parameter_name])
        yield {"selected": self.value() is None, "query_string": first, "display": "Waiting"}
        yield from list(super().choices(changelist))[1:]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Proposal]) -> QuerySet[Proposal]:
        """Open ones, or the rest."""
        waiting = selectors.open_proposals().values("pk")
        return queryset.exclude(pk__in=waiting) if self.value() == "over" else queryset.filter(pk__in=waiting)


@admin.register(Proposal)
class ProposalAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Grants that wait for a second administrator. Nobody confirms a proposal of their own or about themselves."""

    list_display = ("what", "proposer", "created", "open_until_words", "state")
    list_display_links = ("what",)
    list_filter = (Waiting,)
    list_select_related = ("about", "agency", "case", "created_by")
    list_per_page = 50
    actions = None
    fields = (
        "what", "reason", "proposer", "created", "open_until_words", "state", "decided_by", "decided_at", "answer",
    )  # fmt: skip
    readonly_fields = fields
    change_form_template = "admin/accounts/proposal/change_form.html"

    @admin.display(description="What would be done")
    def what(self, obj: Proposal) -> str:
        """One plain sentence."""
        return proposals.words(obj)

    @admin.display(description="Proposed by")
    def proposer(self, obj: Proposal) -> str:
        """By name."""
        return obj.created_by.display_name if obj.created_by else "The casebook itself"

    @admin.display(description="Proposed", ordering="created_at")
    def created(self, obj: Proposal) -> str:
        """Day and hour."""
        return long_when(obj.created_at)

    @admin.display(description="Runs out")
    def open_until_words(self, obj: Proposal) -> str:
        """Day and hour."""
        return long_when(obj.open_until)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Proposed where the thing itself is: accounts, memberships, agencies."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Proposal | None = None) -> bool:
        """Proposals are kept."""
        return False

    def save_model(self, *args: Any, **kwargs: Any) -> None:
        """Nothing of a proposal is edited: another wish is another proposal."""

    def get_urls(self) -> list[Any]:
        """One address for each way to decide."""
        act = self.admin_site.admin_view(self.act_view)
        return [path("<uuid:proposal_id>/act/<slug:act>/", act, name="accounts_proposal_act"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Offer what this administrator may decide."""
        proposal = self.get_object(request, object_id)
        context = {
            "title": "Proposal",
            "acts": [(name, ACTS[name][0]) for name in _acts_for(proposal, request.user)] if proposal else [],
            "show_save": False,
            "show_save_and_continue": False,
            "account": proposals.account_of(proposal) if proposal else None,
        }
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def act_view(self, request: HttpRequest, proposal_id: str, act: str) -> HttpResponse:
        """Ask for a word, then act."""
        proposal = get_object_or_404(Proposal, pk=proposal_id)
        if not self.has_change_permission(request, proposal) or act not in _acts_for(proposal, request.user):
            raise PermissionDenied
        title, action, done = ACTS[act]
        form = AnswerForm(request.POST or None, is_needed=act == "turn-down")
        back = reverse("admin:accounts_proposal_change", args=[proposal.pk])
        if request.method == "POST" and form.is_valid():
            try:
                action(proposal=proposal, actor=signed_in(request), answer=form.cleaned_data["answer"], request=request)
                messages.success(request, done)
            except proposals.CannotConfirm as refused:
                messages.error(request, str(refused))
            return HttpResponseRedirect(back)
        context = {**self.admin_site.each_context(request), "title": title, "what": proposals.words(proposal)}
        context |= {"form": form, "back": back, "opts": self.opts}
        return TemplateResponse(request, "admin/accounts/proposal/act.html", context)


def _acts_for(proposal: Proposal, actor: Any) -> list[str]:
    if not proposal.is_open:
        return []
    if proposal.created_by_id == actor.pk:
        return ["withdraw"]
    about_self = proposals.account_of(proposal)
    return ["turn-down"] if about_self == actor else ["confirm", "turn-down"]
