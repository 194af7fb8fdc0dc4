"""Forms of the survey; none of them saves."""

from targeting.survey.forms.answers import InterviewForm, ReplyForm
from targeting.survey.forms.asking import AskForm, DeclineForm, LinkForm, ReasonForm, RemindForm
from targeting.survey.forms.naming import AddressForm, NominationForm
from targeting.survey.forms.public import ContactForm, ScreenForm

__all__ = [
    "AddressForm", "AskForm", "ContactForm", "DeclineForm", "InterviewForm", "LinkForm", "NominationForm", "ReasonForm",
    "RemindForm", "ReplyForm", "ScreenForm",
]  # fmt: skip
