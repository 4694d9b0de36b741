"""What typing, layout and scanning cost: the marked passages of some folders, changed and searched again.

    python -m benchmarks.noise model/evaluation/dev model/evaluation/dev-two [--only doubled …]

Each change is made letter by letter, so that the marks keep their places. Figures as in ``benchmarks/identifiers.py``.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from benchmarks.identifiers import Gold, Sample, ours, run, samples, summary

_SCANNED = {"o": "0", "l": "1", "O": "0", "I": "1", "S": "5", "m": "rn"}
_CYRILLIC = dict(zip("aeopcxyAEOPCTHKMX", "аеорсхуАЕОРСТНКМХ", strict=True))
_WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
_SEED = 1


def changed(sample: Sample, letters: Iterable[str]) -> Sample:
    """A sample of which each letter has become a string, with its marks moved."""
    text, places = "", [0]
    for letter in letters:
        text += letter
        places.append(len(text))
    gold = tuple(Gold(places[mark.start], places[mark.end], mark.kind, mark.scored) for mark in sample.gold)
    return Sample(sample.name, text, gold, sample.permitted)


def some(share: float, change: Callable[[str], str]) -> Callable[[Sample], Sample]:
    """Change a share of the letters."""

    def apply(sample: Sample) -> Sample:
        chance = random.Random(_SEED)
        return changed(sample, (change(c) if change(c) != c and chance.random() < share else c for c in sample.text))

    return apply


def around(before: str, after: str) -> Callable[[Sample], Sample]:
    """Put something around each person within a text."""

    def apply(sample: Sample) -> Sample:
        letters = list(sample.text)
        for mark in sample.gold:
            if mark.kind == "P" and mark.start > 0 and mark.end < len(letters):
                letters[mark.start - 1] += before
                letters[mark.end] = after + letters[mark.end]
        return changed(sample, letters)

    return apply


def spaced(sample: Sample) -> Sample:
    """People's names in spaced-out letters."""
    letters = list(sample.text)
    for mark in (mark for mark in sample.gold if mark.kind == "P"):
        for place in range(mark.start, mark.end - 1):
            if letters[place].isalpha() and sample.text[place + 1].isalpha():
                letters[place] += " "
    return changed(sample, letters)


def wrapped(hyphen: str, width: int = 55) -> Callable[[Sample], Sample]:
    """Lines of a width, long words parted at their ends."""

    def apply(sample: Sample) -> Sample:
        letters: list[str] = []
        column = 0
        for word in re.findall(r"\S+|\s", sample.text):
            if word.isspace():
                letters.append("\n" if word == "\n" or column > width else word)
                column = 0 if letters[-1] == "\n" else column + 1
            elif column < width <= column + len(word) and word.isalpha() and len(word) > 6:
                half = len(word) // 2
                letters += [*word[: half - 1], f"{word[half - 1]}{hyphen}\n", *word[half:]]
                column = len(word) - half
            else:
                letters += word
                column += len(word)
        return changed(sample, letters)

    return apply


CHANGES: dict[str, Callable[[Sample], Sample]] = {
    "nothing": lambda sample: sample,
    "doubled": some(0.3, lambda c: "  " if c == " " else c),
    "spaced": spaced,
    "soft": some(0.1, lambda c: f"{c}\u00ad" if c.isalpha() else c),
    "bold": around("**", "**"),
    "underlined": around("_", "_"),
    "html": around("<b>", "</b>"),
    "wide": some(1, lambda c: _WIDE.get(c, c)),
    "cyrillic": some(0.15, lambda c: _CYRILLIC.get(c, c)),
    "scanned": some(0.06, lambda c: _SCANNED.get(c, c)),
    "wrapped": wrapped("-"),
    "wrapped-soft": wrapped("\u00ad"),
    "capitals": some(1, lambda c: c.upper() if len(c.upper()) == 1 else c),
    "small": some(1, str.lower),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--only", nargs="+", choices=tuple(CHANGES), default=tuple(CHANGES))
    arguments = parser.parse_args()
    files = [path for folder in arguments.folders for path in sorted(folder.glob("passages*.txt"))]
    texts = [sample for path in files for sample in samples(path)]
    tool = ours()
    for name in arguments.only:
        figures = summary(run(tool, (CHANGES[name](sample) for sample in texts)))
        print(
            f"{name:14}found {figures['found']:.1%}  as error {figures['found_as_error']:.1%}  "
            f"alarms {figures['alarms_per_1000_words']}  false errors {figures['false_errors_per_1000_words']}",
            flush=True,
        )


if __name__ == "__main__":
    main()
