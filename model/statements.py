"""Learns which sentences say that the names of a report are not real.

`python -m model.statements` writes the weights that `identifiers/statements.py` reads. Right are the sentences about names in
passages that declare some (`texts/declarations/`, and `declarations/`, where X marks a name that is invented); the others are
those of passages there that declare none, and those that hold a mark of a real name in other texts. No text of
`tests/data/declarations` is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from model import marked
from model.evaluate import EVALUATION
from model.occasions import Seen, learn

_HERE = Path(__file__).parent
_DECLARING = "declarations"
_SHORT = 4000  # characters: a longer text is a report, which declares names that nobody marked
_REAL = frozenset("PLO")  # kinds of names; of whom a sentence without one speaks nobody knows


def seen(text: marked.Marked, is_right: bool, beside: frozenset[str] = frozenset()) -> Iterator[Seen]:
    """The sentences of a text that speak of names; those that hold a mark of such a kind, if there are kinds."""
    from pytest_scr_compliance.identifiers.statements import features, spoken

    for start, end in spoken(text.text):
        if not beside or any(first < end and start < last and mark in beside for first, last, mark in text.marks):
            yield Seen(tuple(sorted(features(text.text[start:end]))), is_right)


def authors() -> Iterator[tuple[str, list[Seen]]]:
    """Author, and the sentences of its texts that speak of names."""
    yield "declaring", [row for text in marked.read_texts(_HERE / "texts" / _DECLARING) for row in seen(text, True)]
    for file in sorted((_HERE / _DECLARING).glob("*.txt")):
        passages = marked.read_folder(_HERE / _DECLARING, file.stem)
        yield file.stem, [row for text in passages for row in seen(text, any(mark == "X" for *_, mark in text.marks))]
    folders = sorted(path for path in (_HERE / "texts").iterdir() if path.is_dir() and path.name != _DECLARING)
    for folder in (*folders, EVALUATION / "dev-twenty-three"):  # which is for learning: three authors of pairs
        short = (text for text in marked.read_texts(folder) if len(text.text) < _SHORT)
        yield folder.name, [row for text in short for row in seen(text, False, beside=_REAL)]


def main() -> None:
    """Learn, write and report."""
    learn("statements", {name: rows for name, rows in authors() if rows})


if __name__ == "__main__":
    main()
