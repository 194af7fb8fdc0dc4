"""A market on the call-in's eve: candidates with buys, photographs, contacts, charge pages and help on offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.contrib.gis.geos import MultiPolygon, Point, Polygon

from callin.notification import actions
from callin.notification.letters import binder
from callin.notification.models import NotebookClearance
from callin.outreach.models import CallInLetter, LetterBatch
from dmi.accounts.models import User
from dmi.cases import seats
from dmi.cases.models import MarketCase
from dmi.directory.models import Service
from dmi.documents import actions as documents
from dmi.documents.models import Document
from dmi.evidence.models import MediaItem
from dmi.people import actions as people
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review.models import IntelligenceNote, PoliceContact
from targeting.undercover.models import BuyMedia, ChargePage, InformantBuy, OfficerBuy
from tests.factories import documents as papers
from tests.factories import evidence
from tests.factories.accounts import ClearedFactory, UserFactory

CALL_IN = datetime(2026, 5, 14, 22, 30, tzinfo=UTC)
WEST, SOUTH = -90.20, 38.63


@dataclass
class Eve:
    """The market and the people at its seats."""

    case: MarketCase
    coordinator: User
    prosecutor: User
    handler: User
    police: User
    community: User


def eve() -> Eve:
    """The market with a seat for each who has to do with the binder."""
    corner = Polygon.from_bbox((WEST, SOUTH, WEST + 0.008, SOUTH + 0.006))
    case = MarketCase.objects.create_by(
        None, slug="eastgate", name="Eastgate", city_name="Marlow", number_prefix="E", is_invented=True,
        target_area=MultiPolygon(corner, srid=4326), call_in_at=CALL_IN, call_in_place="Eastgate Community Hall",
        call_in_address="900 Calder Street", deadline_at=CALL_IN + timedelta(hours=72),
    )  # fmt: skip
    Service.objects.create_by(
        None, case=case, kind="employment", program="Day one jobs", provider="Harbor House",
        offers="Work from the first week, with tools and boots.", where="12 Pier Road", contact_name="J. Marsh",
        contact_phone="555-0142", is_at_call_in=True, confirmed_on=date(2026, 5, 1),
    )  # fmt: skip
    return Eve(
        case,
        _seated(case, "Tess Ames", "coordinator"),
        _seated(case, "Ada Sorrel", "prosecutor"),
        _seated(case, "Hal Handler", "handler"),
        _seated(case, "Lee Penhale", "police"),
        _seated(case, "Nell Overton", "community", is_cleared=False),
    )


def _seated(case: MarketCase, name: str, role: str, *, is_cleared: bool = True) -> User:
    user = (ClearedFactory if is_cleared else UserFactory)(username=name.split()[-1].lower(), full_name=name)
    seats.give_seat(case=case, user=user, role=role, actor=None)
    return user


def candidate(eve: Eve, name: str = "Casey Brightwell", *, buys: int = 2, is_photographed: bool = True) -> Player:
    """A candidate whose notebook has every section, and whose file holds what must stay out of it."""
    player = people.nominate(
        case=eve.case, actor=None, basis="Named by two officers.", full_name=name, aliases=["Ace"],
        birth_on=date(1998, 2, 3), home_address="14 Alder Court",
    )  # fmt: skip
    for stage in (Stage.REVIEWED, Stage.LISTED, Stage.CANDIDATE):
        player = people.advance(player=player, to=stage, actor=None)
    still = photograph(eve) if is_photographed else None
    if still:
        player.person.photo_id = still.pk
        player.person.save_by(None)
    for number in range(1, buys + 1):
        buy(player, number, still)
    contacts(player)
    held_back(player)
    ChargePage.objects.create_by(
        eve.prosecutor, case=eve.case, player=player, court="District Court, Marlow County",
        charges="Sale of a controlled substance, cocaine, on April 18, 2026\nSale of a controlled substance, cocaine",
        penalty="Five to twenty years on each count.", statement="An officer bought cocaine.",
        ready_on=date(2026, 4, 29),
    )  # fmt: skip
    return Player.objects.for_case(eve.case).select_related("person", "case").get(pk=player.pk)


def photograph(eve: Eve) -> MediaItem:
    """A released photograph."""
    return evidence.released(eve.case, eve.handler, eve.prosecutor)


def buy(player: Player, number: int = 1, still: MediaItem | None = None, **given: Any) -> OfficerBuy:
    """A buy by an officer, with its photograph."""
    wanted = {
        "bought_at": datetime(2026, 4, 17 + number, 20, 15, tzinfo=UTC), "place": f"{810 + number} Calder Street",
        "point": Point(WEST + 0.002 * number, SOUTH + 0.002, srid=4326), "product": "Cocaine", "weight_grams": "1.20",
        "money_dollars": "60.00", "recording": "video", "report_number": f"{player.number}-{number}",
        "account": "The person came to the car and sold one bag.",
    }  # fmt: skip
    made = OfficerBuy.objects.create_by(None, case=player.case, player=player, **(wanted | given))
    if still:
        BuyMedia.objects.create_by(None, case=player.case, buy=made, item=still, caption=f"At the car, buy {number}")
    return made


def contacts(player: Player) -> None:
    """A sighting, a report, and a juvenile record that may not leave its drawer."""
    rows = (
        ("sighting", "", "SIGHTED at the corner", False),
        ("report", "MPD-26-100", "REPORTED loitering", False),
        ("arrest", "MPD-12-001", "JUVENILETOKEN", True),
    )
    for kind, number, words, is_juvenile in rows:
        PoliceContact.objects.create_by(
            None, case=player.case, player=player, kind=kind, report_number=number, summary=words,
            happened_at=datetime(2026, 3, 3, 18, 0, tzinfo=UTC), place="Calder and Eighth", is_juvenile=is_juvenile,
        )  # fmt: skip


def letter(eve: Eve, player: Player) -> Document:
    """The player's call-in letter, issued in a batch; needs the kinds of `tests.factories.documents`."""
    part = documents.Part(papers.LETTER, papers.letter_facts(), "Letter", f"letter:{player.pk}", player.number)
    run = documents.issue_run(
        case=eve.case, title="Letters", parts=[part], actor=eve.coordinator, key="letters", binder=False
    )
    document = run.parts.get().document
    batch = LetterBatch.objects.create_by(None, case=eve.case, run=run, facts_hash="0" * 64)
    CallInLetter.objects.create_by(None, case=eve.case, batch=batch, player=player, document=document)
    return document


def held_back(player: Player) -> None:
    """What lies in the file and never goes on paper: intelligence and an informant's buy."""
    IntelligenceNote.objects.create_by(
        None, case=player.case, player=player, reliability="B", validity="2", offence="Sale", note="INTELTOKEN",
        support="Report 7", gathered_lawfully=True, review_by=date(2027, 1, 1),
    )  # fmt: skip
    InformantBuy.objects.create_by(
        None, case=player.case, player=player, bought_at=datetime(2026, 4, 2, 12, 0, tzinfo=UTC),
        place="INFORMANTTOKEN", product="Cocaine", weight_grams="1", money_dollars="50",
        report_number=f"CI-{player.number}", account="INFORMANTTOKEN",
    )  # fmt: skip


def cleared(eve: Eve, player: Player) -> NotebookClearance:
    """The prosecutor has read the notebook as it stands and cleared it."""
    digest = binder.entry_of(player).draft.facts_hash
    return actions.clear_notebook(player=player, facts_hash=digest, actor=eve.prosecutor)
