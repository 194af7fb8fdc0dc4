"""Forms of the evidence pages."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from dmi.core.forms import CaseForm, offer
from dmi.evidence import intake, limits
from dmi.evidence.kinds import FORMATS
from dmi.evidence.models import MediaItem

SOURCES = {
    "undercover_buys": "An undercover buy",
    "informant_buys": "An informant's buy (sealed to the handler and prosecutors)",
    "police_contacts": "Surveillance, a stop or another police contact",
    "original_media": "Something else",
}
WHEN = "%Y-%m-%dT%H:%M"


def when_input() -> forms.DateTimeInput:
    """The browser's own date and time field."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN)


class ManyFilesInput(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several uploaded files; each is looked at later, by itself."""

    def __init__(self, **kwargs: Any) -> None:
        endings = ",".join(ending for form in FORMATS for ending in form.endings)
        super().__init__(widget=ManyFilesInput(attrs={"accept": endings}), **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """The files that were sent. Raises ValidationError for none or too many."""
        files = [file for file in data or [] if file]
        if not files and not data:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        most = limits.current().files_at_once
        if len(data) > most:
            raise forms.ValidationError(f"These are {len(data)} files; at most {most} are taken in at once.")
        return list(data)


class TakeInForm(forms.Form):
    """Files to take in, and what holds for all of them."""

    files = ManyFilesField(label="Files", help_text=intake.TAKEN_KINDS)  # type: ignore[assignment]  # a field, not files
    source = forms.ChoiceField(label="Where they come from", choices=list(SOURCES.items()))
    caption = forms.CharField(
        label="Caption", required=False, max_length=200, help_text="Printed below. No names of officers or informants."
    )
    taken_at = forms.DateTimeField(label="Recorded at", required=False, widget=when_input())
    item_number = forms.CharField(
        label="Property number",
        required=False,
        max_length=40,
        help_text="Of the card, disc or tape in the property room.",
    )
    holder = forms.CharField(
        label="Held by", max_length=120, help_text="Who has the card, disc or tape now, or where it lies."
    )
    purpose = forms.CharField(label="Why it is taken in", required=False, max_length=300)

    def __init__(self, *args: Any, can: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "informant_buys.change" not in can:
            offer(self, "source", [pair for pair in SOURCES.items() if pair[0] != "informant_buys"])


class DescribeForm(CaseForm):
    """What is known about an item."""

    taken_at = forms.DateTimeField(label="Recorded at", required=False, widget=when_input())

    class Meta:
        model = MediaItem
        fields = ("caption", "taken_at", "item_number", "notes")


class CheckForm(forms.Form):
    """The handler's answer after looking at an item."""

    shows_protected = forms.TypedChoiceField(
        label="Can an officer or informant be recognized, by face, voice, clothing, car or words?",
        choices=[("no", "No"), ("yes", "Yes")],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
    )
    note = forms.CharField(label="Note", required=False, max_length=300)


class ReasonForm(forms.Form):
    """The reason for an act that is kept in the custody log."""

    reason = forms.CharField(label="Reason", max_length=300)


class NoteForm(forms.Form):
    """A note kept in the custody log."""

    note = forms.CharField(label="Note", required=False, max_length=300)


class ReleaseForm(NoteForm):
    """A note for the custody log and, where releasing could give somebody away, the reason to do it all the same."""

    reason = forms.CharField(
        label="Why it may be shown all the same", required=False, max_length=300,
        help_text="Kept sealed with the handler and the prosecutors.",
    )  # fmt: skip


class OpenForm(forms.Form):
    """Why the original is opened."""

    purpose = forms.CharField(label="What you need the original for", max_length=300)


class MoveForm(forms.Form):
    """Who holds the physical item from now on."""

    to_holder = forms.CharField(label="Handed to", max_length=120)
    purpose = forms.CharField(label="What for", max_length=300)


class StillForm(forms.Form):
    """The second of a video at which a still is taken."""

    at_seconds = forms.FloatField(label="Second of the video", min_value=0)
