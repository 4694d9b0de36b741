"""Sentences in which a report says how it calls somebody: "the victim, whom the panel names here as Helen".

A naming is a verb of calling, no more than function words after it, and then the name; that it is the report's own, and
not a neighbour's, must be said in the same sentence. The words are data: ``vocabulary/namings.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

import regex

from .lexicon import vocabulary

_SENTENCE = regex.compile(r"(?<=[\p{L}\d)\]\"'][.?!][\"')\]]?)[ ](?!\p{Ll})|\n")


def namings(text: str, names: str) -> Iterator[str]:
    """The names that the sentences of a normalised text give to somebody, as they stand there.

    Args:
        text: a normalised text.
        names: a regular expression for one or more names, with "and" between them.
    """
    for sentence in _SENTENCE.split(text):
        if _words("sign").search(sentence) and _words("own").search(sentence):
            yield from _named(sentence, names)


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
def _words(name: str) -> regex.Pattern[str]:
    return regex.compile("|".join(vocabulary("namings")[name]))


@cache
def _slots(name: str, names: str) -> tuple[regex.Pattern[str], ...]:
    data = vocabulary("namings")
    zone = "|".join(data["between"])
    pieces: dict[str, Callable[[], str]] = {
        "NAMES": lambda: rf"[\"']?(?P<names>{names})[\"']?",
        "BETWEEN": lambda: rf"(?:,?[ ](?:{zone})(?![\w'])){{0,14}}[,:]?[ ]",
    }
    return tuple(
        regex.compile(regex.sub(r"\{([A-Z]+)\}", lambda slot: pieces[slot[1]](), form)) for form in data[name]
    )
