"""The plan of Marlow: names, the grid, and how grid places become longitude and latitude. All of it is invented.

Marlow lies in the open Atlantic, so that no real home can ever be mistaken for one of its addresses.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import ArrayLike, NDArray

CENTER_LON, CENTER_LAT = -30.0, 39.0
TURN = radians(9)
METERS_PER_DEGREE_LAT = 111_020.0
METERS_PER_DEGREE_LON = 111_320.0 * cos(radians(CENTER_LAT))

AVENUES = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth", "Eleventh",
    "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth", "Eighteenth", "Nineteenth",
    "Twentieth",
)  # fmt: skip
STREETS = (
    "Ferry", "Cooper", "Tanner", "Saddler", "Chandler", "Weaver", "Potter", "Hatter", "Sawyer", "Fuller", "Glover",
    "Dyer", "Calder", "Turner", "Wright", "Mercer", "Fletcher", "Barker", "Miller", "Thatcher", "Garner", "Summit",
)  # fmt: skip
MAIN_AVENUES = (4, 9, 14)
MAIN_STREETS = (3, 12, 18)
AVENUE_PITCH, STREET_PITCH = 166.0, 115.0
CALDER = 12


@dataclass(frozen=True)
class Rect:
    """A rectangle of blocks: from avenue `a0` to `a1`, from street `s0` to `s1` (positions in the name lists)."""

    a0: int
    a1: int
    s0: int
    s1: int

    def holds(self, avenue: float, street: float) -> bool:
        """Whether a place on the grid lies in the rectangle (west and south edge in, east and north edge out)."""
        return self.a0 <= avenue < self.a1 and self.s0 <= street < self.s1


LAST_AVENUE, LAST_STREET = len(AVENUES) - 1, len(STREETS) - 1
BEATS = {
    "21": Rect(0, 4, 12, 21), "22": Rect(4, 9, 12, 21), "23": Rect(9, 19, 12, 21),
    "24": Rect(0, 4, 0, 12), "25": Rect(4, 12, 0, 12), "26": Rect(12, 19, 0, 12),
}  # fmt: skip
NEIGHBORHOODS = {
    "Northmoor": Rect(0, 5, 15, 21), "Orchard Hill": Rect(5, 12, 15, 21), "Summit": Rect(12, 19, 15, 21),
    "Foundry": Rect(0, 5, 8, 15), "Eastgate": Rect(5, 12, 8, 15), "Fairview": Rect(12, 19, 8, 15),
    "Old Town": Rect(0, 5, 0, 8), "Southbank": Rect(5, 12, 0, 8), "Millbrook": Rect(12, 19, 0, 8),
}  # fmt: skip
POPULATION_WEIGHT = {
    "Northmoor": 1.15, "Orchard Hill": 0.9, "Summit": 0.7, "Foundry": 0.55, "Eastgate": 1.25, "Fairview": 0.95,
    "Old Town": 0.8, "Southbank": 1.0, "Millbrook": 1.2,
}  # fmt: skip
PARKS = {"Orchard Park": Rect(5, 7, 16, 19), "Mill Green": Rect(15, 16, 2, 4), "Foundry Field": Rect(1, 3, 9, 11)}
TARGET_BLOCKS = (*((a, s) for a in range(6, 10) for s in (11, 12)), (9, 10))
MILLBROOK_BLOCKS = tuple((a, s) for a in range(15, 18) for s in (4, 5, 6))
COMPARE = Rect(1, 4, 16, 19)
BROAD = Rect(5, 12, 9, 15)
MILLBROOK_BROAD = Rect(14, 19, 2, 8)


def to_plane(avenue: ArrayLike, street: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Metres east and north of the middle of town: the grid, bent a little as real towns are, and turned."""
    u = (np.asarray(avenue, float) - LAST_AVENUE / 2) * AVENUE_PITCH
    v = (np.asarray(street, float) - LAST_STREET / 2) * STREET_PITCH
    bent_u = u + 26 * np.sin(v / 620 + 0.7) + 9 * np.sin(u / 310)
    bent_v = v + 30 * np.sin(u / 780 + 0.4) + 7 * np.cos(v / 260)
    return bent_u * cos(TURN) - bent_v * sin(TURN), bent_u * sin(TURN) + bent_v * cos(TURN)


def to_degrees(x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude of metres around the middle of town."""
    lon = CENTER_LON + np.asarray(x, float) / METERS_PER_DEGREE_LON
    lat = CENTER_LAT + np.asarray(y, float) / METERS_PER_DEGREE_LAT
    return np.round(lon, 7), np.round(lat, 7)


def place(avenue: ArrayLike, street: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitude and latitude of a place on the grid."""
    return to_degrees(*to_plane(avenue, street))


def is_park(avenue: int, street: int) -> bool:
    """Whether the block east of this avenue and north of this street is part of a park."""
    return any(rect.holds(avenue, street) for rect in PARKS.values())


def name_at(areas: dict[str, Rect], avenue: float, street: float) -> str:
    """The area that holds a place on the grid; places on the outer edge belong to the last area inside."""
    avenue, street = min(max(avenue, 0), LAST_AVENUE - 1e-6), min(max(street, 0), LAST_STREET - 1e-6)
    return next(name for name, rect in areas.items() if rect.holds(avenue, street))
