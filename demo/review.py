"""More of the review of an invented market: federal decisions, one undecided person, checks, hand-offs, residents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from demo.names import AGE_UNKNOWN
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.people.models import Player
from dmi.people.stages import Stage
from targeting.incident_review import actions as review
from targeting.incident_review.models import (
    Assessment,
    HandOff,
    IntelligenceNote,
    PendingCharge,
    PoliceContact,
    ResidentShares,
    SafePassage,
    SeparatePath,
    ViolenceEntry,
)

UNDECIDED, FEDERAL_CASE, SET_ASIDE = "E-22", "E-05", "E-16"
VIOLENCE = (
    ("conviction", "Assault", 2.4, False, "convicted", "Case 24-CR-0311"),
    ("arrest", "Robbery", 0.6, True, "charged", "Report 26-03382"),
    ("report", "Shots fired at a car", 1.2, True, "", "Report 25-07719"),
)
HAND_OFFS = (
    ("charged", "Robbery with a firearm", "26-CR-1187"),
    ("charged", "Trafficking in cocaine", "26-CR-1204"),
    ("arrested", "Felon in possession of a firearm", ""),
    ("warrant", "Assault with a deadly weapon", ""),
)
RESIDENTS = (
    ("Age", "Under 18", 24), ("Age", "18 to 24", 11), ("Age", "25 to 34", 17), ("Age", "35 to 44", 14),
    ("Age", "45 or older", 34), ("Sex", "Female", 52), ("Sex", "Male", 48), ("Race", "Black", 46),
    ("Race", "White", 31), ("Race", "Hispanic", 17), ("Race", "Asian", 4), ("Race", "Native American", 1),
)  # fmt: skip


def add(case: MarketCase, team: dict[str, User], today: date) -> None:
    """What makes step 3b of this market whole: every page of it shows something."""
    players = {p.number: p for p in Player.objects.for_case(case).select_related("person", "case")}
    _histories(players, team, today)
    review.fix_refined_list(case=case, actor=team["police"])
    _undecided(players[UNDECIDED], team, today)
    _age_unknown(players[AGE_UNKNOWN], team, today)
    review.fix_refined_list(case=case, actor=team["police"], reason="Two people were seen again and came back on it.")
    _federal(players, team)
    _hand_offs(players, team, today)
    _intelligence(players["E-07"], team, today)
    _set_aside(players[SET_ASIDE], team, today)
    shares = [{"way": way, "part": part, "percent": percent} for way, part, percent in RESIDENTS]
    residents = ResidentShares(case=case, source="City planning office, Eastgate", year=today.year - 1, lines=shares)
    review.save_residents(shares=residents, actor=team["police"])


def _histories(players: dict[str, Player], team: dict[str, User], today: date) -> None:
    accused = [player for player in players.values() if player.stage == Stage.PROSECUTE]
    for index, player in enumerate(accused):
        kind, offence, years, gun, ended, record = VIOLENCE[index % len(VIOLENCE)]
        day = today - timedelta(days=round(365 * years) + 11 * index)
        entry = ViolenceEntry(
            case=player.case, player=player, kind=kind, offence=offence, happened_on=day, with_gun=gun, ended=ended,
            record=f"{record}-{index}" if index >= len(VIOLENCE) else record,
        )  # fmt: skip
        review.save_violence(entry=entry, actor=team["police"])
    charge = PendingCharge(
        case=accused[0].case, player=players["E-16"], docket="26-CR-0922", court="Marlow County Court",
        charge="Theft", counsel="A. Bellweather", filed_on=today - timedelta(days=70),
        next_court_on=today + timedelta(days=24),
    )  # fmt: skip
    review.save_charge(charge=charge, actor=team["prosecutor"])


def _back_on_the_list(player: Player, team: dict[str, User], today: date) -> Player:
    """Seen again after having been dropped: reviewed, and active within the window."""
    review.reopen_player(player=player, reason="Seen again in the area since the review.", actor=team["police"])
    seen = datetime.combine(today - timedelta(days=6), datetime.min.time(), ZoneInfo(player.case.time_zone))
    contact = PoliceContact(
        case=player.case, player=player, kind="field", report_number=f"{seen:%y}-4471", place="Calder Street",
        happened_at=seen + timedelta(hours=21), summary="Stood at the corner with two others.", is_in_area=True,
        is_drug_related=True,
    )  # fmt: skip
    review.save_contact(contact=contact, actor=team["police"])
    assessment = Assessment(
        case=player.case, player=player, level="mid", level_basis="Supplies two on the list", violence="some",
        violence_basis="Assault, five years ago, no weapon", last_active_on=seen.date(),
        activity_basis="Field contact", pending_checked_on=today - timedelta(days=5),
    )  # fmt: skip
    review.save_assessment(assessment=assessment, actor=team["police"])
    return Player.objects.for_case(player.case).select_related("person", "case").get(pk=player.pk)


def _undecided(player: Player, team: dict[str, User], today: date) -> None:
    """Police would call in, the prosecutor would prosecute: they differ, and first looked at otherwise."""
    player = _back_on_the_list(player, team, today)
    review.look_first(
        player=player, office="local", choice="callin", actor=team["prosecutor"],
        words="Mid level, one old assault without a weapon: within the criteria.",
    )  # fmt: skip
    review.recommend(
        player=player, choice="callin", reason_code="nonviolent", actor=team["police"],
        words="The assault is five years old. The family is strong; the grandmother will come.",
    )  # fmt: skip
    review.decide(
        player=player, office="local", choice="prosecute", reason_code="supplier", actor=team["prosecutor"],
        words="Calling in somebody who supplies two on the list weakens the message.",
    )  # fmt: skip


def _age_unknown(player: Player, team: dict[str, User], today: date) -> None:
    player = _back_on_the_list(player, team, today)
    path = SeparatePath(
        case=player.case, player=player, way="age", words="School and birth records are asked for.",
        look_again_on=today + timedelta(days=10),
    )  # fmt: skip
    review.set_separate_path(path=path, actor=team["prosecutor"])


def _federal(players: dict[str, Player], team: dict[str, User]) -> None:
    """The federal prosecutor has looked at those to be prosecuted, and takes one case."""
    actor = team["federal_prosecutor"]
    for player in players.values():
        if player.stage != Stage.PROSECUTE:
            continue
        takes = player.number == FEDERAL_CASE
        review.look_first(
            player=player, office="federal", choice="prosecute", words="Violence with a weapon.", actor=actor
        )
        review.decide(
            player=player, office="federal", choice="prosecute", reason_code="violent", actor=actor,
            words="Taken over: firearm and quantity." if takes else "Stays with the county.",
        )  # fmt: skip


def _hand_offs(players: dict[str, Player], team: dict[str, User], today: date) -> None:
    """All but one of those prosecuted now are handed over, each somewhat further than the next."""
    accused = [player for player in players.values() if player.stage == Stage.PROSECUTE]
    for index, (player, (status, charge, docket)) in enumerate(zip(accused, HAND_OFFS, strict=False)):
        is_federal = player.number == FEDERAL_CASE
        came = today - timedelta(days=40 - 6 * index)
        hand_off = HandOff(
            case=player.case, player=player, charge=charge, jurisdiction="federal" if is_federal else "county",
            handed_on=came, status=status, status_on=came + timedelta(days=12), docket=docket,
            court="Marlow County Court" if docket else "",
            arrested_on=came + timedelta(days=9) if status in ("charged", "arrested") else None,
            next_court_on=today + timedelta(days=18 + index) if docket else None,
        )  # fmt: skip
        review.save_hand_off(hand_off=hand_off, actor=team["prosecutor"])


def _intelligence(player: Player, team: dict[str, User], today: date) -> None:
    note = IntelligenceNote(
        case=player.case, player=player, reliability="B", validity="3", offence="Sale of cocaine",
        note="Said to wait for supply on Thursdays before the evening.", support="Report 26-04102",
        gathered_lawfully=True, review_by=today + timedelta(days=150), dissemination="team",
    )  # fmt: skip
    review.save_intelligence(note=note, actor=team["police"])


def _set_aside(player: Player, team: dict[str, User], today: date) -> None:
    """One candidate has counsel who is not told yet; the prosecutor says why that does not hold up the list."""
    check = SafePassage(
        case=player.case, player=player, checked_on=today - timedelta(days=1), warrants="clear", custody="clear",
        orders="clear", counsel="untold", words="Counsel in the theft case was called; the call was not returned.",
    )  # fmt: skip
    review.check_passage(check=check, actor=team["police"])
    because = "Counsel gets the letter before the candidate does."
    review.override_passage(player=player, because=because, actor=team["prosecutor"])
