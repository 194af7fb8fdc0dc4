"""Step 1 on paper: map and area sheets, tables, before and after, the report; maps are drawn from frozen facts."""

from targeting.crime_mapping.letters.maps import NothingToDraw, area_map, map_facts, sheet_of
from targeting.crime_mapping.letters.pairs import CAUTION, maps_of, pair_sheet
from targeting.crime_mapping.letters.papers import (
    BROAD_SHEET,
    MAP_SHEET,
    PAIR_SHEET,
    PLAN_SHEET,
    POINTS_SHEET,
    STEP_REPORT,
    TABLE_SHEET,
    TARGET_SHEET,
    key_of,
)
from targeting.crime_mapping.letters.report import step_report
from targeting.crime_mapping.letters.sheets import (
    area_sheet,
    concentration_table,
    evaluation_plan,
    map_sheet,
    points_sheet,
    street_table,
)

__all__ = [
    "BROAD_SHEET", "CAUTION", "MAP_SHEET", "PAIR_SHEET", "PLAN_SHEET", "POINTS_SHEET", "STEP_REPORT", "TABLE_SHEET",
    "TARGET_SHEET", "NothingToDraw", "area_map", "area_sheet", "concentration_table", "evaluation_plan", "key_of",
    "map_facts", "map_sheet", "maps_of", "pair_sheet", "points_sheet", "sheet_of", "step_report", "street_table",
]  # fmt: skip
