"""Administrators propose seats here, and end or suspend them at once."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from dmi.accounts import proposals, selectors
from dmi.accounts.models import Proposal
from dmi.cases import seats
from dmi.cases.models import Membership
from dmi.core.requests import signed_in

WAITS = "Nothing is changed yet. Another administrator confirms it within seven days."


class MembershipForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """Who sits where, from when to when."""

    why = forms.CharField(
        max_length=400, required=False, help_text="For the administrator who confirms. Name no person of a market."
    )

    class Meta:
        model = Membership
        fields = ("case", "user", "role", "starts_on", "ends_on")

    acting: Any  # the administrator who fills the form in

    def clean(self) -> dict[str, Any]:
        """Nobody gives oneself a seat, nor keeps it longer; one proposal at a time."""
        cleaned = super().clean() or self.cleaned_data
        seat = {name: cleaned.get(name) or self._stored(name) for name in ("case", "user", "role")}
        if seat["user"] == self.acting:
            raise forms.ValidationError("You cannot give yourself a seat. Ask another administrator.")
        if selectors.open_proposals().filter(about=seat["user"], case=seat["case"], role=seat["role"]).exists():
            raise forms.ValidationError("The same seat is proposed already and waits for a second administrator.")
        return cleaned

    def _stored(self, name: str) -> Any:
        return getattr(self.instance, name) if getattr(self.instance, f"{name}_id", self.instance.role) else None


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """Seats on markets; a second administrator confirms what gives more, ending one takes effect at once."""

    form = MembershipForm
    fields = ("case", "user", "role", "starts_on", "ends_on", "why")
    list_display = ("user", "case", "role", "starts_on", "ends_on", "suspended_at")
    list_filter = ("role", "case")
    search_fields = ("user__full_name", "user__username", "case__name")
    autocomplete_fields = ("user",)
    actions = ("suspend",)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[forms.ModelForm[Any]]:
        """The form knows who is filling it in."""
        form: type[forms.ModelForm[Any]] = super().get_form(request, *args, **kwargs)
        form.acting = request.user  # type: ignore[attr-defined]  # a MembershipForm, made anew for each request
        return form

    def get_readonly_fields(self, request: HttpRequest, obj: Membership | None = None) -> tuple[str, ...]:
        """Only the dates of a seat change; another seat is another row."""
        return ("case", "user", "role") if obj else ()

    def save_model(self, request: HttpRequest, obj: Membership, form: forms.ModelForm[Any], change: bool) -> None:
        """What only takes away is done; what gives more waits for a second administrator."""
        before = Membership.objects.get(pk=obj.pk) if change else None
        obj.proposal = None  # type: ignore[attr-defined]
        if before and not proposals.gives_seat(before, obj.starts_on, obj.ends_on):
            dates = {"starts_on": obj.starts_on, "ends_on": obj.ends_on}
            seats.give_seat(case=obj.case, user=obj.user, role=obj.role, actor=signed_in(request), **dates)
            return
        after = {"starts_on": str(obj.starts_on), "ends_on": str(obj.ends_on or "")}
        obj.proposal = proposals.propose(  # type: ignore[attr-defined]
            kind=Proposal.Kind.SEAT, actor=signed_in(request), reason=form.cleaned_data["why"], request=request,
            about=obj.user, case=obj.case, role=obj.role, after=after,
        )  # fmt: skip

    def log_addition(self, request: HttpRequest, object: Membership, message: Any) -> None:  # type: ignore[override]  # no entry
        """No seat was added: the proposal has its own event in the audit log."""

    def response_add(self, request: HttpRequest, obj: Membership, post_url_continue: str | None = None) -> HttpResponse:
        """On to the proposal."""
        return _on_to(request, obj.proposal)  # type: ignore[attr-defined]

    def response_change(self, request: HttpRequest, obj: Membership) -> HttpResponse:
        """On to the proposal, or back to the list when the dates were changed at once."""
        return _on_to(request, obj.proposal) if obj.proposal else super().response_change(request, obj)  # type: ignore[attr-defined]

    @admin.action(description="Suspend the chosen seats")
    def suspend(self, request: HttpRequest, queryset: Any) -> None:
        """The chosen seats give nothing from the next request on."""
        for membership in queryset:
            seats.suspend_seat(membership=membership, actor=signed_in(request), reason="suspended by an administrator")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A seat ends or is suspended; its row stays."""
        return False


def _on_to(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    messages.info(request, f"{proposals.words(proposal)} {WAITS}")
    return HttpResponseRedirect(reverse("admin:accounts_proposal_change", args=[proposal.pk]))
