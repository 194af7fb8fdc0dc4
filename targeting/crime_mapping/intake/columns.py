"""Which column of a file is what: by its heading, in the words records systems use, and by what stands in it.

A field is one of FIELDS. The answer for a source is remembered, so the next file with these headings needs no help.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

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
    "street": "Street",
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
# Headings without blanks and signs, best first. A heading that only begins with a word counts less.
NAMES: dict[str, tuple[str, ...]] = {
    "number": (
        "complaint", "complaintnumber", "complaintno", "incidentnumber", "incidentno", "incidentnum", "incno", "incnum",
        "casenumber", "caseno", "casenum", "reportnumber", "reportno", "eventnumber", "eventno", "callnumber", "callid",
        "cadnumber", "cadid", "generaloffensenumber", "gonumber", "offenseid", "incidentid", "eventid", "reportid",
        "drnumber", "drno", "cmplntnum", "rmsnumber", "cfsid", "ccn", "servicerequestid", "requestid", "contactid",
        "number", "incident", "requestnumber", "objectid", "rowid", "id",
    ),
    "date": (
        "dateoccur", "dateoccurred", "occurreddate", "occurdate", "occurredon", "occurreddatetime", "dateofoccurrence",
        "occurrencedate", "offensedate", "offensestartdatetime", "offensestartdate", "startdatetime", "startdate",
        "incidentdate", "incidentdatetime", "dateofincident", "crimedate", "crimedatetime", "cmplntfrdt", "dateocc",
        "dateandtime", "datetime", "eventdatetime", "eventtime", "eventdate", "calldatetime", "calldate", "calltime",
        "datetimeinit", "receiveddatetime", "receiveddate", "received", "rcvddt", "datereceived", "timereceived",
        "contactdate", "contactdatetime", "createdat", "createddate", "createdatetime", "requestdate", "opened",
        "openeddate", "occurred", "timestamp", "datereported", "reporteddate", "reportdate", "reportdatetime", "date",
        "when", "fromdate", "begdate", "firstoccurrencedate",
    ),
    "time": ("timeoccur", "timeoccurred", "occurredtime", "occurtime", "incidenttime", "cmplntfrtm", "timeocc",
             "starttime", "offensetime", "crimetime", "reporttime", "hour", "time"),
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
    "longitude": ("longitude", "lon", "long", "lng", "lngwgs84", "xlongitude", "geolon", "longitudex"),
    "latitude": ("latitude", "lat", "ylatitude", "geolat", "latitudey"),
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
_DIGIT, _CLOCK = re.compile(r"\d"), re.compile(r"^\d{1,2}:\d\d")
_DATE_LIKE = re.compile(r"^\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|^\d{4}-\d\d-\d\dT")
# What may stand around a known word: OFFENSE_DATE_1, RawEventTime, CrimeDesc_txt.
_ORNAMENT = re.compile(
    r"^(raw|the|incident|crime|offense|call|event|police|rpt)?\*(\d+|no|num|nbr|id|cd|txt|text|val|utc)?$"
)
_POSITION_LIKE = re.compile(r"-?\d+\.\d+[,\s]+-?\d+\.\d+")


def plain(heading: str) -> str:
    """A heading without blanks, signs and capitals."""
    return re.sub(r"[^a-z0-9]", "", heading.lower())


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
    claims = sorted(
        (rank, order, name, heading)
        for order, name in enumerate(NAMES)
        if name not in found
        for heading in headings
        if heading not in found.values() and (rank := _rank(name, heading)) is not None
    )
    taken = set(found.values())
    for _, _, name, heading in claims:
        if name not in found and heading not in taken and _fits(name, heading, headings, samples):
            found[name] = heading
            taken.add(heading)
    _look_into_cells(found, headings, samples)
    return _tidied(found)


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


def require(found: Mapping[str, str]) -> None:
    """Raises FileProblem when the file cannot be imported with these columns."""
    if "date" not in found:
        raise FileProblem("no_date_column", "No column with the date was found. Say which column holds it.")
    if not {"code", "title"} & set(found):
        raise FileProblem(
            "no_offense_column", "No column with the offense or kind of call was found. Say which column holds it."
        )


def left_out(headings: Sequence[str], found: Mapping[str, str]) -> list[dict[str, object]]:
    """Columns that are not read, and whether because they may name a person."""
    used = set(found.values())
    return [
        {"heading": h, "is_personal": bool(PERSONAL.search(re.sub(r"(?<=[a-z])(?=[A-Z])", " ", h)))}
        for h in headings
        if h not in used
    ]


def _rank(name: str, heading: str) -> float | None:
    short = plain(heading)
    names = NAMES[name]
    if short in names:
        return names.index(short)
    for place, word in enumerate(names):
        if len(word) >= 4 and short != word and _ORNAMENT.match(short.replace(word, "*", 1)):
            return 100 + place
    return None


def _cells(heading: str, headings: Sequence[str], samples: Sequence[Sequence[str]]) -> list[str]:
    place = list(headings).index(heading)
    return [row[place].strip() for row in samples if place < len(row) and row[place].strip()]


def _share(cells: list[str], test: re.Pattern[str]) -> float:
    return sum(bool(test.search(c)) for c in cells) / len(cells) if cells else 0.0


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _fits(name: str, heading: str, headings: Sequence[str], samples: Sequence[Sequence[str]]) -> bool:
    """Whether what stands in the column could be that field; an empty column may be anything."""
    cells = _cells(heading, headings, samples)
    if not cells:
        return name not in ("count", "position")
    numbers = sum(_is_number(c) for c in cells) / len(cells)
    fits = {
        "longitude": numbers > 0.9,
        "latitude": numbers > 0.9,
        "x": numbers > 0.9,
        "y": numbers > 0.9,
        "title": numbers < 0.5,
        "house": any(c.isdigit() for c in cells),
        "position": _share(cells, _POSITION_LIKE) > 0.8,
        "count": sum(c.lstrip("+-\u2212") in ("1", "1.0") for c in cells) > 0.5 * len(cells),
        "address": numbers < 0.5 and _share(cells, _POSITION_LIKE) < 0.5,
        "date": _share(cells, _DIGIT) > 0.3 and _share(cells, _CLOCK) < 0.5,
    }
    return fits.get(name, True)


def _look_into_cells(found: dict[str, str], headings: Sequence[str], samples: Sequence[Sequence[str]]) -> None:
    """What no heading told: a column full of dates; a column of words for the offense is left to a person."""
    free = [h for h in headings if h not in found.values() and not PERSONAL.search(h)]
    if "date" not in found:
        dates = [h for h in free if _share(_cells(h, headings, samples), _DATE_LIKE) > 0.8]
        if dates:
            found["date"] = dates[0]


def _tidied(found: dict[str, str]) -> dict[str, str]:
    """Half a pair of coordinates is none; a house number without a street is none; title alone serves as code."""
    for one, other in (("longitude", "latitude"), ("x", "y")):
        if (one in found) != (other in found):
            found.pop(one, None)
            found.pop(other, None)
    if "street" not in found:
        found.pop("house", None)
    if "address" in found and "street" in found and "house" not in found:
        found.pop("street")
    return found
