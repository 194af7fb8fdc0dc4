"""Addresses as people write them, brought to one spelling, so that the same house is found however it was typed."""

from __future__ import annotations

import re

WORDS = {
    "STREET": "ST", "STR": "ST", "AVENUE": "AVE", "AV": "AVE", "BOULEVARD": "BLVD", "ROAD": "RD", "DRIVE": "DR",
    "LANE": "LN", "COURT": "CT", "PLACE": "PL", "SQUARE": "SQ", "TERRACE": "TER", "PARKWAY": "PKWY", "HIGHWAY": "HWY",
    "CIRCLE": "CIR", "ALLEY": "ALY", "NORTH": "N", "SOUTH": "S", "EAST": "E", "WEST": "W", "NORTHEAST": "NE",
    "NORTHWEST": "NW", "SOUTHEAST": "SE", "SOUTHWEST": "SW", "APARTMENT": "APT", "UNIT": "APT", "SUITE": "STE",
    "SAINT": "ST", "FIRST": "1ST", "SECOND": "2ND", "THIRD": "3RD", "FOURTH": "4TH", "FIFTH": "5TH", "SIXTH": "6TH",
    "SEVENTH": "7TH", "EIGHTH": "8TH", "NINTH": "9TH", "TENTH": "10TH",
}  # fmt: skip
CROSSING = re.compile(r"\s+(?:AND|AT|&|/|@)\s+|\s*[&/@]\s*")


def normalise(address: str) -> str:
    """One spelling of an address: capitals, short words, no punctuation; a crossing names its streets in one order."""
    upper = " ".join(address.upper().replace("#", " APT ").split())
    parts = [_one(part) for part in CROSSING.split(upper)]
    parts = [part for part in parts if part]
    if len(parts) == 2 and not parts[0][:1].isdigit():
        parts.sort()
    return " & ".join(parts)


def _one(part: str) -> str:
    words = re.sub(r"[^A-Z0-9\- ]", " ", part).split()
    return " ".join(WORDS.get(word, word) for word in words)
