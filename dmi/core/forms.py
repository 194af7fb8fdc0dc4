"""Forms of case records: a hidden version guards against overwriting a colleague's change."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

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


def offer(form: forms.BaseForm, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """The field `name` of the form offers these choices: pairs of value and words, or groups of pairs."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def offer_no_blank(form: forms.BaseForm, name: str) -> None:
    """The field `name` of the form offers its choices without the empty one."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    choices: Any = field.choices  # pairs, once the form is made
    field.choices = [(value, words) for value, words in choices if value]


def offer_records(
    form: forms.BaseForm, name: str, records: QuerySet[Any], words: Callable[[Any], str] | None = None, nobody: str = ""
) -> None:
    """The field `name` of the form offers these records, each called by `words` (default: its own name).

    `nobody` stands for choosing none (default: the field's own words).
    """
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = records
    if nobody:
        field.empty_label = nobody
    if words is not None:
        field.label_from_instance = words  # type: ignore[assignment]  # Django's own way to set the words


class CaseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
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
            self.data = self.data.copy()  # type: ignore[attr-defined]  # a QueryDict, in tests a dict
            self.data[self.add_prefix("version")] = str(self.instance.version)  # type: ignore[index]
            raise ValidationError(STALE, code="stale")
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Check constraints over the case too, although the case is never a field of the form."""
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return exclusions - {"case"}
