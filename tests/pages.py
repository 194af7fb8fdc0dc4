"""Every page of a case with an address that exists: made from the routes, so a new page is found by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.urls import reverse

from dmi.cases import gates, steps
from dmi.cases.models import MarketCase
from dmi.people.models import Player
from dmi.people.stages import Stage
from planning.swot.models import Prompt
from planning.team.models import Holder
from tests.test_permissions import CASE_PAGES, DOORS

# What an argument names where its word alone does not say it.
MODELS = {
    "evidence.item_id": "evidence.MediaItem",
    "swot.item_id": "swot.Item",
    "audit.wish_id": "audit.ExportRequest",
    "jobs.job_id": "jobs.Job",
    "documents.run_id": "documents.PrintRun",
    "survey.link_id": "survey.CommunityLink",
    "survey.reply_id": "survey.CommunityReply",
    "undercover:informant-buy.buy_id": "undercover.InformantBuy",
    "undercover:edit-informant-buy.buy_id": "undercover.InformantBuy",
    "undercover:print-informant-buy.buy_id": "undercover.InformantBuy",
    "undercover:upload-informant.buy_id": "undercover.InformantBuy",
    "undercover.buy_id": "undercover.OfficerBuy",
    "incident_review.contact_id": "incident_review.PoliceContact",
    "incident_review.session_id": "incident_review.ReviewSession",
    "outreach.letter_id": "outreach.CallInLetter",
    "link_analysis.batch_id": "link_analysis.NetworkImport",
    "incident_review.entry_id": "incident_review.ViolenceEntry",
    "incident_review.list_id": "incident_review.RefinedList",
    "crime_mapping.area_id": "crime_mapping.AreaVersion",
    "crime_mapping.batch_id": "crime_mapping.ImportBatch",
    "crime_mapping.code_id": "crime_mapping.OffenseCode",
    "crime_mapping.decision_id": "crime_mapping.PlaceDecision",
    "outreach.flag_id": "outreach.SafetyFlag",
    "outreach.need_id": "outreach.VisitNeed",
    "other_id": "people.Player",
}
# What words and numbers in an address can be.
WORDS = {
    "cases.gate": lambda case: list(gates.GATES),
    "cases.station": lambda case: [station.code for station in steps.STATIONS],
    "cases.element": lambda case: ["SW.S"],
    "team.code": lambda case: ["police", "services"],
    "team.kind": lambda case: ["treatment"],
    "swot.prompt": lambda case: list(Prompt.values),
    "swot.number": lambda case: [1],
    "crime_mapping.kind": lambda case: ["target"],
    "crime_mapping.which": lambda case: ["difference"],
    "crime_mapping.zoom": lambda case: [14],
    "crime_mapping.x": lambda case: [4000],
    "crime_mapping.y": lambda case: [6200],
    "evidence.role": lambda case: ["screen", "thumb"],
    "link_analysis.shape": lambda case: ["csv", "graphml"],
    "documents.to": lambda case: ["handed_out"],
}
MOST = 3


class NoSample(LookupError):
    """There is no record of the kind this page is about."""


def _model(name: str, word: str) -> type[Model] | None:
    label = name.partition(":")[0]
    named = MODELS.get(f"{name}.{word}") or MODELS.get(f"{label}.{word}") or MODELS.get(word)
    if named:
        return apps.get_model(named)
    wanted = word.removesuffix("_id").replace("_", "")
    found = [m for m in apps.get_models() if m._meta.model_name == wanted]
    return next((m for m in found if m._meta.app_label == label), found[0] if found else None)


def _records(case: MarketCase, model: type[Model]) -> QuerySet[Any]:
    names = {field.name for field in model._meta.get_fields()}
    of_case = model._default_manager.filter(**{"case" if "case" in names else "case_id": case.pk})
    # Keys are random: in the order they were made, each run reads the same records.
    return of_case.order_by(*(["created_at"] if "created_at" in names else []), "pk")


def _players(case: MarketCase) -> list[Any]:
    """The youngest, then one player at each stage."""
    by_stage = {player.stage: player.pk for player in Player.objects.for_case(case).order_by("-number")}
    youngest = Player.objects.for_case(case).order_by("-person__birth_on").filter(person__birth_on__isnull=False)
    first = [youngest.first().pk, *(by_stage[stage] for stage in (Stage.CANDIDATE, Stage.HELD) if stage in by_stage)]
    return list(dict.fromkeys([*first, *by_stage.values()]))


def _holders(case: MarketCase) -> list[Any]:
    """One holder of each kind of seat, those first whose private contacts the community side keeps."""
    found = {h.seat.kind: h for h in Holder.objects.for_case(case).select_related("seat").order_by("-created_at")}
    return [holder.pk for holder in sorted(found.values(), key=lambda h: (not h.seat.hides_contacts, h.seat.kind))]


CHOSEN = {Player: _players, Holder: _holders}  # where what a page does hangs on the record


def values(case: MarketCase, name: str, word: str, most: int = MOST) -> list[Any]:
    """What can stand for one word of an address; raises LookupError when the word is not known."""
    label = name.partition(":")[0]
    if f"{label}.{word}" in WORDS:
        return WORDS[f"{label}.{word}"](case)[:most]
    model = _model(name, word)
    if model is None:
        raise LookupError(f"{name}: no sample is known for <{word}>; teach tests/pages.py")
    found = CHOSEN[model](case) if model in CHOSEN else list(_records(case, model).values_list("pk", flat=True))
    if not found:
        raise NoSample(f"{name}: the market has no {model._meta.label}")
    return found[:most]


def words_of(name: str) -> list[str]:
    """The words an address needs besides the case."""
    return [word for word in re.findall(r"<(?:\w+:)?(\w+)>", DOORS[name][0]) if word != "case_id"]


def addresses(case: MarketCase, name: str, most: int = MOST) -> Iterator[str]:
    """The addresses of one page on records of the case: at most one for each value of its first word."""
    words = words_of(name)
    if not words:
        yield reverse(name, args=[case.pk])
        return
    choices = [values(case, name, word, most) for word in words]
    rest = {word: options[-1] for word, options in zip(words[1:], choices[1:], strict=True)}
    for first in choices[0]:
        yield reverse(name, kwargs={"case_id": case.pk, words[0]: first, **rest})


def names() -> list[str]:
    """The names of all pages of a case."""
    return sorted(CASE_PAGES)
