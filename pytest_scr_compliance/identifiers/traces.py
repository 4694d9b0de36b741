"""Faint traces of a name: a capital, quotation marks or an unknown word where reviews and messages have none.

Each is one hint and no more, so all are ``possible``; another detector that agrees makes them ``likely``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache

import regex

from ..model import Confidence, Span
from . import paths
from .lexicon import vocabulary, words
from .wording import CAPITAL, is_acronym, look_up, starts_sentence

_AT_CAPITALS = regex.compile(
    rf"(?<=\p{{Ll}}[,]?[ ])(?:at|outside|behind|near|above|over|inside|opposite|beside|from|to|in|down)[ ]"
    rf"(?:[Tt]he[ ])?(?P<name>{CAPITAL}(?:[ ]{CAPITAL}){{0,2}})"
    rf"(?='s\b|[,.;:)?!\"']|[ ]\p{{Ll}})(?![ ]\p{{Ll}}{{2,14}}[ ]\p{{Lu}})"
)
_QUOTED = regex.compile(rf"(?<!\w)[\"'“‘](?P<name>{CAPITAL})[\"'”’](?!\w)")
_QUOTED_NICKNAME = regex.compile(  # "Pudding" to his dad
    rf"(?<!\w)[\"'“‘](?P<name>{CAPITAL}(?:[ ]{CAPITAL})?)[\"'”’]"
    r"(?=[ ](?:to|by|among)[ ](?:his|her|their|my|the|all|everyone|mates|friends|name)(?!\w))"
)
_CAPITALS = regex.compile(r"(?<![\w'-])\p{Lu}{4,14}(?![\w'-])")
_AMONG_CAPITALS = regex.compile(r"(?<![\w'-])\p{Lu}{2,15}[ ]\p{Lu}{4,14}\Z")  # DO NOT SEND CASH
_SURNAME_IN_CAPITALS = regex.compile(r"(?<![\w'-])\p{Lu}{5,16}(?![\w'-])")
# A word that no list knows, but that can be said: an abbreviation seldom can.
_SPEAKABLE = regex.compile(r"(?=.{6})(?:[BCDFGHJKLMNPQRSTVWXZ]{0,2}[AEIOUY]{1,2}){2,6}[BCDFGHJKLMNPQRSTVWXZ]{0,3}")
_SAINT = regex.compile(
    rf"(?<![\w'-])St\.?[ ]{CAPITAL}(?:'s)?(?!\w|'?s?[ ](?:Day|Eve|Night)(?!\w))"
)  # six in seven name a place
_IN_MESSAGE = regex.compile(
    r"(?<![\w])(?:at|in|from|outside|round|near|behind|down|to|of|with|and|n|wiv|w)[ ]"
    r"(?:the[ ])?(?P<name>\p{Ll}{4,16})(?![\w@])"
)
_MESSAGE = regex.compile(
    r"(?<!\w)(?:u|ur|im|dont|didnt|wont|cant|n|2|4|r|hun|bro|gonna|aint|i|luv|wen|dnt|pls|cos|coz|wiv|sed|hav|yh|mt)(?!\w)"
)


def detect(text: str) -> Iterator[Span]:
    """What may be a name by a capital in an odd place, by quotation marks, or as an unknown word in a message."""
    for match in _AT_CAPITALS.finditer(text):
        if _is_odd(match["name"]):
            yield _span("organisation", match)
    for match in _QUOTED.finditer(text):
        word = look_up(match["name"])
        if not word.role and (word.listed or word.rare or word.surname) and not match["name"].isupper():
            yield _span("person", match)
    for match in _QUOTED_NICKNAME.finditer(text):
        if not all(look_up(word).role for word in match["name"].split()):
            yield Span("person", match.start("name"), match.end("name"), Confidence.POSSIBLE, ("traces",))
    for match in _CAPITALS.finditer(text):
        word = look_up(match[0])
        is_shouted = word.english and _AMONG_CAPITALS.search(text, max(0, match.start() - 24), match.end())
        if word.listed and not word.role and not is_shouted and not starts_sentence(text, match.start()):
            yield Span("person", match.start(), match.end(), Confidence.POSSIBLE, ("traces",))
    for match in _SURNAME_IN_CAPITALS.finditer(text):
        word = look_up(match[0])
        if word.rare and (word.name or word.place or _SPEAKABLE.fullmatch(match[0])):
            yield Span("person", match.start(), match.end(), Confidence.POSSIBLE, ("traces",))
    for match in _SAINT.finditer(text):
        yield Span("organisation", match.start(), match.end(), Confidence.POSSIBLE, ("traces",))
    yield from paths.names(text)
    yield from _initials(text)
    for line in regex.finditer(r"[^\n]+", text):
        if len(_MESSAGE.findall(line[0])) > 2:
            for match in _IN_MESSAGE.finditer(text, line.start(), line.end()):
                name = match["name"]
                if (
                    look_up(name).rare
                    and name not in vocabulary("words")["slang"]
                    and name.removesuffix("s") not in words("english")
                ):
                    yield _span("person", match)


_FEW = 3  # mentions of initials that a report lets slip; a code comes back
_TWO = regex.compile(r"(?<!\w)\p{Lu}{2}(?!\w)")
_EXPLAINED = regex.compile(r"(?<=\()\p{Lu}{2}(?=\))|(?<!\w)\p{Lu}{2}(?=[ \t]*+(?:[–—=:|\t]|-[ ]))")


@cache
def _of_a_record() -> regex.Pattern[str]:
    after = "|".join(vocabulary("words")["after_initials"])
    return regex.compile(rf"(?<![\w'.&/(-])\p{{Lu}}{{2}}(?=(?:{after})(?!\w))")


def _initials(text: str) -> Iterator[Span]:
    """Two letters of whom a record says something, and which no list, glossary or bracket of the text explains."""
    mentions = list(_of_a_record().finditer(text))
    if not mentions:
        return
    times = Counter(_TWO.findall(text))
    explained = {*_EXPLAINED.findall(text), *vocabulary("words")["no_initials_of_two"]}
    for match in mentions:
        if times[match[0]] <= _FEW and match[0] not in explained:
            yield Span("person", match.start(), match.end(), Confidence.POSSIBLE, ("traces",))


def _is_odd(name: str) -> bool:
    """Whether English words have capitals that no office, service or heading explains."""
    generic = _generic()
    parts = name.split()
    return (
        not is_acronym(name)
        and not (" " not in name and name.lower() in words("proper"))
        and all(
            not look_up(part).role and not part.isupper() and len(part) > 2 and part.lower() not in generic
            for part in parts
        )
    )


@cache
def _generic() -> frozenset[str]:
    """Words that only say what sort of place or organisation it is; asked for at each capital of a text."""
    lists = vocabulary("places")["words"]
    return frozenset(word.lower() for name in ("generic_organisations", "generic_streets") for word in lists[name])


def _span(kind: str, match: regex.Match[str]) -> Span:
    """A trace; English words alone are but a faint one."""
    is_rare = any(look_up(word).rare for word in match["name"].split())
    confidence = Confidence.POSSIBLE if is_rare else Confidence.FAINT
    return Span(kind, match.start("name"), match.end("name"), confidence, ("traces",))
