"""A binder of notebooks of some thirty pages with twelve photographs, beside plain WeasyPrint (rows 11 to 14)."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from bench.measure import AT_MOST, Row, told

NOTEBOOKS = 40
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process needed: medians for one notebook, its peak memory, the size of a file, memory over time."""

    cpu: float
    wall: float
    memory: int
    growth: float
    size: int
    pages: int


def run(*, quick: bool) -> list[Row]:
    """Both ways in turn, then the whole binder in two processes beside one plain process."""
    _cost(_start("ours", 1))  # photographs and their smaller copies are made before anything is measured
    rounds, each = (3, 2) if quick else (ROUNDS, 5)
    found: dict[str, list[Cost]] = {"ours": [], "plain": []}
    for _ in range(rounds):
        for way, costs in found.items():
            costs.append(_cost(_start(way, each)))
    ours, plain = ({part: statistics.median(getattr(c, part) for c in found[way]) for part in Cost.__slots__}
                   for way in found)  # fmt: skip
    what = f"notebook of {int(ours['pages'])} pages, {12} photographs"
    note = f"median of {rounds} processes of {each} notebooks"
    return [
        Row("11", what, f"{told(ours['cpu'])} CPU", f"plain WeasyPrint: {told(plain['cpu'])}",
            ours["cpu"] / plain["cpu"], AT_MOST, 0.80, note),
        Row("11", what, f"{ours['size'] / 1e6:.1f} MB", f"plain WeasyPrint: {plain['size'] / 1e6:.1f} MB",
            ours["size"] / plain["size"], AT_MOST, 0.25, f"size of the file; plain has {int(plain['pages'])} pages"),
        Row("11", what, f"{ours['memory'] / 1024:.0f} MB", f"plain WeasyPrint: {plain['memory'] / 1024:.0f} MB",
            ours["memory"] / 1024, AT_MOST, 110, "peak memory of a worker, the goal in MB"),
        Row("12", what, "", "typst: not measured", None, note="the content is not written for typst"),
        *_binder(4 if quick else NOTEBOOKS),
    ]  # fmt: skip


def _binder(n: int) -> list[Row]:
    """Two workers of ours, then one plain process, both from the start of the process to the last file."""
    begin = time.perf_counter()
    costs = [_cost(child) for child in [_start("ours", n // 2 - 1) for _ in range(2)]]
    ours = time.perf_counter() - begin
    begin = time.perf_counter()
    _cost(_start("plain", n - 1))
    plain = time.perf_counter() - begin
    growth = max(cost.growth for cost in costs)
    what = f"{n} notebooks, two workers"
    rows = [Row("13", what, told(ours), f"plain, one process: {told(plain)}", plain / ours, goal=2.1, note="one run")]
    if n >= NOTEBOOKS:
        note = "peak memory after the last against after the fifth"
        rows.append(Row("13", what, f"{growth:.3f}", "", growth, AT_MOST, 1.05, note))
    return rows


def _start(way: str, n: int) -> subprocess.Popen[str]:
    asked = [sys.executable, "-m", "bench.notebooks", way, str(n)]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program and a number


def _cost(child: subprocess.Popen[str]) -> Cost:
    said, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{child.args} failed")
    answer: dict[str, Any] = json.loads(said)
    cpu, wall, memory = zip(*answer["taken"], strict=True)
    growth = memory[-1] / memory[min(4, len(memory) - 1)]
    return Cost(statistics.median(cpu), statistics.median(wall), max(memory), growth, answer["size"], answer["pages"])
