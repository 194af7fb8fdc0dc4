"""What the prosecutor fills in when a notebook is cleared."""

from __future__ import annotations

from django import forms


class ClearForm(forms.Form):
    """The facts that were read, by their hash, and a remark for the file."""

    facts_hash = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    remark = forms.CharField(
        label="Remark for the file",
        max_length=400,
        required=False,
        help_text="For example what was held back, and why. Never printed.",
    )
