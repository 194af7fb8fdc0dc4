"""Accounts and agencies in the admin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse

from dmi.accounts import actions, proposals, proposals_admin, seats_admin, selectors  # noqa: F401 - registered
from dmi.accounts.actions import CLEARANCE
from dmi.accounts.forms import ReasonForm
from dmi.accounts.models import Agency, Proposal, User
from dmi.accounts.seats_admin import WAITS
from dmi.core.requests import signed_in

if TYPE_CHECKING:
    from django.forms import ModelForm
    from django.http import HttpRequest, HttpResponse

Kind = Proposal.Kind


def _proposes(kind: Kind) -> Any:
    """The act that proposes this grant about an account."""

    def propose(*, account: User, actor: User, reason: str, request: HttpRequest) -> None:
        proposals.propose(kind=kind, about=account, actor=actor, reason=reason, request=request)

    return propose


ACTS = {
    "invite": ("Send a set-password link", actions.invite_again, "The link is on its way by email."),
    "release": ("Release the lock", actions.release, "The account can sign in again."),
    "factors": ("Propose to reset second factors", _proposes(Kind.FACTORS), WAITS),
    "close": ("Close the account", actions.close, "The account is closed and signed out everywhere."),
    "reopen": ("Propose to open the account again", _proposes(Kind.REOPEN), WAITS),
}
PROPOSED = {"factors": Kind.FACTORS, "reopen": Kind.REOPEN}


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """An account; what gives more is proposed, with a word why."""

    why = forms.CharField(
        max_length=400,
        required=False,
        help_text="For the administrator who confirms a clearance, an agency or an administrator's mark.",
    )


@admin.register(User)
class UserAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
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
    form = AccountForm
    change_form_template = "admin/accounts/user/change_form.html"
    fieldsets = (
        (None, {"fields": ("username", "email", "full_name", "title", "agency", "phone")}),
        (
            "Clearance",
            {
                "fields": (*CLEARANCE, "why"),
                "description": "Law-enforcement records open only to people screened and trained, in date, "
                "and employed by a criminal-justice agency. A second administrator confirms what you record here; "
                "what only shortens or removes holds at once.",
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
        waiting = [name for name, kind in WAITING_FIELDS if obj and selectors.proposal_about(obj, kind)]
        employer = ("agency",) if own else ()
        return ("is_active", *dict.fromkeys((*clearance, *employer, *waiting, *(("is_staff",) if own else ()))))

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        """Say in plain words what the mark for administrators gives."""
        form = super().get_form(request, obj, change, **kwargs)
        if "is_staff" in form.base_fields:
            field = form.base_fields["is_staff"]
            field.label = "Runs accounts and reference lists"
            field.help_text = "Opens this administration. It opens no case. A second administrator confirms it."
        return form

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Accounts are closed, never deleted: the log refers to them."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Only a superuser touches the account of a superuser."""
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or not obj.is_superuser or request.user.is_superuser)

    def save_model(self, request: HttpRequest, obj: User, form: ModelForm[Any], change: bool) -> None:
        """Through the same audited acts as everywhere; what gives more waits for a second administrator."""
        before = User.objects.select_related("agency").get(pk=obj.pk) if change else User()
        held_back = _hold_back(before, obj, is_new=not change)
        changed = [name for name in form.changed_data if name != "why" and getattr(before, name) != getattr(obj, name)]
        if change and changed:
            actions.change_account(account=obj, changed=changed, actor=signed_in(request), request=request)
        elif not change:
            actions.invite(account=obj, actor=signed_in(request), request=request)
            messages.info(request, f"{obj.username} receives a link by email to choose a password.")
        obj.is_only_proposed = change and bool(held_back) and not changed  # type: ignore[attr-defined]
        for kind, after in held_back.items():
            proposal = proposals.propose(
                kind=kind,
                about=obj,
                after=after,
                actor=signed_in(request),
                reason=form.cleaned_data["why"],
                request=request,
            )
            messages.info(request, f"{proposals.words(proposal)} {WAITS}")

    def response_change(self, request: HttpRequest, obj: User) -> HttpResponse:
        """Nothing was changed when everything waits for a second administrator, and nothing says so."""
        if obj.is_only_proposed:  # type: ignore[attr-defined]
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[obj.pk]))
        return super().response_change(request, obj)

    def get_urls(self) -> list[Any]:
        """One address for each act that needs a reason."""
        act = self.admin_site.admin_view(self.act_view)
        return [path("<uuid:user_id>/act/<slug:act>/", act, name="accounts_user_act"), *super().get_urls()]

    def change_view(self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None) -> Any:
        """Offer the acts that make sense for this account."""
        account = User.objects.filter(pk=object_id).first() if _is_uuid(object_id) else None
        context = {"acts": _acts_for(account, signed_in(request)) if account else []}
        return super().change_view(request, object_id, form_url, {**(extra_context or {}), **context})

    def act_view(self, request: HttpRequest, user_id: str, act: str) -> HttpResponse:
        """Ask for the reason, then act."""
        account = get_object_or_404(User, pk=user_id)
        if not self.has_change_permission(request, account) or act not in dict(_acts_for(account, signed_in(request))):
            raise PermissionDenied
        title, action, done = ACTS[act]
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                action(account=account, actor=signed_in(request), reason=form.cleaned_data["reason"], request=request)
                messages.success(request, done)
            except ValidationError as refused:
                messages.error(request, " ".join(refused.messages))
            return HttpResponseRedirect(reverse("admin:accounts_user_change", args=[account.pk]))
        context = {**self.admin_site.each_context(request), "title": title, "account": account, "form": form}
        return TemplateResponse(request, "admin/accounts/user/act.html", {**context, "opts": self.opts})


@admin.register(Agency)
class AgencyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]  # generic in the stubs only
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

    def save_model(self, request: HttpRequest, obj: Agency, form: ModelForm[Any], change: bool) -> None:
        """Through the same audited act; a second administrator confirms that its people can be cleared."""
        was = Agency.objects.filter(pk=obj.pk, is_criminal_justice=True).exists()
        is_proposed = obj.is_criminal_justice and not was
        obj.is_criminal_justice = obj.is_criminal_justice and was
        changed = [name for name in form.changed_data if not (is_proposed and name == "is_criminal_justice")]
        actions.save_agency(agency=obj, changed=changed, actor=signed_in(request), request=request)
        if is_proposed and not selectors.open_proposals().filter(agency=obj).exists():
            proposal = proposals.propose(kind=Kind.AGENCY, agency=obj, actor=signed_in(request), request=request)
            messages.info(request, f"{proposals.words(proposal)} {WAITS}")


WAITING_FIELDS = (*((name, Kind.CLEARANCE) for name in (*CLEARANCE, "agency")), ("is_staff", Kind.ADMINISTRATOR))


def _hold_back(before: User, account: User, *, is_new: bool) -> dict[Kind, dict[str, Any]]:
    """What of the account's new details gives more, by kind; the account itself keeps what it had."""
    held: dict[Kind, dict[str, Any]] = {}
    if proposals.gives_clearance(before, account):
        held[Kind.CLEARANCE] = proposals.clearance_of(account)
        for name in CLEARANCE if is_new else (*CLEARANCE, "agency"):
            setattr(account, name, getattr(before, name))
    if account.is_staff and not before.is_staff:
        held[Kind.ADMINISTRATOR] = {"is_staff": True}
        account.is_staff = False
    return held


def _acts_for(account: User, actor: User) -> list[tuple[str, str]]:
    if account.pk == actor.pk:
        return []
    names = ["invite", "factors", "close"] if account.is_active else ["reopen"]
    names = [name for name in names if name not in PROPOSED or not selectors.proposal_about(account, PROPOSED[name])]
    if selectors.is_locked_out(account):
        names.insert(0, "release")
    return [(name, ACTS[name][0]) for name in names]


def _is_uuid(text: str) -> bool:
    try:
        User._meta.pk.to_python(text)
    except Exception:
        return False
    return True
