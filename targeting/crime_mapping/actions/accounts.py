"""What a check found, in groups: equal problems once, with how many rows, the first of them and the fixes offered."""

from __future__ import annotations

from typing import Any

from targeting.crime_mapping.intake.problems import FIXES, NOTES, REASONS, words_for
from targeting.crime_mapping.intake.rows import EXAMPLES, Parser
from targeting.crime_mapping.intake.staged import Reported

CODES_SHOWN = 20


def problems_of(reported: list[Reported], parser: Parser) -> list[dict[str, Any]]:
    """Each reason and each note once; those that left rows out first."""
    return [*_reasons(reported, parser), *_notes(parser)]


def _reasons(reported: list[Reported], parser: Parser) -> list[dict[str, Any]]:
    grouped: dict[str, list[Reported]] = {}
    for row in reported:
        grouped.setdefault(row.reason, []).append(row)
    return [
        {
            "reason": words_for(reason),
            "code": reason,
            "count": len(rows),
            "column": rows[0].column,
            "rows": [row.row_number for row in rows[:EXAMPLES]],
            "examples": list(dict.fromkeys(row.found for row in rows[:50]))[:EXAMPLES],
            "is_left_out": True,
            **_fixes(reason, parser),
        }
        for reason in REASONS
        if (rows := grouped.get(reason))
    ]


def _notes(parser: Parser) -> list[dict[str, Any]]:
    found = []
    for note in NOTES:
        count = parser.notes[note]
        if not count or parser.fixes.get(note) == "leave_out":
            continue
        shown = parser.examples.get(note, [])
        order = "with the day first" if parser.dates.day_first else "with the month first"
        problem: dict[str, Any] = {
            "reason": words_for(note).format(order=order),
            "code": note,
            "count": count,
            "rows": [row for row, _ in shown],
            "examples": list(dict.fromkeys(text for _, text in shown)),
            "is_left_out": False,
            **_fixes(note, parser),
        }
        if note == "code_unmatched":
            problem["codes"] = [
                {"code": code, "title": title, "count": times}
                for (code, title), times in parser.unmatched.most_common(CODES_SHOWN)
            ]
            problem["more_codes"] = max(len(parser.unmatched) - CODES_SHOWN, 0)
        found.append(problem)
    return found


def _fixes(problem: str, parser: Parser) -> dict[str, Any]:
    return {"fixes": [fix for fix, _ in FIXES.get(problem, ())], "fix": parser.fixes.get(problem, "")}
