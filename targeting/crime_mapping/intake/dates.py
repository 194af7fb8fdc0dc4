"""Dates as records systems write them, several spellings mixed in one file.

Whether 03/04 is March or April is decided once for a file, from all its dates; where nothing decides, the month comes
first, as in the United States.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NoReturn
from zoneinfo import ZoneInfo

EARLIEST = dt.date(1900, 1, 1)
_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
_NUMBERS = re.compile(r"^(\d{1,4})[/.\-](\d{1,2})[/.\-](\d{1,4})$")
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_NAMED = re.compile(r"^(\d{1,2})[ \-]?([a-z]{3})[a-z]*\.?[ \-,]*(\d{2,4})$")
_NAMED_FIRST = re.compile(r"^([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$")
_TIME = re.compile(r"^(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*(?:([ap])\.?(?:m\.?)?|hrs|hours|h)?$")
_BARE_TIME = re.compile(r"^(\d{1,2})(\d{2})(?:(\d{2}))?\s*(?:h|hrs|hours)?$")
_DAY_PART = re.compile(r"^[01]?\.\d+$|^[01]$")
_ZONE = re.compile(r"(?<=\d)\s*(z|utc|gmt|[+-]\d{2}(?::?\d{2})?)$")
# Names of the zones of the United States are written without care for summer time: the clock is taken as local.
_LOCAL_ZONE = re.compile(r"\s+\(?[ecmpah][sd]t\)?$")
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[,.]?\s+")
_CLOSED_UP = re.compile(r"^(\d{8})t?(\d{4}(?:\d{2})?)$")
_SPLIT = re.compile(
    r"^(.*?\d)(?:t|,?\s+(?:[-@]\s*|at\s+)?|:(?=\d\d:\d\d))(\d{1,2}(?:[:.]\d{2}){1,2}"
    r"(?:[.,]\d+)?\s*(?:[ap]\.?(?:m\.?)?|h|hrs|hours)?|\d{3,4}(?:\d\d)?\s*(?:h|hrs|hours)?)$"
)
_TWO_DIGIT_TURN = 60


@dataclass(frozen=True)
class When:
    """A local moment; `has_time` is False where the file gives only the day."""

    at: dt.datetime
    has_time: bool


Told = tuple[str, str | None, str]


class BadDate(ValueError):
    """The text is not a date; `code` is one of problems.REASONS."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def told(when: When) -> Told:
    """A moment as it is stored: date and time, hour where it has a time, weekday."""
    return str(when.at), str(when.at.hour) if when.has_time else None, str(when.at.weekday())


def day_comes_first(samples: Iterable[str]) -> bool:
    """Whether a file writes 31/12/2018 rather than 12/31/2018: more dates only make sense that way than the other."""
    day_first = month_first = 0
    for text in samples:
        found = _NUMBERS.match(text.strip().split(" ")[0].split("T")[0])
        if found and len(found[1]) <= 2:
            day_first += int(found[1]) > 12 >= int(found[2])
            month_first += int(found[2]) > 12 >= int(found[1])
    return day_first > month_first


def order_is_open(samples: Iterable[str]) -> bool:
    """Whether nothing in a file tells the day from the month, though it matters."""
    is_open = False
    for text in samples:
        found = _NUMBERS.match(text.strip().split(" ")[0].split("T")[0])
        if found and len(found[1]) <= 2:
            if int(found[1]) > 12 or int(found[2]) > 12:
                return False
            is_open = is_open or int(found[1]) != int(found[2])
    return is_open


@dataclass
class DateReader:
    """Reads the dates of one file; days and times met before are remembered, which makes a million rows quick.

    `has_day_parts` says that its clocks are parts of a day: 0.25 is six in the morning.
    """

    zone: ZoneInfo
    today: dt.date
    day_first: bool = False
    has_day_parts: bool = False
    _days: dict[str, dt.date] = field(default_factory=dict)
    _times: dict[str, dt.time] = field(default_factory=dict)
    _told_days: dict[str, tuple[str, str]] = field(default_factory=dict)
    _told_times: dict[str, tuple[str, str | None]] = field(default_factory=lambda: {"": ("00:00:00", None)})

    def read_all(self, texts: Sequence[str], clocks: Sequence[str]) -> list[Told | BadDate]:
        """Each moment of a column as it is stored: local date and time, hour (None without a time), weekday from 0.

        What cannot be read stands there as the BadDate that `read` raises.
        """
        days, times = self._told_days, self._told_times
        found: list[Told | BadDate] = []
        for text, clock in zip(texts, clocks, strict=True):
            day_text, _, time_text = text.partition(" ")
            if text[10:11] == "T":
                day_text, time_text = text[:10], text[11:]
            day, time = days.get(day_text), times.get(clock or time_text)
            if day and time and not (clock and time_text):
                found.append((f"{day[0]} {time[0]}", time[1], day[1]))
                continue
            try:
                found.append(told(self.read(text, clock)))
            except BadDate as bad:
                found.append(BadDate(bad.code))  # a new one: the first holds on to everything it passed through
            else:
                self._remember(day_text, clock or time_text)
        return found

    def _remember(self, day_text: str, clock: str) -> None:
        """A day and a clock that were understood by themselves need not be understood again."""
        day, time = self._days.get(day_text.lower()), self._times.get(clock.lower())
        if day is not None:
            self._told_days[day_text] = (day.isoformat(), str(day.weekday()))
        if time is not None and clock:
            self._told_times[clock] = (time.isoformat(), str(time.hour))

    def read(self, text: str, time_text: str = "") -> When:
        """The moment in a date column, or in a date and a time column. Raises BadDate."""
        text = text.strip()
        if not text:
            raise BadDate("no_date")
        day_text, space, clock = text.partition(" ")
        day = self._days.get(day_text)
        if day is not None and not time_text:
            if not space:
                return When(dt.datetime.combine(day, dt.time()), False)
            time = self._times.get(clock)
            if time is not None:
                return When(dt.datetime.combine(day, time), True)
        try:
            return self._slowly(_WEEKDAY.sub("", " ".join(text.lower().split())), time_text.strip().lower())
        except BadDate:
            raise
        except (ValueError, OverflowError):  # 25 o'clock in a zone of 99 hours, the year 0, digits of other scripts
            raise BadDate("bad_date") from None

    def read_day(self, text: str) -> When:
        """The day alone, whatever stands behind it. Raises BadDate."""
        words = " ".join(text.split())
        for stop in range(len(words.split(" ")), 0, -1):
            try:
                day = self.read(" ".join(words.split(" ")[:stop]).partition("T")[0].rstrip(",")).at.date()
            except BadDate as bad:
                refusal = bad
            else:
                return When(dt.datetime.combine(day, dt.time()), False)
        raise refusal

    def _slowly(self, text: str, time_text: str) -> When:
        text = _LOCAL_ZONE.sub("", text)
        zone = _ZONE.search(text) if ":" in text else None
        if zone:
            text = text[: zone.start()].strip()
        if together := _CLOSED_UP.match(text):
            text = f"{together[1]} {together[2]}"
        day_text, clock = text, time_text
        parted = None if _is_whole_day(text) else _SPLIT.match(text)
        if parted:
            day_text, clock = parted[1].strip(), parted[2]
        elif _is_stamp(text):
            return self._checked(*self._with_clock(self._stamp(text), time_text, True))
        day = self._day(day_text)
        time = self._time(clock) if clock else None
        at = dt.datetime.combine(day, time or dt.time())
        if parted and not zone and not time_text:
            self._times.setdefault(parted[2], time or dt.time())
        if time_text and parted and at.time() == dt.time():
            return self._checked(*self._with_clock(at, time_text, True))
        if zone:
            at = _local(at, zone[1], self.zone)
        return self._checked(*self._with_clock(at, time_text if parted else "", time is not None))

    def _with_clock(self, at: dt.datetime, time_text: str, has_time: bool) -> tuple[dt.datetime, bool]:
        """A day that stands at midnight gets the time of its own column."""
        if time_text and at.time() == dt.time():
            return dt.datetime.combine(at.date(), self._time(time_text)), True
        return at, has_time

    def _checked(self, at: dt.datetime, has_time: bool) -> When:
        if at.date() < EARLIEST:
            raise BadDate("too_old")
        if at.date() > self.today + dt.timedelta(days=1):
            raise BadDate("future_date")
        return When(at, has_time)

    def _day(self, text: str) -> dt.date:
        day = self._days.get(text)
        if day is None:
            day = self._new_day(text)
            if EARLIEST <= day <= self.today + dt.timedelta(days=1):
                self._days[text] = day
        return day

    def _new_day(self, text: str) -> dt.date:
        try:
            if found := _NUMBERS.match(text):
                return self._from_numbers(found)
            if found := _COMPACT.match(text):
                return dt.date(int(found[1]), int(found[2]), int(found[3]))
            if found := _NAMED.match(text):
                return dt.date(_year(found[3]), _MONTHS[found[2]], int(found[1]))
            if found := _NAMED_FIRST.match(text):
                return dt.date(int(found[3]), _MONTHS[found[1]], int(found[2]))
        except (ValueError, KeyError):
            raise BadDate("bad_date") from None
        raise BadDate("bad_date")

    def _from_numbers(self, found: re.Match[str]) -> dt.date:
        first, second, third = found[1], found[2], found[3]
        if len(first) == 4:
            return dt.date(int(first), int(second), int(third))
        if len(first) > 2 or len(third) not in (2, 4):
            raise BadDate("bad_date")
        day, month = (first, second) if self.day_first else (second, first)
        if int(month) > 12 >= int(day):
            day, month = month, day
        return dt.date(_year(third), int(month), int(day))

    def _time(self, text: str) -> dt.time:
        time = self._times.get(text)
        if time is not None:
            return time
        if self.has_day_parts and _DAY_PART.match(text):
            minutes, seconds = divmod(round(float(text) * 86_400) % 86_400, 60)
            self._times[text] = time = dt.time(*divmod(minutes, 60), seconds)
            return time
        found = _TIME.match(text) or _BARE_TIME.match(text)
        if found is None and text.isdigit() and len(text) <= 2:
            return dt.time(0, int(text)) if int(text) < 60 else _refuse()
        if found is None:
            _refuse()
        try:
            self._times[text] = time = _clock(found)
        except ValueError:
            _refuse()
        return time

    def _stamp(self, text: str) -> dt.datetime:
        value = float(text)
        if 10_000 <= value < 100_000:
            return dt.datetime(1899, 12, 30) + dt.timedelta(days=value)  # noqa: DTZ001 (spreadsheet day, local)
        seconds = value / 1000 if value >= 1e11 else value
        return dt.datetime.fromtimestamp(seconds, dt.UTC).astimezone(self.zone).replace(tzinfo=None)


def _refuse() -> NoReturn:
    raise BadDate("bad_date")


def _is_stamp(text: str) -> bool:
    if not text.replace(".", "", 1).isdigit():
        return False
    value = float(text)
    return 10_000 <= value < 100_000 or (1e8 <= value < 1e13 and not _COMPACT.match(text))


def _is_whole_day(text: str) -> bool:
    return bool(_NUMBERS.match(text) or _COMPACT.match(text) or _NAMED_FIRST.match(text) or _NAMED.match(text))


def _clock(found: re.Match[str]) -> dt.time:
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    half = found[4] if found.re is _TIME else None
    if half:
        if not 1 <= hour <= 12:
            raise ValueError
        hour = hour % 12 + (12 if half == "p" else 0)
    if (hour, minute, second) == (24, 0, 0):
        hour = 0
    return dt.time(hour, minute, min(second, 59))


def _year(text: str) -> int:
    year = int(text)
    if len(text) > 2:
        return year
    return year + (1900 if year >= _TWO_DIGIT_TURN else 2000)


def _local(at: dt.datetime, offset: str, zone: ZoneInfo) -> dt.datetime:
    if offset in ("z", "utc", "gmt"):
        moved = at.replace(tzinfo=dt.UTC)
    else:
        sign = -1 if offset[0] == "-" else 1
        digits = offset[1:].replace(":", "")
        shift = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
        moved = at.replace(tzinfo=dt.timezone(sign * shift))
    return moved.astimezone(zone).replace(tzinfo=None)
