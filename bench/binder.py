"""A binder of notebooks of some thirty pages with twelve photographs, beside plain WeasyPrint (rows 11 to 14)."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

from bench import typeset
from bench.measure import AT_MOST, Row, told

NOTEBOOKS = 40
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Cost:
    """What one process needed: medians for one notebook, the size of a file, and memory in kilobytes.

    `peak` is the most it held, `own` what it held alone at the end, `growth` its memory after the last notebook as a
    part of that after the fifth.
    """

    cpu: float
    wall: float
    peak: int
    own: int
    growth: float
    size: int
    pages: int


def run(*, quick: bool) -> list[Row]:
    """Both ways in turn, then the whole binder in two processes beside one plain process."""
    _cost(_start("ours", 1))  # photographs and their smaller copies are made before anything is measured
    rounds, each = (3, 2) if quick else (ROUNDS, 5)
    found: dict[str, list[Cost]] = {"ours": [], "plain": []} | ({"typst": []} if typeset.found() else {})
    for _ in range(rounds):
        for way, costs in found.items():
            costs.append(_cost(_start(way, each)))
    medians = {way: {part: statistics.median(getattr(c, part) for c in costs) for part in Cost.__slots__}
               for way, costs in found.items()}  # fmt: skip
    ours, plain = medians["ours"], medians["plain"]
    what = f"notebook of {int(ours['pages'])} pages, {12} photographs"
    note = f"median of {rounds} processes of {each} notebooks"
    return [
        Row("11", what, f"{told(ours['cpu'])} CPU", f"plain WeasyPrint: {told(plain['cpu'])}",
            ours["cpu"] / plain["cpu"], AT_MOST, 0.80, note),
        Row("11", what, f"{ours['size'] / 1e6:.1f} MB", f"plain WeasyPrint: {plain['size'] / 1e6:.1f} MB",
            ours["size"] / plain["size"], AT_MOST, 0.25, f"size of the file; plain has {int(plain['pages'])} pages"),
        Row("11", what, f"{ours['peak'] / 1024:.0f} MB", f"plain WeasyPrint: {plain['peak'] / 1024:.0f} MB",
            ours["peak"] / 1024, AT_MOST, 110, "peak memory of a worker's process, the goal in MB"),
        Row("11", what, f"{ours['own'] / 1024:.0f} MB", "", None,
            note="what a process of the worker does not share with the others, at its end"),
        _floor(what, ours, medians.get("typst"), note),
        *_binder(4 if quick else NOTEBOOKS),
    ]  # fmt: skip


def _floor(what: str, ours: dict[str, float], typst: dict[str, float] | None, note: str) -> Row:
    if typst is None:
        return Row("12", what, "", "typst: not installed (--references)", None)
    cost, least = ours["cpu"] / ours["pages"], typst["cpu"] / typst["pages"]
    return Row(
        "12", what, f"{told(cost)} CPU a page", f"typst: {told(least)}", cost / least, AT_MOST, 6,
        f"{note}; typst has {int(typst['pages'])} pages",
    )  # fmt: skip


def _binder(n: int) -> list[Row]:
    """Two workers of ours, then one plain process, both from the start of the process to the last file."""
    begin = time.perf_counter()
    for child in [_start("ours", n // 2 - 1) for _ in range(2)]:
        _cost(child)
    ours = time.perf_counter() - begin
    begin = time.perf_counter()
    _cost(_start("plain", n - 1))
    plain = time.perf_counter() - begin
    rows = [
        Row("13", f"{n} notebooks, two workers", told(ours), f"plain, one process: {told(plain)}", plain / ours,
            goal=2.1, note="one run, from the start of the processes")
    ]  # fmt: skip
    if n >= NOTEBOOKS:
        growth = _cost(_start("ours", 25)).growth
        rows.append(Row("13", "25 notebooks", f"{growth:.3f}", "", growth, AT_MOST, 1.05, "memory after 25, after 5"))
    return rows


def _start(way: str, n: int) -> subprocess.Popen[str]:
    asked = [sys.executable, "-m", *(["bench.typeset"] if way == "typst" else ["bench.notebooks", way]), str(n)]
    return subprocess.Popen(asked, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own program and a number


def _cost(child: subprocess.Popen[str]) -> Cost:
    said, _ = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{child.args} failed")
    answer: dict[str, Any] = json.loads(said)
    cpu, wall, peak, held, own = zip(*answer["taken"], strict=True)
    growth = held[-1] / held[min(4, len(held) - 1)]
    return Cost(
        statistics.median(cpu), statistics.median(wall), max(peak), own[-1], growth, answer["size"], answer["pages"]
    )
