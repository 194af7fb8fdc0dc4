"""Which incidents the map shows: period, hours, weekdays, kinds; a plain GET form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django import forms

from targeting.crime_mapping.models import Category
from targeting.crime_mapping.models.categories import MARKET, PART_ONE
from targeting.crime_mapping.selectors import areas, grids, layers
from targeting.crime_mapping.selectors.counts import Choice, month_end, month_start
from targeting.crime_mapping.selectors.sight import Sight

HOURS = {
    "": ("All hours", None),
    "morning": ("6 am to noon", tuple(range(6, 12))),
    "afternoon": ("Noon to 6 pm", tuple(range(12, 18))),
    "evening": ("6 pm to midnight", tuple(range(18, 24))),
    "night": ("Midnight to 6 am", tuple(range(6))),
}
WEEKDAYS = {
    "": ("All days", None),
    "week": ("Monday to Friday", (0, 1, 2, 3, 4)),
    "weekend": ("Saturday and Sunday", (5, 6)),
    **{str(i): (day, (i,)) for i, day in enumerate(
        ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
    )},
}  # fmt: skip
WHAT = {
    "": ("Everything", None),
    "market": ("Drugs, weapons, prostitution, sex", tuple(c.value for c in MARKET)),
    "part_one": ("Part I crimes", tuple(c.value for c in PART_ONE)),
    "drugs": ("Drugs", (Category.DRUGS.value,)),
    "disorder": ("Disorder and shots", (Category.DISORDER.value, Category.SHOTS.value)),
}
LONGEST_DAYS = 3_660


def _choices(offered: dict[str, tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(key, words) for key, (words, _) in offered.items()]


class MapFilter(forms.Form):
    """Everything may stay empty: then it is the last twelve months, all of it."""

    first = forms.DateField(label="From", required=False, widget=forms.DateInput({"type": "date"}))
    last = forms.DateField(label="To", required=False, widget=forms.DateInput({"type": "date"}))
    what = forms.ChoiceField(label="Incidents", required=False, choices=_choices(WHAT))
    hours = forms.ChoiceField(label="Hours", required=False, choices=_choices(HOURS))
    days = forms.ChoiceField(label="Days", required=False, choices=_choices(WEEKDAYS))
    reach = forms.IntegerField(label="Reach", required=False, min_value=50, max_value=1000)

    def clean(self) -> dict[str, Any]:
        """The period runs forward and is not endless."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days <= LONGEST_DAYS:
            self.add_error("last", "The last day comes after the first, and within ten years.")
        return cleaned


class PairForm(forms.Form):
    """With which earlier period of the same length the chosen one is compared."""

    before = forms.DateField(
        label="Compared with the days from", required=False, widget=forms.DateInput({"type": "date"})
    )


class Asked:
    """A request for the map: its filter, and the incidents this reader gets for it.

    Readers of totals only get one fixed period without narrowing: two filters that differ by little would show a count
    that is too small to be shown. For the same reason readers of counts without points get whole months that are over.
    """

    def __init__(self, data: Any, *, case: Any, sight: Sight, today: date, may_narrow: bool = True) -> None:
        self.form = MapFilter(data if sight.exact and may_narrow else None)
        self.is_whole = not sight.points
        year = areas.whole_year(case, today) if self.is_whole else areas.last_year(case, today)
        sources = tuple(str(s.pk) for s in layers.mapped_sources(case))
        cleaned = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        last = cleaned.get("last") or max(year.last, cleaned.get("first") or year.last)
        first = cleaned.get("first") or (year.first if last == year.last else last - timedelta(days=364))
        if self.is_whole:
            last = min(month_end(last), year.last)
            first = month_start(min(first, last))
        wanted = WHAT[cleaned.get("what", "")][1]
        base = Choice(min(first, last), last, sources=sources, categories=sight.categories(wanted),
                      by_months=self.is_whole)  # fmt: skip
        self.choice = replace(
            base, hours=HOURS[cleaned.get("hours", "")][1], weekdays=WEEKDAYS[cleaned.get("days", "")][1]
        )
        self.is_narrowed = bool(cleaned.get("what") or cleaned.get("hours") or cleaned.get("days"))
        grid = grids.grid_of(case)
        self.reach: float | None = cleaned.get("reach") or (grid.bandwidth if grid else None)
        self.words = self._words(cleaned)

    def _words(self, cleaned: dict[str, Any]) -> str:
        offered = ((WHAT, "what"), (HOURS, "hours"), (WEEKDAYS, "days"))
        parts = [choices[cleaned[name]][0] for choices, name in offered if cleaned.get(name)]
        return ", ".join(parts)
