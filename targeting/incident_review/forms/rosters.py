"""Forms of the call-in list, the safe-passage check, the hand-off and the residents' shares."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.core.forms import CaseForm
from targeting.incident_review.forms.base import PastDays, day, text
from targeting.incident_review.models import HandOff, ResidentShares, Roster, SafePassage

WAYS = ("Age", "Sex", "Race")


class FreezeForm(CaseForm):
    """The list frozen, again with a reason."""

    class Meta:
        model = Roster
        fields = ("reason",)
        help_texts = {"reason": "Needed when the list was frozen before."}


class PassageForm(PastDays):
    """One safe-passage check."""

    past = ("checked_on",)

    class Meta:
        model = SafePassage
        fields = ("checked_on", "warrants", "custody", "orders", "counsel", "words")
        widgets = {
            "checked_on": day(), "warrants": forms.RadioSelect, "custody": forms.RadioSelect,
            "orders": forms.RadioSelect, "counsel": forms.RadioSelect, "words": text(),
        }  # fmt: skip
        help_texts = {"words": "Say what was checked and what is done. Copy nothing from a criminal-history return."}


class HandOffForm(PastDays):
    """The case of somebody prosecuted now."""

    past = ("handed_on", "status_on", "arrested_on")

    class Meta:
        model = HandOff
        fields = (
            "charge", "jurisdiction", "handed_on", "status", "status_on", "arrested_on", "docket", "court",
            "next_court_on",
        )  # fmt: skip
        widgets = {"handed_on": day(), "status_on": day(), "arrested_on": day(), "next_court_on": day()}


class ResidentsForm(CaseForm):
    """Shares of the area's residents, a line each."""

    shares = forms.CharField(
        label="Shares in percent", widget=text(8),
        help_text="One a line: way, part, percent. For example “Race, Black, 41” or “Age, 18 to 24, 12”.",
    )  # fmt: skip
    field_order = ("source", "year", "shares")

    class Meta:
        model = ResidentShares
        fields = ("source", "year")

    def clean_shares(self) -> str:
        """Each line is a way of dividing, a part and a percent between 0 and 100."""
        written: str = self.cleaned_data["shares"]
        self.instance.lines = [_share(line) for line in written.splitlines() if line.strip()]
        return written


def _share(line: str) -> dict[str, Any]:
    parts = [part.strip() for part in line.split(",")]
    try:
        way, part, percent = parts[0], parts[1], float(parts[2].rstrip("%"))
    except (IndexError, ValueError):
        raise forms.ValidationError(f"“{line}” is not a way, a part and a percent.") from None
    if way not in WAYS or not 0 <= percent <= 100:
        raise forms.ValidationError(f"“{line}”: the way is Age, Sex or Race, and the percent lies between 0 and 100.")
    return {"way": way, "part": part, "percent": percent}
