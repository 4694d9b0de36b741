"""What a text itself declares: its pseudonyms, its abbreviations, the area of its board, and the authors that it cites.

The forms are data: ``vocabulary/declared.yaml``; those of pseudonyms are in :mod:`.pseudonyms`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from .abbreviations import abbreviations
from .lexicon import compiled
from .pseudonyms import pseudonyms
from .wording import CAPITAL, look_up


@dataclass(frozen=True, slots=True)
class Declared:
    """Terms that a text declares.

    Args:
        pseudonyms: names that it says are not real.
        public: names of areas in the names of its public bodies, authors that it cites, and abbreviations that it explains.
    """

    pseudonyms: frozenset[str]
    public: frozenset[str]


def declared(text: str) -> Declared:
    """What a normalised text declares about its own names."""
    public = {name for name in (*_areas(text), *_authors(text)) if not look_up(name).role}
    return Declared(pseudonyms(text), frozenset(public | set(abbreviations(text))))


#: What a body is, which is no part of its area.
_SORTS = r"(?:Local|Metropolitan|Borough|City|County|District|Safeguarding|NHS)(?!\w)"
_PIECES = {
    "AREA": rf"(?P<names>{CAPITAL}(?:[ ](?:and[ ])?(?!{_SORTS}){CAPITAL}){{0,2}})",
    "AUTHOR": r"(?P<names>\p{Lu}\p{L}[\p{L}'-]{1,30}+)",
}


@cache
def _forms(name: str) -> tuple[regex.Pattern[str], ...]:
    return compiled("declared", name, _PIECES)


def _areas(text: str) -> Iterator[str]:
    for form in _forms("areas"):
        for match in form.finditer(text):
            area = match["names"]
            yield area
            yield from (part for part in area.split(" and ") if part != area)


def _authors(text: str) -> Iterator[str]:
    for form in _forms("authors"):
        for match in form.finditer(text):
            names = match.captures("names")
            for name in names:
                known = look_up(name)
                if len(names) > 1 or " et al" in match[0] or known.surname or not known.given:
                    yield name
