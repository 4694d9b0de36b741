"""Texts with marked identifiers, `[[K|text]]`, as `texts/GUIDE.md` says: for training and for measuring.

`python -m model.marked FILE…` counts words and marks, and shows what may be wrong with them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
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


def read_folder(folder: Path, start: str = "", change: Callable[[str], str] = str) -> list[Marked]:
    """The paragraphs (separated by blank lines) of the `.txt` files of a folder whose names begin so, by name.

    Args:
        folder: holds them.
        start: of the names of the files.
        change: what is done to each paragraph with its marks before it is read.
    """
    return [item for path in sorted(folder.glob(f"{start}*.txt")) for item in _paragraphs(path, change)]


def read_texts(folder: Path) -> list[Marked]:
    """The `.txt` files of a folder that begin with `long` or `clean`, each as one text, and the paragraphs of the others."""
    paths = sorted(folder.glob("*.txt"))
    whole = [path for path in paths if path.stem.startswith(("long", "clean"))]
    others = [path for path in paths if path not in whole]
    return [
        *(parse(path.read_text("utf-8")) for path in whole),
        *(item for path in others for item in _paragraphs(path)),
    ]


def _paragraphs(path: Path, change: Callable[[str], str] = str) -> Iterator[Marked]:
    for paragraph in re.split(r"\n\s*\n", path.read_text(encoding="utf-8")):
        if paragraph.strip() and not paragraph.lstrip().startswith("# "):
            yield parse(change(paragraph.strip("\n")))


KINDS = frozenset("PLODACN") | {"OFFICIAL"}


def doubts(source: str) -> Iterator[str]:
    """What may be wrong with the marks of a file: unknown kinds, broken marks, a name that stands unmarked elsewhere."""
    for kind in sorted({m[1] for m in _MARK.finditer(source)} - KINDS):
        yield f"unknown kind {kind}"
    if "[[" in (rest := _MARK.sub("", source)) or "]]" in rest:
        yield "a mark that is not closed"
    for match in _MARK.finditer(source):
        if re.search(r"[\[\]|]|\n\s*\n", match[2]):
            yield f"a mark with a bracket, a bar or a blank line in it: {match[0][:40]!r}"
    for number, passage in enumerate(re.split(r"\n\s*\n", source), 1):
        unmarked = _MARK.sub("\0", passage)
        for name in {m[2] for m in _MARK.finditer(passage) if m[1] in "PLO" and len(m[2]) > 3}:
            if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", unmarked):
                yield f"passage {number}: {name!r} also stands unmarked"


def main() -> None:
    """Print the counts and doubts of marked files."""
    for path in sys.argv[1:]:
        source = Path(path).read_text(encoding="utf-8")
        kinds = Counter(m[1] for m in _MARK.finditer(source))
        print(path, len(parse(source).text.split()), "words", dict(kinds), *doubts(source), sep="\n  ")


if __name__ == "__main__":
    main()
