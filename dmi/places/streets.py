"""The parts of an address: number or hundred block, a street with direction and type, or two streets that cross."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

DIRECTIONS = {"NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "N": "N", "S": "S", "E": "E", "W": "W",
              "NE": "NE", "NW": "NW", "SE": "SE", "SW": "SW", "NORTHEAST": "NE", "NORTHWEST": "NW",
              "SOUTHEAST": "SE", "SOUTHWEST": "SW", "NO": "N", "SO": "S"}  # fmt: skip
TYPES = {
    "STREET": "ST", "STR": "ST", "ST": "ST", "AVENUE": "AVE", "AVE": "AVE", "AV": "AVE", "AVEN": "AVE",
    "BOULEVARD": "BLVD", "BLVD": "BLVD", "BLV": "BLVD", "BL": "BLVD", "ROAD": "RD", "RD": "RD", "DRIVE": "DR",
    "DR": "DR", "LANE": "LN", "LN": "LN", "LA": "LN", "COURT": "CT", "CT": "CT", "PLACE": "PL", "PL": "PL",
    "SQUARE": "SQ", "SQ": "SQ", "TERRACE": "TER", "TER": "TER", "TERR": "TER", "PARKWAY": "PKWY", "PKWY": "PKWY",
    "PKY": "PKWY", "PY": "PKWY", "HIGHWAY": "HWY", "HWY": "HWY", "CIRCLE": "CIR", "CIR": "CIR", "ALLEY": "ALY",
    "ALY": "ALY", "WAY": "WAY", "WY": "WAY", "WALK": "WALK", "PLAZA": "PLZ", "PLZ": "PLZ", "TRAIL": "TRL",
    "TRL": "TRL", "EXPRESSWAY": "EXPY", "EXPY": "EXPY", "FREEWAY": "FWY", "FWY": "FWY", "PIKE": "PIKE", "ROW": "ROW",
    "LOOP": "LOOP", "BRIDGE": "BRG", "BRG": "BRG",
}  # fmt: skip
ORDINALS = {"FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH",
            "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH", "ELEVENTH": "11TH",
            "TWELFTH": "12TH", "THIRTEENTH": "13TH", "FOURTEENTH": "14TH", "FIFTEENTH": "15TH", "SIXTEENTH": "16TH",
            "SEVENTEENTH": "17TH", "EIGHTEENTH": "18TH", "NINETEENTH": "19TH", "TWENTIETH": "20TH"}  # fmt: skip
WORDS = ORDINALS | {"SAINT": "ST", "MOUNT": "MT", "FORT": "FT", "DOCTOR": "DR"}
_CROSSING = re.compile(r"\s+(?:AND|AT)\s+|\s*[/&@\\]\s*")
_UNIT = re.compile(r"(?:\s+(?:APT|APARTMENT|UNIT|STE|SUITE|FLOOR|FL|RM|ROOM|BLDG|LOT)\b.*|\s*#.*|,.*)$")
_MASKED = re.compile(r"^(\d+)XX?\b\s*(.*)$")
_BLOCK = re.compile(r"^(\d+)\s*(?:-\s*\d+\s*)?(?:BLK|BLOCK|HUNDRED BLOCK)(?:\s+OF)?\s+(.*)$")
_HOUSE = re.compile(r"^(\d+)(?:\s*-\s*\d+)?(?:[A-Z]|\s+1/2)?\s+(.*)$")
_KING = re.compile(r"^(?:(?:DR|REV)\s+)?(?:M\s*L\s*K(?:ING)?|M(?:ARTIN)?\s*L(?:UTHER)?\s*K.*|MARTIN LUTH.*)(?: JR)?$")
_ORDINAL_BARE = re.compile(r"^(\d+)$")


@dataclass(frozen=True)
class Street:
    """A street's name in its parts; parts that are not written are empty."""

    before: str
    core: str
    kind: str
    after: str = ""


@dataclass(frozen=True)
class Written:
    """An address as understood: a house, a hundred block, or a crossing of two streets."""

    number: int | None = None
    is_block: bool = False
    street: Street | None = None
    cross: Street | None = None
    is_cut: bool = False


def understand(address: str, *, longest: int = 30) -> Written:
    """The parts of an address. `longest` is where a records system cuts its texts off."""
    text = " ".join(address.upper().replace(".", " ").replace("'", "").split())
    is_cut = len(address.strip()) >= longest - 2
    sides = [side for side in _CROSSING.split(text) if side.strip()] if not text[:1].isdigit() else [text]
    if len(sides) >= 2:
        return Written(street=street_of(sides[0]), cross=street_of(sides[1]), is_cut=is_cut)
    text = _UNIT.sub("", text) if text else ""
    for pattern, scale, is_block in ((_MASKED, 100, True), (_BLOCK, 1, True), (_HOUSE, 1, False)):
        found = pattern.match(text)
        if found and found[2].strip() and len(found[1]) <= 6:
            number = int(found[1]) * scale
            number = number // 100 * 100 if is_block else number
            return Written(number, is_block, street_of(found[2]), is_cut=is_cut)
    return Written(street=street_of(text) if text else None, is_cut=is_cut)


@lru_cache(maxsize=100_000)
def street_of(text: str) -> Street:
    """The parts of a street's name, however it is written."""
    words = re.sub(r"[^A-Z0-9 ]", " ", text.upper().replace("'", "")).split()
    before = after = kind = ""
    if len(words) > 1 and words[0] in DIRECTIONS and not (len(words) == 2 and words[1] in TYPES):
        before = DIRECTIONS[words.pop(0)]
    if len(words) > 1 and words[-1] in DIRECTIONS:
        after = DIRECTIONS[words.pop()]
    if len(words) > 1 and words[-1] in TYPES:
        kind = TYPES[words.pop()]
    words = [WORDS.get(word, word) for word in words]
    core = " ".join(words)
    if _KING.match(core):
        core = "MARTIN LUTHER KING"
    bare = _ORDINAL_BARE.match(core)
    if bare:
        core = _ordinal(int(bare[1]))
    return Street(before, core, kind, after)


def _ordinal(number: int) -> str:
    ending = "TH" if 10 <= number % 100 <= 20 else {1: "ST", 2: "ND", 3: "RD"}.get(number % 10, "TH")
    return f"{number}{ending}"
