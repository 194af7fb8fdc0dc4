"""Latitude and longitude as people and files write them."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import Enum

_NUMBER = re.compile(r"^[+-]?\d{1,3}(?:[.,]\d+)?$")
_DEGREES = re.compile(
    r"""^(?P<d>\d{1,3})\s*(?:°|d|\s)\s*(?:(?P<m>\d{1,2}(?:\.\d+)?)\s*(?:'|′|m|\s)?\s*)?(?:(?P<s>\d{1,2}(?:\.\d+)?)\s*(?:"|″|s)?\s*)?$""",
    re.VERBOSE,
)
_LARGEST_TEXT = 40


class BadCoordinate(ValueError):
    """The text is not a latitude or longitude. The message is fit to be shown."""


class Fault(Enum):
    """What is wrong with a pair of coordinates."""

    NONE = "none"
    MISSING = "missing"
    NOT_A_NUMBER = "not a number"
    OUT_OF_RANGE = "out of range"
    SWAPPED = "latitude and longitude swapped"
    SIGN_LOST = "minus sign of the longitude lost"
    OUTSIDE = "outside the city"


@dataclass(frozen=True)
class Box:
    """Where points of a city are expected: west, south, east, north in degrees."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lat: float, lon: float) -> bool:
        """Whether the point lies in the box, edges included."""
        return self.south <= lat <= self.north and self.west <= lon <= self.east

    def grown(self, degrees: float) -> Box:
        """The box, wider on each side."""
        return Box(self.west - degrees, self.south - degrees, self.east + degrees, self.north + degrees)


@dataclass(frozen=True)
class Reading:
    """A pair as it should be used; `lat` and `lon` are None when there is no usable place."""

    lat: float | None
    lon: float | None
    fault: Fault = Fault.NONE

    @property
    def is_placed(self) -> bool:
        """Whether the pair gives a place on the map."""
        return self.lat is not None and self.lon is not None


def parse_degrees(text: str) -> float | None:
    """One number of degrees from "39.01", "39,01", "39° 0' 36\\" N"; None for nothing written."""
    text = text.strip()
    if text.upper() in {"", "NULL", "NONE", "NAN", "N/A", "NA", "-"}:
        return None
    if len(text) > _LARGEST_TEXT:
        raise BadCoordinate("This is too long for a coordinate.")
    sign, text = 1.0, text.replace("−", "-")
    if text[-1].upper() in "NSEW" or text[0].upper() in "NSEW":
        letter = text[-1] if text[-1].upper() in "NSEW" else text[0]
        sign = -1.0 if letter.upper() in "SW" else 1.0
        text = text.strip("NSEWnsew ").lstrip("-") if sign < 0 else text.strip("NSEWnsew ")
    if _NUMBER.match(text):
        return sign * float(text.replace(",", "."))
    return sign * _from_parts(text)


def _from_parts(text: str) -> float:
    found = _DEGREES.match(text.lstrip("-"))
    if not found:
        raise BadCoordinate(f"“{text[:30]}” is not a coordinate. Write it in degrees, for example 39.0123.")
    degrees, minutes, seconds = (float(found[g] or 0) for g in ("d", "m", "s"))
    if minutes >= 60 or seconds >= 60:
        raise BadCoordinate("Minutes and seconds stay below 60.")
    value = degrees + minutes / 60 + seconds / 3600
    return -value if text.startswith("-") else value


def parse_pair(text: str) -> tuple[float, float]:
    """Latitude and longitude typed in one field, "39.0012, -30.0021"."""
    for mark in (", ", ";", ","):
        parts = [part for part in text.split(mark) if part.strip()]
        if len(parts) == 2:
            lat, lon = parse_degrees(parts[0]), parse_degrees(parts[1])
            if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 180:
                return lat, lon
    raise BadCoordinate("Write latitude, a comma and longitude, for example 39.0012, -30.0021.")


def read_pair(lat_text: str | float | None, lon_text: str | float | None, *, city: Box | None = None) -> Reading:
    """A row's coordinates judged: usable, repaired by a stated rule, or not usable and why."""
    try:
        lat, lon = _number(lat_text), _number(lon_text)
    except BadCoordinate:
        return Reading(None, None, Fault.NOT_A_NUMBER)
    if lat is None or lon is None or (abs(lat) < 1e-6 and abs(lon) < 1e-6):
        return Reading(None, None, Fault.MISSING)
    if city is None:
        return _judge_anywhere(lat, lon)
    return _judge_in_city(lat, lon, city)


def _number(value: str | float | None) -> float | None:
    if value is None:
        return None
    number = parse_degrees(value) if isinstance(value, str) else float(value)
    if number is not None and not math.isfinite(number):
        return None
    return number


def _judge_anywhere(lat: float, lon: float) -> Reading:
    if abs(lat) <= 90 and abs(lon) <= 180:
        return Reading(lat, lon)
    if abs(lon) <= 90 and abs(lat) <= 180:
        return Reading(lon, lat, Fault.SWAPPED)
    return Reading(None, None, Fault.OUT_OF_RANGE)


def _judge_in_city(lat: float, lon: float, city: Box) -> Reading:
    if city.holds(lat, lon):
        return Reading(lat, lon)
    if city.holds(lon, lat):
        return Reading(lon, lat, Fault.SWAPPED)
    if city.holds(lat, -lon):
        return Reading(lat, -lon, Fault.SIGN_LOST)
    if abs(lat) > 90 or abs(lon) > 180:
        return Reading(None, None, Fault.OUT_OF_RANGE)
    return Reading(lat, lon, Fault.OUTSIDE)
