"""Pages of one's own account, the notice before sign-in, and the lock."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from dmi.accounts import actions, lock, notice, selectors, sessions
from dmi.accounts.forms import UnlockForm
from dmi.accounts.kept import Kept
from dmi.accounts.models import SignIn
from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.cases.access import person_view, public_view
from dmi.core.requests import PersonRequest

if TYPE_CHECKING:
    from django.http import HttpRequest


@public_view
@never_cache
def read_notice(request: HttpRequest) -> HttpResponse:
    """The notice on its own page; accepting it opens the sign-in form."""
    back = lock.safe(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.method == "POST":
        notice.accept(request)
        audit.record(actor=None, verb=Verb.NOTICE_ACCEPTED, facts={"version": notice.version()}, request=request)
        return redirect(f"{reverse('account_login')}?{urlencode({'next': back})}" if back != "/" else "account_login")
    return render(request, "accounts/notice.html", {"back": back})


@person_view
@never_cache
def me(request: PersonRequest) -> HttpResponse:
    """One's own account: who, employed where, cleared until when, factors, browsers."""
    person = request.user
    context = {
        "person": person,
        "is_cleared": person.is_cleared(),
        "today": timezone.localdate(),
        "factors": selectors.factors_of(person),
        "has_factor": selectors.has_factor(person),
        "sign_ins": selectors.open_sign_ins(person)[:50],
        "earlier": selectors.earlier_sign_ins(person),
        "this": request.sign_in,
        "hours": settings.DMI_SESSION_HOURS,
        "minutes": settings.DMI_IDLE_MINUTES,
    }
    return render(request, "accounts/me.html", context)


@person_view
@require_POST
def sign_out_elsewhere(request: PersonRequest) -> HttpResponse:
    """Sign out of every other browser."""
    count = actions.sign_out_elsewhere(person=request.user, but=request.sign_in, request=request)
    messages.success(request, f"Signed out of {count} other {'browser' if count == 1 else 'browsers'}.")
    return redirect("accounts:me")


@person_view
@require_POST
def end_sign_in(request: PersonRequest, sign_in_id: str) -> HttpResponse:
    """Sign out of one other browser."""
    sign_in = get_object_or_404(selectors.open_sign_ins(request.user), pk=sign_in_id)
    sessions.end(sign_in, SignIn.Ended.ELSEWHERE)
    audit.record(actor=request.user, verb=Verb.SIGN_INS_ENDED, subject=sign_in, facts={"count": 1}, request=request)
    messages.success(request, "That browser is signed out.")
    return redirect("accounts:me")


@person_view
@never_cache
def factor_needed(request: PersonRequest) -> HttpResponse:
    """Why a second factor is asked for, and the two ways to set one up."""
    return render(request, "accounts/factor_needed.html", {"has_factor": selectors.has_factor(request.user)})


@person_view
@never_cache
@sensitive_post_parameters("password", "kept")
def locked(request: PersonRequest) -> HttpResponse:
    """The locked screen: the password opens it and leads back, with the typed text if there was any."""
    if request.method == "POST" and "lock_from" in request.POST:
        return _lock_now(request)
    if not request.sign_in.locked_at:
        return HttpResponseRedirect(lock.safe(request, request.GET.get("next", "/")))
    if request.method != "POST":
        return lock.page(request, back=request.GET.get("next", "/"))
    form = UnlockForm(request.POST, request=request)
    if not form.is_valid():
        return lock.page(request, form=form)
    sessions.unlock(request.sign_in, timezone.now())
    request.session.cycle_key()
    audit.record(actor=request.user, verb=Verb.SCREEN_UNLOCKED, subject=request.sign_in, request=request)
    kept = Kept.open(form.cleaned_data["kept"], request.user.pk)
    back = lock.safe(request, form.cleaned_data["next"])
    if kept is None:
        return HttpResponseRedirect(back)
    return render(request, "accounts/kept.html", {"kept": kept, "back": back})


@person_view
@never_cache
@require_GET
def pulse(request: PersonRequest) -> JsonResponse:
    """How many seconds until the screen locks; asking does not count as activity."""
    sign_in = request.sign_in
    idle = (timezone.now() - sign_in.active_at).total_seconds()
    left = 0 if sign_in.locked_at else max(0, settings.DMI_IDLE_MINUTES * 60 - int(idle))
    return JsonResponse({"left": left})


def _lock_now(request: PersonRequest) -> HttpResponse:
    """The page noticed that it is time, or the person asked: lock, and keep what the page's form held."""
    if sessions.lock(request.sign_in, timezone.now()):
        audit.record(actor=request.user, verb=Verb.SCREEN_LOCKED, subject=request.sign_in, request=request)
    back = lock.safe(request, request.POST["lock_from"])
    return lock.page(request, back=back, kept=Kept.of(request, lock.safe(request, request.POST.get("lock_to") or back)))
