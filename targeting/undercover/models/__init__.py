"""Records of step 4: buys, the prosecutor's page, other activity, and what stays sealed."""

from targeting.undercover.models.activity import Observation
from targeting.undercover.models.buys import BuyFacts, BuyMedia, OfficerBuy
from targeting.undercover.models.charges import ChargePage
from targeting.undercover.models.operations import Operation, OperationBuy, OperationReader
from targeting.undercover.models.sealed import (
    InferenceAnswer,
    InformantBuy,
    InformantMedia,
    InformantNumber,
    RegisterLook,
)

__all__ = [
    "BuyFacts", "BuyMedia", "ChargePage", "InferenceAnswer", "InformantBuy", "InformantMedia", "InformantNumber",
    "Observation", "OfficerBuy", "Operation", "OperationBuy", "OperationReader", "RegisterLook",
]  # fmt: skip
