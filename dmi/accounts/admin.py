"""Accounts and agencies in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from dmi.accounts import actions, selectors
from dmi.accounts.actions import CLEARANCE
from dmi.accounts.forms import ReasonForm
from dmi.accounts.models import Agency, User

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

ACTS = {
    "invite": ("Send a set-password link", actions.invite_again, "The link is on its way by email."),
    "release": ("Release the lock", actions.release, "The account can sign in again."),
    "factors": (
        "Reset second factors",
        actions.reset_factors,
        "The second factors are gone; every browser is out.",
    ),
    "close": ("Close the account", actions.close, "The account is closed and signed out everywhere."),
    "reopen": ("Open the account again", actions.reopen, "The account is open again."),
}


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts: invited, described, cleared, closed. Passwords and seats on cases are not here."""

    list_display = (
        "username",
        "full_name",
        "agency",
        "is_active",
        "is_staff",
        "screening_expires_on",
        "training_expires_on",
    )
    list_filter = ("is_active", "is_staff", "agency")
    search_fields = ("username", "full_name", "email")
    list_select_related = ("agency",)
    list_per_page = 50
    actions = None
    change_form_template = "admin/accounts/user/change_form.html"
    fieldsets = (
        (None, {"fields": ("username", "email", "full_name", "title", "agency", "phone")}),
        (
            "Clearance",
            {
                "fields": CLEARANCE,
                "description": "Law-enforcement records open only to people screened and trained, in date, "
                "and employed by a criminal-justice agency.",
            },
        ),
        ("Administration", {"fields": ("is_staff", "is_active")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        """A new account has nothing to close yet."""
        if obj is not None:
            return self.fieldsets
        return (*self.fieldsets[:2], ("Administration", {"fields": ("is_staff",)}))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Clearance needs its own permission; nobody clears or promotes themselves."""
        own = obj is not None and obj.pk == request.user.pk
        clearance = () if request.user.has_perm("accounts.change_clearance") and not own else CLEARANCE
        return ("is_active", *clearance, *(("is_staff",) if own else ()))

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Say in plain words what the mark for administrators gives."""
        form = super().get_form(request, obj, change, **kwargs)
        if "is_staff" in form.base_fields:
            form.base_fields["is_staff"].label = "Runs accounts and reference lists"
            form.base_fields["is_staff"].help_text = "Opens this administration. It opens no case."
        return form

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are closed, never deleted: the log refers to them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only a superuser touches the account of a superuser."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm, change: bool) -> None:
        """Through the same audited acts as everywhere."""
        if change:
            actions.change_account(account=obj, changed=form.changed_data, actor=request.user, request=request)
        else:
            actions.invite(account=obj, actor=request.user, request=request)
            messages.info(request, f"{obj.username} receives a link by email to choose a password.")

    def get_urls(self) -> list[Any]:
        """One address for each act that needs a reason."""
        act = self.admin_site.admin_view(self.act_view)
        return [path("<uuid:user_id>/act/<slug:act>/", act, name="accounts_user_act"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Offer the acts that make sense for this account."""
        account = User.objects.filter(pk=object_id).first() if _is_uuid(object_id) else None
        context = {"acts": _acts_for(account, request.user) if account else []}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def act_view(self, request: HttpRequest, user_id: str, act: str) -> HttpResponse:
        """Ask for the reason, then act."""
        account = get_object_or_404(User, pk=user_id)
        if not self.has_change_permission(request, account) or act not in dict(_acts_for(account, request.user)):
            raise PermissionDenied
        title, action, done = ACTS[act]
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            action(account=account, actor=request.user, reason=form.cleaned_data["reason"], request=request)
            messages.success(request, done)
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[account.pk]))
        context = {**self.admin_site.each_context(request), "title": title, "account": account, "form": form}
        return TemplateResponse(request, "admin/accounts/user/act.html", {**context, "opts": self.opts})


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):
    """Agencies and their letterheads."""

    list_display = ("name", "kind", "is_criminal_justice", "head_name")
    list_filter = ("kind", "is_criminal_justice")
    search_fields = ("name",)
    list_per_page = 50
    actions = None
    fieldsets = (
        (None, {"fields": ("name", "kind", "is_criminal_justice")}),
        (
            "Letterhead",
            {"fields": ("logo_text", "address_line_1", "address_line_2", "phone", "head_name", "head_title")},
        ),
    )

    def has_delete_permission(self, request: HttpRequest, obj: Agency | None = None) -> bool:
        """Letters and people refer to an agency; it stays."""
        return False

    def save_model(self, request: HttpRequest, obj: Agency, form: ModelForm, change: bool) -> None:
        """Through the same audited act as everywhere."""
        actions.save_agency(agency=obj, changed=form.changed_data, actor=request.user, request=request)


def _acts_for(account: User, actor: User) -> list[tuple[str, str]]:
    if account.pk == actor.pk:
        return []
    names = ["invite", "factors", "close"] if account.is_active else ["reopen"]
    if selectors.is_locked_out(account):
        names.insert(0, "release")
    return [(name, ACTS[name][0]) for name in names]


def _is_uuid(text: str) -> bool:
    try:
        User._meta.pk.to_python(text)
    except Exception:
        return False
    return True
