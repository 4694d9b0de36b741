"""Dates, ages, contacts and numbers as the model reads them: those that people write in a form that nobody has foreseen.

The forms of ``dates``, ``ages`` and ``patterns`` know many ways of writing them, and check what can be checked. The model has
seen them marked in the texts of many authors, and takes "4 on saturday" for an age.
"""

from __future__ import annotations

import regex

from ..model import Confidence, Span
from .dates import LEAST
from .occasions import probability

KINDS = frozenset({"date", "age", "contact", "reference"})


def span(text: str, start: int, end: int, kind: str, confidence: Confidence) -> Span | None:
    """What a reading of one of these kinds is worth; None for a day of an office, by the words around it.

    Args:
        text: normalised.
        start, end: offsets of the reading into it.
        kind: of the reading.
        confidence: by its probability alone.
    """
    if not _TELLS.search(text, start, end) or (kind == "contact" and _PATH.match(text[start:end])):
        return None
    if kind == "date":
        familys = probability(text, start, end, (start, end))
        if familys < LEAST:
            return None
        confidence = Confidence.SLIGHT if familys < _UNLIKELY else confidence
    return Span(kind, start, end, confidence, ("names",))


_TELLS = regex.compile(r"\w.*\w", regex.DOTALL)  # a single sign tells nothing
_PATH = regex.compile(  # or a name of a file, whose words other detectors read
    r"(?i)(?:file:|[a-z]:[\\/]|\\\\)|[\w .-]{1,60}\.(?:docx?|pdf|xlsx?|pptx?|msg|eml|jpe?g|png|mp[34]|txt|csv|html?|md)\Z"
)
_UNLIKELY = 0.3  # probability of a family's day below which the model makes no error of it, not even with its form
