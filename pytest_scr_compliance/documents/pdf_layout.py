"""Lines of a PDF page → paragraphs in the order in which the eye reads them. Pure functions over boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

SENTENCE_ENDS = (".", "!", "?", ":", ";", ".”", ".’")


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one baseline, in PDF points; y grows upwards.

    Args:
        left, bottom, right, top: its box.
        text: what it says, without a line end.
        hyphenated: it ends in a hyphen that splits a word.
    """

    left: float
    bottom: float
    right: float
    top: float
    text: str
    hyphenated: bool = False

    @property
    def height(self) -> float:
        """Height of the box."""
        return max(self.top - self.bottom, 1.0)


def paragraphs(lines: Sequence[Line], width: float) -> list[str]:
    """The text of each paragraph in reading order; its lines are separated by one line end.

    Args:
        lines: in any order.
        width: of the page, in points.
    """
    return [text for region in _regions(list(lines), width) for text in _grouped(region)]


def _regions(lines: list[Line], width: float) -> list[list[Line]]:
    """Columns, from left to right, each with its rows from top to bottom."""
    if len(lines) < 4:
        return [_rows(lines)] if lines else []
    gutter = _gutter(lines, width)
    if gutter is None:
        return [_rows(lines)]
    wide = sorted((line for line in lines if line.left < gutter < line.right), key=lambda line: -line.top)
    found: list[list[Line]] = []
    ceiling = float("inf")
    for bound in [*wide, None]:
        floor = bound.top if bound else float("-inf")
        band = [line for line in lines if line not in wide and floor <= (line.top + line.bottom) / 2 < ceiling]
        sides = ([x for x in band if x.right <= gutter], [x for x in band if x.left >= gutter])
        if any(sides):
            inner = [region for side in sides for region in _columns(side, len(lines), width)]
            found.append([line for region in inner for line in region])
        if bound:
            if found and found[-1] and found[-1][-1] in wide:
                found[-1].append(bound)
            else:
                found.append([bound])
            ceiling = bound.bottom
    return found


def _columns(side: list[Line], whole: int, width: float) -> list[list[Line]]:
    """The regions of one side of a gutter; a side that is not smaller than the whole is not split further."""
    return _regions(side, width) if len(side) < whole else [_rows(side)]


def _gutter(lines: list[Line], width: float) -> float | None:
    """The x of a white gap between two columns of running text, or None.

    Lines that cross it are headings: they may be a quarter of the page. A table's columns are no columns of text: their
    lines are short, and a table is read row by row.
    """
    least = width * 0.22
    starts = sorted({round(line.left) for line in lines if line.right - line.left > least})
    for x in starts[1:]:
        gap = x - 2.0
        left = [line for line in lines if line.right <= gap]
        right = [line for line in lines if line.left >= gap]
        crossing = len(lines) - len(left) - len(right)
        if crossing * 4 > len(lines):
            continue
        if all(
            sum(line.right - line.left > least for line in side) >= max(3, len(side) // 2) for side in (left, right)
        ):
            overlap = min(max(x.top for x in left), max(x.top for x in right)) - max(
                min(x.bottom for x in left), min(x.bottom for x in right)
            )
            if overlap > 0:
                return gap
    return None


def _rows(lines: list[Line]) -> list[Line]:
    """Lines from top to bottom; those on one baseline become one line, separated by tabs."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -(line.top + line.bottom)):
        middle = (line.top + line.bottom) / 2
        row = rows[-1] if rows else []
        if row and all(
            other.bottom < middle < other.top and line.bottom < (other.top + other.bottom) / 2 < line.top
            for other in row
        ):
            row.append(line)
        else:
            rows.append([line])
    return [_joined(sorted(row, key=lambda line: line.left)) for row in rows]


def _joined(row: list[Line]) -> Line:
    if len(row) == 1:
        return row[0]
    text = row[0].text
    for before, line in pairwise(row):
        gap = line.left - before.right
        text += ("" if gap < 0.12 * line.height else " " if gap < line.height else "\t") + line.text
    box = (row[0].left, min(x.bottom for x in row), max(x.right for x in row), max(x.top for x in row))
    return Line(*box, text, row[-1].hyphenated)


def _grouped(lines: list[Line]) -> list[str]:
    """Paragraphs of one column: a gap that is larger than the usual one begins a new one."""
    gaps = [above.bottom - line.top for above, line in pairwise(lines)]
    usual = median([gap for gap in gaps if gap < 30] or [0.0])
    found: list[str] = []
    for index, line in enumerate(lines):
        gap = gaps[index - 1] if index else 0.0
        size = max(line.height, lines[index - 1].height) if index else 0.0
        turned = gap < -3 * size and lines[index - 1].text.endswith(SENTENCE_ENDS)  # the next column begins
        if index and not turned and (lines[index - 1].hyphenated or gap <= max(usual, 0.0) + 0.45 * size):
            found[-1] += "\n" + line.text
        else:
            found.append(line.text)
    return found
