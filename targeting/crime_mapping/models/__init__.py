"""What step 1 keeps: sources and their imports, incidents, boundaries, the areas and the plan for their evaluation."""

from targeting.crime_mapping.models.areas import AreaSignature, AreaVersion, EvaluationPlan
from targeting.crime_mapping.models.boundaries import BoundaryLayer, GroundShape, MapGrid, Unit
from targeting.crime_mapping.models.categories import Category
from targeting.crime_mapping.models.incidents import Incident
from targeting.crime_mapping.models.places import PlaceDecision
from targeting.crime_mapping.models.sources import ImportBatch, OffenseCode, ReportedRow, Source

__all__ = [
    "AreaSignature",
    "AreaVersion",
    "BoundaryLayer",
    "Category",
    "EvaluationPlan",
    "GroundShape",
    "ImportBatch",
    "Incident",
    "MapGrid",
    "OffenseCode",
    "PlaceDecision",
    "ReportedRow",
    "Source",
    "Unit",
]
