"""The call-in letter: five contents, frozen as they will be sent, in English and, where wanted, in Spanish."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from callin.outreach.models import LetterWording
from dmi.core.dates import long_date, long_when
from dmi.documents import kinds
from dmi.documents.actions import Part
from dmi.documents.kinds import DocumentKind
from dmi.people.models import Player

CONTENTS = ("police_know", "must_stop", "invitation", "no_arrest", "bring_someone")
ENGLISH = {
    "police_know": "We know that you have been selling drugs in this neighborhood, and we have the proof.",
    "must_stop": "It has to stop now. The people who live there want their street back, and we stand with them.",
    "invitation": "We invite you to meet the police, the prosecutor, your neighbors and people who can help you.",
    "no_arrest": "You will not be arrested at this meeting. This is a promise.",
    "bring_someone": "Bring somebody who is important to you: your mother, your partner, your pastor, a friend.",
}
SPANISH = {
    "police_know": "Sabemos que usted ha estado vendiendo drogas en este vecindario. Tenemos las pruebas.",
    "must_stop": "Tiene que parar ahora. Los vecinos quieren recuperar su calle y nosotros estamos con ellos.",
    "invitation": "Le invitamos a una reunión con la policía, el fiscal, sus vecinos y personas que pueden ayudarle.",
    "no_arrest": "Usted no será arrestado en esta reunión. Es una promesa.",
    "bring_someone": "Traiga a alguien importante para usted: su madre, su pareja, su pastor, un amigo.",
}

LETTER = kinds.register(
    DocumentKind(
        code="call_in_letter",
        title="Call-in letter",
        template="documents/outreach/call_in_letter.html",
        data_class="letters",
        needs="letters.print",
        leaves_the_team=True,
        adults_only=True,
    )
)


def facts(player: Player, wording: LetterWording) -> dict[str, Any]:
    """The letter to one candidate as the records stand, in the words that were approved."""
    case, agency = player.case, wording.signed_by
    with timezone.override(case.time_zone):
        when = long_when(case.call_in_at) if case.call_in_at else ""
    return {
        "data_class": "letters",
        "letterhead": {
            "name": agency.name,
            "office": agency.logo_text,
            "lines": agency.address_lines,
            "phone": agency.phone,
        },
        "signer": {"name": agency.head_name, "title": agency.head_title},
        "on": long_date(wording.approved_at) if wording.approved_at else "",
        "addressee": player.person.full_name,
        "address": player.person.home_address,
        "when": when,
        "place": case.call_in_place,
        "street": case.call_in_address,
        "english": [getattr(wording, name) for name in CONTENTS],
        "spanish": [wording.spanish.get(name, "") for name in CONTENTS] if player.person.language == "es" else [],
    }


def part(player: Player, wording: LetterWording) -> Part:
    """The letter as a part of a print run."""
    return Part(
        LETTER, facts(player, wording), f"{player.number} letter", f"letter:{player.pk}", player_number=player.number
    )
