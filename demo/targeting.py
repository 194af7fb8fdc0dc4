"""Targeting of an invented market: the survey, the review, and what police and prosecutors decide."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from demo.names import MINOR, InventedPerson
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.people.models import Player
from targeting.incident_review import actions as review
from targeting.incident_review import masks
from targeting.incident_review.models import Assessment, Criteria, PoliceContact, SafePassage
from targeting.survey import actions as survey

OFFICERS = (
    ("street", "Ofc. Dale", "Beat 22"),
    ("street", "Ofc. Marr", "Beat 23"),
    ("vice", "Sgt. Penhale", "Narcotics"),
    ("probation", "Nathan Birch", "Probation"),
)
JUDGED = ("A way out is open: family, work or treatment that the services can offer",)
WHY_THESE = (
    "Those who sell on the street without serious violence are offered a way out; those who are violent are not. "
    "Agreed by police and prosecutors before the list was read."
)
MINUTES = (
    "Both units went through the names in order of independent sources. Those without a report within the window were "
    "dropped. The research partner kept time and asked for the date behind each statement."
)
WHY = "Seen handing over small bags for cash, several evenings a week."


def survey_market(case: MarketCase, people: dict[str, User], persons: list[InventedPerson], today: date) -> None:
    """Every person of the list is named by two officers at least, so each has independent sources."""
    for place, (group, name, unit) in enumerate(OFFICERS):
        held_on = today - timedelta(days=140 - 3 * place)
        interview = survey.record_interview(
            case=case, actor=people["police"], group=group, officer_name=name, officer_unit=unit, held_on=held_on
        )
        for index, person in enumerate(persons):
            if place > 1 and (index + place) % 3:
                continue
            player = Player.objects.for_case(case).filter(person__full_name=person.full_name).first()
            named = {} if player else _described(person)
            survey.name_in_interview(
                interview=interview, actor=people["police"], why=WHY, where_seen="Calder Street", player=player, **named
            )


def _described(person: InventedPerson) -> dict[str, object]:
    return {
        "full_name": person.full_name,
        "aliases": list(person.aliases),
        "birth_on": person.birth_on,
        "sex": person.sex,
        "race": person.race,
        "language": person.language,
        "home_address": person.address,
    }


def review_market(case: MarketCase, people: dict[str, User], persons: list[InventedPerson], today: date) -> None:
    """One review goes through the list; then each office says what should happen with whom."""
    by_name = {p.person.full_name: p for p in Player.objects.for_case(case).select_related("person")}
    _criteria(case, people)
    officers = ["Sgt. Penhale, Narcotics", "Ofc. Dale, Street", "Dr. Wray, Research"]
    session = review.start_session(
        case=case, actor=people["police"], officers=officers, held_on=today - timedelta(days=90),
        room="Training room, Police Headquarters", facilitator="Dr. Wray",
        agenda="Names of the survey, person by person: still active, still here, what is on file.",
    )  # fmt: skip
    for index, person in enumerate(persons):
        player = by_name[person.full_name]
        _contacts(player, people["police"], person, index, today)
        keep = person.course != "named"
        reason = "Reports and officers agree." if keep else "No report within the window."
        outcome = "keep" if keep else "drop"
        review.review_player(session=session, player=player, outcome=outcome, reason=reason, actor=people["police"])
        if keep:
            _decide(people, player, person, today)
    review.close_session(session=session, actor=people["police"], notes=MINUTES)
    for player in Player.objects.for_case(case).at("candidate"):
        _passage(player, people["police"], today)
    roster = review.freeze_roster(case=case, actor=people["prosecutor"])
    review.countersign_roster(roster=roster, actor=people["police"])


def _criteria(case: MarketCase, people: dict[str, User]) -> None:
    """The criteria are written and fixed before anybody is looked at by name."""
    lines = masks.lines(("adult", "active", "not_upper", "not_serious", "dockets", "sources"), JUDGED)
    draft = Criteria(case=case, lines=lines, why=WHY_THESE, check_days=30)
    draft = review.write_criteria(criteria=draft, actor=people["prosecutor"])
    review.fix_criteria(criteria=draft, actor=people["prosecutor"])


def _passage(player: Player, actor: User, today: date) -> None:
    check = SafePassage(
        case=player.case, player=player, checked_on=today - timedelta(days=2), warrants="clear", custody="clear",
        orders="clear", counsel="none",
    )  # fmt: skip
    review.check_passage(check=check, actor=actor)


def _contacts(player: Player, actor: User, person: InventedPerson, index: int, today: date) -> None:
    case = player.case
    zone = ZoneInfo(case.time_zone)
    kinds = ("arrest", "report", "field", "sighting")
    for step in range(2 + index % 3):
        day = today - timedelta(days=15 + 21 * step + index % 9)
        contact = PoliceContact(
            case=case,
            player=player,
            kind=kinds[(step + index) % 4],
            report_number=f"{day:%y}-{4100 + index * 7 + step}",
            happened_at=datetime.combine(day, time(19 + step % 4, 10), tzinfo=zone),
            place="Calder Street and Eighth Avenue",
            summary="Stood at the corner with three others; cash and small bags changed hands.",
            is_in_area=True,
            is_drug_related=True,
            is_violent=person.course == "prosecute" and step == 0,
            is_juvenile=person.number == MINOR,
        )
        review.save_contact(contact=contact, actor=actor)


def _decide(people: dict[str, User], player: Player, person: InventedPerson, today: date) -> None:
    violent = person.course == "prosecute"
    assessment = Assessment(
        case=player.case,
        player=player,
        level="street",
        level_basis="Sells on the corner himself, nobody sells for him",
        violence="serious" if violent else "none",
        violence_basis="Report on file, see the timeline" if violent else "",
        last_active_on=today - timedelta(days=20),
        activity_basis="Field contact on file, see the timeline",
        pending_checked_on=today - timedelta(days=30),
        assessed_on=today - timedelta(days=60),
    )
    review.save_assessment(assessment=assessment, actor=people["police"])
    choice, code = {
        "candidate": ("callin", "nonviolent"),
        "prosecute": ("prosecute", "violent"),
        "held": ("hold", "weak_case"),
    }[person.course]
    words = "What the file shows, read together in the review."
    looked = "The facts of the card fit the criteria." if not violent else "Violence on the card speaks against it."
    review.look_first(player=player, office="local", choice=choice, words=looked, actor=people["prosecutor"])
    review.recommend(player=player, choice=choice, reason_code=code, words=words, actor=people["police"])
    review.decide(
        player=player, office="local", choice=choice, reason_code=code, words=words, actor=people["prosecutor"]
    )
