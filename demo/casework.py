"""Cases built on the people of an invented market: buys with stills, portraits, charge pages, notebooks cleared."""

from __future__ import annotations

import time as clock
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile

from callin.notification import actions as notebooks
from callin.notification.letters import notebook
from callin.outreach import actions as letters
from callin.outreach.letters import ENGLISH, SPANISH
from callin.outreach.models import LetterWording
from demo.pictures import buy_still, portrait
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.evidence import actions as evidence
from dmi.evidence.models import MediaItem, Readiness
from dmi.jobs import worker
from dmi.people import actions as people
from dmi.people.models import Player
from targeting.undercover import actions as undercover
from targeting.undercover.models import ChargePage, OfficerBuy

NOT_YET_CLEARED = 2
LONGEST_WAIT = 60.0  # seconds
MAY_BE_SHOWN = "Agreed with the handler: the officer no longer works this market."
STANDS = "Two buys, one on video, both positive in the laboratory."
ACCOUNT = (
    "The officer asked for one and was told to wait at the corner. The person came back after four minutes, "
    "handed over a small bag and took the money. Recorded from the car across the street."
)


def add(case: MarketCase, team: dict[str, User], today: date, say: Callable[[str], None]) -> None:
    """Two buys for each candidate with stills; all but a few notebooks cleared by the prosecutor."""
    candidates = list(Player.objects.for_case(case).on_the_call_in().select_related("person"))
    say(f"{case.name}: {len(candidates)} cases with two buys each.")
    for index, player in enumerate(candidates):
        _portrait(player, team)
        for number in (1, 2):
            _buy(player, team, index, number, today)
        _charge(player, team, today)
    say(f"{case.name}: the letter is written and approved.")
    words = LetterWording(case=case, signed_by=team["police"].agency, spanish=SPANISH, **ENGLISH)
    letters.save_wording(wording=words, actor=team["coordinator"])
    letters.approve_wording(wording=words, actor=team["prosecutor"])
    letters.print_letters(case=case, actor=team["coordinator"])
    say(f"{case.name}: the prosecutor clears notebooks.")
    for player in candidates[:-NOT_YET_CLEARED]:
        player.refresh_from_db()
        draft = notebook.draft(player)
        notebooks.clear_notebook(player=player, facts_hash=draft.facts_hash, actor=team["prosecutor"])


def _released(case: MarketCase, team: dict[str, User], name: str, content: bytes, caption: str) -> MediaItem:
    upload = SimpleUploadedFile(name, content, content_type="image/jpeg")
    item = evidence.take_in(case=case, actor=team["handler"], upload=upload, caption=caption, holder="Evidence room")
    _wait_for_copies(item)
    item = evidence.check(item=item, actor=team["handler"], shows_protected=False)
    return evidence.release(item=item, actor=team["prosecutor"])


def _wait_for_copies(item: MediaItem) -> None:
    """The copies of the item are made now, here; or by a worker that runs beside and took the job first."""
    begin = clock.monotonic()
    while True:
        while worker.run_next() is not None:
            pass
        item.refresh_from_db()
        if item.readiness != Readiness.WAITING or clock.monotonic() - begin > LONGEST_WAIT:
            return
        clock.sleep(0.2)


def _portrait(player: Player, team: dict[str, User]) -> None:
    content = portrait(player.number, player.number)
    item = _released(player.case, team, f"{player.number}.jpg", content, f"Photograph of {player.number}")
    player.person.photo_id = item.pk
    people.correct_person(person=player.person, actor=team["police"])


def _buy(player: Player, team: dict[str, User], index: int, number: int, today: date) -> None:
    case = player.case
    day = today - timedelta(days=62 - 21 * number - index)
    spot = case.target_area.point_on_surface
    buy = OfficerBuy(
        case=case,
        player=player,
        bought_at=datetime.combine(day, time(18 + number, 5 * (index % 12)), tzinfo=ZoneInfo(case.time_zone)),
        officer_code="UC-3" if number == 1 else "UC-8",
        place=f"{820 + 12 * index + 2 * number} Calder Street",
        point=Point(spot.x + 0.0002 * (index % 5 - 2), spot.y + 0.00015 * (number * 2 - 3), srid=4326),
        product="Cocaine" if index % 3 else "Heroin",
        weight_grams=Decimal("0.80") + Decimal(index % 4) / 10,
        money_dollars=Decimal(40 + 10 * (index % 3)),
        serials=f"ML {41000 + 10 * index + number} A",
        recording="video" if number == 1 else "audio",
        report_number=f"{day:%y}-{6200 + 2 * index + number}",
        account=ACCOUNT,
        has_photographs=True,
        evidence_numbers=f"26-{400 + 2 * index + number}",
        lab_number=f"LAB-{700 + 2 * index + number}",
        lab_sent_on=day + timedelta(days=1),
        lab_result="Positive",
        lab_on=day + timedelta(days=9),
    )
    undercover.record_buy(buy=buy, actor=team["police"])
    for frame in (0, 1):
        caption = f"Buy {number}, still {frame + 1}"
        content = buy_still(f"{player.number}-{number}", caption, frame=frame)
        item = _released(case, team, f"{player.number}-{number}-{frame}.jpg", content, caption)
        undercover.attach(
            buy=buy, item=item, caption=caption, position=frame + 1, actor=team["police"], reason=MAY_BE_SHOWN
        )


def _charge(player: Player, team: dict[str, User], today: date) -> None:
    page = ChargePage(
        case=player.case,
        player=player,
        court="District Court, Marlow County",
        charges="Sale of a controlled substance, first count\nSale of a controlled substance, second count",
        penalty="Two to ten years on each count.",
        statement="On two evenings an officer bought a controlled substance from this person, as reports show.",
        limitation_on=today + timedelta(days=900),
    )
    undercover.save_charge_page(page=page, actor=team["prosecutor"])
    undercover.mark_ready(page=page, on=today - timedelta(days=3), reason=STANDS, actor=team["prosecutor"])
