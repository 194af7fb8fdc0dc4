"""From degrees to pixels, and the free places for words."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from math import atan2, cos, degrees, hypot, radians, sin

import numpy as np
import shapely
from shapely.geometry import GeometryCollection, LineString, box
from shapely.geometry.base import BaseGeometry

from dmi.geo.projections import LocalPlane
from dmi.geo.svg_marks import text_width

Box = tuple[float, float, float, float]
_WIDEST_MAP_METERS = 200_000.0
_SMALLEST_MAP_METERS = 120.0
_FINEST_PIXELS = 0.2


def _touch(a: Box, b: Box) -> bool:
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


@dataclass(frozen=True)
class View:
    """A window on the ground: the frame in pixels, the plane, and how many pixels a metre takes."""

    plane: LocalPlane
    left: float
    top: float
    width: float
    height: float
    center: tuple[float, float]
    scale: float

    @classmethod
    def on(cls, focus: BaseGeometry, frame: Box, margin: float) -> View:
        """The window in which the focus just fits, with a margin (a share of its size) all round."""
        plane = LocalPlane.around(focus)
        west, south, east, north = plane.flatten(focus).bounds
        across = min(max(east - west, _SMALLEST_MAP_METERS), _WIDEST_MAP_METERS) * (1 + 2 * margin)
        up = min(max(north - south, _SMALLEST_MAP_METERS), _WIDEST_MAP_METERS) * (1 + 2 * margin)
        left, top, width, height = frame
        scale = min(width / across, height / up)
        return cls(plane, left, top, width, height, ((west + east) / 2, (south + north) / 2), scale)

    @property
    def frame(self) -> BaseGeometry:
        """The frame as a pixel rectangle."""
        return box(self.left, self.top, self.left + self.width, self.top + self.height)

    @cached_property
    def window(self) -> Box:
        """The ground that the frame shows, and a little more, in degrees."""
        across, up = self.width / self.scale * 0.6, self.height / self.scale * 0.6
        corners = [(self.center[0] + i * across, self.center[1] + j * up) for i in (-1, 1) for j in (-1, 1)]
        lon, lat = self.plane.inverse([c[0] for c in corners], [c[1] for c in corners])
        return float(lon.min()), float(lat.min()), float(lon.max()), float(lat.max())

    def pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place falls on the sheet."""
        x, y = self.plane.forward([lon], [lat])
        moved = self._move(np.column_stack((x, y)))[0]
        return float(moved[0]), float(moved[1])

    def holds(self, x: float, y: float) -> bool:
        """Whether a pixel lies inside the frame."""
        return self.left <= x <= self.left + self.width and self.top <= y <= self.top + self.height

    def draw(self, shape: BaseGeometry, *, spare: float = 12) -> BaseGeometry:
        """The shape in pixels, cut to the frame and a little beyond; empty, and cheaply so, when it lies elsewhere."""
        if not _touch(shape.bounds, self.window):
            return GeometryCollection()
        drawn = shapely.transform(self.plane.flatten(shape), self._move)
        drawn = shapely.simplify(drawn, _FINEST_PIXELS)
        if drawn.geom_type.endswith("Polygon") and not drawn.is_valid:
            drawn = shapely.make_valid(drawn)
        left, top, right, bottom = self.frame.bounds
        return shapely.intersection(drawn, box(left - spare, top - spare, right + spare, bottom + spare))

    def _move(self, points: np.ndarray) -> np.ndarray:
        x = self.left + self.width / 2 + (points[:, 0] - self.center[0]) * self.scale
        y = self.top + self.height / 2 - (points[:, 1] - self.center[1]) * self.scale
        return np.column_stack((x, y))


@dataclass
class Room:
    """Which parts of the sheet already carry something."""

    limits: Box
    taken: list[Box] = field(default_factory=list)

    def claim(self, *boxes: Box) -> bool:
        """Take these places if all are free and inside; otherwise take none."""
        left, top, right, bottom = self.limits
        for a in boxes:
            if a[0] < left or a[1] < top or a[2] > right or a[3] > bottom:
                return False
            if any(_touch(a, b) for b in self.taken):
                return False
        self.taken.extend(boxes)
        return True

    def reserve(self, *boxes: Box) -> None:
        """Take these places whatever lies there."""
        self.taken.extend(boxes)


@dataclass(frozen=True)
class Slot:
    """Where words along a line go: middle, and turn in degrees."""

    x: float
    y: float
    turn: float


def slot_along(line: BaseGeometry, words: str, size: float, room: Room) -> Slot | None:
    """A free stretch of the line where the words fit, the longest part first; None when there is none."""
    need = text_width(words, size)
    parts = [p for p in shapely.get_parts(shapely.line_merge(line)).tolist() if p.geom_type == "LineString"]
    for part in sorted(parts, key=lambda p: -p.length)[:3]:
        if part.length < need + 8:
            break
        for share in (0.12, 0.88, 0.5, 0.3, 0.7, 0.2, 0.8, 0.4, 0.6):
            middle = max(need / 2 + 4, min(part.length - need / 2 - 4, share * part.length))
            found = _try(part, middle, need, size, room)
            if found:
                return found
    return None


def _try(line: LineString, middle: float, need: float, size: float, room: Room) -> Slot | None:
    start, end = line.interpolate(middle - need / 2), line.interpolate(middle + need / 2)
    if start.x > end.x or (abs(start.x - end.x) < 1 and start.y < end.y):
        start, end = end, start
    if hypot(end.x - start.x, end.y - start.y) < 0.93 * need:
        return None
    turn = atan2(end.y - start.y, end.x - start.x)
    x, y = (start.x + end.x) / 2, (start.y + end.y) / 2
    steps = max(2, int(need / size))
    half = size * 0.62
    spots = [((i + 0.5) / steps - 0.5) * need for i in range(steps)]
    centers = [(x + s * cos(turn), y + s * sin(turn)) for s in spots]
    boxes = [(cx - half, cy - half, cx + half, cy + half) for cx, cy in centers]
    return Slot(x, y, degrees(turn)) if room.claim(*boxes) else None


def spread(points: list[tuple[float, float]], apart: float, frame: Box) -> list[tuple[float, float]]:
    """Points pushed from each other until none are nearer than `apart`; always the same answer for the same points."""
    turns = [radians(137.5 * i) for i in range(len(points))]
    moved = [[x + 0.5 * cos(t), y + 0.5 * sin(t)] for (x, y), t in zip(points, turns, strict=True)]
    for _ in range(120):
        still = True
        for i, a in enumerate(moved):
            for b in moved[i + 1 :]:
                dx, dy = b[0] - a[0], b[1] - a[1]
                gap = hypot(dx, dy) or 0.01
                if gap < apart:
                    still, push = False, (apart - gap) / gap / 2 + 1e-3
                    a[0], a[1], b[0], b[1] = a[0] - dx * push, a[1] - dy * push, b[0] + dx * push, b[1] + dy * push
        for p in moved:
            p[0], p[1] = min(max(p[0], frame[0]), frame[2]), min(max(p[1], frame[1]), frame[3])
        if still:
            break
    return [(p[0], p[1]) for p in moved]
