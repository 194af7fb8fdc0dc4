"""Coordinate systems: from a county's own system to WGS84, and a flat plane in metres for measuring.

pyproj is loaded with the first conversion: ten megabytes that a worker that only prints needs not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

WGS84 = "EPSG:4326"
SQUARE_METERS_PER_SQUARE_MILE = 2_589_988.110336
METERS_PER_FOOT = 0.3048
METERS_PER_MILE = 1609.344
_CODE = re.compile(r"^(EPSG|ESRI):\d{4,6}$")
_LONGEST_WKT = 20_000
_WKT_STARTS = ("GEOGCS", "PROJCS", "GEOGCRS", "PROJCRS", "GEODCRS")

Floats = NDArray[np.float64]


class UnknownProjection(ValueError):
    """The coordinate system is not one we can name. The message is fit to be shown."""


@lru_cache(maxsize=64)
def crs_from_code(code: str | int) -> CRS:
    """The system behind "EPSG:2815", "ESRI:102696" or a bare EPSG number; nothing else is accepted."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    text = str(code).strip().upper()
    text = f"EPSG:{text}" if text.isdigit() else text
    if not _CODE.match(text):
        raise UnknownProjection("Give the coordinate system as a code, for example EPSG:2815 or ESRI:102696.")
    try:
        return CRS.from_user_input(text)
    except CRSError:
        raise UnknownProjection(f"There is no coordinate system with the code {text}.") from None


def crs_from_prj(text: str) -> CRS:
    """The system that a shapefile's .prj file describes."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    text = text.strip().lstrip("\ufeff")
    if not text[:8].upper().startswith(_WKT_STARTS) or len(text) > _LONGEST_WKT:
        raise UnknownProjection("The .prj file does not describe a coordinate system on the ground.")
    try:
        return CRS.from_wkt(text)
    except CRSError:
        raise UnknownProjection("The .prj file cannot be read as a coordinate system.") from None


def code_of(crs: CRS) -> str:
    """The registered code of a system, "EPSG:4326"; its name when no code is near enough."""
    found = crs.to_authority(min_confidence=70)
    return ":".join(found) if found else crs.name


@lru_cache(maxsize=64)
def _to_wgs84(crs: CRS) -> Transformer:
    from pyproj import Transformer

    return Transformer.from_crs(crs, WGS84, always_xy=True)


def to_wgs84(x: ArrayLike, y: ArrayLike, source: str | int | CRS) -> tuple[Floats, Floats]:
    """Longitude and latitude of points given in another system; points outside its reach come back as inf."""
    crs = crs_from_code(source) if isinstance(source, str | int) else source
    lon, lat = _to_wgs84(crs).transform(np.asarray(x, float), np.asarray(y, float))
    return np.asarray(lon, float), np.asarray(lat, float)


def geometry_to_wgs84(shape: BaseGeometry, source: str | int | CRS) -> BaseGeometry:
    """The same shape in longitude and latitude."""

    def move(points: Floats) -> Floats:
        return np.column_stack(to_wgs84(points[:, 0], points[:, 1], source))

    return shapely.transform(shapely.force_2d(shape), move)


def utm_code(lon: float, lat: float) -> str:
    """EPSG code of the UTM zone that holds a point."""
    zone = min(60, int((lon + 180) // 6) + 1)
    return f"EPSG:{(32600 if lat >= 0 else 32700) + zone}"


@dataclass(frozen=True)
class LocalPlane:
    """A flat plane in metres around one city: equal-area, so densities are right; x runs east, y north."""

    lon: float
    lat: float

    @classmethod
    def around(cls, shape: BaseGeometry) -> LocalPlane:
        """The plane centred on a shape's bounding box, rounded so that it stays put when the shape is redrawn."""
        west, south, east, north = shape.bounds
        return cls(round((west + east) / 2, 1), round((south + north) / 2, 1))

    @cached_property
    def _transformer(self) -> Transformer:
        from pyproj import CRS, Transformer

        flat = CRS.from_dict({"proj": "laea", "lat_0": self.lat, "lon_0": self.lon, "datum": "WGS84", "units": "m"})
        return Transformer.from_crs(WGS84, flat, always_xy=True)

    def forward(self, lon: ArrayLike, lat: ArrayLike) -> tuple[Floats, Floats]:
        """Metres east and north of the centre."""
        x, y = self._transformer.transform(np.asarray(lon, float), np.asarray(lat, float))
        return np.asarray(x, float), np.asarray(y, float)

    def inverse(self, x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
        """Longitude and latitude of points on the plane."""
        lon, lat = self._transformer.transform(np.asarray(x, float), np.asarray(y, float), direction="INVERSE")
        return np.asarray(lon, float), np.asarray(lat, float)

    def flatten(self, shape: BaseGeometry) -> BaseGeometry:
        """A WGS84 shape laid onto the plane."""
        return shapely.transform(shapely.force_2d(shape), lambda p: np.column_stack(self.forward(p[:, 0], p[:, 1])))

    def unflatten(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of the plane back in WGS84."""
        return shapely.transform(shape, lambda p: np.column_stack(self.inverse(p[:, 0], p[:, 1])))


@dataclass(frozen=True)
class Extent:
    """How big an area is, in the units people on the team use."""

    square_meters: float

    @property
    def square_kilometers(self) -> float:
        """Area in km²."""
        return self.square_meters / 1e6

    @property
    def square_miles(self) -> float:
        """Area in square miles."""
        return self.square_meters / SQUARE_METERS_PER_SQUARE_MILE

    @property
    def square_feet(self) -> float:
        """Area in square feet."""
        return self.square_meters / METERS_PER_FOOT**2


def extent_of(shape: BaseGeometry) -> Extent:
    """The area of a WGS84 shape."""
    if shape.is_empty:
        return Extent(0.0)
    return Extent(float(LocalPlane.around(shape).flatten(shape).area))


def blocks_within(area: BaseGeometry, blocks: list[BaseGeometry], *, share: float = 0.5) -> list[int]:
    """Positions of the city blocks that lie in the area by at least this share of their own ground."""
    array = np.array(blocks, dtype=object)
    near = shapely.STRtree(array).query(area, predicate="intersects")
    inside = shapely.area(shapely.intersection(array[near], area))
    return sorted(int(i) for i, a in zip(near, inside, strict=True) if a >= share * array[i].area > 0)
