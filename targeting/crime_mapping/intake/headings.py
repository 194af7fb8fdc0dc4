"""The words of headings: how records systems shorten them, and which words together name a field."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# One word for each way of writing it. What stands for itself is listed as a word below.
SHORT = {
    "dt": "date", "dat": "date", "dte": "date", "dttm": "datetime", "datetime": "datetime", "timestamp": "datetime",
    "tm": "time", "hr": "hour", "hrs": "hour", "num": "number", "no": "number", "nbr": "number", "nr": "number",
    "#": "number", "desc": "description", "descr": "description", "dsc": "description", "addr": "address",
    "addrs": "address", "rcvd": "received", "recd": "received", "rcv": "received", "rec": "received",
    "receive": "received", "occ": "occurred", "occu": "occurred", "occur": "occurred", "occurrence": "occurred",
    "occured": "occurred", "rpt": "report", "rept": "report", "rprt": "report", "reported": "report", "rptd": "report",
    "reporting": "report", "cd": "code", "inc": "incident", "inci": "incident", "incid": "incident",
    "lng": "longitude", "long": "longitude", "lon": "longitude", "lat": "latitude", "loc": "location",
    "coord": "coordinate", "coords": "coordinate", "coordinates": "coordinate", "cordinate": "coordinate",
    "ofns": "offense", "offence": "offense", "offn": "offense", "off": "offense", "crm": "crime", "cmplnt": "complaint",
    "fr": "from", "beg": "start", "begin": "start", "began": "start", "init": "start", "first": "start",
    "cat": "category",
    "grp": "group", "typ": "type", "txt": "text", "st": "street", "str": "street", "dist": "district",
    "dst": "district", "pct": "precinct", "nbhd": "neighborhood", "nhood": "neighborhood", "hood": "neighborhood",
    "neighbourhood": "neighborhood", "neighborhd": "neighborhood", "blk": "block", "intersect": "intersection",
    "xst": "intersection", "xstreet": "intersection", "statut": "statute", "create": "created", "queue": "queued",
    "dispatched": "dispatch", "disp": "dispatch", "pub": "public", "hundredth": "hundred", "cnt": "count",
    "prob": "problem", "evt": "event", "dir": "direction", "statutory": "statute", "stat": "statute",
    "updated": "update", "closed": "end", "close": "end", "last": "end", "clearance": "end",
    "cleared": "end", "clear": "end", "arrived": "end", "arrive": "end", "arrival": "end", "enroute": "end",
    "onscene": "end", "entered": "end", "entry": "end", "until": "end", "thru": "end", "through": "end", "to": "end",
    "poss": "end", "changed": "end", "modified": "end", "loaded": "end", "printed": "end", "approved": "end",
    "ending": "end", "arrest": "end", "assigned": "end",
    "fecha": "date", "hora": "time", "numero": "number", "direccion": "address", "calle": "street", "delito": "offense",
    "incidente": "incident", "tipo": "type", "descripcion": "description", "longitud": "longitude",
    "latitud": "latitude", "distrito": "district", "barrio": "neighborhood",
    "vic": "victim", "vict": "victim", "susp": "suspect", "prefix": "direction", "suffix": "type",
}  # fmt: skip
WORDS = frozenset(
    """
    date time hour number id key description address received occurred report code incident longitude latitude
    location coordinate offense crime complaint from start category group type text street district precinct
    neighborhood block intersection cross statute created queued dispatch public hundred count problem event
    direction update end victim suspect call calls nature reason charge case item cad record file reference ref beat
    zone post ward council census tract police dept map point x y geo gis geom wkt state plane rough easting
    northing primary secondary parent final initial highest general literal class classification signal ucr nibrs
    ibrs iucr fbi contact request service stop when day opened house name names road nearest of the and for original
    raw blurred open data center wgs sub subtype law agency legal violation premise weapon city zip county site full
    line area region division community blockgroup title object row apartment apt unit year month week status
    disposition method priority shift age race sex gender
    """.split()  # noqa: SIM905 (a list of words reads best as text)
)
FILLERS = frozenset(
    {"of", "the", "and", "for", "raw", "original", "police", "dept", "agency", "public", "data", "open"}
)
_PIECES = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+|#")


@lru_cache(maxsize=10_000)
def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading, each in one spelling: Rcvd_DT, RCVDDT and “received date” are alike."""
    found: list[str] = []
    for piece in _PIECES.findall(_without_accents(heading).replace("/", " ")):
        small = piece.lower()
        if small.isdigit():
            if small == "100":
                found.append("hundred")
            continue
        found += [SHORT.get(part, part) for part in _parted(small)]
    return tuple(found)


@lru_cache(maxsize=10_000)
def _parted(word: str) -> tuple[str, ...]:
    """A word run together of known ones, in as few as possible; itself where it is none."""
    if word in WORDS or word in SHORT:
        return (word,)
    best: list[tuple[str, ...] | None] = [(), *[None] * len(word)]
    for stop in range(1, len(word) + 1):
        for begin in range(max(0, stop - 14), stop):
            before, part = best[begin], word[begin:stop]
            if before is None or len(part) < 2 or not (part in WORDS or part in SHORT):
                continue
            now = best[stop]
            if now is None or len(before) + 1 < len(now):
                best[stop] = (*before, part)
    return best[-1] or (word,)


def _without_accents(text: str) -> str:
    return text if text.isascii() else unicodedata.normalize("NFKD", text)


def plain(heading: str) -> str:
    """A heading without blanks, signs and capitals."""
    return re.sub(r"[^a-z0-9]", "", _without_accents(heading).lower())


# Words that together name a field, best first. Words beside them count against it; words that forbid it come after.
PHRASES: dict[str, tuple[str, ...]] = {
    "number": (
        "complaint number",
        "incident number",
        "case number",
        "report number",
        "event number",
        "call number",
        "item number",
        "record number",
        "reference number",
        "ref number",
        "file number",
        "incident id",
        "case id",
        "event id",
        "call id",
        "report id",
        "complaint id",
        "item",
        "contact id",
        "request id",
        "cad number",
        "cad id",
        "offense number",
        "offense id",
        "crime id",
        "number",
        "reference",
        "ref",
        "id",
    ),
    "month": ("month",),
    "code": (
        "offense code",
        "crime code",
        "nibrs code",
        "ibrs code",
        "ucr code",
        "iucr code",
        "call type code",
        "call code",
        "type code",
        "incident code",
        "nature code",
        "problem code",
        "charge code",
        "statute code",
        "iucr",
        "nibrs",
        "ibrs",
        "ucr",
        "fbi code",
        "statute",
        "signal",
        "general code",
        "offense class",
        "call type",
        "offense type",
        "incident type",
        "event type",
        "code",
        "type",
        "offense",
        "crime",
        "charge",
    ),
    "title": (
        "offense description",
        "crime description",
        "highest offense",
        "offense",
        "charge description",
        "statute description",
        "primary type",
        "final call type",
        "nature call",
        "nature",
        "call description",
        "call type description",
        "call type text",
        "type text",
        "problem final",
        "incident description",
        "problem description",
        "problem type",
        "problem",
        "incident type",
        "event type",
        "event description",
        "call type",
        "initial call type",
        "offense type",
        "offense name",
        "offense category",
        "offense group",
        "crime type",
        "crime category",
        "crime name",
        "crime",
        "incident category",
        "nibrs description",
        "ucr description",
        "ucr offense",
        "literal",
        "general text",
        "type description",
        "type incident",
        "type call",
        "complaint type",
        "charge",
        "request type",
        "contact reason",
        "reason",
        "category description",
        "category",
        "description",
        "title",
        "type",
    ),
    "address": (
        "address",
        "block address",
        "incident address",
        "street address",
        "location address",
        "hundred block",
        "location block",
        "block location",
        "block",
        "incident location",
        "offense location",
        "location occurred",
        "location",
    ),
    "house": ("house number", "street number", "address number", "hundred block", "block number"),
    "direction": ("street direction", "direction"),
    "street": ("street name", "road name", "street"),
    "kind": ("street type",),
    "cross_street": ("cross street", "intersection", "street nearest"),
    "longitude": ("longitude",),
    "latitude": ("latitude",),
    "x": ("x coordinate", "x", "easting"),
    "y": ("y coordinate", "y", "northing"),
    "position": (
        "latitude longitude",
        "geo location",
        "coordinate",
        "location coordinate",
        "location point",
        "point",
        "geom",
        "wkt",
        "geo",
        "location",
    ),
    "count": ("count",),
    "beats": ("beat", "zone", "post"),
    "districts": ("district", "precinct", "division"),
    "neighborhoods": ("neighborhood", "community area"),
    "census_blocks": ("census block", "block group", "blockgroup"),
    "wards": ("ward", "council district"),
}
_TIMES = frozenset({"date", "time", "datetime", "hour", "month", "year", "day", "week", "end"})
_PLACES = frozenset({"address", "location", "street", "coordinate", "x", "y", "longitude", "latitude", "block", "city",
                     "zip", "county", "premise", "apartment", "apt", "unit"})  # fmt: skip
_PEOPLE = frozenset({"victim", "suspect", "age", "race", "sex", "gender"})
_UNITS = frozenset({"report", "school", "fire", "council", "transit", "supervisor", "congressional", "tract"})
_WORDLY = _TIMES | _PLACES | _PEOPLE | {"weapon", "status", "disposition", "method", "priority", "shift", "law"}
FORBIDDEN: dict[str, frozenset[str]] = {
    "number": (_TIMES - {"year"}) | _PLACES | _PEOPLE | {"beat", "district",
                                           "precinct", "ward", "zone", "code", "type", "badge",
                                           "officer", "sub", "count", "description"},
    "code": _WORDLY | {"id", "description", "text", "number", "name", "report"},
    "title": _WORDLY | {"report", "count", "beat", "number"},
    "address": _TIMES | _PEOPLE | {"type", "description", "code", "coordinate", "longitude", "latitude", "city",
                                   "zip", "state", "id", "group", "census", "geo", "point", "district"},
    "house": _TIMES | _PEOPLE | {"description", "city", "zip", "name", "group", "census"},
    "street": _TIMES | _PEOPLE | {"type", "direction", "code", "number", "id", "cross", "nearest"},
    "cross_street": _TIMES | {"id", "code", "type"},
    "longitude": frozenset({"latitude", "end"}),
    "latitude": frozenset({"longitude", "end"}),
    "x": frozenset({"y", "longitude", "latitude", "address", "block", "description", "street"}),
    "y": frozenset({"x", "longitude", "latitude", "address", "block", "description", "street"}),
    "position": frozenset({"type", "description", "code", "id"}),
    "count": _PEOPLE,
    "beats": frozenset({"end", "time", "zip"}),
    "districts": _UNITS,
    "neighborhoods": frozenset({"id", "code"}),
    "month": frozenset({"date"}),
}  # fmt: skip


def rank_by_words(name: str, heading: str) -> float | None:
    """How well the words of a heading name a field, the less the better; None where they do not."""
    words = set(words_of(heading)) - FILLERS
    if words & FORBIDDEN.get(name, frozenset()):
        return None
    best: float | None = None
    for place, phrase in enumerate(PHRASES.get(name, ())):
        wanted = set(phrase.split())
        if wanted <= words:
            rank = place + 4 * len(words - wanted)
            best = rank if best is None else min(best, rank)
    return best


# Which moment a column of dates tells, the one nearest to the act first.
_MOMENTS = (
    ({"occurred"}, 0.0), ({"from"}, 1.0), ({"start"}, 1.0), ({"incident"}, 2.0), ({"offense"}, 2.0), ({"crime"}, 2.0),
    ({"complaint"}, 2.0), ({"event"}, 2.0), ({"call"}, 2.0), ({"contact"}, 2.0), ({"stop"}, 2.0), ({"created"}, 3.0),
    ({"queued"}, 3.0), ({"received"}, 3.0), ({"opened"}, 3.0), ({"request"}, 3.0), ({"dispatch"}, 5.0),
    ({"report"}, 6.0),
)  # fmt: skip
_DATE_WORDS = frozenset(
    {"date", "datetime", "time", "occurred", "received", "when", "queued", "created", "opened", "day"}
)


def rank_as_date(heading: str) -> float | None:
    """How near to the act the moment in this column is; None for what is no moment, or the end of one."""
    words = set(words_of(heading))
    if not words & _DATE_WORDS or words & (_PEOPLE | {"end", "update", "birth", "year", "week", "month", "hour"}):
        return None
    if "day" in words and "date" not in words:
        return None
    near = min((rank for marks, rank in _MOMENTS if marks <= words), default=4.0)
    return near + (6.0 if "report" in words else 0.0)


def rank_as_time(heading: str, date_heading: str) -> float | None:
    """How well a column of clock times goes with a column of days; None where it tells of another moment."""
    words, other = set(words_of(heading)), set(words_of(date_heading))
    if not words & {"time", "hour"} or words & (_PEOPLE | {"end", "update", "day", "week", "response", "travel"}):
        return None
    marks = {"occurred", "from", "start", "report", "dispatch", "received", "created", "queued"}
    mine, theirs = words & marks, other & marks
    if mine and theirs and not mine & theirs:
        return None
    return len(words ^ other) + (3.0 if mine != theirs else 0.0) + (0.5 if "hour" in words else 0.0)
