"""The facts of one candidate's notebook, each section marked with the data class it was read from.

A section is read through the door of the step that owns it, and only what belongs on the table is taken over: field
by field, so that a field added to a record later does not reach paper by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from callin.notification.letters.kinds import NOTEBOOK
from dmi.cases import selectors as cases
from dmi.cases.models import MarketCase
from dmi.core.dates import day_of, long_date, long_when
from dmi.directory import selectors as directory
from dmi.documents.actions import section
from dmi.documents.facts import Frozen, freeze
from dmi.evidence import selectors as evidence
from dmi.people.models import Player
from targeting.incident_review import selectors as review
from targeting.undercover import selectors as undercover


@dataclass(frozen=True, slots=True)
class Draft:
    """A notebook as it would be printed now: facts, photographs, what is missing and what forbids printing."""

    player: Player
    facts: dict[str, Any]
    media: tuple[UUID, ...]
    missing: tuple[str, ...]
    bars: tuple[str, ...]
    frozen: Frozen

    @property
    def facts_hash(self) -> str:
        """What the prosecutor clears: other facts or photographs, another hash."""
        return self.frozen.digest


class Records:
    """What the notebooks of these players are drawn from, read once for all of them."""

    def __init__(self, case: MarketCase, players: Sequence[Player], pages: Mapping[UUID, Any] | None = None) -> None:
        self.case = case
        self.offers = directory.help_on_offer(case)
        self.buys_required = cases.policy_of(case).buys_required
        self.buys = undercover.notebook_buys(case, players)
        self.unreleased = undercover.unreleased_pictures(case, players)
        self.pages = undercover.charge_pages(case, players) if pages is None else pages
        self.contacts = review.notebook_contacts(case, players)
        photos = [player.person.photo_id for player in players if player.person.photo_id]
        stills = [row.item_id for buys in self.buys.values() for buy in buys for row in buy.media.all()]
        self.files = evidence.printable_files([*photos, *stills], case)
        self.outline = case.target_area.wkt if case.target_area else ""


def draft(player: Player, known: Records | None = None) -> Draft:
    """The notebook of `player` as the records stand; `known` holds what was read for many players at once."""
    known = known or Records(player.case, [player])
    case, buys = known.case, known.buys.get(player.pk, [])
    stills = _stills(buys, known.files)
    photo = player.person.photo_id if player.person.photo_id in known.files else None
    contacts = known.contacts.get(player.pk, review.NotebookContacts())
    reports = [row for row in contacts.reports if row.report_number and not row.is_juvenile]
    sightings = [row for row in contacts.sightings if not row.is_juvenile]
    rows = [_buy(number, buy, stills, case) for number, buy in enumerate(buys, start=1)]
    facts = {
        "person": _person(player, photo, case),
        "meeting": _meeting(case),
        "buys": section("undercover_buys", rows=rows),
        "map": _map(known, buys),
        "sightings": section("police_contacts", rows=[_contact(row, case) for row in sightings]),
        "reports": section("police_contacts", rows=[_contact(row, case) for row in reports]),
        "charges": _charges(known.pages.get(player.pk)),
        "help": section("services_catalogue", rows=known.offers),
    }
    media = tuple(item for row in stills.values() for item, _ in row) + ((photo,) if photo else ())
    missing = _missing(facts, known.buys_required, known.unreleased.get(player.pk, 0))
    return Draft(player, facts, media, missing, _bars(player, facts), freeze(NOTEBOOK, facts, media))


def _person(player: Player, photo: UUID | None, case: MarketCase) -> dict[str, Any]:
    person = player.person
    age = person.age_on(day_of(case.call_in_at, case.time_zone)) if case.call_in_at else None
    return section(
        "player_list",
        number=player.number,
        name=person.full_name,
        aliases=", ".join(person.aliases),
        born=long_date(person.birth_on).partition(", ")[2] if person.birth_on else "",
        age=age,
        sex=person.get_sex_display(),
        race=person.race,
        home=person.home_address,
        photo=photo,
    )


def _meeting(case: MarketCase) -> dict[str, Any]:
    return section(
        "meetings",
        market=case.name,
        on=_day(case.call_in_at, case),
        at=_when(case.call_in_at, case),
        place=", ".join(part for part in (case.call_in_place, case.call_in_address) if part),
        deadline=_when(case.deadline_at, case),
    )


def _buy(number: int, buy: Any, stills: Mapping[Any, list[tuple[UUID, str]]], case: MarketCase) -> dict[str, Any]:
    """One buy by an officer. Who the officer was stands in no field of it."""
    return {
        "number": number,
        "when": _when(buy.bought_at, case),
        "day": _day(buy.bought_at, case),
        "where": buy.place,
        "product": buy.product,
        "weight": f"{buy.weight_grams} grams",
        "money": f"${buy.money_dollars}",
        "recording": buy.get_recording_display(),
        "report": buy.report_number,
        "account": buy.account,
        "lab": ", ".join(part for part in (buy.lab_result, buy.lab_number and f"no. {buy.lab_number}") if part),
        "stills": [{"id": pk, "caption": caption} for pk, caption in stills.get(buy.pk, [])],
    }


def _map(known: Records, buys: list[Any]) -> dict[str, Any]:
    """The person's own buys by officers on the ground of the target area; nobody else's."""
    numbered = [(number, buy) for number, buy in enumerate(buys, start=1) if buy.point]
    markers = [
        {"number": str(number), "lon": round(buy.point.x, 6), "lat": round(buy.point.y, 6), "place": buy.place}
        for number, buy in numbered
    ]
    area = section("areas", name=known.case.name, outline=known.outline)
    return section(
        "undercover_buys", markers=markers, area=area, period=_period([buy for _, buy in numbered], known.case)
    )


def _period(buys: list[Any], case: MarketCase) -> str:
    days = list(dict.fromkeys(_day(buy.bought_at, case) for buy in buys))
    return f"{days[0]} to {days[-1]}" if len(days) > 1 else "".join(days)


def _contact(row: Any, case: MarketCase) -> dict[str, Any]:
    return {
        "when": _when(row.happened_at, case),
        "kind": row.get_kind_display(),
        "number": row.report_number,
        "where": row.place,
        "what": row.summary,
    }


def _charges(page: Any) -> dict[str, Any]:
    if page is None:
        return section("warrants", counts=[], court="", penalty="", statement="", ready_on="")
    return section(
        "warrants",
        court=page.court,
        counts=[line.strip() for line in page.charges.splitlines() if line.strip()],
        penalty=page.penalty,
        statement=page.statement,
        ready_on=long_date(page.ready_on) if page.ready_on else "",
    )


def _stills(buys: list[Any], files: Mapping[UUID, Any]) -> dict[Any, list[tuple[UUID, str]]]:
    """For each buy its released photographs in order."""
    found: dict[Any, list[tuple[UUID, str]]] = {}
    for buy in buys:
        for row in buy.media.all():
            if row.item_id in files:
                found.setdefault(buy.pk, []).append((row.item_id, row.caption))
    return found


def _bars(player: Player, facts: dict[str, Any]) -> tuple[str, ...]:
    """Why this notebook cannot be cleared at all."""
    reasons = (
        (not player.is_adult, "Under 18 or of unknown age: no notebook"),
        (not facts["buys"]["rows"], "No buy by an officer is recorded"),
        (not facts["charges"]["counts"], "The prosecutor's charge page is not written, so there is no warrant"),
    )
    return tuple(words for holds, words in reasons if holds)


def _missing(facts: dict[str, Any], required: int, unreleased: int) -> tuple[str, ...]:
    """Sections that would be empty or thin, in the order of the notebook."""
    rows = facts["buys"]["rows"]
    bare = [row["number"] for row in rows if not row["stills"]]
    off_map = len(rows) - len(facts["map"]["markers"])
    reasons = (
        (not facts["person"]["photo"], "Photograph of the person"),
        (not facts["charges"]["counts"], "Charge page and unsigned warrant"),
        (
            facts["charges"]["counts"] and not facts["charges"]["ready_on"],
            "The prosecutor has not called the case ready",
        ),
        (len(rows) < required, f"Buys: {len(rows)} of {required}"),
        (bare, f"Photograph of buy {', '.join(str(number) for number in bare)}"),
        (unreleased, f"Photographs not released for print: {unreleased}"),
        (off_map, f"Buys without a point on the map: {off_map}"),
        (not facts["sightings"]["rows"], "Where and when seen"),
        (not facts["reports"]["rows"], "Police reports"),
        (not facts["help"]["rows"], "Help on offer"),
        (not facts["meeting"]["at"], "Date and place of the call-in"),
        (not facts["meeting"]["deadline"], "Deadline to stop"),
    )
    return tuple(words for holds, words in reasons if holds)


def _when(moment: datetime | None, case: MarketCase) -> str:
    """In the market's own time, whoever asks and from where."""
    return long_when(moment.astimezone(ZoneInfo(case.time_zone)).replace(tzinfo=None)) if moment else ""


def _day(moment: datetime | None, case: MarketCase) -> str:
    return long_date(day_of(moment, case.time_zone)) if moment else ""
