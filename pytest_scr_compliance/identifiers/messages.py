"""Names in messages and letters: who sends, who signs, who is greeted. The words are data (``vocabulary/cues.yaml``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from ..model import Confidence, Span
from .lexicon import cue_words, vocabulary, words
from .wording import CAPITAL, QUOTE, WORD, is_acronym, look_up


def detect(text: str) -> Iterator[Span]:
    """Names of people who write or are written to."""
    yield from _senders(text)
    yield from _signed(text)
    yield from _repeated_senders(text)
    yield from _greetings(text)


_SENDER = regex.compile(
    rf"(?m)^[ ]{{0,4}}(?:\[?\(?\d{{1,2}}[:.]\d{{2}}(?::\d{{2}})?\]?\)?[ ,-]{{0,3}})"
    rf"(?P<name>{WORD}(?:[ ]{WORD})?)(?:[ ]x{{1,3}})?:"
)


def _senders(text: str) -> Iterator[Span]:
    for match in _SENDER.finditer(text):
        word = look_up(match["name"].split()[0])
        if not word.role and (word.name or word.rare) and match["name"].lower() not in vocabulary("cues")["no_senders"]:
            yield _span(
                match.start("name"), match.start("name") + len(_without_kisses(match["name"])), Confidence.LIKELY
            )


_SIGNED = regex.compile(rf"(?<=[.!?,] |\n)(?P<name>{CAPITAL})(?= x{{1,4}}(?![\w']|[ ]?\d))")


def _signed(text: str) -> Iterator[Span]:
    """``see u mon. Shel xx``: who signs a message with kisses."""
    for match in _SIGNED.finditer(text):
        word = look_up(match["name"])
        if not word.role and len(match["name"]) > 2 and not match["name"].isupper() and (word.rare or word.listed):
            yield _span(match.start("name"), match.end("name"), Confidence.POSSIBLE)


_LINE_SENDER = regex.compile(rf"(?m)^(?P<name>{WORD}(?:[ ]{WORD})?)(?:[ ]x{{1,3}})?:(?=[ ])")


def _repeated_senders(text: str) -> Iterator[Span]:
    """``ells: where r u``: who sends, when the same word and colon begin two lines and more."""
    found = [
        match for match in _LINE_SENDER.finditer(text) if not any(look_up(word).role for word in match["name"].split())
    ]
    lines = Counter(match["name"] for match in found)
    no_senders = vocabulary("cues")["no_senders"]
    repeated = [
        match
        for match in found
        if lines[match["name"]] > 1 and match["name"].lower() not in no_senders and not _is_code(match["name"])
    ]
    named = {match["name"] for match in repeated if _can_be_name(match["name"])}
    for match in repeated:
        if match["name"] in named:
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
        elif named and match["name"].islower():  # "bean", who answers somebody with a name
            yield _span(match.start("name"), match.end("name"), Confidence.POSSIBLE)


def _is_code(name: str) -> bool:
    """Whether capitals say who speaks and name nobody: RA, but not JO; SafeguardingMW."""
    return (name.isupper() and len(name) < 4 and not look_up(name).given) or is_acronym(name)


def _can_be_name(name: str) -> bool:
    word = look_up(name.split()[0])
    return word.listed or word.rare or word.surname


def _without_kisses(name: str) -> str:
    return str(regex.sub(r"(?i) x{1,3}$", "", name))


def _greetings(text: str) -> Iterator[Span]:
    for match in cue_words("greetings", rf",?[ ]{QUOTE}(?P<name>{WORD})", any_case=True).finditer(text):
        word = look_up(match["name"])
        capital = match["name"][0].isupper()
        if (
            len(match["name"]) < 3
            or (word.role and match["name"].lower() not in words("given-names"))
            or match["name"].lower() in vocabulary("cues")["not_greeted"]
        ):
            continue
        if (not word.role and (capital and (word.given or word.rare))) or (word.given and not word.english):
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
        elif match["name"].lower() in words("given-names") and (
            capital or match["name"] not in vocabulary("words")["slang"]
        ):
            yield _span(match.start("name"), match.end("name"), Confidence.POSSIBLE)

    for match in cue_words("its", rf"[ ]{QUOTE}(?P<name>{WORD})", any_case=True).finditer(text):
        word = look_up(match["name"])
        if word.given and word.rare and not word.role and len(match["name"]) > 2:
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
    for match in cue_words("introducing", rf"[ ](?P<name>{WORD})", any_case=True).finditer(text):
        name = match["name"].lower()
        if name in words("given-names") and name not in vocabulary("cues")["not_greeted"]:
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)
    for match in cue_words("messages", rf"[ ]['\"(]?(?P<name>{WORD})").finditer(text):
        word = look_up(match["name"])
        if match["name"].islower() and word.given and not word.english and not word.role and len(match["name"]) > 2:
            yield _span(match.start("name"), match.end("name"), Confidence.LIKELY)


def _span(start: int, end: int, confidence: Confidence) -> Span:
    return Span("person", start, end, confidence, ("cues",))
