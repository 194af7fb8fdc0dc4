"""Forms of case records: a hidden version guards against overwriting a colleague's change."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError

from dmi.core.models import StaleRecord

if TYPE_CHECKING:
    from dmi.cases.models import MarketCase

STALE = (
    "A colleague changed this record while you were writing. Nothing of yours is lost: your text is still below. "
    "Open the record in a second tab, compare, and save again to keep your version."
)


def succeeds(form: forms.BaseForm, act: Callable[[], object], *refusals: type[Exception]) -> bool:
    """Whether the act went through; a refusal becomes an error of the form, and what was typed stays.

    `refusals` are the act's own exceptions whose words are fit to be shown.
    """
    try:
        act()
    except StaleRecord:
        form.add_error(None, STALE)
    except ValidationError as error:
        form.add_error(None, error.messages)
    except refusals as error:
        form.add_error(None, str(error))
    return form.is_valid()


class CaseForm(forms.ModelForm):
    """A model form of a case record: scoped to its case, versioned, and it never saves by itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, case: MarketCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case = case
        self.instance.case = case
        self.initial["version"] = self.instance.version

    def clean(self) -> dict[str, Any]:
        """Refuse a form opened before the last saved change; offer the newer version for the next try."""
        cleaned = super().clean() or self.cleaned_data
        opened = cleaned.get("version")
        if not self.instance._state.adding and opened != self.instance.version:
            self.data = self.data.copy()
            self.data[self.add_prefix("version")] = str(self.instance.version)
            raise ValidationError(STALE, code="stale")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Check constraints over the case too, although the case is never a field of the form."""
        return super()._get_validation_exclusions() - {"case"}
