"""Texts with marked identifiers, `[[K|text]]`, as the dev and test sets are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\[\[([A-Z]+)\|(.*?)\]\]", re.DOTALL)
#: Marks that the model is asked to find, and its label for each. All others (dates, numbers, officials)
#: are neither asked for nor alarms.
ASKED = {
    "P": "PERSON",
    "L": "PLACE",
    "O": "ORG_LOCAL",
    "PERSON": "PERSON",
    "LOC": "PLACE",
    "ORG": "ORG_LOCAL",
}


@dataclass(frozen=True)
class Marked:
    """A text without its marks, and them as (start, end, mark) in character offsets."""

    text: str
    marks: tuple[tuple[int, int, str], ...]


def parse(source: str) -> Marked:
    """Take the marks out of a text."""
    text, position = "", 0
    marks: list[tuple[int, int, str]] = []
    for match in _MARK.finditer(source):
        text += source[position : match.start()]
        marks.append((len(text), len(text) + len(match.group(2)), match.group(1)))
        text += match.group(2)
        position = match.end()
    return Marked(text + source[position:], tuple(marks))


def read_folder(folder: Path) -> list[Marked]:
    """The paragraphs (separated by blank lines) of all `.txt` files of a folder, by name."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        for paragraph in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
            if paragraph.strip() and not paragraph.lstrip().startswith("# "):
                found.append(parse(paragraph.strip("\n")))
    return found
