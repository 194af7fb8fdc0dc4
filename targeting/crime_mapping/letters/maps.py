"""Maps as plain facts: ground, outlines, bands; drawn when a page is laid out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

import shapely
from shapely import wkt
from shapely.geometry import shape as from_geojson
from shapely.geometry.base import BaseGeometry

from dmi.core.dates import long_date, short_date
from dmi.geo.svg_map import Area, Ground, MapSheet, Marker, Place, Shade, Street
from targeting.crime_mapping.models import AreaVersion, BoundaryLayer, GroundShape, Source
from targeting.crime_mapping.selectors import areas, layers
from targeting.crime_mapping.selectors.counts import Choice
from targeting.crime_mapping.selectors.sight import Sight

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

STYLES: dict[str, str] = {
    AreaVersion.Kind.BROAD: "broad",
    AreaVersion.Kind.TARGET: "target",
    AreaVersion.Kind.COMPARISON: "compare",
}
BUYS = "Drug buy"
FINEST = 5  # digits of a degree kept on paper: about a yard


def text_of(shape: BaseGeometry) -> str:
    return str(wkt.dumps(shape, rounding_precision=FINEST, trim=True))


def ground_facts(case: MarketCase, near: BaseGeometry) -> dict[str, Any]:
    """The drawn base around a place, as plain values."""
    kinds_ = GroundShape.Kind

    def cut(kind: str) -> list[tuple[str, int, str]]:
        return [(n, r, text_of(s)) for n, r, s in layers.ground_shapes(case, kind, near)]

    return {
        "blocks": [s for _, _, s in cut(kinds_.BLOCK)],
        "parks": [[n, s] for n, _, s in cut(kinds_.PARK)],
        "water": [[n, s] for n, _, s in cut(kinds_.WATER)],
        "rails": [s for _, _, s in cut(kinds_.RAIL)],
        "streets": [[n, r, s] for n, r, s in cut(kinds_.STREET)],
        "places": [[n, s] for n, _, s in cut(kinds_.LANDMARK)],
    }


def area_facts(versions: Iterable[AreaVersion]) -> list[dict[str, str]]:
    """Outlines with their names and line styles."""
    names: dict[str, str] = {
        AreaVersion.Kind.BROAD: "{}, broad target area",
        AreaVersion.Kind.TARGET: "{}, target area",
        AreaVersion.Kind.COMPARISON: "{}, comparison area",
    }
    return [
        {
            "name": names[a.kind].format(a.name),
            "label": a.name,
            "style": STYLES[a.kind],
            "shape": text_of(areas.outline(a)),
        }
        for a in versions
    ]


def beat_facts(case: MarketCase) -> list[dict[str, str]]:
    """Police beats as outlines."""
    layer = BoundaryLayer.objects.for_case(case).filter(kind="beats").first()
    units = layer.units.order_by("place") if layer else []
    return [
        {
            "name": f"Beat {u.name}",
            "label": f"Beat {u.name}",
            "style": "beat",
            "shape": text_of(layers.shape_of(u.shape)),
        }
        for u in units
    ]


class NothingToDraw(Exception):
    """The market has no area and no boundaries yet; the text says what to do."""


def around(shapes: list[BaseGeometry], margin: float = 0.15) -> BaseGeometry:
    if not shapes:
        raise NothingToDraw("There is nothing to draw yet. Load boundaries or draw an area first.")
    whole = shapely.union_all(shapes).envelope
    west, south, east, north = whole.bounds
    return shapely.box(
        west - margin * (east - west), south - margin * (north - south),
        east + margin * (east - west), north + margin * (north - south),
    )  # fmt: skip


def standing(case: MarketCase) -> list[AreaVersion]:
    """The areas a sheet outlines: broad, target, comparison."""
    found = [areas.current(case, kind) for kind in (AreaVersion.Kind.BROAD, AreaVersion.Kind.TARGET)]
    return [area for area in (*found, *areas.comparisons(case)) if area is not None]


def period_words(choice: Choice, narrowed: str = "") -> str:
    """The period, and what narrows it."""
    words = f"{short_date(choice.first)} to {short_date(choice.last)}"
    return f"{words}. {narrowed}" if narrowed else words


def source_words(case: MarketCase, sight: Sight) -> str:
    """The sources the map is drawn from."""
    names = [s.name for s in layers.mapped_sources(case) if sight.contacts or s.kind != Source.Kind.CONTACTS]
    return "; ".join(names) if names else "Areas drawn by the team"


def map_facts(
    case: MarketCase, choice: Choice, *, reach: float | None, sight: Sight, narrowed: str = "", whole: bool = False
) -> dict[str, Any]:
    """The working map as plain values: ground, beats, areas and density bands; never a point."""
    drawn_areas = standing(case)
    city = [layers.shape_of(u.shape) for layer in layers.layers_of(case)[:1] for u in layer.units.all()]
    focus = around(city if whole or not drawn_areas else [areas.outline(a) for a in drawn_areas], 0.05)
    drawing = layers.drawing(case, choice, bandwidth=reach, sight=sight)
    bands = drawing.bands if drawing else []
    return {
        "title": f"{case.name}: where incidents concentrate",
        "period": period_words(choice, narrowed),
        "source": source_words(case, sight),
        "focus": text_of(focus),
        "ground": ground_facts(case, focus),
        "areas": beat_facts(case) + area_facts(drawn_areas),
        "shades": [[band["properties"]["step"], text_of(from_geojson(band["geometry"]))] for band in bands],
        "shade_legend": legend_of(drawing),
        "markers": [],
    }


def legend_of(drawing: layers.Drawing | None) -> str:
    if drawing is None or not drawing.edges:
        return ""
    steps = ", ".join(f"{low:,} to {high:,}" for low, high in drawing.edges)
    return f"{steps} incidents per square mile"


def sheet_of(
    facts: dict[str, Any], *, width: int = 620, height: int = 720, ground: dict[str, Any] | None = None,
    buys: Iterable[tuple[float, float]] = (),
) -> MapSheet:  # fmt: skip
    """The sheet that map facts describe; maps of one document may share a ground, kept once."""
    ground = ground or facts["ground"]
    drawn = Ground(
        blocks=tuple(wkt.loads(s) for s in ground["blocks"]),
        parks=tuple((n, wkt.loads(s)) for n, s in ground["parks"]),
        water=tuple((n, wkt.loads(s)) for n, s in ground["water"]),
        rails=tuple(wkt.loads(s) for s in ground["rails"]),
        streets=tuple(Street(n, wkt.loads(s), r) for n, r, s in ground["streets"]),
    )
    places = [(n, wkt.loads(s)) for n, s in ground["places"]]
    return MapSheet(
        title=facts["title"], source=facts["source"], period=facts["period"], focus=wkt.loads(facts["focus"]),
        ground=drawn,
        areas=tuple(Area(a["name"], wkt.loads(a["shape"]), a["style"], a["label"]) for a in facts["areas"]),
        shades=tuple(Shade(wkt.loads(s), abs(step), step < 0) for step, s in facts["shades"]),
        shows_change=facts.get("shows_change", False),
        shade_legend=facts["shade_legend"],
        markers=(
            *(Marker(lon, lat, style=style, group=group) for lon, lat, style, group in facts["markers"]),
            *(Marker(lon, lat, style="ring", group=BUYS) for lon, lat in buys),
        ),
        places=tuple(Place(p.x, p.y, n) for n, p in places),
        width=width, height=height, margin=0.03,
    )  # fmt: skip


def area_map(case: MarketCase, area: AreaVersion, today: date) -> dict[str, Any]:
    """One version on its ground; a target area with the broad area around it."""
    is_target = area.kind == AreaVersion.Kind.TARGET
    focus = around([areas.outline(area)], 0.3 if is_target else 0.1)
    broad = areas.current(case, AreaVersion.Kind.BROAD) if is_target else None
    return {
        "title": str(area),
        "period": f"As of {long_date(today)}",
        "source": "Area drawn by the team",
        "focus": text_of(focus),
        "ground": ground_facts(case, focus),
        "areas": area_facts(filter(None, [broad, area])),
        "shades": [],
        "shade_legend": "",
        "markers": [],
    }
