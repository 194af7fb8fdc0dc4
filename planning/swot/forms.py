"""Forms of the SWOT board; none of them saves."""

from __future__ import annotations

from typing import Any

from django import forms

from dmi.accounts.models import User
from dmi.cases.selectors import holders
from dmi.core.forms import CaseForm, offer, offer_records
from planning.swot.models import Item, Prompt, PromptAnswer, Quadrant, Response


class ItemForm(CaseForm):
    """One item, signed unless the member chooses otherwise."""

    unsigned = forms.BooleanField(
        required=False,
        label="Post without my name",
        help_text="Nobody can find out later who wrote it, and you cannot change it afterwards.",
    )

    class Meta:
        model = Item
        fields = ("quadrant", "text", "prompt")
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"prompt": "Only for a threat, if it answers one of the prompts."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "quadrant", Quadrant.choices)
        offer(self, "prompt", [("", "None of them"), *Prompt.choices])
        if not self.instance._state.adding:
            del self.fields["unsigned"]

    def clean(self) -> dict[str, Any]:
        """A prompt belongs to a threat."""
        cleaned = super().clean()
        if cleaned.get("prompt") and cleaned.get("quadrant") != Quadrant.THREAT:
            self.add_error("prompt", "Only a threat can answer a prompt.")
        return cleaned


class ResponseForm(CaseForm):
    """What is done about an item, by whom and by when."""

    class Meta:
        model = Response
        fields = ("what", "owner", "due_on")
        widgets = {"due_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seated = {m.user_id for seat in holders(self.case).values() for m in seat}
        offer_records(self, "owner", User.objects.filter(pk__in=seated).order_by("full_name", "username"))


class FinishForm(CaseForm):
    """How the response went."""

    class Meta:
        model = Response
        fields = ("outcome",)


class RiskForm(CaseForm):
    """Why the team lives with a weakness or threat."""

    class Meta:
        model = Item
        fields = ("accepted_risk",)
        widgets = {"accepted_risk": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"accepted_risk": "Left empty, the item needs a response again."}


class PromptForm(CaseForm):
    """Why a prompt is no threat here."""

    class Meta:
        model = PromptAnswer
        fields = ("reason",)
        widgets = {"reason": forms.Textarea(attrs={"rows": 2})}


class VoteForm(forms.Form):
    """How many votes the member gives."""

    points = forms.IntegerField(min_value=0, max_value=99)
