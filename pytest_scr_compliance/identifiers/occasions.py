"""Whose date it is: a day of the family's life, or one of the review, of an office, of the law.

A logistic regression over the words around a date. ``model/occasions.py`` learns its weights from marked texts and writes
them to ``vocabulary/occasions.tsv``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files

import regex

from .lexicon import vocabulary

_TOKEN = regex.compile(r"\p{L}[\p{L}'-]*|\d+|[^\w\s]")
_SENTENCE_END = regex.compile(  # also behind a role code: Child F. The Board met
    r"(?<=[\p{L}\d)]{2}[\"')]?[.;!?][\"')]?) |"
    r"(?<=[ ]\p{Lu}\d?\.) (?=(?:The|This|It|In|On|At|He|She|They|No|A|An|Both|When|After|But|Mother|Father)[ ])"
)
_WEEKDAY = regex.compile(r"\b(?:mon|tue|wed|thu|fri|sat|sun)", regex.IGNORECASE)
_REACH = 140  # characters of the sentence on each side of a date
_WORDS = 20  # of them on each side
_STEM = 5  # letters of a word that count
_ROW = 240  # characters of a row of a table on each side
_TABLE = 6000  # characters of a table above a date
_CELL = regex.compile(r"\||\t+")
_CUES = ("paper", "office_entry", "action_row", "event", "person", "imprint", "official", "birth_or_death")
_ABOVE = 1500  # characters above a date in which its heading is looked for
_HEADING = 70  # characters of a heading at most


def probability(text: str, start: int, end: int, run: tuple[int, int]) -> float:
    """How probably a date is one of the family's life.

    Args:
        text: a normalised text.
        start, end: offsets of the date.
        run: offsets of the list of dates that it stands in, such as "3, 10 and 24 May", or its own.
    """
    return weighed(features(text, start, end, run), weights("occasions"))


def weighed(found: Iterable[str], by: Mapping[str, float]) -> float:
    """The probability that weights give to features; the weight of the empty feature is the intercept."""
    return 1 / (1 + math.exp(-by[""] - sum(by.get(feature, 0.0) for feature in found)))


def features(text: str, start: int, end: int, run: tuple[int, int]) -> set[str]:
    """What a date stands in; arguments as for :func:`probability`."""
    return {
        *_words(text, run),
        *_layout(text, run),
        *_heading(text, start),
        "year" if regex.search(r"\d{4}", text[start:end]) else "no year",
        "in words" if regex.search(r"\p{L}{3}", text[start:end]) else "in figures",
        *(["year end"] if cues("year_end").fullmatch(text[start:end]) else []),
        *(["weekday"] if _WEEKDAY.search(text[start:end]) else []),
    }


def sentence(text: str, run: tuple[int, int]) -> tuple[str, str]:
    """What the sentence or line says before and after the offsets of a date or of a list of dates."""
    start, end = run
    before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
    after = text[end : end + _REACH].partition("\n")[0]
    return _SENTENCE_END.split(before)[-1], _SENTENCE_END.split(after)[0]


@cache
def cues(name: str) -> regex.Pattern[str]:
    """The words of a list of ``vocabulary/dates.yaml``."""
    return regex.compile(r"(?<!\w)(?:" + "|".join(vocabulary("dates")[name]) + r")(?!\w)", regex.IGNORECASE)


def _words(text: str, run: tuple[int, int]) -> Iterator[str]:
    """The words of the sentence: on which side, how near, and of which list."""
    before, after = sentence(text, run)
    left, right = _tokens(before)[-_WORDS:][::-1], _tokens(after)[:_WORDS]
    for side, told, words in (("<", before, left), (">", after, right)):
        yield from (f"{side} {word}" for word in words)
        yield from (f"{side}{place} {word}" for place, word in enumerate([*words, "$"][:3]))
        yield from (f"{side} ={name}" for name in _CUES if cues(name).search(told))
    yield from (f"~ {word}" for word in (*left, *right))


def _layout(text: str, run: tuple[int, int]) -> Iterator[str]:
    """The row of a table: its words, and in which column the date stands."""
    start, end = run
    before = text[max(0, start - _ROW) : start].rpartition("\n")[2]
    after = text[end : end + _ROW].partition("\n")[0]
    left, right = (regex.sub(r"[^|\t]", "", side) for side in (before, after))
    if left or right:
        yield f"column {min(len(left), 3)}"
        yield "last column" if not right else "row"
        yield from (f"row {word}" for word in _tokens(before + after))


def column(text: str, start: int) -> str:
    """What the first row of a table says above the cell at an offset; empty outside of tables."""
    begin = text.rfind("\n", 0, start) + 1
    place, top = len(_CELL.findall(text, begin, start)), ""
    while begin > max(0, start - _TABLE):
        above = text.rfind("\n", 0, begin - 1) + 1
        line = text[above : begin - 1]
        if not _CELL.search(line):
            break
        top, begin = line, above
    cells = _CELL.split(top)
    return cells[place] if place < len(cells) else ""


def _heading(text: str, start: int) -> Iterator[str]:
    """The words of the nearest short line above that ends like a heading."""
    lines = text[max(0, start - _ABOVE) : start].split("\n")[:-1]
    for line in reversed(lines):
        line = line.strip()
        if line and len(line) < _HEADING and line[-1] not in ".;," and "|" not in line:
            yield from (f"under {word}" for word in _tokens(line))
            return


def _tokens(text: str) -> list[str]:
    """Words by their first letters, so that "convened" and "convening" are one; figures are one, too."""
    return ["#" if token.isdigit() else token.lower()[:_STEM] for token in _TOKEN.findall(text)]


@cache
def weights(name: str) -> dict[str, float]:
    """Feature → weight, of a file that ``model/occasions.py`` learned; the empty feature is the intercept."""
    lines = (files(__package__) / "vocabulary" / f"{name}.tsv").read_text("utf-8").splitlines()
    return {feature: float(weight) for feature, tab, weight in (line.partition("\t") for line in lines) if tab}
