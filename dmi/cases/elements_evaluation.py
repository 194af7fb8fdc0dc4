"""Elements of assessment, debrief and the next market. Columns as in `elements.Element`."""

from __future__ import annotations

GATE = "evaluation"
BEFORE_CALL_IN = "community"

#   number, name, holder, data class, gate, done when, document
ASSESSMENT = (
    ("10.0", "Build in an assessment", "research", "measures", BEFORE_CALL_IN,
     "The evaluation plan is locked before the call-in.", "Evaluation plan"),
    ("10.1", "Bring in analysts and researchers", "coordinator", "agreements", "",
     "An analyst or researcher works under a dated agreement.", "Data-use agreement, export log"),
    ("10.2", "A comparison market", "research", "areas", BEFORE_CALL_IN,
     "A similar place that is not next door is chosen and drawn.", "Comparison sheet"),
    ("10.3", "Process and outcome measures", "research", "measures", BEFORE_CALL_IN,
     "Each measure has a source, an owner and a frequency.", "Measure register"),
    ("10.4", "Individual and community impact", "research", "measures", "",
     "It is decided whether people, the area, or both are measured.", "Impact scope note"),
    ("10.5", "Data before and after, both places", "research", "measures", GATE,
     "The same window is complete on both sides, frozen and compared with an interval.",
     "Frozen data set, result sheet"),
    ("10.6", "Whom to partner with", "coordinator", "planning_items", "",
     "Likely partners were considered and asked.", "Partner note"),
)  # fmt: skip

DEBRIEF = (
    ("11.0", "Debrief: summarize and evaluate", "coordinator", "planning_items", GATE,
     "A debrief was held some time after the call-in and its report issued.", "Debrief report"),
    ("11.1", "Sit back together", "coordinator", "planning_items", GATE,
     "Each seat was invited and those present have spoken.", "Debrief minutes"),
    ("11.2", "Goal: the open-air market is gone", "coordinator", "planning_items", GATE,
     "The team has judged this goal on the evidence.", "Goal score"),
    ("11.3", "Goal: the neighborhood is the residents' again", "community", "planning_items", GATE,
     "The team has judged this goal on the evidence.", "Goal score"),
    ("11.4", "Goal: less crime and disorder", "research", "measures", GATE,
     "The team has judged this goal on the result sheet.", "Goal score"),
    ("11.5", "Goal: safety and quality of life", "research", "measures", GATE,
     "The team has judged this goal on what residents say.", "Goal score"),
    ("11.6", "Was it done to plan", "coordinator", "planning_items", GATE,
     "The scorecard shows each element done, late, skipped or not applicable.", "Fidelity scorecard"),
    ("11.7", "What to do differently", "coordinator", "planning_items", GATE,
     "Things to change are listed and carried on.", "Change register"),
    ("11.8", "What to leave the same", "coordinator", "planning_items", GATE,
     "Things to keep are listed and carried on.", "Keep register"),
    ("11.9", "Another SWOT inventory", "coordinator", "planning_items", "",
     "A new SWOT stands beside the baseline.", "SWOT comparison"),
    ("11.10", "Help from an outside researcher", "research", "planning_items", "",
     "A researcher has signed off, or the reason for doing without is written.", "Outside statement"),
)  # fmt: skip

NEXT = (
    ("12.0", "Plan for the next market", "coordinator", "planning_items", "",
     "The next market is started with what was learned and without its people.",
     "Next-market plan, maintenance plan"),
)  # fmt: skip

ROWS = (*ASSESSMENT, *DEBRIEF, *NEXT)
