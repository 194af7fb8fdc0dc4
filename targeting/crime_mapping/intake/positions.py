"""Coordinates of many rows at once: degrees or a projected system, what is missing, what cannot be a place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from dmi.geo.coordinates import Box
from dmi.geo.projections import UnknownProjection, to_wgs84
from targeting.crime_mapping.intake.cells import BLANKS, number
from targeting.crime_mapping.intake.problems import FileProblem

Floats = NDArray[np.float64]
FAR_DEGREES = 0.5
FEWEST_TO_GUESS = 3
# State Plane zones (feet, meters) and UTM zones, where a file gives no code but the city's boundaries are known.
_NAD83_FEET = tuple(f"ESRI:{code}" for code in range(102629, 102759))
_NAD83_METERS = tuple(f"EPSG:{code}" for code in range(26929, 26999))
WEB_MERCATOR = "EPSG:3857"
MILLIONTHS = "degrees × 1,000,000"
_UTM = tuple(f"EPSG:{code}" for code in (*range(26901, 26924), *range(32601, 32661)))


@dataclass(frozen=True)
class Positions:
    """Longitude and latitude of each row (NaN without a place) and what was wrong with it."""

    lon: Floats
    lat: Floats
    is_bad: NDArray[np.bool_]


def numbers(texts: Sequence[str]) -> Floats:
    """Cells as numbers; what is no number is NaN."""
    try:
        return np.array([t or "nan" for t in texts], dtype=np.float64)
    except ValueError:
        return np.array([number(t) for t in texts], dtype=np.float64)


def degrees(lon_texts: Sequence[str], lat_texts: Sequence[str]) -> Positions:
    """Positions given in degrees. 0,0 and empty mean missing; beyond the globe is bad."""
    lon, lat = numbers(lon_texts), numbers(lat_texts)
    missing = ~np.isfinite(lon) | ~np.isfinite(lat) | (lon == 0) | (lat == 0)
    written = _written(missing, lon_texts, lat_texts)
    garbled = _garbled(lon, lon_texts) | _garbled(lat, lat_texts)
    off = ~missing & ((np.abs(lon) > 180) | (np.abs(lat) > 180))
    bad = off | garbled | (written & ~_zero(lon, lat))
    lon, lat = np.where(missing | off, np.nan, lon), np.where(missing | off, np.nan, lat)
    return Positions(lon, lat, bad)


def _garbled(values: Floats, texts: Sequence[str]) -> NDArray[np.bool_]:
    """Cells that hold something, but no number."""
    found = ~np.isfinite(values)
    for place in np.flatnonzero(found).tolist():
        found[place] = texts[place].strip().upper() not in BLANKS
    return found


def _written(missing: NDArray[np.bool_], firsts: Sequence[str], seconds: Sequence[str]) -> NDArray[np.bool_]:
    """Of the rows without a place, those in which something is written nevertheless."""
    found = missing.copy()
    for place in np.flatnonzero(missing).tolist():
        found[place] = firsts[place] not in BLANKS or seconds[place] not in BLANKS
    return found


def _zero(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """Both nought, or one nought and the other nothing: a system's way of saying that it does not know."""
    found: NDArray[np.bool_] = (np.nan_to_num(lon) == 0) & (np.nan_to_num(lat) == 0)
    return found


def projected(x_texts: Sequence[str], y_texts: Sequence[str], srid: str) -> Positions:
    """Positions in a projected system, turned to degrees."""
    x, y = numbers(x_texts), numbers(y_texts)
    missing = ~np.isfinite(x) | ~np.isfinite(y) | (x == 0) | (y == 0)
    written = _written(missing, x_texts, y_texts)
    garbled = _garbled(x, x_texts) | _garbled(y, y_texts)
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    there = ~missing
    if srid == MILLIONTHS:
        lon[there], lat[there] = x[there] / 1e6, y[there] / 1e6
    elif there.any():
        try:
            lon[there], lat[there] = to_wgs84(x[there], y[there], srid)
        except UnknownProjection as unknown:
            raise FileProblem("projection", str(unknown)) from None
    off = there & ~(np.isfinite(lon) & np.isfinite(lat) & (np.abs(lat) <= 90))
    lon[off], lat[off] = np.nan, np.nan
    return Positions(lon, lat, off | garbled | (written & ~_zero(x, y)))


def are_degrees(x_texts: Sequence[str], y_texts: Sequence[str]) -> bool:
    """Whether columns called X and Y hold degrees."""
    x, y = numbers(x_texts), numbers(y_texts)
    there = np.isfinite(x) & np.isfinite(y) & (x != 0) & (y != 0)
    return bool(there.any() and (np.abs(x[there]) <= 180).all() and (np.abs(y[there]) <= 90).all())


def are_web_mercator(x_texts: Sequence[str], y_texts: Sequence[str]) -> bool:
    """Whether the numbers are those of web maps: far below nought in the west, which no system of a state is."""
    x, y = numbers(x_texts), numbers(y_texts)
    there = np.isfinite(x) & np.isfinite(y) & (x != 0) & (y != 0)
    if not there.any():
        return False
    in_america = (x > -2.0e7) & (x < -7.0e6) & (y > 1.5e6) & (y < 1.2e7)
    return bool(in_america[there].mean() > 0.9)


def are_millionths(x_texts: Sequence[str], y_texts: Sequence[str]) -> bool:
    """Whether the numbers are degrees without their point, as dispatch systems keep them: −90270000, 38650000."""
    x, y = np.abs(numbers(x_texts)), np.abs(numbers(y_texts))
    there = np.isfinite(x) & np.isfinite(y) & (x != 0) & (y != 0)
    if not there.any():
        return False
    return bool(((x > 6.0e7) & (x < 1.8e8) & (y > 1.6e7) & (y < 7.2e7))[there].mean() > 0.9)


def guess_srid(x_texts: Sequence[str], y_texts: Sequence[str], city: Box | None) -> str | None:
    """The one system that puts nearly all sampled points into the known city; None without a city or a clear answer.

    Of several that fit alike (systems of one family differ by a meter or two) the first is taken.
    """
    if city is None:
        return None
    x, y = numbers(x_texts), numbers(y_texts)
    there = np.isfinite(x) & np.isfinite(y) & (x != 0) & (y != 0)
    if there.sum() < FEWEST_TO_GUESS:
        return None
    for codes in (_NAD83_FEET, _NAD83_METERS, _UTM):
        shares = {code: _share_inside(x[there], y[there], code, city) for code in codes}
        best = max(shares, key=lambda code: shares[code])
        if shares[best] >= 0.9:
            return best
    return None


def _share_inside(x: Floats, y: Floats, code: str, city: Box) -> float:
    try:
        lon, lat = to_wgs84(x, y, code)
    except (UnknownProjection, FileProblem):
        return 0.0
    inside = (lon >= city.west) & (lon <= city.east) & (lat >= city.south) & (lat <= city.north)
    return float(inside.mean())


def settled(found: Positions, city: Box | None) -> tuple[Positions, bool]:
    """Latitude and longitude the other way round, or a longitude without its minus, turned where the city says so.

    The second answer tells whether they were turned. A latitude beyond the pole that stays is bad.
    """
    there = np.isfinite(found.lon)
    was_turned = False
    if city is not None and there.any() and _share_in(found.lon[there], found.lat[there], city) <= 0.3:
        for lon, lat in ((found.lat, found.lon), (-found.lon, found.lat), (-found.lat, found.lon)):
            if _share_in(lon[there], lat[there], city) > 0.8:
                found, was_turned = Positions(lon.copy(), lat.copy(), found.is_bad), True
                break
    off = np.abs(np.nan_to_num(found.lat)) > 90
    found.lon[off], found.lat[off] = np.nan, np.nan
    return Positions(found.lon, found.lat, found.is_bad | off), was_turned


def _share_in(lon: Floats, lat: Floats, city: Box) -> float:
    near = city.grown(FAR_DEGREES / 5)
    return float(((lon >= near.west) & (lon <= near.east) & (lat >= near.south) & (lat <= near.north)).mean())


def far_away(lon: Floats, lat: Floats, city: Box | None) -> NDArray[np.bool_]:
    """Points that lie well outside the city: kept as they are, but reported."""
    if city is None:
        return np.zeros(len(lon), bool)
    wide = city.grown(FAR_DEGREES / 10)
    there = np.isfinite(lon)
    return there & ~((lon >= wide.west) & (lon <= wide.east) & (lat >= wide.south) & (lat <= wide.north))
