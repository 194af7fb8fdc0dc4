"""Reading the contact book and the catalogue of help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, QuerySet

from dmi.directory.models import Contact, Organisation, Service

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

SIX_KINDS = [kind for kind in Service.Kind if kind != Service.Kind.OTHER]


def contacts(*, case: MarketCase, q: str = "", kind: str = "", answer: str = "") -> QuerySet[Contact]:
    """People of the contact book by name, narrowed by words, kind and answer."""
    found = Contact.objects.for_case(case).select_related("organisation")
    for word in q.split()[:6]:
        found = found.filter(
            Q(name__icontains=word) | Q(organisation__name__icontains=word) | Q(standing__icontains=word)
        )
    if kind in Contact.Kind.values:
        found = found.filter(kind=kind)
    if answer in Contact.Answer.values:
        found = found.filter(answer=answer)
    return found


def organisations(*, case: MarketCase, q: str = "", kind: str = "") -> QuerySet[Organisation]:
    """Organizations by name with the number of people known there."""
    found = Organisation.objects.for_case(case).annotate(people_count=Count("people")).order_by("name")
    for word in q.split()[:6]:
        found = found.filter(name__icontains=word)
    return found.filter(kind=kind) if kind in Organisation.Kind.values else found


def services(*, case: MarketCase, q: str = "", kind: str = "") -> QuerySet[Service]:
    """The catalogue, what is on offer first."""
    found = Service.objects.for_case(case).order_by("-is_active", "kind", "program")
    for word in q.split()[:6]:
        found = found.filter(Q(program__icontains=word) | Q(provider__icontains=word) | Q(offers__icontains=word))
    return found.filter(kind=kind) if kind in Service.Kind.values else found


def help_on_offer(case: MarketCase) -> list[dict[str, Any]]:
    """What the notebook prints under "help on offer": plain facts, by kind, of what can be had now."""
    return [
        {
            "kind": service.get_kind_display(), "program": service.program, "provider": service.provider,
            "offers": service.offers, "where": service.where, "hours": service.hours,
            "eligibility": service.eligibility, "cost": service.cost, "first_visit": service.first_visit,
            "contact_name": service.contact_name, "contact_phone": service.contact_phone,
        }
        for service in Service.objects.for_case(case).on_offer()
    ]  # fmt: skip


def kinds_without_help(case: MarketCase) -> list[str]:
    """Of the six kinds of help a call-in promises, those nothing is on offer for."""
    covered = set(Service.objects.for_case(case).on_offer().values_list("kind", flat=True))
    return [kind.label for kind in SIX_KINDS if kind not in covered]
