"""Long lists of terms, found in a time that does not grow with the list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import regex

_WORD = regex.compile(r"\w+")
_END = regex.compile(r"(?:'s?)?(?!\w|-\p{L})")


@dataclass(frozen=True, slots=True)
class Terms:
    """Terms by their first word.

    Args:
        by_first: first word → the terms that begin with it, the longest first.
    """

    by_first: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, terms: Iterable[str]) -> Terms:
        """Terms as they are written, and in capitals; each begins with a letter or a digit."""
        by_first: dict[str, set[str]] = {}
        for term in terms:
            for form in (term, term.upper()):
                if first := _WORD.match(form):
                    by_first.setdefault(first[0], set()).add(form)
        return cls({first: tuple(sorted(forms, key=len, reverse=True)) for first, forms in by_first.items()})

    def stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end offsets of the terms in a text, whole words, with a possessive ending."""
        for word in _WORD.finditer(text) if self.by_first else ():
            for term in self.by_first.get(word[0], ()):
                if text.startswith(term, word.start()) and (end := _END.match(text, word.start() + len(term))):
                    yield word.start(), end.end()
                    break
