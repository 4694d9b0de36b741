"""Exact dates and ages that point to a birth, a death or an incident.

The words around them are data: ``vocabulary/dates.yaml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from ..model import Confidence, Span
from .ages import COUNT, ages
from .lexicon import vocabulary
from .merge import joined
from .normal import lines_with
from .occasions import cues, probability, sentence

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:e(?:m|rn)ber)?|oct(?:ober)?"
    r"|nov(?:e(?:m|rn)ber)?|dec(?:e(?:m|rn)ber)?"
    r"|ionawr|chwefror|mawrth|ebrill|mai|mehefin|gorffennaf|awst|medi|hydref|tachwedd|rhagfyr)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_WEEKDAY = r"(?:mon|tues?|weds?|wednes|thu|thurs?|fri|sat|satur|sun)(?:day)?\.?"
_YEAR = r"(?:(?:18|19|20)\d{2}|'\d{2})"
_SHORT_YEAR = r"(?:(?:18|19|20)\d{2}|'?\d{2})"
_ORDINAL = r"(?:st|nd|rd|th)"
_WORDED_DAY = (
    r"(?:(?:thirty|twenty)-first|twenty-(?:second|third|fourth|fifth|sixth|seventh|eighth|ninth)|thirtieth|twentieth|"
    r"tenth|eleventh|twelfth|(?:thir|four|fif|six|seven|eigh|nine)teenth|first|second|third|fourth|fifth|sixth|seventh|"
    r"eighth|ninth)"
)
_FULL_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"the[ ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth))"
)
_WORDED_YEAR = rf"(?:nineteen|two[ ]thousand|twenty)(?:[ -](?:hundred|and|oh|{COUNT})){{1,4}}"
_SHORT_YEAR_ALONE = (  # 3 March 09: no count of what follows, as in "on 3 March 12 children"
    r"(?:[09]\d(?![:.]\d)|\d\d(?=[ ]?(?:$|[\n,.;:)|*\t/-]|"
    r"(?:and|to|when|at|with|by|in|on|for|from|after|before|but|as|he|she|they|was|were|who|which|because|while|until)[ ])))"
)


@cache
def _feast() -> str:
    """The feasts as an alternative of a verbose pattern."""
    return "(?:" + "|".join(vocabulary("dates")["feasts"]).replace(" ", "[ ]") + ")"


@cache
def _exact() -> regex.Pattern[str]:
    """An exact date in any way of writing it."""
    feast = _feast()
    holiday = rf"(?:{feast}|christmas|xmas|easter)"
    season = rf"(?:{holiday}|lent|advent|ramadan|pentecost|whitsun(?:tide)?|epiphany|{_FULL_MONTH})"
    return regex.compile(
        rf"""(?<![\w/£$]|(?<!(?:19|20)\d\d)-)(?<!\d\.)(?:(?:{_WEEKDAY}|{feast}),?[ ](?:the[ ])?)?(?:
        (?<=(?:^|\n)[ ]{{0,3}}){_DAY}[ ]{_MONTH}[ ]\d\d(?=[ ]\p{{Lu}})
      | (?:{_DAY}{_ORDINAL}?[ ]?(?:-|to|and|or|&|/|,)[ ]?){{0,3}}
        {_DAY}[ ]?{_ORDINAL}?[ ](?:day[ ])?(?:o[f']?[ ])?{_MONTH}(?:,?[ ]{_YEAR}|[ ]{_SHORT_YEAR_ALONE})?
      | {_MONTH}[ ]{_DAY}(?:{_ORDINAL}(?:,?[ ]{_YEAR})?|,?[ ]{_YEAR})(?!\d)
      | {_DAY}[-/. ]?{_MONTH}[-/. ]?{_SHORT_YEAR}
      | {_DAY}(?P<mark>[/.-]){_DAY}(?P=mark){_SHORT_YEAR}(?:-{_DAY}(?P=mark){_DAY}(?P=mark){_SHORT_YEAR})?
      | {_DAY}[ ]?/[ ]?(?:0?[1-9]|1[0-2])[ ]?/[ ]?(?:19|20)\d\d | {_DAY}:(?:0[1-9]|1[0-2]):(?:19|20)\d\d
      | (?<=\p{{Ll}},[ ])(?:0[1-9]|[12]\d|3[01])[ ](?:0[1-9]|1[0-2])[ ]\d\d(?=[.,;)\n])
      | {_DAY}{_ORDINAL}?[ ](?:of[ ])?(?:ramadan|muharram|shawwal|rajab|sha'?ban) | {_DAY}[ ](?:0[1-9]|1[0-2])[ ](?:19|20)\d\d
      | (?:19|20)\d{{2}}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T\d\d:\d\d(?::\d\d)?Z?)?
      | (?:19|20)\d\d/(?:0[1-9]|1[0-2])/(?:0[1-9]|[12]\d|3[01])
      | (?<=(?:^|\n)[ ]{{0,3}})(?:0[1-9]|[12]\d|3[01])\.0[1-9](?=[ ]\p{{Lu}})
      | {_MONTH}[ ](?!0){_DAY}(?=[ ]\d{{1,2}}[.:]\d\d)
      | (?<=[,;:"'(][ ]?){_MONTH}[ ](?!0){_DAY}{_ORDINAL}?(?=[,.;:)"'][ \n)"']|\n|$)
      | {_MONTH}[ ]the[ ](?:{_DAY}{_ORDINAL}|{_WORDED_DAY}(?![ ](?!(?:that|he|she|they|we|i|and|when|at)[ ])\p{{L}}))
      | (?:19|20)\d\d[ ]{_MONTH}[ ]{_DAY}(?![\d:])
      | (?<![\d.])\d{{1,2}}[ ]\.[ ]\d{{1,2}}[ ]\.[ ]\d\d
      | (?<=\bdated?[ ]\(?){_DAY}\.(?:0?[1-9]|1[0-2])
      | (?<=\bon[ ])(?<!(?:comments?|points?|paras?|section|page|more|based|builds?|see)[ ]on[ ])
        {_DAY}\.(?:0?[1-9]|1[0-2])(?=[ ]and|[.,;)](?!\d)|$)
      | {feast},?[ ](?:(?:19|20)\d\d|'\d\d)
      | (?<=(?:born|b\.|died|due|edd|dob)[ :=]{{1,3}}(?:on[ ])?){feast}
      | {_WORDED_DAY}[ ]{_FULL_MONTH}(?=,?[ ](?:{_YEAR}|two[ ]thousand|nineteen)),?[ ](?:{_YEAR}|{_WORDED_YEAR})
      | {_DAY}[ ]-[ ](?:0?[1-9]|1[0-2])[ ]-[ ](?:(?:19|20)\d\d|\d\d)
      | (?<=(?:^|\n|\b(?:on|since|from|until|is)[ ])[ ]{{0,4}}){_MONTH}[ ](?:the[ ])?(?!0){_DAY}{_ORDINAL}?(?![ ]?-[ ]?{_MONTH})
        (?=[ ]?(?:[-,;.](?!\d)|$|\n)|[ ](?:to|and|\p{{Lu}}))
      | {_WORDED_DAY}[ ](?:day[ ])?o[f']?[ ]{_FULL_MONTH}(?:,?[ ](?:{_YEAR}|{_WORDED_YEAR}))?
      | {_DAY}{_ORDINAL}{_FULL_MONTH}[ ](?:19|20)\d\d
      | {_DAY}{_ORDINAL}[ ](?:inst(?:ant)?|ult(?:imo)?)\.?
      | (?:the[ ])?(?:{COUNT}[ ]days?|{_WEEKDAY}|day|eve|night)[ ](?:before|after|of)[ ]{holiday},?[ ]{_YEAR}
      | (?:the[ ])?(?:{_WORDED_DAY}|last|\d{_ORDINAL})[ ]{_WEEKDAY}[ ](?:in|of|after|before)[ ]{season},?[ ]{_YEAR}
      | (?<=^|\n){_MONTH}[ ]{_DAY}[ ]\d\d(?=[ ]?[-:|,])
      | (?=[\dIlO]{{1,2}}[ ])[0-3IlO]?[\dIlO][ ]{_MONTH}[ ](?=[^\W\d]?\d?[^\W\d]?\d)[12Il][\dOIl]{{3}}
      | {_DAY}-{_MONTH} | \d\d{_MONTH}
      | {_DAY}(?P<between>[-/.: ])(?:x|xi{{0,2}}|i{{1,3}}|iv|vi{{0,3}}|ix|v)(?P=between)(?:(?:18|19|20)\d\d|(?<![ ])'?\d\d)
      | {_DAY}[-/.](?:xi{{1,2}}|ii{{1,2}}|iv|vi{{1,3}}|ix|xi)
      | {_DAY}{_ORDINAL}?[ ]of[ ]the[ ](?:0?[1-9]|1[0-2]){_ORDINAL}
      | (?=[\dIlO]{{1,2}}(?P<dot>[/.]))[0-3IlO]?[\dIlO](?P=dot)[01IlO]?[\dIlO](?P=dot){_SHORT_YEAR}
      )(?![\w%/£]|-(?!\p{{Lu}}|\d{{1,2}}[ ]\p{{Lu}})|\.\d)
      | (?<![\w-]){_WEEKDAY}[ ](?:the[ ])?{_DAY}{_ORDINAL}(?![\w-])
      | (?<=(?:^|\n)[ ]{{0,3}}){_WEEKDAY}(?<!\.)[ ]{_DAY}(?=[ ](?![ap]\.?m)\p{{L}})
      | (?<![\w-]){_WEEKDAY}(?<!\.)[ ]{_DAY}(?=[ ]?(?:[-,;)|]|\.(?!\d)|$|\n))""",
        regex.IGNORECASE | regex.VERBOSE,
    )


_DAY_AND_MONTH = regex.compile(
    rf"(?<![\w/£$.-])(?:{_WEEKDAY} )?(?P<value>{_DAY}/(?:0?[1-9]|1[0-2]))(?![\w%/£]|[.-]\d)", regex.IGNORECASE
)
# Neither a fraction nor days, weeks or months of an age: the others of its line are dates, too.
_DAY_OVER_MONTH = regex.compile(r"(?<![\w/£$.-])(?:1[3-9]|2\d|3[01])/(?!0?7|12)(?:0?[1-9]|1[01])(?![\w%/£]|[.-]\d)")
_COMPACT = regex.compile(  # 210978 after "b." and the like
    r"(?:(?<!\w)(?:b\.|born|d\.?o\.?b\.?:?|crd:?|sed:?|led:?|(?<=/)date:?(?:[ ]\d{4})?)[ ])"
    r"(?P<value>(?:0[1-9]|[12]\d|3[01])(?P<space>[ ]?)(?:0[1-9]|1[0-2])(?P=space)\d\d|"
    r"\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])|"
    r"(?:0?[1-9]|[12]\d|3[01])[./](?:0?[1-9]|1[0-2])(?=[,;)\n]|\.(?!\d)|\Z))(?![\d/])",
    regex.IGNORECASE,
)
_DAY_ALONE = regex.compile(
    rf"(?<=\b(?:on|of|since|until|till|by|{_WEEKDAY},?) the )"
    rf"(?P<value>{_DAY}{_ORDINAL}(?:(?:,|,? and|[ ]&)(?:[ ]the)?[ ]{_DAY}{_ORDINAL}){{0,5}})"
    rf"(?!\w|[ ](?:of|day|{_MONTH})\b)(?=[.,;)]|$| (?:and|he|she|they|i|we|mum|dad|at|by|when|after|before)\b)",
    regex.IGNORECASE,
)


_DAY_OF_WEEK = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_NAMED_DAY = regex.compile(  # Lammas Day 2003, the eve of St Swithin's 1998: a day with a name of its own, and its year
    rf"(?<!\w)(?:[Tt]he )?(?:(?:[Ee]ve|[Ff]east|[Nn]ight|[Dd]ay|{_DAY_OF_WEEK}) (?:of|before|after) )?"
    rf"(?:(?:\p{{Lu}}[\p{{L}}'-]{{2,14}} ){{1,2}}(?:Day|Eve|Night|{_DAY_OF_WEEK})|St \p{{Lu}}\p{{Ll}}+'s?(?: Day| Eve)?"
    r"|Michaelmas|Martinmas|Candlemas|Lammas|Midsummer|Newroz|Nowruz|Tết|Vaisakhi|Holi|Hogmanay)"
    r",? (?:19|20)\d\d(?![\w/-])"
)


@cache
def _feast_alone() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<=\b(?:on|of|was|since|until|till|last|that)[ ]|\()(?:the[ ])?(?P<value>{_feast()})(?!\w|,?[ ](?:19|20)\d\d)",
        regex.IGNORECASE | regex.VERBOSE,
    )


def detect(text: str) -> Iterator[Span]:
    """Exact dates by what the sentence says of them, and ages told to the day."""
    page = Page.of(text)
    for start, end in lines_with(text, _SIGN_OF_DATE):
        yield from _dates(text, start, end, page)
    yield from ages(text)


_SIGN_OF_DATE = regex.compile(
    r"\d|(?i:(?:\b(?:on|of|was|since|until|till|last|that) |\()[a-z'. -]{0,20}"
    r"(?:day|eve|night|eid|diwali|christi|e'?en|hogmanay|year|fitr|adha)\b)|"
    r"(?i:teenth|twent\w+-\w+) \p{Lu}|(?i:(?:ary|ch|ril|may|une|uly|ust|ber) the [\w-]+(?:th|st|nd|rd)\b)|"
    r"(?i:edd|due|born|died)[ :=]|(?i:(?:st|nd|rd|th|day)[ ](?:day[ ])?o[f']?[ ])"
)
_JOINED = regex.compile(r"[ \n]{0,2}(?:to|-|and|until|,|;|&|, and)[ \n]{0,2}")
_TIMED = regex.compile(r"(?m)^[ ]{0,3}(?:[01]\d|2[0-3])\.(?:00|1[3-9]|[2-5]\d)(?=[ ])")
_TIME = regex.compile(r"\d\d\.\d\d")
_NUMBERED = regex.compile(r"(?m)^(?:[1-9]|1[0-5])\.[1-9]\d?\.[1-9]\d?(?=\.?[ \t])")


@dataclass(frozen=True, slots=True)
class Page:
    """What a text's layout says of dates.

    Args:
        furniture: lines that come back on each page.
        numbered: the numbers at line starts that look like a date, such as 6.2.11.
        timed: whether lines begin with times of day such as 10.45, so that 10.05 is one, too.
    """

    furniture: frozenset[str]
    numbered: frozenset[str]
    timed: bool

    @classmethod
    def of(cls, text: str) -> Page:
        """The layout of a text."""
        lines = Counter(line.strip() for line in text.split("\n"))
        return cls(
            frozenset(line for line, times in lines.items() if times > _PAGES),
            frozenset(_NUMBERED.findall(text)),
            bool(_TIMED.search(text)),
        )

    def is_paragraph(self, number: str) -> bool:
        """Whether ``6.2.11`` is the number of a paragraph and no date: the one before or after it is numbered likewise."""
        if number not in self.numbered:
            return False
        head, _, last = number.rpartition(".")
        return any(f"{head}.{int(last) + step}" in self.numbered for step in (-1, 1))


_PAGES = 2


def runs_of(text: str) -> Iterator[list[tuple[int, int]]]:
    """The exact dates of a normalised text, those of one list together."""
    page = Page.of(text)
    for begin, stop in lines_with(text, _SIGN_OF_DATE):
        yield from _runs(text, begin, stop, page)


def _runs(text: str, begin: int, stop: int, page: Page) -> Iterator[list[tuple[int, int]]]:
    """The exact dates of one line, those of a list such as "3, 10 and 24 May" together, as offsets into the text.

    A line that comes back on each page and is nothing but a date is the paper's; one that says more (born 4.5.07) is not.
    """
    whole = text[begin:stop].strip()
    run: list[tuple[int, int]] = []
    for match in _exact().finditer(text, begin, stop):
        start, end = match.start(), match.end() - match[0].endswith(".")
        is_paragraph = start == begin and page.is_paragraph(text[start:end])
        is_furniture = text[start:end] == whole and whole in page.furniture
        is_time = page.timed and not text[begin:start].strip() and _TIME.fullmatch(text[start:end])
        if is_paragraph or is_furniture or is_time or _LOWER_MONTH.search(match[0]):
            continue
        if run and not _JOINED.fullmatch(text[run[-1][1] : start]):
            yield run
            run = []
        run.append((start, end))
    if run:
        yield run


def _dates(text: str, begin: int, stop: int, page: Page) -> Iterator[Span]:
    """The dates of one line that are the family's."""
    for run in _runs(text, begin, stop, page):
        yield from _joined(
            text, (span for start, end in run for span in _spans(text, start, end, (run[0][0], run[-1][1])))
        )
    beside = bool(_DAY_OVER_MONTH.search(text, begin, stop))
    for match in _DAY_AND_MONTH.finditer(text, begin, stop):
        before = text[max(0, match.start() - 12) : match.start()]
        told = (
            match[0] != match["value"] or cues("day_and_month").search(before) or _TIME_AFTER.match(text, match.end())
        )
        told = told or (beside and not match["value"].endswith(("/7", "/12", "/52")))
        if match["value"] != "24/7" and told:
            yield from _spans(text, match.start("value"), match.end("value"), match.span("value"))
    for match in _feast_alone().finditer(text, begin, stop):
        is_event = any(cues("event").search(side) for side in sentence(text, match.span("value")))
        start, end = match.span("value")
        if is_event or probability(text, start, end, (start, end)) >= _LIKELY:
            yield Span("date", start, end, Confidence.POSSIBLE, ("dates",))
    for match in _NAMED_DAY.finditer(text, begin, stop):
        yield from _spans(text, match.start(), match.end(), match.span())
    for pattern, sure in ((_COMPACT, Confidence.CERTAIN), (_DAY_ALONE, Confidence.POSSIBLE)):
        for match in pattern.finditer(text, begin, stop):
            yield Span("date", match.start("value"), match.end("value"), sure, ("dates",))


_TO = regex.compile(r"[ ](?:to|until|till)[ ]|[ ]?-[ ]?")


def _joined(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    """The dates of a run, the first and the last day of a time as one: 2 July to 9 July 2014."""
    return joined(spans, lambda first, last: bool(_TO.fullmatch(text, first.end, last.start)))


_TIME_AFTER = regex.compile(r",?[ ]{1,2}(?:at[ ])?(?:\d{1,2}[.:]\d\d|[0-2]\d[0-5]\d)(?!\w)|[ ]{0,2}[|](?=[ ])")
_LOWER_MONTH = regex.compile(r"^(?:\d{1,2}(?: and |, | or ))*\d{1,2} (?:may|march|sat|sun)$")  # "School 1 may have"


def _spans(text: str, start: int, end: int, run: tuple[int, int]) -> Iterator[Span]:
    """The date at these offsets, if it may be the family's."""
    confidence = _confidence(text, start, end, run)
    if confidence is not None:
        before = _PART_OF_DAY.search(text[max(0, start - 28) : start])
        after = _HOUR.match(text, end)
        begin, stop = start - len(before[0]) if before else start, after.end() if after else end
        yield Span("date", begin, stop, confidence, ("dates",))


_PART_OF_DAY = regex.compile(
    rf"(?<!\w)(?:(?:night|evening|morning|afternoon|weekend|eve)[ ]of[ ](?:the[ ])?|"
    rf"(?:(?:this|last)[ ])?{_WEEKDAY},?[ ](?:the[ ])?|(?:[01]\d|2[0-3])[0-5]\d(?:[ ]?hrs?)?,?[ ]|"
    r"(?:noon|midnight)[ ]on[ ](?:the[ ])?)\Z",
    regex.IGNORECASE,
)
_HOUR = regex.compile(r",?[ ](?:at[ ])?(?:[01]\d|2[0-3])[0-5]\d[ ]?hrs?(?!\w)", regex.IGNORECASE)  # 22.08.09 0215hrs


def _confidence(text: str, start: int, end: int, run: tuple[int, int]) -> Confidence | None:
    """How surely a date points to somebody; None for one that belongs to the review or to an office."""
    before, after = sentence(text, (start, end))
    if cues("birth_or_death").search(before[-40:]) or cues("after_birth").search(after[:24]):
        return Confidence.CERTAIN
    if cues("title_page").search(text[max(0, start - _TITLE_PAGE) : start]):
        return None
    familys = probability(text, start, end, run)
    if familys < _POSSIBLE:
        return None
    return Confidence.LIKELY if familys >= _LIKELY else Confidence.POSSIBLE


_TITLE_PAGE = 300  # characters before a date in which the lines of a title page stand
#: Probabilities from which a date is an error, and for review. On the development sets 350 of 389 dates of the families
#: reach the first, and 18 of the others (at 0.5: 343 and 16); 1 % of the families' do not reach the second.
_LIKELY = 0.4
_POSSIBLE = 0.08
