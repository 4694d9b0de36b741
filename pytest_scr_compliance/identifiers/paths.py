"""Names in the names of files and folders, which nobody reads again before a report is published."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from ..model import Confidence, Span
from .wording import look_up

_FILE = r"\w[\w .-]{2,60}\.(?:docx?|pdf|xlsx?|pptx?|msg|eml|jpe?g|png|mp[34]|txt|csv)"
_WHOLE = regex.compile(rf"(?i)(?:file:|[a-z]:[\\/]|\\\\).*|{_FILE}", regex.DOTALL)
_PATH = regex.compile(rf"(?:[A-Z]:|\\\\[\w.-]{{1,30}})(?:\\[^\\\n:*?\"<>|]{{1,60}}){{1,10}}|{_FILE}(?!\w)")
_WORD = regex.compile(r"(?<![^\W_])(?:\p{Ll}{4,20}|\p{Lu}\p{Ll}{2,19})(?![^\W_])")
_BETWEEN_SIGNS = regex.compile(r"(?<=[\\/][\w -]{0,40})(?<=[\\/_])\p{Lu}\p{Ll}{3,20}(?=[_.\\])")


def is_path(text: str) -> bool:
    """Whether a text is nothing but the name of a file or the way to it."""
    return bool(_WHOLE.fullmatch(text))


def names(text: str) -> Iterator[Span]:
    """Words of paths in a normalised text that can be a name: sure ones between the signs of a path, others for review."""
    for match in _BETWEEN_SIGNS.finditer(text):
        word = look_up(match[0])
        if not word.role and (word.rare or word.name):
            yield Span("person", match.start(), match.end(), Confidence.LIKELY, ("traces",))
    for path in _PATH.finditer(text):
        for match in _WORD.finditer(text, path.start(), path.end()):
            word = look_up(match[0])
            if word.rare if match[0].islower() else (word.given or word.surname) and not (word.english or word.role):
                yield Span("person", match.start(), match.end(), Confidence.POSSIBLE, ("traces",))
