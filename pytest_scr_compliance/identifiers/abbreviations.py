"""Abbreviations that a text explains: RHI, return home interview. What stands for words of offices stands for nobody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from .wording import look_up

_WORDS = r"(?P<words>[\p{L}'&-]{1,30}+(?:[ ][\p{L}'&-]{1,30}+){1,8})"
_SHORT = r"(?P<short>\p{Lu}[\p{Lu}&]{2,6})"
_BEFORE = regex.compile(rf"(?<![\p{{L}}'&-]){_WORDS}[ ]\([\"']?{_SHORT}s?[\"']?\)")
_AFTER = regex.compile(rf"(?<![\w'-]){_SHORT}(?:[ ]{{2,40}}|[ ]?[\t|:=–—-][ ]{{0,20}}|,[ ]|[ ]\(){_WORDS}")
_WORD = regex.compile(r"\p{L}+")
_JOINING = frozenset({"a", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"})


def abbreviations(text: str) -> Iterator[str]:
    """The abbreviations of three letters and more that a normalised text explains in brackets or in a list."""
    for match in _BEFORE.finditer(text):
        if _stand_for(match["short"][::-1], _WORD.findall(match["words"])[::-1]):
            yield match["short"]
    for match in _AFTER.finditer(text):
        if begins_with(match["short"], match["words"]):
            yield match["short"]


def begins_with(short: str, text: str) -> bool:
    """Whether a text begins with the words that an abbreviation stands for: EPDS, Edinburgh Postnatal Depression Scale."""
    return _stand_for(short, _WORD.findall(text))


def _stand_for(letters: str, words: Sequence[str]) -> bool:
    """Whether letters are the first ones of words in this order, joining words aside or not, and the words nobody's name."""
    letters = letters.replace("&", "").lower()
    for meant in (words, [word for word in words if word.lower() not in _JOINING]):
        meant = meant[: len(letters)]
        if "".join(word[0] for word in meant).lower() == letters:
            return any(word[0].islower() or look_up(word).role for word in meant)
    return False
