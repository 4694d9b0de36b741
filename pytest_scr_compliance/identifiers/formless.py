"""Dates, ages, contacts and numbers as the model reads them: those that people write in a form that nobody has foreseen.

The forms of ``dates``, ``ages`` and ``patterns`` know many ways of writing them, and check what can be checked. The model has
seen them marked in the texts of many authors, and takes "4 on saturday" for an age.
"""

from __future__ import annotations

import regex

from ..model import Confidence, Span
from .ages import is_age
from .dates import follows_its_sort, is_deadline
from .figures import are_explained
from .occasions import probability
from .paths import is_path
from .wording import MONTH

KINDS = frozenset({"date", "age", "contact", "reference"})

_REACHES = regex.compile(  # nobody is reached without such a sign
    r"[\d@_/#]|\w\.\w|(?i:(?<!\w)(?:oh|nought|zero|double|treble|one|two|three|four|five|six|seven|eight|nine)(?!\w))"
)
_TELLS = regex.compile(r"\w.*\w", regex.DOTALL)  # a single sign tells nothing
#: What is none, however the model reads it.
_NEVER = {
    # a time of day
    "contact": regex.compile(r"\A(?:[01]\d|2[0-3])[0-5]\d\Z"),
    # 15-17, June 2009, 2009-10, two cells of a table
    "date": regex.compile(
        rf"(?i)\A\d{{1,2}}-\d{{1,2}}\Z|\A(?:{MONTH}|\p{{L}}{{3,4}}\.?)[ ]?(?:'?\d\d|(?:19|20)\d\d)\Z"
        r"|\A\d{1,2}/(?:19|20)\d\d\Z|\A(?:19|20)\d\d ?[-/] ?(?:\d\d|(?:19|20)\d\d)\Z|\A\d{1,2}[ ]{3}"
    ),
    # a centile; times of day
    "reference": regex.compile(
        r"\A\d{1,3}(?:\.\d)?(?:st|nd|rd|th)\Z|\A(?:[01]\d|2[0-3])[0-5]\d(?: ?- ?(?:[01]\d|2[0-3])[0-5]\d)?\Z"
    ),
    # by law
    "age": regex.compile(r"(?i)(?:1[678]|21|25)(?:st|th)|sixteenth|eighteenth|twenty-f|\A\d{1,2}/\d{1,2}\Z"),
}
_FIGURES = regex.compile(r"\d{1,2}/\d{1,2}")  # 9/10 is a mark, too
_FOR = regex.compile(r"(?<!\w)(?<!(?:lived|alive|survived)[ ])for[ ]\Z")  # two months and ten days
_REACH = 24  # characters before a reading
_GESTATION = regex.compile(r"'?[ ](?:gest|pregnan)")
_TO_THE_DAY = regex.compile(
    r"(?i)day|dys|\dd(?!\w)|/7|birth|tomorrow|yesterday|tonight|turn|hour|hrs?(?!\w)|min(?:ute)?s?(?!\w)|life|\d\+\d"
)
_COUNT = regex.compile(r"(?i)(?:days|dys|hours|hrs|min(?:ute)?s)(?!\w)|/7")
_OFFICES = 0.2  # probability of a family's day below which a date is an office's: its form would be known else
_SURELY_OFFICES = 0.05  # the same where the model is sure that it is a date of the family's
_UNLIKELY = 0.3  # probability of a family's day below which the model makes no error of it, not even with its form


def span(text: str, start: int, end: int, kind: str, confidence: Confidence) -> Span | None:
    """What a reading of one of these kinds is worth; None for a day of an office, by the words around it.

    Args:
        text: normalised.
        start, end: offsets of the reading into it.
        kind: of the reading.
        confidence: by its probability alone.
    """
    found = text[start:end]
    if not _TELLS.search(found) or (kind in _NEVER and _NEVER[kind].search(found)):
        return None
    if kind == "contact" and (is_path(found) or not _REACHES.search(found)):  # other detectors read the words of a path
        return None
    if kind == "age" and not _can_be_age(text, start, end):
        return None
    if kind == "reference" and are_explained(text, start, end):
        return None
    if kind == "date":
        if follows_its_sort(text, start) or is_deadline(text, (start, end)):
            return None
        familys = probability(text, start, end, (start, end))
        is_sure = confidence is Confidence.LIKELY
        is_bare = bool(_FIGURES.fullmatch(found))
        if familys < (_SURELY_OFFICES if is_sure else _OFFICES) or (is_bare and not is_sure):
            return None
        confidence = Confidence.SLIGHT if is_bare or familys < _UNLIKELY else confidence
    return Span(kind, start, end, confidence, ("names",))


def _can_be_age(text: str, start: int, end: int) -> bool:
    """Whether a reading tells an age to the day: no whole years, and no time that something took."""
    if (
        _GESTATION.match(text, end)
        or _FOR.search(text[max(0, start - _REACH) : start])
        or not _TO_THE_DAY.search(text, start, end)
    ):
        return False
    return not _COUNT.search(text, start, end) or is_age(text, start, end)
