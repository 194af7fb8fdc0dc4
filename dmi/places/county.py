"""The county's own files: its list of addresses and its street lines, loaded for finding places."""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator
from typing import IO, TYPE_CHECKING

from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import GEOSGeometry, LineString
from django.db import connection, transaction
from shapely import get_parts, to_wkb

from dmi.audit import actions as audit
from dmi.audit.verbs import Verb
from dmi.geo.coordinates import Box
from dmi.geo.shapes import Feature, ShapeProblem, read_lines
from dmi.places.models import AddressPoint, StreetSegment
from dmi.places.streets import understand

if TYPE_CHECKING:
    from dmi.accounts.models import User
    from dmi.cases.models import MarketCase

_ADDRESS = ("address", "fulladdress", "fulladdr", "streetaddress", "siteaddress", "addr", "fulladd")
_LON, _LAT = ("longitude", "lon", "long", "lng", "x"), ("latitude", "lat", "y")
_NAME = ("fullname", "streetname", "fullstreet", "stname", "name", "street")
_RANGES = {
    "left_from": ("fromleft", "lfromadd", "lfadd", "fraddl", "lefromadd", "fromaddl", "leftfrom"),
    "left_to": ("toleft", "ltoadd", "ltadd", "toaddl", "lefttoadd", "leftto"),
    "right_from": ("fromright", "rfromadd", "rfadd", "fraddr", "rightfrom", "fromaddr"),
    "right_to": ("toright", "rtoadd", "rtadd", "toaddr", "rightto"),
}
_NUMBER = re.compile(r"^\s*(\d{1,6})(?:\.0+)?\s*$")


class CountyProblem(ValueError):
    """The file cannot be used; the message says why."""


@transaction.atomic
def load_addresses(*, case: MarketCase, stream: IO[bytes], actor: User | None) -> tuple[int, int]:
    """The county's addresses are those of a CSV file (also gzip), in degrees; returns how many came in, stayed out."""
    rows = _table(stream)
    headings = next(rows, [])
    places = [_find(headings, names) for names in (_ADDRESS, _LON, _LAT)]
    if None in places:
        raise CountyProblem("The file needs columns for the address, the longitude and the latitude.")
    AddressPoint.objects.filter(case=case).delete()
    loaded = left_out = 0
    with connection.cursor() as cursor, cursor.copy(
        "COPY places_addresspoint (case_id, number, street, point) FROM STDIN"
    ) as target:  # fmt: skip
        for row in rows:
            parsed = _address(row, places)
            if parsed is None:
                left_out += 1
                continue
            number, street, lon, lat = parsed
            target.write_row((case.pk, number, street, f"SRID=4326;POINT({lon!r} {lat!r})"))
            loaded += 1
    _record(case, actor, addresses=loaded)
    return loaded, left_out


@transaction.atomic
def load_streets(*, case: MarketCase, data: bytes, actor: User | None) -> int:
    """The county's street lines are those of a GeoJSON file (also gzip) or a zipped shapefile; returns how many."""
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    try:
        shapes = read_lines(data)
    except ShapeProblem as problem:
        raise CountyProblem(str(problem)) from None
    columns = shapes.columns
    name = _named(columns, _NAME)
    if not name:
        raise CountyProblem("The file needs a column with the name of each street.")
    ranges = {field: _named(columns, names) for field, names in _RANGES.items()}
    StreetSegment.objects.filter(case=case).delete()
    made = [s for f in shapes.features for s in _segments(case, f, name, ranges)]
    StreetSegment.objects.bulk_create(made, batch_size=2_000)
    _record(case, actor, streets=len(made))
    return len(made)


def extent(case: MarketCase) -> Box | None:
    """Where the county's files lie, in degrees; None where none is loaded."""
    for model, field in ((AddressPoint, "point"), (StreetSegment, "line")):
        found = model.objects.filter(case=case).aggregate(extent=Extent(field))["extent"]
        if found:
            return Box(*found)
    return None


def _record(case: MarketCase, actor: User | None, **facts: int) -> None:
    audit.record(actor=actor, verb=Verb.BOUNDARIES_LOADED, case_id=case.pk, subject=case, facts=facts)


def _table(stream: IO[bytes]) -> Iterator[list[str]]:
    start = stream.read(2)
    stream.seek(0)
    raw = gzip.GzipFile(fileobj=stream) if start == b"\x1f\x8b" else stream
    return csv.reader(io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline=""))


def _find(headings: list[str], names: tuple[str, ...]) -> int | None:
    plain = [re.sub(r"[^a-z0-9]", "", h.lower()) for h in headings]
    return next((plain.index(name) for name in names if name in plain), None)


def _address(row: list[str], places: list[int | None]) -> tuple[int, str, float, float] | None:
    try:
        text, lon, lat = (row[place] for place in places if place is not None)
        x, y = float(lon), float(lat)
    except (ValueError, IndexError):
        return None
    written = understand(text, longest=1_000)
    if written.number is None or written.street is None or not (-180 <= x <= 180 and -90 <= y <= 90) or not (x or y):
        return None
    street = written.street
    return written.number, " ".join(filter(None, (street.before, street.core, street.kind, street.after)))[:120], x, y


def _named(columns: list[str], names: tuple[str, ...]) -> str:
    place = _find(columns, names)
    return "" if place is None else columns[place]


def _segments(case: MarketCase, feature: Feature, name: str, ranges: dict[str, str]) -> Iterator[StreetSegment]:
    text = str(feature.properties.get(name) or "").strip()
    if not text:
        return
    numbers = {field: _number(feature.properties.get(column)) for field, column in ranges.items()}
    for part in get_parts(feature.shape):
        line = GEOSGeometry(memoryview(to_wkb(part, output_dimension=2)), srid=4326)
        assert isinstance(line, LineString)
        yield StreetSegment(case=case, name=text[:120], line=line, **numbers)


def _number(value: object) -> int | None:
    found = _NUMBER.match(str(value))
    return int(found[1]) or None if found else None
