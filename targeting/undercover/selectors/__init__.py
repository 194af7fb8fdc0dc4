"""Reading step 4; the step's door. What other steps and papers read comes from officers' buys alone."""

from targeting.undercover.selectors.buys import (
    EvidenceSummary,
    all_buys,
    attachable,
    board_buys,
    buy_points,
    buys,
    changes_of,
    charge_page,
    charge_pages,
    evidence_summary,
    media_rows,
    notebook_buys,
    observations,
    unreleased_pictures,
    with_charge_pages,
)
from targeting.undercover.selectors.ground import Ground, ground
from targeting.undercover.selectors.inference import Caution, cautions_of_buy, cautions_of_item, unanswered
from targeting.undercover.selectors.progress import progress
from targeting.undercover.selectors.readiness import ReadinessRow, readiness, totals
from targeting.undercover.selectors.sealed import (
    INFORMANT_SOURCE,
    SEES_SEALED,
    informant_buys,
    last_look,
    linkable_informant_buys,
    linkable_officer_buys,
    numbers_of,
    operation_buys,
    operations,
    possible_readers,
)

__all__ = [
    "INFORMANT_SOURCE", "SEES_SEALED", "Caution", "EvidenceSummary", "Ground", "ReadinessRow", "all_buys", "attachable",
    "board_buys", "buy_points", "buys", "cautions_of_buy", "cautions_of_item", "changes_of", "charge_page",
    "charge_pages", "evidence_summary", "ground", "informant_buys", "last_look", "linkable_informant_buys",
    "linkable_officer_buys", "media_rows", "notebook_buys", "numbers_of", "observations", "operation_buys",
    "operations", "possible_readers", "progress", "readiness", "totals", "unanswered", "unreleased_pictures",
    "with_charge_pages",
]  # fmt: skip
