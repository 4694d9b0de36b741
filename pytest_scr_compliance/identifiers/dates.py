"""Exact dates and ages that point to a birth, a death or an incident. The words around them are data: ``dates.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import vocabulary

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = r"(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?"
_FEAST = r"(?:good[ ]friday|easter[ ](?:sunday|monday)|christmas[ ](?:day|eve)|boxing[ ]day|new[ ]year's[ ](?:day|eve)|bonfire[ ]night)"
_YEAR = r"(?:(?:18|19|20)\d{2}|'\d{2})"
_SHORT_YEAR = r"(?:(?:18|19|20)\d{2}|'?\d{2})"
_EXACT = regex.compile(
    rf"""(?<![\w/£$.-])(?:(?:{_WEEKDAY}|{_FEAST}),?[ ](?:the[ ])?)?(?:
        {_DAY}[ ]?(?:st|nd|rd|th)?[ ](?:day[ ])?(?:of[ ])?{_MONTH}(?:,?[ ]{_YEAR})?
      | {_MONTH}[ ]{_DAY}(?:st|nd|rd|th)?(?:,?[ ]{_YEAR})?(?!\d)
      | {_DAY}[-/. ]?{_MONTH}[-/. ]?{_SHORT_YEAR}
      | {_DAY}(?P<mark>[/.-]){_DAY}(?P=mark){_SHORT_YEAR}
      | (?:19|20)\d{{2}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])
      )(?![\w%/£-]|\.\d)""",
    regex.IGNORECASE | regex.VERBOSE,
)
_DAY_AND_MONTH = regex.compile(
    rf"(?<![\w/£$.-])(?:{_WEEKDAY} )?(?P<value>{_DAY}[/.](?:0?[1-9]|1[0-2]))(?![\w%/£]|[.-]\d)", regex.IGNORECASE
)
_EXACT_AGE = regex.compile(
    r"""(?<![\w-])(?:
        (?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|\w{3,9}teen|twenty(?:[ -]\w{3,5})?)
        [ -](?:weeks?|months?|years?|/12|/52)(?:[ ]old)?[,]?[ ](?:and[ ])?
        (?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ ](?:days?|weeks?)(?:[ ]old|[ ]of[ ]age)?
      | (?:\d{1,4}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|\w{3,9}teen|(?:twen|thir|for|fif|six)ty(?:[ -]\w{3,5})?)
        [ -]days?(?:[ -]old|[ ]of[ ]age)
      | (?:two|three|four|five|six|\d{1,2}|the)[ ](?:days?|weeks?)[ ](?:before|after)[ ](?:he|she|they)[ ](?:turned|reached|became)[ ]\w{3,10}
      | (?<=(?:baby|infant|age|aged|now|just|only|then)[ :])(?:\d{1,3}|\w{3,9})[ ]days(?=[ ]?[,.;)|]|[ ]old)
      | at[ ](?:\d{1,3}|\w{3,9})[ ]days(?=[ ]?[,.;)]|[ ]and[ ]|[ ]old)
      | aged[ ](?:just[ ]|only[ ])?(?:\d{1,4}|\w{3,12})[ ]days
      | (?:the[ ]day[ ](?:before|after)|on|(?:\w{3,8}|\d{1,2})[ ](?:days?|weeks?)[ ](?:before|after|short[ ]of))[ ]
        (?:his|her|their|the\ child's)[ ](?:\d{1,2}(?:st|nd|rd|th)|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth
        |eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|twenty-first)[ ]birthday
      )(?![\w-])""",
    regex.IGNORECASE | regex.VERBOSE,
)
_ENTRY = regex.compile(r"[ ]{0,3}(?:[|\t:-]|[ ]{2})|,? (?:at )?\d{1,2}[:.]\d\d")  # after the date of a chronology's entry
_SENTENCE_END = regex.compile(r"(?<=[\p{L}\d)]{2}[\"')]?[.;!?][\"')]?) ")
_REACH = 110  # characters of the sentence on each side of a date that say what it is about


@cache
def _cues(name: str) -> regex.Pattern[str]:
    return regex.compile(r"(?<!\w)(?:" + "|".join(vocabulary("dates")[name]) + r")(?!\w)", regex.IGNORECASE)


def detect(text: str) -> Iterator[Span]:
    """Exact dates by what the sentence says of them, and ages told to the day."""
    for match in _EXACT.finditer(text):
        if not _cues("imprint").search(text[max(0, match.start() - 48) : match.start()]):
            yield Span("date", match.start(), match.end(), _confidence(text, match.start(), match.end()), ("dates",))
    for match in _DAY_AND_MONTH.finditer(text):
        confidence = _confidence(text, match.start("value"), match.end("value"))
        before = text[max(0, match.start() - 12) : match.start()]
        if confidence is not Confidence.POSSIBLE and _cues("day_and_month").search(before):
            yield Span("date", match.start("value"), match.end("value"), confidence, ("dates",))
    for match in _EXACT_AGE.finditer(text):
        yield Span("age", match.start(), match.end(), Confidence.LIKELY, ("dates",))


def _confidence(text: str, start: int, end: int) -> Confidence:
    before, after = _sentence(text, start, end)
    if not before.strip(" |\t-•") and _ENTRY.match(text[end : end + 12]) and not _cues("imprint_entry").search(after):
        return Confidence.LIKELY
    if _cues("birth_or_death").search(before[-40:]) or _cues("after_birth").search(after[:24]):
        return Confidence.CERTAIN
    if _cues("official").search(before) or _cues("official").search(after):
        return Confidence.POSSIBLE
    if _cues("person").search(before) or _cues("person").search(after):
        return Confidence.LIKELY
    return Confidence.POSSIBLE


def _sentence(text: str, start: int, end: int) -> tuple[str, str]:
    before = text[max(0, start - _REACH) : start]
    after = text[end : end + _REACH]
    line_before = before.rpartition("\n")[2]
    line_after = after.partition("\n")[0]
    return _SENTENCE_END.split(line_before)[-1], _SENTENCE_END.split(line_after)[0]
