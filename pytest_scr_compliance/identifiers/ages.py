"""Ages told to the day, or by a birthday: they give a date of birth away."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from ..model import Confidence, Span
from . import occasions
from .lexicon import filled, vocabulary
from .normal import lines_with
from .occasions import weighed, weights


@cache
def _forms(name: str) -> regex.Pattern[str]:
    """A list of forms of ``vocabulary/ages.yaml``."""
    forms = filled("|".join(vocabulary("ages")[name]), vocabulary("ages")["pieces"].__getitem__)
    return regex.compile(rf"(?<![\w-])(?:{forms})(?![\w-])", regex.IGNORECASE | regex.MULTILINE)


_REACH = 24  # characters before an age in which the words stand that belong to it
_BEFORE = regex.compile(
    r"(?<!\w)(?:(?:on|at|turn(?:s|e?d|ing)?|aged?|corrected age|(?:the|corrected) age of|just|only|exactly|nearly|almost|"
    r"barely|not yet|still|then|by now|under|over|all|when (?:he|she|they|i|baby)(?:'?s| is| was| were))[ ]){1,3}\Z",
    regex.IGNORECASE,
)
_AFTER = regex.compile(
    r"(?:[ ](?:old|of age|of life|of (?:his|her|their|its|the baby's) (?:short |whole )?life))?"
    r"(?:,? (?:to the day|on issue))?(?:[ ](?:today|tomorrow|yesterday|at (?:examination|death|admission|presentation)))?"
    r"(?:[ ]\(\p{Ll}+\))?(?!\w)",
    regex.IGNORECASE,
)
_SIGN_OF_AGE = regex.compile(
    r"(?i:tomorrow|day|dys|week|wks|month|year|yr|hour|minute|birth|would have been|turn|"
    r"on (?:the )?(?:mon|tue|wed|thu|fri|sat)|became|of life|dol|pma|/7|/52|"
    r"\d ?[dwm]\b|\bd ?\d|\d\+\d|"
    r"\d(?:st|nd|rd|th)\b)"
)


def ages(text: str) -> Iterator[Span]:
    """Ages to the day in a normalised text; ages in whole weeks, months and years point to nobody."""
    for start, end in counts(text):
        chance = _probability(text, start, end)
        if chance >= _POSSIBLE:
            yield _whole(text, start, end, Confidence.LIKELY if chance >= _LIKELY else Confidence.POSSIBLE)
    forms = (
        *((_forms(name), Confidence.LIKELY) for name in ("to_the_day", "in_days", "likely")),
        (_forms("forms"), Confidence.POSSIBLE),
    )
    for start, end in lines_with(text, _SIGN_OF_AGE):
        for pattern, confidence in forms:
            for match in pattern.finditer(text, start, end):
                yield _whole(text, match.start(), match.end(), confidence)


#: Probabilities from which a count of days is an error, and for review. By weights of other authors 84 and 94 in a
#: hundred ages reach them, and 3 and 11 in a hundred of the times that something took.
_LIKELY = 0.6
_POSSIBLE = 0.3


def counts(text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the counts of days and hours in a normalised text: ages, or how long something took."""
    for start, end in lines_with(text, _SIGN_OF_COUNT):
        yield from (match.span() for match in _forms("counts").finditer(text, start, end))


_SIGN_OF_COUNT = regex.compile(r"(?i:day|dys?\b|hour|hrs?\b|min(?:ute)?s?\b|\d/7|\d ?d\b|\bd(?:ol)?[. ]?\d)")


def is_age(text: str, start: int, end: int) -> bool:
    """Whether a count of days is an age for review, and no time that something took, by the words around it."""
    return _probability(text, start, end) >= _POSSIBLE


def _probability(text: str, start: int, end: int) -> float:
    return weighed(features(text, start, end), weights("ages"))


def features(text: str, start: int, end: int) -> set[str]:
    """What a count of days stands in, and what it is made of."""
    parts = _PART.findall(text[start:end].lower())
    figures = [int(part) for part in parts if part.isdigit()]
    return {
        *occasions.features(text, start, end, (start, end)),
        *(f"of {part}" for part in parts if not part.isdigit()),
        "small" if max(figures, default=0) < _SMALL else "large",
    }


_PART = regex.compile(r"\p{L}+|\d+")
_SMALL = 32  # days of a month


def _whole(text: str, start: int, end: int, confidence: Confidence) -> Span:
    """The age at these offsets with the words that belong to it: just 9 days old today."""
    before = _BEFORE.search(text[max(0, start - _REACH) : start])
    after = _AFTER.match(text, end)
    return Span(
        "age", start - len(before[0]) if before else start, after.end() if after else end, confidence, ("dates",)
    )
