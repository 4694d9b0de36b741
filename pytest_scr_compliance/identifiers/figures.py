"""References that no known form or cue covers: figures that look like one and that nothing else explains.

What they look like, and what explains figures, is data: ``vocabulary/figures.yaml``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import vocabulary

_BEFORE = r"(?<![\w£$€@#%.,/:+-]|\d[ ])"
_AFTER = r"(?![\w%@]|[.,/:-]\d|[ ]\d)"
_SENTENCE = regex.compile(r"(?:(?<!\b(?:no|ref|nos))[.;!?] |\n)+")
_REACH = 120  # characters on each side in which a sentence may say what its figures are
_FEW = 4  # references in a line; a row of as many is one of a table of numbers


@dataclass(frozen=True, slots=True)
class _Figures:
    """The forms of ``vocabulary/figures.yaml``, each list as one."""

    shapes: regex.Pattern[str]
    filed: regex.Pattern[str]
    exhibits: regex.Pattern[str]
    explained: regex.Pattern[str]
    files: regex.Pattern[str]
    seized: regex.Pattern[str]


@cache
def _figures() -> _Figures:
    data = vocabulary("figures")

    def forms(name: str, before: str, after: str) -> regex.Pattern[str]:
        return regex.compile(f"{before}(?:{'|'.join(data[name])}){after}")

    def words(name: str) -> regex.Pattern[str]:
        return regex.compile(rf"(?<![^\W_])(?:{data[name]})(?![^\W_])", regex.IGNORECASE)

    return _Figures(
        shapes=forms("shapes", _BEFORE, _AFTER),
        filed=forms("filed", _BEFORE, _AFTER),
        exhibits=forms("exhibits", r"(?<![\w/&.-])", r"(?![\w/-])"),
        explained=forms("explained", r"(?<!\w)", ""),
        files=words("files"),
        seized=words("seized"),
    )


def detect(text: str, start: int, end: int) -> Iterator[Span]:
    """References by their look alone; likely where the sentence speaks of files.

    Args:
        text: normalised, with capitals in its numbers.
        start: offset of a line with a digit.
        end: offset of that line's end.
    """
    figures = _figures()
    explained = [match.span() for match in figures.explained.finditer(text, start, end)]
    ends = [last for _, last in explained]

    def is_explained(first: int, last: int) -> bool:
        following = bisect_right(ends, first)
        return following < len(ends) and explained[following][0] < last

    def unexplained(form: regex.Pattern[str]) -> list[tuple[int, int]]:
        return [match.span() for match in form.finditer(text, start, end) if not is_explained(*match.span())]

    alone = unexplained(figures.shapes)
    for first, last in alone:
        is_filed = bool(figures.files.search(_sentence(text, first, last)))
        if is_filed or len(alone) < _FEW:
            confidence = Confidence.LIKELY if is_filed else Confidence.POSSIBLE
            yield Span("reference", first, last, confidence, ("patterns",))
    for kind, form, cue in (
        ("reference", figures.filed, figures.files),
        ("exhibit", figures.exhibits, figures.seized),
    ):
        for first, last in unexplained(form):
            if cue.search(_sentence(text, first, last)):
                yield Span(kind, first, last, Confidence.POSSIBLE, ("patterns",))


def are_explained(text: str, start: int, end: int) -> bool:
    """Whether figures at these offsets are a quantity, a law, pages of a journal, by what stands around them."""
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    return any(
        match.start() < end and start < match.end() for match in _figures().explained.finditer(text, first, last)
    )


def _sentence(text: str, start: int, end: int) -> str:
    """What stands around some figures in their sentence, without them."""
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    return f"{_SENTENCE.split(before)[-1]} {_SENTENCE.split(after)[0]}"
