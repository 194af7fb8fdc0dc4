"""The kinds of paper of step 1, and the key under which one is found again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from dmi.documents import kinds
from dmi.documents.kinds import DocumentKind


def _kind(code: str, title: str, template: str, data_class: str, *, needs: str = "", also: str = "") -> DocumentKind:
    path, more = f"documents/crime_mapping/{template}.html", frozenset(also.split())
    return kinds.register(
        DocumentKind(
            code=code, title=title, template=path, data_class=data_class, needs=needs, may_include=more, is_tagged=True
        )
    )


MAP_SHEET = _kind("map_sheet", "Map sheet", "map_sheet", "area_counts")
PAIR_SHEET = _kind("before_after_sheet", "Before and after", "before_after", "area_counts")
# Points leave on paper only when a second person agrees (docs/decisions/008).
POINTS_SHEET = _kind(
    "points_sheet", "Law enforcement map sheet", "points_sheet", "incident_points", needs="incident_points.change",
    also="incident_points buy_locations",
)  # fmt: skip
BROAD_SHEET = _kind("broad_area_sheet", "Broad-area sheet", "area_sheet", "areas")
TARGET_SHEET = _kind("target_area_sheet", "Target-area sheet", "area_sheet", "areas")
TABLE_SHEET = _kind("concentration_table", "Concentration table", "concentration_table", "area_counts")
PLAN_SHEET = _kind("evaluation_plan", "Evaluation plan, first version", "evaluation_plan", "measures")
STEP_REPORT = _kind("step_1_report", "Step 1 report", "step_report", "areas", also="area_counts measures")


def key_of(kind: DocumentKind, facts: dict[str, Any]) -> str:
    """The same facts under the same kind give the same key, so a second press finds the first copy."""
    body = json.dumps(facts, sort_keys=True, default=str)
    return f"{kind.code}:{hashlib.sha256(body.encode()).hexdigest()[:24]}"
