"""Forms of the review; none of them saves."""

from targeting.incident_review.forms.base import ReasonForm
from targeting.incident_review.forms.decisions import (
    CriteriaForm,
    DecisionForm,
    DeclineForm,
    FirstLookForm,
    RecommendationForm,
    SeparatePathForm,
)
from targeting.incident_review.forms.files import (
    AssessmentForm,
    ChargeForm,
    ContactForm,
    IntelligenceForm,
    RefinedForm,
    ViolenceForm,
)
from targeting.incident_review.forms.reviews import AttendanceForm, CloseForm, ReviewForm
from targeting.incident_review.forms.rosters import FreezeForm, HandOffForm, PassageForm, ResidentsForm

__all__ = (
    "AssessmentForm", "AttendanceForm", "ChargeForm", "CloseForm", "ContactForm", "CriteriaForm", "DecisionForm",
    "DeclineForm", "FirstLookForm", "FreezeForm", "HandOffForm", "IntelligenceForm", "PassageForm", "ReasonForm",
    "RecommendationForm", "RefinedForm", "ResidentsForm", "ReviewForm", "SeparatePathForm", "ViolenceForm",
)  # fmt: skip
