"""Plain sentences into which lists are put: `data/sentences/*.yaml`, written by authors who had not seen the code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from pytest_scr_compliance.model import Span

SENTENCES = Path(__file__).parent / "data" / "sentences"
_BEFORE = "The report says what follows. There was a review of what was done.\n\n"
_AFTER = "\n\nThere was no other record of it, and the panel asked why."


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with one value of a list in it.

    Args:
        group: what the author wrote of the list.
        text: with the sentence in a paragraph of its own.
        start, end: offsets into ``text`` of the value.
        is_hit: whether the value identifies somebody.
    """

    group: str
    text: str
    start: int
    end: int
    is_hit: bool

    def is_found(self, spans: Iterable[Span]) -> bool:
        """Whether spans cover the letters and digits of the value; of a decoy, whether they touch them."""
        letters = {at for at in range(self.start, self.end) if self.text[at].isalnum()}
        covered = {at for span in spans for at in range(span.start, span.end)}
        return letters <= covered if self.is_hit else not letters.isdisjoint(covered)


def kinds() -> list[str]:
    """The names of the files."""
    return sorted(path.stem for path in SENTENCES.glob("*.yaml"))


def sentences(kind: str, every: bool = False) -> Iterator[Sentence]:
    """The sentences of a file: each value once, or each value in every frame.

    Args:
        kind: name of the file.
        every: each value in every frame, some six thousand sentences.
    """
    for group in yaml.safe_load((SENTENCES / f"{kind}.yaml").read_text(encoding="utf-8")):
        frames = group["frames"]
        for number, value in enumerate(map(str, group["values"])):
            for frame in frames if every else [frames[number % len(frames)]]:
                start = len(_BEFORE) + frame.index("{x}")
                text = _BEFORE + frame.replace("{x}", value) + _AFTER
                yield Sentence(group["note"], text, start, start + len(value), group["hit"])
