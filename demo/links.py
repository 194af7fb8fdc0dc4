"""The link chart of an invented market: who was seen with whom, where, in which car, on which record's word."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.people.models import Player
from dmi.places import actions as places
from dmi.places import selectors as known
from dmi.places.models import Place
from targeting.incident_review import actions as review
from targeting.incident_review.models import IntelligenceNote, PoliceContact
from targeting.link_analysis import actions, moving
from targeting.link_analysis.models import Entity, Link

Row = tuple[str, str, str, int, str, str, str, int]

PLAYERS = ("E-02", "E-03", "E-05", "E-07", "E-08", "E-09", "E-10", "E-11", "E-13", "E-15", "E-17", "E-19", "E-20")
PLACES = (("corner", "Calder Street and Eighth Avenue"), ("house", "812 Calder Street"), ("store", "905 Calder Street"))
OTHERS = (
    ("vehicle", "Gray sedan, plate on file"),
    ("vehicle", "Blue pickup"),
    ("phone", "555-0177"),
    ("phone", "555-0191"),
    ("organization", "Calder Street Auto"),
    ("incident", "Report 26-04471"),
    ("person", "Unnamed man, “Dutch”"),
)
DUTCH_BASIS = "Described alike in two field contacts; name not known."
CALLS = b"from,to,times\n555-0177,555-0204,17\n555-0204,555-0191,4\n555-0177,555-0191,2\n"
MOTHER, MOTHER_BASIS = "Mother of E-07", "She asked the team to speak with her first; needed to plan the visit."
WAITS, WAITS_BASIS = "Coach of E-17", "Named by the player's aunt as somebody he listens to."

# first, second, how, how often, how it is known, record, citation, days ago
LINKS = (
    ("E-07", "E-11", "seen_together", 5, "seen", "contact", "", 33),
    ("E-07", "E-13", "arrested_together", 1, "recorded", "contact", "Arrest 26-03982", 71),
    ("E-07", "812 Calder Street", "sells_at", 3, "seen", "contact", "Field contact, Beat 22", 24),
    ("E-07", "Gray sedan, plate on file", "drives", 2, "recorded", "contact", "Traffic stop 26-04410", 40),
    ("E-07", "Unnamed man, “Dutch”", "seen_together", 2, "seen", "contact", "Field contact, Beat 23", 52),
    ("E-07", MOTHER, "family", 1, "recorded", "other", "Jail visitor log", 96),
    ("E-11", "812 Calder Street", "sells_at", 2, "seen", "contact", "Field contact, Beat 22", 29),
    ("E-11", "E-17", "seen_together", 4, "seen", "contact", "", 27),
    ("E-17", "Calder Street and Eighth Avenue", "sells_at", 6, "seen", "contact", "Field contact, Beat 22", 19),
    ("E-17", "E-19", "seen_together", 3, "seen", "contact", "Field contact, Beat 22", 44),
    ("E-19", "Calder Street and Eighth Avenue", "sells_at", 2, "reported", "survey", "Officer survey, Beat 22", 130),
    ("E-19", "E-20", "arrested_together", 1, "recorded", "contact", "Arrest 26-03715", 118),
    ("E-13", "Unnamed man, “Dutch”", "calls", 9, "recorded", "court", "Phone records under court order", 60),
    ("E-13", "555-0177", "calls", 21, "recorded", "court", "Phone records under court order", 60),
    ("E-02", "555-0177", "calls", 14, "recorded", "court", "Phone records under court order", 60),
    ("E-02", "E-15", "arrested_together", 2, "recorded", "contact", "Arrest 25-09120", 210),
    ("E-02", "Calder Street Auto", "member", 1, "reported", "survey", "Officer survey, Narcotics", 131),
    ("E-15", "Blue pickup", "drives", 4, "seen", "contact", "Traffic stop 26-02871", 88),
    ("E-15", "Calder Street Auto", "visits", 7, "seen", "contact", "Field contact, Narcotics", 37),
    ("E-08", "Blue pickup", "drives", 1, "seen", "contact", "Traffic stop 26-02871", 88),
    ("E-08", "Report 26-04471", "involved", 1, "recorded", "contact", "Report 26-04471", 34),
    ("E-05", "Report 26-04471", "involved", 1, "recorded", "contact", "Report 26-04471", 34),
    ("E-05", "E-15", "seen_together", 2, "seen", "contact", "Field contact, Narcotics", 37),
    ("E-03", "E-09", "seen_together", 3, "seen", "contact", "", 31),
    ("E-03", "905 Calder Street", "sells_at", 2, "reported", "survey", "Officer survey, Beat 23", 128),
    ("E-09", "905 Calder Street", "sells_at", 3, "seen", "contact", "Field contact, Beat 23", 26),
    ("E-09", "E-10", "family", 1, "recorded", "court", "Bail paper 26-118", 150),
    ("E-10", "555-0191", "calls", 6, "reported", "survey", "Officer survey, Probation", 132),
    ("E-03", "555-0191", "calls", 11, "recorded", "court", "Phone records under court order", 60),
    ("E-20", "Calder Street and Eighth Avenue", "visits", 2, "seen", "contact", "Field contact, Beat 22", 19),
    ("E-13", "E-02", "supplies", 1, "reported", "intelligence", "", 45),
)  # fmt: skip


def add(case: MarketCase, team: dict[str, User], today: date, say: Callable[[str], None]) -> None:
    """The market's chart; one person who is no subject is approved, one waits."""
    say(f"{case.name}: {len(LINKS)} links are charted.")
    police = team["police"]
    entities = _entities(case, police)
    mother = Entity(case=case, kind="person", label=MOTHER, standing="other", basis=MOTHER_BASIS)
    actions.save_entity(entity=mother, actor=police)
    entities[MOTHER] = actions.approve_person(entity=mother, actor=team["prosecutor"])
    waits = Entity(case=case, kind="person", label=WAITS, standing="other", basis=WAITS_BASIS)
    actions.save_entity(entity=waits, actor=police)
    for row in LINKS:
        _link(case, entities, row, police, today)
    _calls(case, police, today)
    actions.arrange(case=case, actor=police, is_anew=True)


def _calls(case: MarketCase, police: User, today: date) -> None:
    """Telephone numbers from a file, as one import."""
    about = {
        "entity_kind": "phone", "kind": "calls", "grade": "recorded", "record": "court",
        "cites": "Phone records under court order",
        "happened_on": (today - timedelta(days=60)).isoformat(), "source": "",
    }  # fmt: skip
    batch = moving.check_file(case=case, name="calls.csv", content=CALLS, about=about, actor=police)
    moving.commit(batch=batch, actor=police)


def _entities(case: MarketCase, police: User) -> dict[str, Entity]:
    players = {player.number: player for player in Player.objects.for_case(case).filter(number__in=PLAYERS)}
    found = {number: Entity(case=case, kind="person", player=players[number]) for number in PLAYERS}
    for kind, address in PLACES:
        found[address] = Entity(case=case, kind="place", place=_place(case, kind, address, police))
    for kind, label in OTHERS:
        found[label] = Entity(case=case, kind=kind, label=label, basis=DUTCH_BASIS if kind == "person" else "")
    return {name: actions.save_entity(entity=entity, actor=police) for name, entity in found.items()}


def _place(case: MarketCase, kind: str, address: str, police: User) -> Place:
    there = known.same_address(case, address)
    basis = "Buys and field contacts of the last six months."
    new = Place(case=case, kind=kind, address=address, is_key=True, basis=basis)
    return there or places.save_place(place=new, actor=police)


def _note(case: MarketCase, player: Player, police: User, today: date) -> IntelligenceNote:
    """The graded note the link rests on; made when the player has none in date."""
    there = IntelligenceNote.objects.for_case(case).filter(player=player, review_by__gte=today).first()
    note = there or IntelligenceNote(
        case=case, player=player, reliability="B", validity="3", offence="Distribution of a controlled substance",
        note="Said to bring the weekly supply to the house on Calder Street.", support="Report 26-04471",
        gathered_lawfully=True, review_by=today + timedelta(days=180),
    )  # fmt: skip
    return there or review.save_intelligence(note=note, actor=police)


def _link(case: MarketCase, entities: dict[str, Entity], row: Row, police: User, today: date) -> None:
    first, second, kind, times, grade, record, cites, days = row
    link = Link(
        case=case, first=entities[first], second=entities[second], kind=kind, times=times, grade=grade,
        record=record, cites=cites, happened_on=today - timedelta(days=days), source="Sgt. Penhale, Narcotics",
    )  # fmt: skip
    player = entities[first].player
    if record == "intelligence":
        link.intelligence = _note(case, player, police, today)
        link.cites = "Intelligence on file"
    elif not cites:
        link.contact = PoliceContact.objects.for_case(case).filter(player=player, is_juvenile=False).first()
        link.cites = (
            f"{link.contact.get_kind_display()} {link.contact.report_number}" if link.contact else "Field contact"
        )
    actions.save_link(link=link, actor=police)
