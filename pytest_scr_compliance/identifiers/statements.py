"""Sentences that say that the names of a report are not real: "No one in these pages bears their own name."

There are more ways of saying it than forms could foresee. A logistic regression over the words of a sentence, alone and in
pairs: ``model/statements.py`` learns its weights from authors of such sentences, and writes them to
``vocabulary/statements.tsv``. It hears that names are spoken of better than what is said of them ("These are the names of real
people"), so what it hears is for review, unless words say that a name is nobody's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import regex

from .lexicon import vocabulary
from .namings import sentences
from .occasions import weighed, weights
from .wording import look_up

_WORD = regex.compile(r"\p{L}[\p{L}'-]*|\d+|[\"(:;]")
_LONG = 600  # characters: what is longer is no sentence
_STEM = 6  # letters of a word by which it is known


def statements(text: str, least: float) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of a normalised text that say so with this probability at least."""
    for start, end in spoken(text):
        if weighed(features(text[start:end]), weights("statements")) >= least:
            yield start, end


def is_of_invented_names(text: str, start: int, end: int) -> bool:
    """Whether a sentence has words that say that a name is nobody's own, or was chosen."""
    return bool(_words("unreal").search(text, start, end))


def spoken(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the sentences of a normalised text that speak of names."""
    for start, end in sentences(text):
        if end - start < _LONG and _words("spoken").search(text, start, end):
            yield start, end


def features(sentence: str) -> set[str]:
    """The words of a sentence, each with the next one and the one after that; names are all alike."""
    words = [_known_as(word) for word in _WORD.findall(sentence)]
    pairs = (f"{first} {second}" for first, second in pairwise(words))
    apart = (f"{first} _ {third}" for first, third in zip(words, words[2:], strict=False))
    return {*words, *pairs, *apart}


def _known_as(word: str) -> str:
    if word[0].isdigit():
        return "0"
    if word[0].isupper() and word != "I" and not look_up(word).english:
        return "NAME"
    return word.lower()[:_STEM]


@cache
def _words(name: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<!\w)(?:{'|'.join(vocabulary('namings')[name])})(?!\w)")
