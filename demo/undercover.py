"""Step 4 of an invented market: operations, laboratory, surveillance, sealed buys, and Millbrook's first cases."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile

from demo.recordings import sound
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.evidence import actions as evidence
from dmi.evidence.models import MediaItem
from dmi.jobs import worker
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.undercover import actions
from targeting.undercover.models import (
    ChargePage,
    InformantBuy,
    Observation,
    OfficerBuy,
    Operation,
)

Team = dict[str, User]
SEEN = (
    ("surveillance", "Stood at the corner from 9 to 11; four short meetings, cash in the left pocket.", "Unit 14"),
    ("camera", "Handed something small to a driver who did not get out.", "City camera 7"),
    ("stop", "Stopped on foot; 312 dollars in small bills, no drugs on the person.", "Unit 22"),
    ("seizure", "Eleven small bags found in the planter the person had been sitting beside.", "Unit 14"),
)
SOLD = "The officer asked for one, paid, and was handed a small bag. The car across the street recorded it."
SEALED = "Met at the back gate. One bag for forty dollars. The informant was in sight until the second search."
WITH_SOUND = 3


def enrich(case: MarketCase, team: Team, today: date, say: Callable[[str], None]) -> None:
    """What stands around the buys of a market whose cases are built."""
    say(f"{case.name}: operations, activity, sealed buys.")
    candidates = list(Player.objects.for_case(case).on_the_call_in())
    for index, player in enumerate(candidates):
        _observe(player, team, index, today)
    sealed = [_informant_buy(player, team, index, today) for index, player in enumerate(candidates[:2])]
    _operations(case, team, sealed, today)
    for player in candidates[:WITH_SOUND]:
        _record_sound(player, team)
    _short_clock(candidates[-1], team, today)
    actions.look_over_register(case=case, on=today - timedelta(days=4), note="", actor=team["handler"])


def begin(case: MarketCase, team: Team, today: date, say: Callable[[str], None]) -> None:
    """The first buys of a market whose cases are still being built; results are outstanding."""
    players = list(Player.objects.for_case(case).at(Stage.CANDIDATE, Stage.LISTED).order_by("number"))[:6]
    say(f"{case.name}: first buys on {len(players)}.")
    for index, player in enumerate(players):
        for number in range(1, 2 + index % 2):
            _first_buy(player, team, index, number, today)
        if index < 3:
            _observe(player, team, index, today)
    plan = Operation(
        case=case, code_name="Slate 1", starts_on=today + timedelta(days=2), place="Mill Road, 400 block",
        plan="Two buys on foot, one car.", team_codes="UC-5, buyer\nUC-8, car",
    )  # fmt: skip
    actions.save_operation(operation=plan, actor=team["handler"])


def _moment(case: MarketCase, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(case.time_zone))


def _observe(player: Player, team: Team, index: int, today: date) -> None:
    kind, words, source = SEEN[index % len(SEEN)]
    day = today - timedelta(days=24 + index)
    row = Observation(
        case=player.case, player=player, kind=kind, seen_at=_moment(player.case, day, 21, index % 60),
        place="Calder Street and Eighth Avenue", source=source, report_number=f"{day:%y}-{7400 + index}",
        summary=words,
    )  # fmt: skip
    actions.save_observation(observation=row, actor=team["police"])


def _informant_buy(player: Player, team: Team, index: int, today: date) -> InformantBuy:
    day = today - timedelta(days=51 - index)
    buy = InformantBuy(
        case=player.case, player=player, bought_at=_moment(player.case, day, 16, 20), place="Rear of 844 Calder Street",
        product="Cocaine", weight=Decimal("0.4"), money_dollars=Decimal(40), serials=f"ML 7700{index} C",
        recording="audio", report_number=f"S-{310 + index}", account=SEALED, handler_code="H-2",
        search_before="clean", search_before_note="By H-2", search_after="clean", search_after_note="By H-2",
        is_controlled_money=True, money_returned_dollars=Decimal(0), watched_by="UC-3, UC-8",
        evidence_numbers=f"26-5{index}1", lab_number=f"LAB-9{index}0", lab_sent_on=day + timedelta(days=1),
    )  # fmt: skip
    return actions.record_informant_buy(buy=buy, number=f"CI-{41 + index}", actor=team["handler"])


def _operations(case: MarketCase, team: Team, sealed: list[InformantBuy], today: date) -> None:
    handler = team["handler"]
    first = Operation(
        case=case, code_name="Harbor 1", starts_on=today - timedelta(days=45), ends_on=today - timedelta(days=10),
        place="Calder Street, 800 block", plan="Buys on foot at dusk, two evenings a week.",
        team_codes="UC-3, buyer\nUC-8, car with camera\nUC-11, second car",
        safety_brief="No buy inside a house. Two cars within one block. Medical kit in UC-8's car.",
        signal="“Forgot my lighter”",
    )  # fmt: skip
    actions.save_operation(operation=first, actor=handler)
    actions.name_readers(operation=first, users=[team["police"]], actor=handler)
    buys = list(OfficerBuy.objects.for_case(case).order_by("bought_at")[:6])
    actions.link_buys(operation=first, officer_buys=buys, informant_buys=None, actor=handler)
    first.ended_on = today - timedelta(days=10)
    first.outcome = "Buys as planned, nobody hurt, nobody recognized. Recordings are in evidence."
    actions.close_operation(operation=first, actor=handler)
    second = Operation(
        case=case, code_name="Lantern 2", starts_on=today - timedelta(days=52), uses_informant=True,
        place="Rear of 844 Calder Street", plan="Two buys under watch.", team_codes="H-2, handler\nUC-3, watch",
        safety_brief="The informant leaves first. No arrest within a week.", signal="Cap off",
    )  # fmt: skip
    actions.save_operation(operation=second, actor=handler)
    actions.link_buys(operation=second, officer_buys=[], informant_buys=sealed, actor=handler)


def _record_sound(player: Player, team: Team) -> None:
    """The sound of the second buy, taken in and checked; sound is played, never printed."""
    buy = OfficerBuy.objects.for_case(player.case).filter(player=player, recording="audio").first()
    if buy is None:
        return
    file = SimpleUploadedFile(f"{player.number}.wav", sound(player.number), content_type="audio/wav")
    added, _ = actions.add_media(
        buy=buy, actor=team["handler"], files=[file], caption="Sound of the buy", holder="Evidence room",
        item_number=f"{buy.report_number}-S",
    )  # fmt: skip
    while worker.run_next() is not None:
        pass
    for media in added:
        item = MediaItem.objects.for_case(player.case).get(pk=media.item_id)
        evidence.check(item=item, actor=team["handler"], shows_protected=False)


def _short_clock(player: Player, team: Team, today: date) -> None:
    page = ChargePage.objects.for_case(player.case).filter(player=player).first()
    if page:
        page.limitation_on = today + timedelta(days=120)
        actions.save_charge_page(page=page, actor=team["prosecutor"])


def _first_buy(player: Player, team: Team, index: int, number: int, today: date) -> None:
    case, day = player.case, today - timedelta(days=20 - 2 * index - number)
    spot = case.target_area.point_on_surface
    has_result = index < 2
    buy = OfficerBuy(
        case=case, player=player, officer_code="UC-5", bought_at=_moment(case, day, 19, 5 * index),
        place=f"{410 + 6 * index} Mill Road", point=Point(spot.x + 0.0003 * (index - 2), spot.y, srid=4326),
        product="Cocaine", weight=Decimal("0.5"), money_dollars=Decimal(40), serials=f"MB {200 + index}{number} B",
        recording="video" if number == 1 and index % 3 else "none",
        report_number=f"{day:%y}-{8100 + 10 * index + number}", account=SOLD, evidence_numbers=f"26-8{index}{number}",
        lab_number=f"LAB-8{index}{number}" if index < 4 else "",
        lab_sent_on=day + timedelta(days=1) if index < 4 else None,
        lab_result="Positive" if has_result else "", lab_on=day + timedelta(days=9) if has_result else None,
    )  # fmt: skip
    actions.record_buy(buy=buy, actor=team["police"])
