"""Dates, ages, contacts and numbers as the model reads them: those that people write in a form that nobody has foreseen.

The forms of ``dates``, ``ages`` and ``patterns`` know many ways of writing them, and check what can be checked. The model has
seen them marked in the texts of many authors, and takes "4 on saturday" for an age.
"""

from __future__ import annotations

import regex

from ..model import Confidence, Span
from .dates import is_offices

KINDS = frozenset({"date", "age", "contact", "reference"})


def span(text: str, start: int, end: int, kind: str, is_sure: bool) -> Span | None:
    """What a reading of one of these kinds is worth; None for a day of an office, by the words around it.

    Args:
        text: normalised.
        start, end: offsets of the reading into it.
        kind: of the reading.
        is_sure: whether it needs no other detector to make an error.
    """
    if not _TELLS.search(text, start, end) or (kind == "date" and is_offices(text, start, end)):
        return None
    return Span(kind, start, end, Confidence.LIKELY if is_sure else Confidence.POSSIBLE, ("names",))


_TELLS = regex.compile(r"\w.*\w", regex.DOTALL)  # a single sign tells nothing
