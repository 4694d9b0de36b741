"""Ages told to the day, or by a birthday: they give a date of birth away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import filled, vocabulary
from .normal import lines_with


@cache
def _forms(name: str) -> regex.Pattern[str]:
    """A list of forms of ``vocabulary/ages.yaml``."""
    forms = filled("|".join(vocabulary("ages")[name]), vocabulary("ages")["pieces"].__getitem__)
    return regex.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", regex.IGNORECASE | regex.MULTILINE)


_REACH = 24  # characters before an age in which the words stand that belong to it
_BEFORE = regex.compile(
    r"(?<!\w)(?:(?:on|at|aged?|corrected age|(?:the|corrected) age of|just|only|exactly|nearly|almost|barely|not yet|still|"
    r"then|by now|under|over)[ ]){1,3}\Z",
    regex.IGNORECASE,
)
_AFTER = regex.compile(
    r"(?:[ ](?:old|of age|of life))?(?:[ ](?:today|tomorrow|yesterday|at (?:examination|death|admission|presentation)))?"
    r"(?:[ ]\(\p{Ll}+\))?(?!\w)",
    regex.IGNORECASE,
)
_SIGN_OF_AGE = regex.compile(
    r"(?i:tomorrow|day|dys|week|month|year|yr|hour|minute|birth|would have been|turned|turning|became|of life|dol|pma|/7|/52|"
    r"\d ?[dwm]\b|\bd ?\d|\d\+\d|"
    r"\d(?:st|nd|rd|th)\b)"
)


def ages(text: str) -> Iterator[Span]:
    """Ages to the day in a normalised text; ages in whole weeks, months and years point to nobody."""
    forms = (
        *((_forms(name), Confidence.LIKELY) for name in ("to_the_day", "in_days", "likely")),
        (_forms("forms"), Confidence.POSSIBLE),
    )
    for start, end in lines_with(text, _SIGN_OF_AGE):
        for pattern, confidence in forms:
            for match in pattern.finditer(text, start, end):
                before = _BEFORE.search(text[max(0, match.start() - _REACH) : match.start()])
                after = _AFTER.match(text, match.end())
                begin = match.start() - len(before[0]) if before else match.start()
                yield Span("age", begin, after.end() if after else match.end(), confidence, ("dates",))
