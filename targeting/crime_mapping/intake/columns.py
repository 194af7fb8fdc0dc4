"""Which column of a file is what: by its heading, in the words records systems use, and by what stands in it.

A field is one of FIELDS. The answer for a source is remembered, so the next file with these headings needs no help.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from targeting.crime_mapping.intake.cells import Sample
from targeting.crime_mapping.intake.headings import plain, rank_as_date, rank_as_time, rank_by_words
from targeting.crime_mapping.intake.problems import FileProblem

FIELDS = {
    "number": "Incident number",
    "date": "Date, or date and time",
    "time": "Time",
    "month": "Month of the report",
    "code": "Offense or call code",
    "title": "Offense or call in words",
    "address": "Address",
    "house": "House number",
    "direction": "Street direction",
    "street": "Street",
    "kind": "Street type",
    "cross_street": "Cross street",
    "longitude": "Longitude",
    "latitude": "Latitude",
    "x": "X, projected",
    "y": "Y, projected",
    "position": "Both coordinates in one",
    "count": "Count, 1 or −1",
    "beats": "Beat",
    "districts": "District",
    "neighborhoods": "Neighborhood",
    "census_blocks": "Census block",
    "wards": "Ward",
}
UNIT_FIELDS = ("beats", "districts", "neighborhoods", "census_blocks", "wards")
# Whole headings, without blanks and signs, best first; what is not among them is judged by its words.
NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "complaint", "complaintnumber", "complaintno", "incidentnumber", "incidentno", "incidentnum", "incno", "incnum",
        "casenumber", "caseno", "casenum", "reportnumber", "reportno", "eventnumber", "eventno", "callnumber", "callid",
        "cadnumber", "cadid", "generaloffensenumber", "gonumber", "incidentid", "eventid", "reportid", "offenseid",
        "drnumber", "drno", "cmplntnum", "rmsnumber", "cfsid", "ccn", "servicerequestid", "requestid", "contactid",
        "ccnumber", "dckey", "nopditem", "number", "incident", "requestnumber", "numero",
    ),
    "month": ("codedmonth", "monthreportedtomshp", "reportmonth", "monthreported", "codemonth"),
    "code": (
        "crime", "crimecode", "offensecode", "offencecode", "ucrcode", "ucr", "nibrscode", "nibrs", "iucr",
        "chargecode", "crimecd", "kycd", "offensenumber", "calltypecode", "calltype", "callcode", "naturecode",
        "problemcode", "typecode", "finalcasetype", "initialcalltype", "code", "signal", "offense", "offence", "type",
    ),
    "title": (
        "description", "crimedescription", "offensedescription", "offense", "offence", "offensetype", "offensename",
        "crimetype", "crimecddesc", "ofnsdesc", "primarytype", "primaryoffense", "calldescription",
        "calltypedescription", "calltypedesc", "nature", "natureofcall", "problem", "problemtype",
        "problemdescription", "incidenttype", "category", "offensecategory", "requesttype", "reason", "contactreason",
        "charge", "crimename", "desc", "typedescription", "complainttype", "type",
    ),
    "address": (
        "address", "incidentaddress", "fulladdress", "streetaddress", "locationaddress", "blockaddress", "block",
        "hundredblock", "100block", "addr", "probaddress", "incidentlocation", "offenseaddress", "addressline1",
        "location", "locationofoccurrence", "where", "place", "locationofincident",
    ),
    "house": ("ileadsaddress", "housenumber", "houseno", "streetnumber", "streetno", "stno", "addressnumber", "number1",
              "cadaddress"),
    "street": ("ileadsstreet", "streetname", "street", "stname", "roadname", "cadstreet"),
    "cross_street": ("crossstreet", "xstreet", "crossst", "intersection", "crossstreet1", "street2", "nearest"),
    "longitude": ("longitude", "lon", "long", "lng", "lngwgs84", "xlongitude", "geolon", "longitudex", "xlong", "xlon",
                  "xlng"),
    "latitude": ("latitude", "lat", "ylatitude", "geolat", "latitudey", "ylat"),
    "x": ("xcoord", "xcoordinate", "xcoordcd", "coordx", "pointx", "gisx", "xstateplane", "geox", "easting", "x"),
    "y": ("ycoord", "ycoordinate", "ycoordcd", "coordy", "pointy", "gisy", "ystateplane", "geoy", "northing", "y"),
    "position": ("latlon", "latlong", "latlng", "coordinates", "geolocation", "geom", "thegeom", "geometry", "wkt",
                 "point", "georeference", "location1", "geopoint", "shape", "location"),
    "count": ("count", "cnt", "countvalue"),
    "beats": ("beat", "policebeat", "beatnumber", "beatno", "beatid", "patrolbeat", "beatmay2017only", "zone"),
    "districts": ("district", "policedistrict", "districtnumber", "districtno", "precinct", "policeprecinct",
                  "addrpctcd", "division", "dist"),
    "neighborhoods": ("neighborhood", "neighbourhood", "neighborhoodname", "neighborhoodnumber", "nhood", "nbhd",
                      "hood", "communityarea", "area"),
    "census_blocks": ("censusblock", "blockgroup", "censusblockgroup", "geoid", "geoid10", "blockid", "blkgrp"),
    "wards": ("ward", "wardnumber", "councildistrict"),
}  # fmt: skip
# Columns that name or describe a person are never read; the page says so.
PERSONAL = re.compile(
    r"caller|complainant|victim|suspect|arrestee|reportingp|informant|witness|owner|(^|[a-z])phone|email|\bdob\b|"
    r"birth|(first|last|full|sub\w*)name|(^|_)name$|\bssn\b|license|plate|narrative|comment|remark|officer",
    re.IGNORECASE,
)
INFORMANT = re.compile(r"informant|\bci[ _-]?(name|no|num)|confidential source", re.IGNORECASE)


def match(
    headings: Sequence[str], samples: Sequence[Sequence[str]], known: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Field → heading. What is `known` of the source comes first, then headings, then what stands in the cells."""
    for heading in headings:
        if INFORMANT.search(heading):
            raise FileProblem(
                "informant", f"The column “{heading}” may name an informant. Take it out of the file before sending it."
            )
    found = {name: heading for name, heading in (known or {}).items() if heading in headings and name in FIELDS}
    free = [h for h in headings if h not in found.values() and not is_personal(h)]
    sample = Sample(headings, samples)
    _find_moment(found, free, sample)
    claims = sorted(
        (rank, order, name, heading)
        for order, name in enumerate(FIELDS)
        if name not in found and name not in ("date", "time")
        for heading in free
        if (rank := _rank(name, heading, sample)) is not None
    )
    taken = set(found.values())
    for _, _, name, heading in claims:
        if name not in found and heading not in taken:
            found[name] = heading
            taken.add(heading)
    _look_into_cells(found, [h for h in free if h not in taken], sample)
    return _tidied(found, sample)


def check_named(columns: Mapping[str, str], headings: Sequence[str]) -> dict[str, str]:
    """Columns named by a person, checked: known fields, headings that are there (capitals do not matter)."""
    by_plain = {plain(h): h for h in headings}
    checked = {}
    for name, heading in columns.items():
        if name not in FIELDS:
            raise FileProblem("unknown_field", f"There is no field “{name}”. Fields: {', '.join(FIELDS)}.")
        if plain(heading) not in by_plain:
            raise FileProblem("no_such_heading", f"The file has no column “{heading}”.")
        checked[name] = by_plain[plain(heading)]
    return checked


def require(found: Mapping[str, str], headings: Sequence[str]) -> None:
    """Raises FileProblem when the file cannot be imported with these columns."""
    there = f"The file has: {', '.join(headings[:40])}."
    if "date" not in found:
        words = (
            "No column with the date was found. Say which column holds it; without dates a file is none of incidents."
        )
        raise FileProblem("no_date_column", f"{words} {there}")
    if not {"code", "title"} & set(found):
        raise FileProblem(
            "no_offense_column",
            f"No column with the offense or kind of call was found. Say which column holds it. {there}",
        )


def left_out(headings: Sequence[str], found: Mapping[str, str]) -> list[dict[str, object]]:
    """Columns that are not read, and whether because they may name a person."""
    used = set(found.values())
    return [{"heading": h, "is_personal": is_personal(h)} for h in headings if h not in used]


def is_personal(heading: str) -> bool:
    """Whether a column names or describes a person: it is never read, stored or given back."""
    return bool(PERSONAL.search(_spaced(heading)))


def _spaced(heading: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)


def _find_moment(found: dict[str, str], free: Sequence[str], sample: Sample) -> None:
    """The day nearest to the act, and the clock that goes with it where the day has none of its own."""
    if "date" not in found:
        days = [
            (rank - sample.clocks(heading) / 2 + (0 if sample.cells(heading) else 20), place, heading)
            for place, heading in enumerate(free)
            if (rank := rank_as_date(heading)) is not None
            and (sample.dates(heading) > 0.3 or not sample.cells(heading))
        ]
        if days:
            found["date"] = min(days)[2]
    if "date" not in found or "time" in found or sample.clocks(found["date"]) > 0.2:
        return
    clocks = [
        (rank, place, heading)
        for place, heading in enumerate(free)
        if heading != found["date"]
        and (rank := rank_as_time(heading, found["date"])) is not None
        and sample.times(heading) > 0.5
    ]
    if clocks:
        found["time"] = min(clocks)[2]


def _rank(name: str, heading: str, sample: Sample) -> float | None:
    """How well a column serves for a field, the less the better; None where heading or cells speak against it."""
    short = plain(heading)
    names = NAMES.get(name, ())
    exact = names.index(short) / 10 if short in names else None
    by_words = rank_by_words(name, heading)
    if exact is None and by_words is None:
        return None
    if not sample.fits(name, heading, is_exact=exact is not None):
        return None
    rank = exact if exact is not None else 10 + (by_words or 0.0)
    if name == "title":
        rank += 40 * (1 - sample.known_offenses(heading))
    if name == "address":
        rank += 20 * (1 - sample.addresses(heading))
    return rank


def _look_into_cells(found: dict[str, str], free: Sequence[str], sample: Sample) -> None:
    """What no heading told: a column full of dates, of known offenses, of pairs of coordinates."""
    tests = (("date", sample.dates, 0.8), ("title", sample.known_offenses, 0.8), ("position", sample.pairs, 0.8))
    for name, share_of, least in tests:
        if name in found or (name == "title" and "code" in found) or (name == "position" and "longitude" in found):
            continue
        shares = [(share_of(heading), heading) for heading in free if heading not in found.values()]
        best = max(shares, key=lambda one: one[0], default=(0.0, ""))
        if best[0] > least:
            found[name] = best[1]


def _tidied(found: dict[str, str], sample: Sample) -> dict[str, str]:
    """Half a pair of coordinates is none, and of several pairs the one most filled is read; parts of streets alike."""
    _one_place(found, sample)
    if "street" not in found:
        _drop(found, "house", "direction", "kind")
    if "address" in found and "house" not in found:
        _drop(found, "street", "direction", "kind")
    return found


def _one_place(found: dict[str, str], sample: Sample) -> None:
    for one, other in (("longitude", "latitude"), ("x", "y")):
        if (one in found) != (other in found):
            _drop(found, one, other)
    if not {"longitude", "position", "x"} & set(found) and sample.pairs(found.get("address", "")) > 0.5:
        found["position"] = found.pop("address")
    pairs = [names for names in (("longitude", "latitude"), ("position",), ("x", "y")) if names[0] in found]
    best = max(pairs, key=lambda names: round(sample.placed(found[names[0]]), 1), default=())
    for names in pairs:
        if names != best:
            _drop(found, *names)
    if "longitude" in found and sample.beyond_degrees(found["longitude"]):
        found["x"], found["y"] = found.pop("longitude"), found.pop("latitude")


def _drop(found: dict[str, str], *names: str) -> None:
    for name in names:
        found.pop(name, None)
