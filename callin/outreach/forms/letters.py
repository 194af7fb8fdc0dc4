"""Forms of step 6a."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone

from callin.outreach.letters import CONTENTS, ENGLISH, SPANISH
from callin.outreach.models import CallInLetter, LetterWording
from dmi.accounts.models import Agency
from dmi.core.forms import CaseForm, offer_records


class WordingForm(CaseForm):
    """The five things a call-in letter says, in English and in Spanish."""

    class Meta:
        model = LetterWording
        fields = (*CONTENTS, "signed_by")
        widgets = {name: forms.Textarea(attrs={"rows": 3}) for name in CONTENTS}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_new = self.instance._state.adding
        chiefs = Agency.objects.filter(kind__in=(Agency.Kind.POLICE, Agency.Kind.SHERIFF)).exclude(head_name="")
        offer_records(self, "signed_by", chiefs)
        for name in CONTENTS:
            label = f"{self.fields[name].label}, in Spanish"
            words = (SPANISH if is_new else self.instance.spanish).get(name, "")
            self.fields[f"{name}_es"] = forms.CharField(
                label=label, required=False, initial=words, max_length=1200, widget=forms.Textarea(attrs={"rows": 3})
            )
            if is_new:
                self.initial.setdefault(name, ENGLISH[name])

    def clean(self) -> dict[str, Any]:
        """The Spanish side is written whole or not at all."""
        cleaned = super().clean()
        spanish = {name: cleaned.get(f"{name}_es", "") for name in CONTENTS}
        if any(spanish.values()) and not all(spanish.values()):
            self.add_error(None, "The Spanish side needs all five, like the English one, or none.")
        self.instance.spanish = spanish if any(spanish.values()) else {}
        return cleaned


class DeliveryForm(CaseForm):
    """When and how a letter was delivered, and by whom."""

    class Meta:
        model = CallInLetter
        fields = ("delivered_on", "method", "delivered_by")
        widgets = {"delivered_on": forms.DateInput(attrs={"type": "date"})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = not field.widget.is_hidden

    def clean_delivered_on(self) -> Any:
        """Not in the future."""
        day = self.cleaned_data["delivered_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("A letter cannot have been delivered in the future.")
        return day
