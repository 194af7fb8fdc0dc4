"""Timing two ways of doing the same, in turn, and the rows that say what came out."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

AT_LEAST, AT_MOST = "at least", "at most"
UNITS = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))


@dataclass(frozen=True, slots=True)
class Row:
    """One measure: what is ours, what it is compared with, the ratio, and the goal for it."""

    name: str
    what: str
    ours: str
    reference: str
    ratio: float | None
    bound: str = AT_LEAST
    goal: float | None = None
    note: str = ""

    @property
    def verdict(self) -> str:
        """Whether the goal is met; empty where nothing was compared or no goal is set."""
        if self.ratio is None or self.goal is None:
            return ""
        held = self.ratio >= self.goal if self.bound == AT_LEAST else self.ratio <= self.goal
        return "met" if held else "MISSED"


@dataclass(frozen=True, slots=True)
class Paired:
    """Seconds of ours and of the reference: medians of runs taken in turn."""

    ours: float
    reference: float
    times: int

    @property
    def faster(self) -> float:
        """How many times as long the reference takes."""
        return self.reference / self.ours

    @property
    def share(self) -> float:
        """Ours as a part of the reference."""
        return self.ours / self.reference


def paired(ours: Callable[[], Any], reference: Callable[[], Any], times: int = 5) -> Paired:
    """Both in turn, `times` times, after one run of each that is not counted."""
    ours()
    reference()
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(times):
        for place, act in enumerate((ours, reference)):
            taken[place].append(seconds(act))
    return Paired(statistics.median(taken[0]), statistics.median(taken[1]), times)


def seconds(act: Callable[[], Any]) -> float:
    """How long one run takes by the clock on the wall."""
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def told(value: float) -> str:
    """A duration in the unit that fits."""
    size, unit = next((found for found in UNITS if value >= found[0]), UNITS[-1])
    return f"{value / size:.3g} {unit}"


def compared(name: str, what: str, against: str, pair: Paired, *, goal: float | None = None, note: str = "") -> Row:
    """A row of "so many times as fast as"."""
    note = "; ".join(part for part in (f"median of {pair.times}", note) if part)
    return Row(name, what, told(pair.ours), f"{against}: {told(pair.reference)}", pair.faster, AT_LEAST, goal, note)


def show(rows: list[Row]) -> str:
    """The rows as a table of plain text."""
    head = ("row", "what", "ours", "reference", "ratio", "goal", "", "note")
    lines = [head, *(_cells(row) for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head) - 1)]
    return "\n".join("  ".join((*map(str.ljust, line[:-1], widths), line[-1])).rstrip() for line in lines)


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{row.ratio:.3g}"
    goal = "" if row.goal is None else f"{row.bound} {row.goal:g}"
    return row.name, row.what, row.ours, row.reference, ratio, goal, row.verdict, row.note


def write(rows: list[Row], folder: Path, group: str) -> Path:
    """The rows of one group as JSON, for comparing runs."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{group}.json"
    about = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "machine": "2 shared cores"}
    found = [asdict(row) | {"verdict": row.verdict} for row in rows]
    target.write_text(json.dumps({**about, "rows": found}, indent=1, ensure_ascii=False) + "\n")
    return target
