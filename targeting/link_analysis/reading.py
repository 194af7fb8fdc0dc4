"""Reading a network file: an adjacency matrix, or a list of links. Nothing here touches the database.

A matrix has the names in its first column and in its heading row; a list has two columns of names and perhaps a
weight. Any weight above zero is a link; direction is ignored and so are links of a name to itself.
"""

from __future__ import annotations

import csv
import io
import math
from dataclasses import dataclass, field

MOST_NAMES = 5_000
MOST_LINKS = 200_000
SEPARATORS = ",;\t"
HEADINGS = frozenset(
    {
        "source",
        "target",
        "from",
        "to",
        "node1",
        "node2",
        "name",
        "name1",
        "name2",
        "person1",
        "person2",
        "first",
        "second",
    }
)
WEIGHTS = frozenset({"weight", "strength", "count", "times", "value"})


class NetworkProblem(Exception):
    """The file cannot be read as a network; says where and why, in a sentence."""


@dataclass(slots=True)
class Network:
    """Names in the order of the file, and links between their places, each once, with the larger weight."""

    names: list[str]
    shape: str
    links: dict[tuple[int, int], float] = field(default_factory=dict)
    self_links: int = 0

    def join(self, first: int, second: int, weight: float) -> None:
        """Link two places; once, whatever the direction."""
        if first == second:
            self.self_links += 1
            return
        pair = (first, second) if first < second else (second, first)
        self.links[pair] = max(weight, self.links.get(pair, 0.0))

    @property
    def pairs(self) -> list[tuple[int, int]]:
        """The links, in order."""
        return sorted(self.links)


Cells = list[tuple[int, list[str]]]


def read_network(content: bytes) -> Network:
    """The network in a CSV file. Raises NetworkProblem with row and column."""
    rows = _with_corner(_rows(_text(content)))
    if not rows:
        raise NetworkProblem("The file is empty.")
    return _matrix(rows) if _is_matrix(rows) else _edge_list(rows)


def _text(content: bytes) -> str:
    if b"\x00" in content:
        raise NetworkProblem("This is not a CSV file: it holds binary data. Save it as CSV and try again.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _rows(text: str) -> Cells:
    """Rows that hold anything, numbered as in the file, cells without blanks around them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    found: Cells = []
    try:
        for cells in reader:
            shown = [cell.strip().strip("\ufeff").strip() for cell in cells]
            if any(shown):
                found.append((reader.line_num, shown))
    except csv.Error as problem:
        raise NetworkProblem(f"Row {reader.line_num}: the quotation marks do not match ({problem}).") from problem
    return found


def _separator(text: str) -> str:
    """The separator the first line that holds anything uses most, outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = "".join(part for place, part in enumerate(first.split('"')) if place % 2 == 0)
    return max(SEPARATORS, key=bare.count)


def _with_corner(rows: Cells) -> Cells:
    """A matrix whose heading row is one cell short, as some programs write it, gets its empty corner."""
    if len(rows) < 2:
        return rows
    number, head = rows[0]
    names = _trimmed(head)
    down = [cells[0] for _, cells in rows[1:]]
    if names == down and all(len(cells) == len(names) + 1 for _, cells in rows[1:]):
        return [(number, ["", *names]), *rows[1:]]
    return rows


def _is_matrix(rows: Cells) -> bool:
    """A matrix begins with an empty cell, has its names down the first column too, or is wider than any list."""
    head = _trimmed(rows[0][1])
    if not head[0]:
        return True
    widest = max(len(_trimmed(cells)) for _, cells in rows)
    if widest < 3:
        return False
    names = head[1:]
    inside = (cell for _, cells in rows[1:] for cell in cells[1:])
    if sorted(names) == sorted(cells[0] for _, cells in rows[1:]):
        return all(not cell or _is_number(cell) for cell in inside)
    return widest > 3 and not _names_two_ends(head)


def _trimmed(cells: list[str]) -> list[str]:
    """The cells without empty ones at the end."""
    cells = list(cells)
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _unique(names: list[str], where: list[str]) -> None:
    seen: dict[str, str] = {}
    for name, place in zip(names, where, strict=True):
        if not name:
            raise NetworkProblem(f"{place}: the name is missing.")
        if name in seen:
            raise NetworkProblem(f"{place}: the name “{name}” is already at {seen[name].lower()}.")
        seen[name] = place
    if len(names) > MOST_NAMES:
        raise NetworkProblem(f"The file holds {len(names):,} names; the most that can be read is {MOST_NAMES:,}.")


def _matrix(rows: Cells) -> Network:
    """Names may stand in another order down than across; both must hold the same names."""
    head_row, head = rows[0]
    across = _trimmed(head)[1:]
    _unique(across, [f"Row {head_row}, column {place}" for place in range(2, len(across) + 2)])
    down = [cells[0] for _, cells in rows[1:]]
    _unique(down, [f"Row {number}, column 1" for number, _ in rows[1:]])
    place = {name: index for index, name in enumerate(across)}
    for number, cells in rows[1:]:
        if cells[0] not in place:
            raise NetworkProblem(f"Row {number}, column 1: “{cells[0]}” is not among the names of the heading row.")
    for column, name in enumerate(across, start=2):
        if name not in set(down):
            raise NetworkProblem(f"Row {head_row}, column {column}: “{name}” has no row of its own.")
    network = Network(down, "matrix")
    order = {name: index for index, name in enumerate(down)}
    for number, cells in rows[1:]:
        _matrix_row(network, number, cells, [order[name] for name in across])
    return network


def _matrix_row(network: Network, number: int, cells: list[str], columns: list[int]) -> None:
    trimmed = cells[: len(columns) + 1] if not any(cells[len(columns) + 1 :]) else cells
    if len(trimmed) != len(columns) + 1:
        raise NetworkProblem(
            f"Row {number}: it has {len(trimmed) - 1} weights and the heading row has {len(columns)} names "
            f"(column {min(len(trimmed), len(columns) + 1) + 1})."
        )
    first = next(index for index, name in enumerate(network.names) if name == cells[0])
    for column, (second, text) in enumerate(zip(columns, trimmed[1:], strict=True), start=2):
        if text in ("0", ""):
            continue
        weight = _weight(text, number, column)
        if weight > 0:
            network.join(first, second, weight)


def _weight(text: str, row: int, column: int) -> float:
    try:
        weight = float(text.replace(",", "."))
    except ValueError:
        raise NetworkProblem(f"Row {row}, column {column}: “{text[:40]}” is not a number.") from None
    if not math.isfinite(weight) or weight < 0:
        raise NetworkProblem(f"Row {row}, column {column}: the weight “{text[:40]}” is not zero or more.")
    return weight


def _edge_list(rows: Cells) -> Network:
    body = rows[1:] if _has_heading(rows) else rows
    network = Network([], "list")
    place: dict[str, int] = {}
    for number, cells in body:
        _list_row(network, place, number, _trimmed(cells))
        if len(network.links) > MOST_LINKS:
            raise NetworkProblem(f"Row {number}: the most links that can be read is {MOST_LINKS:,}.")
    if not network.names:
        raise NetworkProblem("The file has a heading row and nothing below it.")
    return network


def _list_row(network: Network, place: dict[str, int], number: int, cells: list[str]) -> None:
    if len(cells) < 2 or not cells[0]:
        column = 1 if not (cells and cells[0]) else 2
        raise NetworkProblem(f"Row {number}, column {column}: a link needs two names, and one is missing.")
    if len(cells) > 3:
        raise NetworkProblem(f"Row {number}, column 4: a list of links has two names and at most a weight.")
    if not cells[1]:
        raise NetworkProblem(f"Row {number}, column 2: a link needs two names, and one is missing.")
    weight = _weight(cells[2], number, 3) if len(cells) == 3 else 1.0
    ends = []
    for name in cells[:2]:
        if name not in place:
            if len(place) >= MOST_NAMES:
                raise NetworkProblem(f"Row {number}: the most names that can be read is {MOST_NAMES:,}.")
            place[name] = len(network.names)
            network.names.append(name)
        ends.append(place[name])
    if weight > 0:
        network.join(ends[0], ends[1], weight)


def _has_heading(rows: Cells) -> bool:
    """Known words over the columns, or a third column whose first cell is no number."""
    cells = _trimmed(rows[0][1])
    if _names_two_ends(cells):
        return True
    if len(cells) != 3:
        return False
    return _word(cells[2]) in WEIGHTS or not _is_number(cells[2])


def _names_two_ends(head: list[str]) -> bool:
    """Whether the first two headings are words for the two ends of a link, such as "from" and "to"."""
    return len(head) >= 2 and all(_word(cell) in HEADINGS for cell in head[:2])


def _word(cell: str) -> str:
    return cell.casefold().replace(" ", "").replace("_", "")


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True
