"""Which area of a set each of many points lies in: points sorted by x, one slice for each area, prepared tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry.base import BaseGeometry

NOWHERE = -1


@dataclass(frozen=True)
class Areas:
    """Areas in one coordinate system, in their order; where two overlap, the first one has the point."""

    shapes: Sequence[BaseGeometry]

    def __post_init__(self) -> None:
        """Prepare each outline once for many questions."""
        for shape in self.shapes:
            shapely.prepare(shape)

    def locate(self, x: ArrayLike, y: ArrayLike) -> NDArray[np.int32]:
        """Position of the area that holds each point, or NOWHERE; points that are not finite lie nowhere.

        A point on a shared border belongs to the first of the two areas.
        """
        xs, ys = np.asarray(x, float), np.asarray(y, float)
        found = np.full(len(xs), NOWHERE, np.int32)
        order = np.argsort(xs, kind="stable")
        sorted_x, sorted_y = xs[order], ys[order]
        for place, shape in enumerate(self.shapes):
            west, south, east, north = shape.bounds
            low, high = np.searchsorted(sorted_x, west, "left"), np.searchsorted(sorted_x, east, "right")
            part = slice(low, high)
            near = (sorted_y[part] >= south) & (sorted_y[part] <= north) & (found[order[part]] == NOWHERE)
            spots = order[part][near]
            if len(spots):
                inside = shapely.intersects_xy(shape, xs[spots], ys[spots])
                found[spots[inside]] = place
        return found
