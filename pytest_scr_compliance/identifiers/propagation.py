"""A name that is established once is found everywhere: in the same document, and in the others of the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

import regex

from ..model import Confidence, Span
from .lexicon import vocabulary
from .normal import normalise
from .wording import MONTH, acts, initials, is_acronym, look_up, starts_sentence

_KINDS = frozenset({"person", "place", "organisation", "address"})
_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_CAPITALISED = regex.compile(r"\p{Lu}[\p{L}'-]*\p{Ll}[\p{L}'-]*")
_CALLED = "(?:April|May|June|July|August)"
#: Where a girl's name is a month all the same: in June, the June meeting, from March to June, June and July, June 2009.
_IS_MONTH = regex.compile(
    rf"(?i)(?:(?<=\b(?:in|since|until|till|during|early|late|mid|next|this|last|the|each|every|{MONTH} (?:to|and|or|[-/]))[ -])"
    rf"{_CALLED}|{_CALLED}(?=,? (?:to |and |or |[-/] ?)?(?:{MONTH}\b|\d)))"
)
_FEW = 5  # mentions; a report's invented name, if it is not known for one, comes back more often


def established(text: str, spans: Iterable[Span]) -> frozenset[str]:
    """The names that a document establishes: those of surely found people, and their surnames and given names.

    Args:
        text: the document's text.
        spans: its spans, with offsets into ``text``.
    """
    names: set[str] = set()
    for span in spans:
        if span.kind in _KINDS and span.confidence is not Confidence.POSSIBLE:
            names.update(_parts(span.kind, normalise(text[span.start : span.end]).text))
    return frozenset(names)


def propagate(text: str, names: Collection[str]) -> Iterator[Span]:
    """Everywhere that established names stand in a normalised text.

    A name that is no English word is found in any case of letters, others only with a capital.
    """
    rare = sorted((name for name in names if _is_rare(name)), key=len, reverse=True)
    others = sorted((name for name in names if not _is_rare(name)), key=len, reverse=True)
    for group, flags in ((rare, regex.IGNORECASE), (others, 0)):
        if group:
            for match in _mentions(text, group, flags):
                plain = " " not in match[0] and look_up(match[0]).plain
                confidence = Confidence.POSSIBLE if plain and not acts(text, match.end()) else Confidence.LIKELY
                yield Span("person", match.start(), match.end(), confidence, ("propagation",))


def echo(text: str, spans: Collection[Span]) -> Iterator[Span]:
    """The other mentions of a single name that is for review in one place, unless the text is full of it.

    Args:
        text: normalised.
        spans: what was found in it.
    """
    unsure = (span for span in spans if span.kind == "person" and span.confidence is Confidence.POSSIBLE)
    found = {text[span.start : span.end].removesuffix("'s") for span in unsure}
    names = sorted(name for name in found if len(name) > 2 and _CAPITALISED.fullmatch(name) and not _is_office(name))
    if not names:
        return
    mentions = list(_mentions(text, names))
    times = Counter(match[0] for match in mentions)
    taken = {offset for span in spans for offset in range(span.start, span.end)}
    for match in mentions:
        is_free = times[match[0]] <= _FEW and taken.isdisjoint(range(match.start(), match.end()))
        if is_free and not _is_first_word(text, match):
            yield Span("person", match.start(), match.end(), Confidence.POSSIBLE, ("propagation",))


def _is_office(name: str) -> bool:
    """Whether a name is a word of offices or a colour, and no given name: Black."""
    known = look_up(name)
    return known.role and not known.listed


def _is_first_word(text: str, match: regex.Match[str]) -> bool:
    """Whether a mention may be a word with the capital of its sentence: Neither."""
    known = look_up(match[0])
    return known.english and not (known.listed or known.surname) and starts_sentence(text, match.start())


def _mentions(text: str, names: Sequence[str], flags: int = 0) -> Iterator[regex.Match[str]]:
    """Where one of some names stands as a whole, and is no month."""
    for match in regex.compile(r"(?<![\w'-])\L<names>(?!\w|-\p{L})", flags, names=names).finditer(text):
        if " " in match[0] or not _IS_MONTH.match(text, match.start(), match.end() + len(" and September")):
            yield match


def _is_rare(name: str) -> bool:
    return any(look_up(word).rare for word in _WORD.findall(name))


def _parts(kind: str, name: str) -> Iterator[str]:
    name = " ".join(name.split()).removesuffix("'s")
    if kind != "person":
        name = name.removeprefix("the ").removeprefix("The ")
    if len(name) > 2 and not (is_acronym(name) or (name.isupper() and len(name) < 5)):
        yield name
    if kind != "person":
        return
    full = [word for word in name.split() if word[:1].isupper()]
    if 1 < len(full) < 4 and look_up(full[0]).listed:
        letters = initials(full)
        if letters not in vocabulary("words")["no_initials_of_two"]:
            yield letters
    for word in _WORD.findall(name):
        known = look_up(word)
        if (
            len(word) > 2
            and not is_acronym(word)
            and not (word.isupper() and len(word) < 5)
            and not known.role
            and not known.plain
            and not (known.given and known.english)
        ):
            yield word.capitalize() if word.isupper() else word
    last = full[-1] if len(full) > 1 and look_up(full[0]).listed else ""
    if (
        len(last) > 2
        and look_up(last).surname
        and look_up(last).plain
        and not look_up(last).role
        and not last.isupper()
    ):
        yield last
