"""The survey of an invented market: who was asked, a link for residents and their replies, entries that look alike."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta

from django.utils import timezone

from demo.names import InventedPerson
from dmi.accounts.models import User
from dmi.cases.models import MarketCase
from dmi.people import likeness, merging
from targeting.survey import actions as survey
from targeting.survey.models import Interview

MORE_ASKED = (
    ("street", "Ofc. Tolliver", "Beat 22", 30), ("street", "Ofc. Brandt", "Beat 23", 6),
    ("vice", "Det. Okafor", "Narcotics", 21), ("probation", "Lena Fisk", "Parole", 20),
)  # fmt: skip
ADDRESSES = (
    ("Calder Street and Eighth Avenue", "corner", "Hand-to-hand sales every evening, five to midnight."),
    ("814 Calder Street", "house", "Short visits at the side door all night; two reports."),
    ("Calder Street and Tenth Avenue", "corner", "Sellers move here when a patrol car stands at Eighth."),
    ("902 Ninth Avenue", "vacant", "Bags are kept in the yard of the empty house."),
)
PLACES_SAID = (
    "Corner of Calder and Eighth", "The empty house on Ninth Avenue", "Calder, near the bus stop",
    "Behind the corner store on Calder",
)  # fmt: skip
FEARS_SAID = (
    "My children no longer play in the yard.", "I do not walk to the store after dark.",
    "We keep the curtains closed on the street side.", "",
)  # fmt: skip
SAID_ES = "Mis hijos ya no juegan afuera."
RESIDENTS = 34


def add(case: MarketCase, team: dict[str, User], persons: list[InventedPerson], today: date, say: Callable[[str], None],
        *, is_finished: bool = False) -> None:  # fmt: skip
    """A campaign with its asks; in the market still at work, some wait, and two entries look alike."""
    say(f"{case.name}: who was asked, what residents say, which addresses matter.")
    _ask_those_who_answered(case, team["police"], today)
    if not is_finished:
        _ask_more(case, team["police"], today)
    _addresses(case, team["police"])
    _residents(case, team["community"], today)
    if not is_finished:
        _look_alikes(case, team["police"], persons)


def _ask_those_who_answered(case: MarketCase, actor: User, today: date) -> None:
    for interview in Interview.objects.for_case(case).order_by("held_on"):
        officers = [(interview.officer_name, interview.officer_unit)]
        asked_on = interview.held_on - timedelta(days=5)
        for ask in survey.ask_officers(
            case=case, group=interview.group, officers=officers, how="in_person", asked_on=asked_on, actor=actor
        ):
            ask.interview = interview
            ask.save_by(actor)


def _ask_more(case: MarketCase, actor: User, today: date) -> None:
    for group, name, unit, days in MORE_ASKED:
        (ask,) = survey.ask_officers(
            case=case, group=group, officers=[(name, unit)], how="roll_call", asked_on=today - timedelta(days=days),
            actor=actor,
        )  # fmt: skip
        if group == "vice":
            survey.decline(ask=ask, reason="Works on a case in this market and may not speak of it yet.", actor=actor)
        elif group == "probation":
            survey.remind(ask=ask, how="phone", reminded_on=today - timedelta(days=2), actor=actor)


def _addresses(case: MarketCase, actor: User) -> None:
    officers = list(Interview.objects.for_case(case).order_by("held_on"))
    for index, (address, kind, why) in enumerate(ADDRESSES):
        for interview in officers[: 1 + index % 3]:
            survey.mention_address(source=interview, actor=actor, address=address, kind=kind, why=why)


def _residents(case: MarketCase, actor: User, today: date) -> None:
    """Replies through a link and on paper; the same for every run."""
    chance = random.Random(case.slug)  # noqa: S311 - invented answers
    link = survey.open_link(
        case=case, place=f"{case.name} Neighbors, second evening", expires_on=timezone.localdate() + timedelta(days=60),
        handed_to=120, actor=actor,
    )  # fmt: skip
    for index in range(RESIDENTS):
        language = "es" if index % 6 == 5 else "en"
        online = index % 3 != 0
        survey.record_reply(
            case=case, actor=None if online else actor, channel="online" if online else "paper",
            received_on=today - timedelta(days=100 - 2 * index), language=language, link=link if online else None,
            answers=_answers(chance, index, language),
        )  # fmt: skip


def _answers(chance: random.Random, index: int, language: str) -> dict[str, object]:
    fear = SAID_ES if language == "es" else FEARS_SAID[index % len(FEARS_SAID)]
    found: dict[str, object] = {
        "places": PLACES_SAID[index % len(PLACES_SAID)], "hours": ["evening", "night"] if index % 2 else ["night"],
        "often": chance.choice(["daily", "daily", "weekly"]), "fears": fear,
        "safe_day": chance.choice("2333"), "safe_night": chance.choice("112"),
        "trust": chance.sample(["family", "church", "neighbor", "school"], 2),
    }  # fmt: skip
    found |= {code: chance.choice("2233") for code in ("respect", "voice", "neutral", "motives", "second_chance")}
    found |= {code: chance.choice(["yes", "no", "no"]) for code in ("would_call", "heard")}
    return {code: said for code, said in found.items() if said}


def _look_alikes(case: MarketCase, actor: User, persons: list[InventedPerson]) -> None:
    """A late answer spells two known names differently: one was merged since, one waits for somebody to look."""
    known = [person for person in persons if person.course == "candidate" and person.aliases][:2]
    interview = survey.record_interview(
        case=case, actor=actor, group="street", officer_name="Ofc. Lindgren", officer_unit="Beat 24",
        answers={"places": "Calder Street, both corners.", "hours": ["evening", "night"], "known": "Seen on patrol."},
    )  # fmt: skip
    for index, person in enumerate(known):
        nomination = survey.name_in_interview(
            interview=interview, actor=actor, why="Sells at the corner of Calder and Eighth, most evenings.",
            where_seen="Calder Street", known="seen", role="seller", full_name=_misspelled(person.full_name),
            aliases=list(person.aliases[:1]), home_address=person.address,
        )  # fmt: skip
        pair = next((p for p in likeness.pairs(case) if nomination.player_id in (p.kept.pk, p.gone.pk)), None)
        if index == 0 and pair is not None:
            merging.merge(kept=pair.kept, gone=pair.gone, actor=actor, reason="Same booking number on both reports.")


def _misspelled(name: str) -> str:
    first, _, last = name.partition(" ")
    return f"{first} {last[:-1]}" if len(last) > 4 else f"{first} {last}e"
