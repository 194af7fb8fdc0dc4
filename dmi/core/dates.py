"""Dates and times as people here read them: "Thu, May 14, 2026", "6:30 pm". The same in every locale."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def day_of(moment: datetime, zone: str | None = None) -> date:
    """The calendar day of an aware `moment` where the team works: in `zone`, or in the current time zone.

    A moment comes from the database in UTC, and in the evening of an American city the UTC day is tomorrow's.
    Raises ValueError for a moment without a zone.
    """
    return timezone.localtime(moment, ZoneInfo(zone) if zone else None).date()


def long_date(day: date) -> str:
    """ "Thu, May 14, 2026"; of a moment, its day in the current time zone."""
    if isinstance(day, datetime):
        day = day_of(day) if timezone.is_aware(day) else day.date()
    return f"{DAYS[day.weekday()]}, {MONTHS[day.month - 1]} {day.day}, {day.year}"


def long_when(moment: datetime) -> str:
    """ "Thu, May 14, 2026, 6:30 pm", in the current time zone."""
    moment = timezone.localtime(moment) if timezone.is_aware(moment) else moment
    half = "am" if moment.hour < 12 else "pm"
    return f"{long_date(moment)}, {moment.hour % 12 or 12}:{moment.minute:02} {half}"


def short_date(day: date) -> str:
    """ "May 14, 2026": for columns where the weekday says nothing."""
    return long_date(day).partition(", ")[2]
