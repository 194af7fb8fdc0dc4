"""GeoJSON out: short, and safe to place inside a page's JSON script element."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

_UNSAFE = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
DIGITS = 6  # about 4 inches on the ground


def feature(
    shape: BaseGeometry, properties: Mapping[str, Any] | None = None, *, id: str | None = None
) -> dict[str, Any]:
    """One feature, coordinates rounded."""
    found: dict[str, Any] = {"type": "Feature", "geometry": geometry(shape), "properties": dict(properties or {})}
    if id is not None:
        found["id"] = id
    return found


def geometry(shape: BaseGeometry) -> dict[str, Any]:
    """The geometry part alone, coordinates rounded to six digits."""
    rounded = shapely.transform(shapely.force_2d(shape), lambda points: points.round(DIGITS))
    return dict(mapping(rounded))


def collection(features: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """A FeatureCollection."""
    return {"type": "FeatureCollection", "features": list(features)}


def dump(value: Any) -> str:
    """JSON text without characters that could end a script element; NaN and infinity are refused."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, allow_nan=False).translate(_UNSAFE)
