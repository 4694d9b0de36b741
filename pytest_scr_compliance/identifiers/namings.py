"""Sentences in which a report says how it calls somebody: "the victim, whom the panel names here as Helen".

A naming is a verb of calling, no more than function words after it, and then the name; that it is the report's own, and
not a neighbour's, must be said in the same sentence. The words are data: ``vocabulary/namings.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from .lexicon import compiled, vocabulary

_SENTENCE = regex.compile(r"(?<=[\p{L}\d)\]\"'][.?!][\"')\]]?)[ ](?!\p{Ll})|\n")


def sentences(text: str) -> list[tuple[int, int]]:
    """Offsets of the sentences of a normalised text, and of its lines where they end sooner."""
    borders = [match.span() for match in _SENTENCE.finditer(text)]
    starts = (0, *(end for _, end in borders))
    ends = (*(start for start, _ in borders), len(text))
    return list(zip(starts, ends, strict=True))


def namings(text: str, names: str) -> Iterator[str]:
    """The names that the sentences of a normalised text give to somebody, as they stand there.

    Args:
        text: a normalised text.
        names: a regular expression for one or more names, with "and" between them.
    """
    for start, end in sentences(text):
        if _words("sign").search(text, start, end) and _words("own").search(text, start, end):
            yield from _named(text[start:end], names)


def doubtful(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of a normalised text that may say how the report calls somebody."""
    for start, end in sentences(text):
        if all(form.search(text, start, end) for form in _both()):
            yield start, end


def _named(sentence: str, names: str) -> Iterator[str]:
    first = len(sentence)
    for form in _slots("first", names):
        for match in form.finditer(sentence):
            first = min(first, match.start())
            yield match["names"]
    for form in _slots("further", names):
        for match in form.finditer(sentence, first):
            yield match["names"]


@cache
def _both() -> tuple[regex.Pattern[str], ...]:
    forms = vocabulary("namings")["doubtful"]
    return tuple(regex.compile(rf"(?<!\w)(?:{form})") for form in (forms["name"], forms["own"]))


@cache
def _words(name: str) -> regex.Pattern[str]:
    return regex.compile("|".join(vocabulary("namings")[name]))


@cache
def _slots(name: str, names: str) -> tuple[regex.Pattern[str], ...]:
    between = "|".join(vocabulary("namings")["between"])
    pieces = {
        "NAMES": rf"[\"']?(?P<names>{names})[\"']?",
        "BETWEEN": rf"(?:[,:]?[ ](?:{between})(?![\w'])){{0,14}}[,:]?[ ]",
    }
    return compiled("namings", name, pieces)
