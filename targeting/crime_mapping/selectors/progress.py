"""Where elements 1.0 to 1.7 stand, read from dated records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from dmi.cases.progress import Progress, State
from dmi.core.dates import day_of
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, ImportBatch, Incident, Source
from targeting.crime_mapping.selectors import areas, comparison, grids

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

Kind = AreaVersion.Kind
IMPORTS = {
    "1.1a": (Source.Kind.CALLS, "Import the calls for service."),
    "1.1b": (Source.Kind.PART_ONE, "Import the Part I crimes."),
    "1.1c": (Source.Kind.OFFENSES, "Import the drug, weapons, sex and prostitution offenses."),
    "1.1d": (Source.Kind.CONTACTS, "Import the field contacts of narcotics officers."),
}
LAYERS = {
    "1.2a": ("beats", "Load the police beats."),
    "1.2b": ("neighborhoods", "Load the neighborhoods."),
    "1.2c": ("census_blocks", "Load the census blocks."),
}
MAP = "crime_mapping:map"
AREAS = "crime_mapping:areas"
SOURCES = "crime_mapping:sources"
BOUNDARIES = "crime_mapping:boundaries"
PLAN = "crime_mapping:evaluation"


def progress(*, case: MarketCase, today: date) -> dict[str, Progress]:
    """Elements 1.0 to 1.7 of this market."""
    sources = _sources(case)
    found = {"1.1": _assessed(sources)} | _imported(case, sources)
    rows = BoundaryLayer.objects.for_case(case).annotate(n=Count("units")).values_list("kind", "n", "updated_at")
    boundaries = {kind: (n, day_of(at, case.time_zone)) for kind, n, at in rows}
    found |= {number: _layer(boundaries.get(kind), todo) for number, (kind, todo) in LAYERS.items()}
    found["1.2"] = _mapped(case, sources)
    found["1.3"] = _ranked(boundaries, found["1.2"])
    broad, target = areas.current(case, Kind.BROAD), areas.current(case, Kind.TARGET)
    found["1.4"], found["1.6"] = _broad(broad), _target(target)
    found["1.7"] = _planned(case)
    found["1.0"] = _whole(found["1.4"], found["1.6"])
    return found


def _sources(case: MarketCase) -> list[Source]:
    return list(Source.objects.for_case(case))


def _assessed(sources: list[Source]) -> Progress:
    judged = [s.assessed_on for s in sources if s.assessed_on]
    if not sources:
        return Progress(
            State.MISSING, holder="research", todo="Enter the data sources and assess them.", url_name=SOURCES
        )
    fact = f"{len(judged)} of {len(sources)} sources assessed"
    if len(judged) < len(sources):
        todo = "Assess the remaining data sources."
        return Progress(State.UNDER_WAY, fact, holder="research", todo=todo, url_name=SOURCES)
    return Progress(State.DONE, fact, done_on=max(judged), url_name=SOURCES)


def _imported(case: MarketCase, sources: list[Source]) -> dict[str, Progress]:
    batches = ImportBatch.objects.for_case(case).filter(state=ImportBatch.State.IMPORTED)
    rows = batches.values("source__kind").annotate(files=Count("pk"), last=Max("imported_at"))
    by_kind = {row["source__kind"]: row for row in rows}
    known = {s.kind for s in sources}
    found = {}
    for number, (kind, todo) in IMPORTS.items():
        row = by_kind.get(kind)
        if row:
            fact = f"{row['files']} {'file' if row['files'] == 1 else 'files'} imported"
            found[number] = Progress(State.DONE, fact, done_on=day_of(row["last"], case.time_zone), url_name=SOURCES)
        else:
            state = State.UNDER_WAY if kind in known else State.MISSING
            fact = "Source entered" if kind in known else ""
            found[number] = Progress(state, fact, holder="police", todo=todo, url_name=SOURCES)
    return found


def _layer(loaded: tuple[int, date] | None, todo: str) -> Progress:
    if loaded and loaded[0]:
        units, on = loaded
        return Progress(State.DONE, f"{units} units, incidents counted", done_on=on, url_name=MAP)
    return Progress(State.MISSING, holder="police", todo=todo, url_name=BOUNDARIES)


def _mapped(case: MarketCase, sources: list[Source]) -> Progress:
    judged = [s.assessed_on for s in sources if s.assessed_on]
    has_incidents = Incident.objects.for_case(case).counted().filter(point__isnull=False).exists()
    if has_incidents and judged and grids.grid_of(case):
        words = "source" if len(judged) == 1 else "sources"
        return Progress(State.DONE, f"{len(judged)} {words} on one map", done_on=max(judged), url_name=MAP)
    state = State.UNDER_WAY if has_incidents or judged else State.MISSING
    return Progress(state, holder="police", todo="Bring the assessed sources onto the map.", url_name=MAP)


def _ranked(boundaries: dict[str, tuple[int, date]], mapped: Progress) -> Progress:
    loaded = [on for units, on in boundaries.values() if units]
    if mapped.state is State.DONE and loaded:
        on = max(min(loaded), mapped.done_on or min(loaded))
        fact = "Units ranked, dense places shown"
        return Progress(State.DONE, fact, done_on=on, url_name="crime_mapping:concentrations")
    return Progress(State.MISSING, holder="research", todo="Find the high concentrations.", url_name=MAP)


def _broad(area: AreaVersion | None) -> Progress:
    if area is None:
        return Progress(State.MISSING, holder="police", todo="Draw the broad target area.", url_name=AREAS)
    fact = f"Version {area.number}" + (f", {area.blocks} blocks" if area.blocks is not None else "")
    if area.state == AreaVersion.State.DRAFT:
        return Progress(State.UNDER_WAY, fact, holder="police", todo="Adopt the broad target area.", url_name=AREAS)
    return Progress(State.DONE, fact, done_on=area.adopted_on, url_name=AREAS)


def _target(area: AreaVersion | None) -> Progress:
    if area is None:
        return Progress(State.MISSING, holder="police", todo="Draw the target area.", url_name=AREAS)
    missing = areas.unsigned_seats(area)
    size = f", {area.blocks} blocks" if area.blocks is not None else ""
    fact = f"Version {area.number}{size}, {len(areas.SIGNING_SEATS) - len(missing)} of 3 signed"
    if missing:
        return Progress(State.UNDER_WAY, fact, holder=missing[0], todo="Sign the target area.", url_name=AREAS)
    if area.state == AreaVersion.State.DRAFT:
        return Progress(State.UNDER_WAY, fact, holder="police", todo="Adopt the target area.", url_name=AREAS)
    signed = max(s.signed_on for s in area.signatures.all())
    return Progress(State.DONE, fact, done_on=max(signed, area.adopted_on or signed), url_name=AREAS)


def _planned(case: MarketCase) -> Progress:
    plan, chosen = comparison.plan_of(case), len(areas.comparisons(case))
    words = f"{chosen} comparison {'area' if chosen == 1 else 'areas'}"
    if plan and plan.decided_on and chosen:
        return Progress(State.DONE, words, done_on=plan.decided_on, url_name=PLAN)
    if plan or chosen:
        todo = "Decide the evaluation plan." if plan and chosen else "Complete the evaluation plan."
        return Progress(State.UNDER_WAY, words, holder="research", todo=todo, url_name=PLAN)
    return Progress(State.MISSING, holder="research", todo="Choose comparison area and baseline.", url_name=PLAN)


def _whole(broad: Progress, target: Progress) -> Progress:
    if broad.state is State.DONE and target.state is State.DONE:
        return Progress(State.DONE, "Broad and target area stand", done_on=target.done_on, url_name=AREAS)
    if State.MISSING in (broad.state, target.state) and broad.state is target.state:
        return Progress(State.MISSING, holder="police", todo="Define the target area.", url_name=AREAS)
    return Progress(State.UNDER_WAY, "", holder="police", todo="Bring the target area to signature.", url_name=AREAS)
