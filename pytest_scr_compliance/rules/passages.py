"""Which passages of one text stand in another one too, in time linear in their length.

Both texts are cut into runs of three telling words. A telling word is one that is left when names, roles,
numbers and words such as "the" are taken away, without its ending: so a changed pseudonym, a new line end or
a changed tense does not break a run. Runs that both texts share in the same order, with small gaps, make a
passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

RUN = 3
"""Telling words in a run: about six words of text."""
GAP = 12
"""Telling words that may be changed, added or left out between two shared runs of a passage."""
COMMON = 8
"""A run that occurs more often in the other text says nothing and is passed over."""
LEAST_DENSITY = 0.6
"""Share of telling words that must be the same on both sides; below it the text was rewritten."""

TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|[.!?:]|\n\s*\n")
"""A word, or what starts a new sentence, in which a capital does not mean a name."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage of one text that stands in the other one too.

    Args:
        start, end: character offsets into the first text; ``end`` is exclusive.
        words: how many of its words are the same, estimated from the telling ones.
    """

    start: int
    end: int
    words: int


class Telling(NamedTuple):
    """A telling word: its stem, its character offsets, and its number among all words of the text."""

    stem: str
    start: int
    end: int
    number: int


def shared_passages(
    text: str, other: str, least: int, spared: Iterable[tuple[int, int]] = (), stock: Iterable[str] = ()
) -> tuple[Passage, ...]:
    """The passages of ``text`` that stand in ``other`` too, in order and without overlap.

    Args:
        text: where to report passages.
        other: where they may come from.
        least: fewest words of a passage that must be the same.
        spared: stretches of ``other``, as character offsets, that anyone may repeat.
        stock: texts, such as quotations of guidance, that anyone may repeat.
    """
    ours, theirs = telling_words(text), telling_words(other)
    free = sorted(spared)
    known = {run for quotation in stock for run in _runs(telling_words(quotation))}
    places: dict[tuple[str, ...], list[int]] = {}
    for position, run in enumerate(_runs(theirs)):
        if run not in known and not (free and any(start <= theirs[position].start < end for start, end in free)):
            places.setdefault(run, []).append(position)
    found = [
        passage
        for chain in _chains(_runs(ours), places)
        if (passage := chain.passage(ours, theirs)) and passage.words >= least
    ]
    return tuple(_merged(found))


class _Chain:
    """Shared runs in the same order.

    Args:
        position: of the first run among the telling words of the first text.
        other: its position among those of the other text.
    """

    def __init__(self, position: int, other: int) -> None:
        self.runs = [(position, other)]

    @property
    def last(self) -> int:
        return self.runs[-1][0]

    def takes(self, position: int, other: int) -> bool:
        last, other_last = self.runs[-1]
        return 0 < position - last <= GAP and 0 < other - other_last <= GAP

    def passage(self, ours: list[Telling], theirs: list[Telling]) -> Passage | None:
        (first, other_first), (last, other_last) = self.runs[0], self.runs[-1]
        same = RUN
        for (at, other), (following, other_following) in pairwise(self.runs):
            after, other_after = at + RUN, other + RUN
            if following <= after or other_following <= other_after:
                same += min(RUN, following - at)
            else:
                same += RUN + _common(ours[after:following], theirs[other_after:other_following])
        length = last - first + RUN
        if same < LEAST_DENSITY * max(length, other_last - other_first + RUN):
            return None
        start, end = ours[first], ours[last + RUN - 1]
        return Passage(start.start, end.end, round((end.number - start.number + 1) * same / length))


def _common(ours: list[Telling], theirs: list[Telling]) -> int:
    """How many words of the gap between two runs are the same, in the same order."""
    rows = [0] * (len(theirs) + 1)
    for word in ours:
        previous = rows
        rows = [0]
        for column, other in enumerate(theirs):
            rows.append(previous[column] + 1 if word.stem == other.stem else max(previous[column + 1], rows[column]))
    return rows[-1]


def _chains(runs: Iterator[tuple[str, ...]], places: dict[tuple[str, ...], list[int]]) -> Iterator[_Chain]:
    open_chains: list[_Chain] = []
    for position, run in enumerate(runs):
        others = places.get(run, ())
        if not others or len(others) > COMMON:
            continue
        still = []
        for chain in open_chains:
            if position - chain.last <= GAP:
                still.append(chain)
            else:
                yield chain
        open_chains = still
        for other in others:
            fitting = [chain for chain in open_chains if chain.takes(position, other)]
            if fitting:
                max(fitting, key=lambda chain: len(chain.runs)).runs.append((position, other))
            else:
                open_chains.append(_Chain(position, other))
    yield from open_chains


def _runs(words: list[Telling]) -> Iterator[tuple[str, ...]]:
    return zip(*([word.stem for word in words[offset:]] for offset in range(RUN)), strict=False)


def _merged(passages: list[Passage]) -> Iterator[Passage]:
    current: Passage | None = None
    for passage in sorted(passages, key=lambda passage: passage.start):
        if current is None:
            current = passage
        elif passage.start < current.end:
            current = Passage(current.start, max(current.end, passage.end), max(current.words, passage.words))
        else:
            yield current
            current = passage
    if current is not None:
        yield current


def telling_words(text: str) -> list[Telling]:
    """The telling words of a text, in order."""
    found: list[Telling] = []
    stems: dict[str, str] = dict.fromkeys(_untelling(), "")
    number, starts_sentence = 0, True
    for match in TOKEN.finditer(text):
        word = match.group()
        if not (word[0].isalnum()):
            starts_sentence = True
            continue
        number += 1
        named = word[0].isupper() and not starts_sentence
        starts_sentence = False
        if named or len(word) < 3:
            continue
        word = word.lower()
        stem = stems.get(word)
        if stem is None:
            stem = stems[word] = _stem(word)
        if stem:
            found.append(Telling(stem, match.start(), match.end(), number))
    return found


@cache
def _untelling() -> tuple[str, ...]:
    """The words that tell nothing."""
    import yaml

    words = yaml.safe_load((files(__package__) / "passages.yaml").read_text(encoding="utf-8"))
    return (*words["roles"].split(), *words["stop"].split())


def _stem(word: str) -> str:
    """A lower-case word without its ending; empty for what is no word."""
    if not word.isalpha():
        return ""
    for ending in ("ings", "ing", "ied", "ies", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
