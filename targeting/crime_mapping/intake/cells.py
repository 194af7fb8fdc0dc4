"""What stands in the columns of a file, judged from its first rows: dates, clocks, addresses, coordinates, offenses."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from targeting.crime_mapping.intake.crosswalk import is_known

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_DATE = re.compile(
    rf"^\D{{0,12}}(?:\d{{1,4}}[/.-]\d{{1,2}}[/.-]\d{{1,4}}|\d{{1,2}}[ -]?{_MONTH}\.?[ -]?,? ?\d{{2,4}}"
    rf"|{_MONTH}\.? +\d{{1,2}},? +\d{{4}}|(?:19|20)\d\d[01]\d[0-3]\d(?:\D?\d{{4,6}})?$)",
    re.IGNORECASE,
)
_STAMP = re.compile(r"^(?:[1-9]\d{4}\.\d+|[23]\d{4}|4\d{4}|[1-9]\d{8,9}|[1-9]\d{11,12})(?:\.0+)?$")
_CLOCK = re.compile(r"(?:[T \-@:]|^)(\d{1,2})[:.]?(\d{2})(?:[:.]?(\d{2}))?(?:\.\d+)?\s*([ap]m?)?", re.IGNORECASE)
_ONLY_CLOCK = re.compile(r"^(?:\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?|\d{1,4}|\d{5,6})"
                         r"\s*(?:h|hrs|hours)?$", re.IGNORECASE)  # fmt: skip
_DAY_PART = re.compile(r"^0?\.\d{3,}$")
_THOUSANDS = re.compile(r"^[-+]?\d{1,3}(?:,\d{3})+(?:\.\d*)?$")
_TURNED = re.compile(
    r"^([\d.,]+)(?:\s*[°º]\s*(?:([\d.]+)\s*['′’]\s*)?(?:([\d.]+)\s*(?:\"|″|”|'')\s*)?)?\s*([NSEW]?)$", re.IGNORECASE
)
_AFTER_DAY = re.compile(r"^.*?\d[/.-]\d{1,2}[/.-]\d{1,4}(?P<clock>.*)$|^.*?\d{4}(?P<named>\D.*)$", re.DOTALL)
# Two numbers of degrees, also as {'latitude': '38.65', 'longitude': '-90.27'}.
PAIR = re.compile(
    r"(-?\d{1,3}\.\d+)['\"]?[,;\s]+(?:['\"]?l(?:at|on|ng)[a-z]*['\"]?\s*[:=]\s*)?['\"]?(-?\d{1,3}\.\d+)", re.IGNORECASE
)
_HOUSE = re.compile(r"^\d+X*(?:\s*-\s*\d+)?\s+(?:BLO?C?K\s+)?(?:OF\s+)?[NSEW]?\.?\s*\w*[A-Z]", re.IGNORECASE)
_STREET = re.compile(
    r"[/&@\\]|\b(?:AND|ST|STREET|AVE?|AVENUE|BLVD|RD|ROAD|DR|DRIVE|LN|PL|CT|WAY|PKWY|HWY|TER|CIR|SQ|BLOCK)\b",
    re.IGNORECASE,
)
_ZONED = re.compile(r"[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|[+-]\d\d(?::?\d\d)?)$")
_MINUS = "\u2212"
BLANKS = frozenset({"", "NULL", "(NULL)", "NONE", "N/A", "#N/A", "NA", "NAN", "-", "--", "UNKNOWN", "\\N"})


def number(text: str) -> float:
    """A cell as a number, also with a decimal comma, commas at thousands, or as degrees with N, S, E, W; else NaN."""
    if "," in text:
        is_grouped = _THOUSANDS.match(text) and (text.count(",") > 1 or "." in text or _is_off_the_globe(text))
        text = text.replace(",", "" if is_grouped else ".")
    try:
        return float(text)
    except ValueError:
        return _turned(text)


def _is_off_the_globe(text: str) -> bool:
    """885,892 is grouped in thousands, since no degree is as large; 90,270 may be either and is read as degrees."""
    return abs(int(text.partition(",")[0])) > 180


def _turned(text: str) -> float:
    """Degrees with a letter, with or without minutes and seconds: 90.27° W, 38° 39' 0\" N."""
    found = _TURNED.match(text.strip())
    if not found or not any(sign in text.upper() for sign in "°ºNSEW"):
        return float("nan")
    try:
        parts = [float(part or 0) for part in found.groups()[:3]]
    except ValueError:
        return float("nan")
    size = parts[0] + parts[1] / 60 + parts[2] / 3600
    return -size if found[4].upper() in ("S", "W") else size


def is_day_part(text: str) -> bool:
    """Whether a clock is written as a part of a day, as spreadsheets hold it: 0.545138 is 1:05 pm."""
    return bool(_DAY_PART.match(text))


class Sample:
    """The first rows of a file, column by column."""

    def __init__(self, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self._at = {heading: place for place, heading in reversed(list(enumerate(headings)))}
        self._rows = rows
        self._cells: dict[str, list[str]] = {}

    def cells(self, heading: str) -> list[str]:
        """What is written in a column, blanks and words for nothing left out; nothing where there is no such column."""
        if heading not in self._cells:
            place = self._at.get(heading)
            self._cells[heading] = [
                text
                for row in self._rows
                if place is not None and place < len(row) and (text := row[place].strip()).upper() not in BLANKS
            ]
        return self._cells[heading]

    def dates(self, heading: str) -> float:
        """Share of cells that begin with a day, or are a computer's count of time."""
        return self._share(heading, lambda text: bool(_DATE.match(text) or _STAMP.match(text)))

    def clocks(self, heading: str) -> float:
        """Share of dates that name a time of day other than midnight, in whatever zone it is midnight."""
        cells = self.cells(heading)
        ends = {text[10:] for text in cells} if cells and _ZONED.search(cells[0]) else set()
        if 1 <= len(ends) <= min(2, len(cells) - 1):  # midnight in another zone, with and without summer time
            return 0.0
        return self._share(heading, _has_clock)

    def times(self, heading: str) -> float:
        """Share of cells that are a time of day and nothing else."""
        return self._share(
            heading, lambda text: bool(_ONLY_CLOCK.match(text) or is_day_part(text) or text[:10] == "1899-12-30")
        )

    def pairs(self, heading: str) -> float:
        """Share of cells that hold two coordinates."""
        return self._share(heading, lambda text: bool(PAIR.search(text)))

    def addresses(self, heading: str) -> float:
        """Share of cells that look like a house, a block or a crossing."""
        return self._share(heading, lambda text: bool(_HOUSE.match(text) or _STREET.search(text)))

    def known_offenses(self, heading: str) -> float:
        """Share of cells in which the crosswalk knows the words."""
        return self._share(heading, is_known)

    def placed(self, heading: str) -> float:
        """Share of all rows in which the column holds more than nought."""
        filled = [text for text in self.cells(heading) if text.strip("0.,-+() ")]
        return len(filled) / len(self._rows) if self._rows else 0.0

    def beyond_degrees(self, heading: str) -> bool:
        """Whether the numbers are too large to be degrees."""
        values = [value for text in self.cells(heading) if (value := number(text)) == value and value != 0]
        return bool(values) and sum(abs(value) > 360 for value in values) > len(values) / 2

    def fits(self, name: str, heading: str, *, is_exact: bool) -> bool:
        """Whether what stands in the column could be that field; an empty column may be what its whole heading says."""
        cells = self.cells(heading)
        if not cells:
            return is_exact and name not in ("count", "position", "address", "title")
        if name in ("longitude", "latitude", "x", "y"):
            return self._share(heading, _is_number) > (0.5 if is_exact else 0.9)
        if name == "count":
            units = self._share(heading, lambda text: text.lstrip("+-(" + _MINUS).rstrip(")") in ("1", "1.0"))
            return units > 0.5 if is_exact else units == 1
        tests: dict[str, Callable[[], bool]] = {
            "title": lambda: self._share(heading, _has_words) > 0.5,
            "code": lambda: self._share(heading, _is_wordy) < 0.4,
            "house": lambda: self._share(heading, lambda text: text[:1].isdigit() and " " not in text) > 0.5,
            "position": lambda: self.pairs(heading) > 0.5,
            "address": lambda: self._share(heading, _is_number) < 0.5 and self._is_address(heading, is_exact),
            "street": lambda: self._share(heading, _is_number) < 0.5,
            "number": lambda: self._share(heading, lambda text: " " not in text) > 0.3,
            "direction": lambda: self._share(heading, lambda text: len(text) <= 9) > 0.9,
        }
        return tests[name]() if name in tests else True

    def _is_address(self, heading: str, is_exact: bool) -> bool:
        bare = self._share(heading, lambda text: bool(PAIR.search(text)) and not _HOUSE.match(text))
        return bare < 0.5 and (is_exact or self.addresses(heading) > 0.2)

    def _share(self, heading: str, test: Callable[[str], bool]) -> float:
        cells = self.cells(heading)
        return sum(map(test, cells)) / len(cells) if cells else 0.0


def _is_number(text: str) -> bool:
    return number(text) == number(text)


def _has_words(text: str) -> bool:
    return sum(c.isalpha() for c in text) >= 3 and not _is_number(text)


def _is_wordy(text: str) -> bool:
    return (" " in text and not any(c.isdigit() for c in text)) or (len(text) > 12 and text.isalpha()) or "/" in text


def _has_clock(text: str) -> bool:
    if _STAMP.match(text):
        return "." in text.rstrip("0").rstrip(".") or len(text) >= 9
    if text[:8].isdigit() and len(text) > 8:
        return text[8:].strip("T :0") != ""
    found = _AFTER_DAY.match(text)
    rest = (found["clock"] or found["named"] or "") if found else ""
    rest = re.sub(r"(?:[+-]\d{2}(?::?\d{2})?|Z|UTC)$", "", rest.strip(" ,T@-"), flags=re.IGNORECASE)
    clock = _CLOCK.match(rest.strip())
    if not clock:
        return False
    half = (clock[4] or "").lower()[:1]
    is_midnight = (int(clock[1]), int(clock[2])) == (0, 0) or (
        half == "a" and (int(clock[1]), int(clock[2])) == (12, 0)
    )
    return not is_midnight
