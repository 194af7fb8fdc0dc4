"""Forms of steps 6 and 6a; none of them saves."""

from callin.outreach.forms.families import CheckForm, FlagForm, InfluentialForm, LiftForm, PairForm, SearchForm
from callin.outreach.forms.letters import DeliveryForm, WordingForm
from callin.outreach.forms.visits import FollowUpForm, NeedForm, OutcomeForm, PlanForm

__all__ = (
    "CheckForm", "DeliveryForm", "FlagForm", "FollowUpForm", "InfluentialForm", "LiftForm", "NeedForm", "OutcomeForm",
    "PairForm", "PlanForm", "SearchForm", "WordingForm",
)  # fmt: skip
