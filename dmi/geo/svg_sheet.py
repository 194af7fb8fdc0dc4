"""What goes on a printed map: the parts of a sheet, as plain frozen values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from shapely.geometry.base import BaseGeometry

AreaStyle = Literal["target", "broad", "compare", "beat", "city"]
MarkStyle = Literal["ring", "dot", "square", "triangle"]


@dataclass(frozen=True)
class Street:
    """A street centreline (LineString or MultiLineString, WGS84). Rank 1 is a main road, 2 ordinary, 3 an alley."""

    name: str
    shape: BaseGeometry
    rank: int = 2


@dataclass(frozen=True)
class Ground:
    """Ground under the map: blocks, parks, water and rails."""

    blocks: tuple[BaseGeometry, ...] = ()
    parks: tuple[tuple[str, BaseGeometry], ...] = ()
    water: tuple[tuple[str, BaseGeometry], ...] = ()
    rails: tuple[BaseGeometry, ...] = ()
    streets: tuple[Street, ...] = ()


@dataclass(frozen=True)
class Area:
    """An outline on the map, named in the legend."""

    name: str
    shape: BaseGeometry
    style: AreaStyle = "target"
    label: str = ""


@dataclass(frozen=True)
class Shade:
    """One filled step of a surface; `step` 1 (fewest) to 5 (most). `is_fall`: of a difference, where it went down."""

    shape: BaseGeometry
    step: int
    is_fall: bool = False


@dataclass(frozen=True)
class Marker:
    """A numbered place. Markers on one spot are moved apart and tied to it with a line."""

    lon: float
    lat: float
    number: str = ""
    caption: str = ""
    style: MarkStyle = "ring"
    group: str = ""


@dataclass(frozen=True)
class Place:
    """A landmark: a small square and its name."""

    lon: float
    lat: float
    name: str


@dataclass(frozen=True)
class MapSheet:
    """One map, complete. Width and height are CSS pixels (96 an inch); the map fits what `focus` covers."""

    title: str
    source: str
    period: str
    focus: BaseGeometry
    ground: Ground = field(default_factory=Ground)
    areas: tuple[Area, ...] = ()
    shades: tuple[Shade, ...] = ()
    shade_legend: str = ""
    shows_change: bool = False
    markers: tuple[Marker, ...] = ()
    places: tuple[Place, ...] = ()
    width: int = 640
    height: int = 720
    margin: float = 0.08
    list_markers: bool = True
    notice: str = ""
