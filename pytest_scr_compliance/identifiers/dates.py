"""Exact dates and ages that point to a birth, a death or an incident.

How they are written (``vocabulary/exact_dates.yaml``) and the words around them (``vocabulary/dates.yaml``) are data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from ..model import Confidence, Span
from .ages import ages
from .lexicon import filled, vocabulary
from .merge import joined
from .normal import lines_with
from .occasions import column, cues, probability, sentence


@cache
def _form(name: str) -> regex.Pattern[str]:
    """The forms of a list of ``vocabulary/exact_dates.yaml`` as one."""
    return regex.compile(_filled("|".join(vocabulary("exact_dates")[name])), regex.IGNORECASE)


@cache
def _exact() -> regex.Pattern[str]:
    """An exact date in any way of writing it."""
    data = vocabulary("exact_dates")
    exact = f"{data['borders']['before']}(?:{'|'.join(data['exact'])}){data['borders']['after']}"
    return regex.compile(_filled("|".join((exact, *data["weekdays"]))), regex.IGNORECASE)


def _filled(form: str) -> str:
    feast = "(?:" + "|".join(vocabulary("dates")["feasts"]) + ")"
    pieces = {**vocabulary("exact_dates")["pieces"], "FEAST": feast, "COUNT": vocabulary("ages")["pieces"]["COUNT"]}
    return filled(form, pieces.__getitem__)


def detect(text: str) -> Iterator[Span]:
    """Exact dates by what the sentence says of them, and ages told to the day."""
    page = Page.of(text)
    for start, end in lines_with(text, _SIGN_OF_DATE):
        yield from _dates(text, start, end, page)
    yield from ages(text)


_SIGN_OF_DATE = regex.compile(
    r"\d|(?i:(?:\b(?:on|of|was|since|until|till|last|that) |\()[a-z'. -]{0,20}"
    r"(?:day|eve|night|eid|diwali|christi|e'?en|hogmanay|year|fitr|adha)\b)|"
    r"\p{Lu}[\p{L}']{1,20}+ (?i:day|eve|night)\b|(?i:(?:boxing|christmas|xmas) (?:day|eve)|hallowe'?en|diwali|\beid\b)|"
    r"(?i:(?:day|eve|night|een),? (?:two thousand|twenty|nineteen) )|"
    r"(?i:teenth|twent\w+-\w+) \p{Lu}|(?i:(?:ary|ch|ril|may|une|uly|ust|ber) the [\w-]+(?:th|st|nd|rd)\b)|"
    r"(?i:edd|due|born|died)[ :=]|(?i:on the \w+th\b)|(?i:(?:st|nd|rd|th|day)[ ](?:day[ ])?o[f']?[ ])"
)
_JOINED = regex.compile(r"[ \n]{0,2}(?:to|-|and|until|,|;|&|, and)[ \n]{0,2}")
_OUT_OF = regex.compile(  # not 0/12, an age
    r"(?<![\w/.])(?:0/(?!7|12|52)|(?i:pain|scor(?:es?|ed)|rat(?:es?|ed|ing))[ :]{1,2}(?:of )?\d{1,2}/)(\d{1,2})(?![\w/])"
)
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
        marks: what the marks that it gives are out of: "10" where 0/10 stands, which is no date.
    """

    furniture: frozenset[str]
    numbered: frozenset[str]
    timed: bool
    marks: frozenset[str]

    @classmethod
    def of(cls, text: str) -> Page:
        """The layout of a text."""
        lines = Counter(line.strip() for line in text.split("\n"))
        return cls(
            frozenset(line for line, times in lines.items() if times > _PAGES),
            frozenset(_NUMBERED.findall(text)),
            bool(_TIMED.search(text)),
            frozenset(_OUT_OF.findall(text)),
        )

    def is_mark(self, value: str) -> bool:
        """Whether ``3/10`` is a mark out of ten and no date."""
        return value.rpartition("/")[2] in self.marks

    def is_paragraph(self, number: str) -> bool:
        """Whether ``6.2.11`` is the number of a paragraph and no date: the one before or after it is numbered likewise."""
        if number not in self.numbered:
            return False
        head, _, last = number.rpartition(".")
        return any(f"{head}.{int(last) + step}" in self.numbered for step in (-1, 1))


_PAGES = 2


def follows_its_sort(text: str, start: int) -> bool:
    """Whether the word before an offset says that what stands there numbers a part of a report: paragraph 5.3.14."""
    return bool(_form("numbered_by").search(text[max(0, start - 24) : start]))


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
        is_paragraph = is_paragraph or follows_its_sort(text, start)
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
    beside = bool(_form("day_over_month").search(text, begin, stop))
    for match in _form("day_and_month").finditer(text, begin, stop):
        before = text[max(0, match.start() - 12) : match.start()]
        told = (
            match[0] != match["value"] or cues("day_and_month").search(before) or _TIME_AFTER.match(text, match.end())
        )
        is_part = match["value"].endswith(("/7", "/12", "/52"))  # days, months or weeks
        told = told or (beside and not is_part)
        is_age = is_part and _OLD_AFTER.match(text, match.end())
        is_date = told and not (is_age or follows_its_sort(text, match.start()) or page.is_mark(match["value"]))
        if match["value"] != "24/7" and is_date:
            yield from _spans(text, match.start("value"), match.end("value"), match.span("value"))
    for match in _form("feast_alone").finditer(text, begin, stop):
        start, end = match.span("value")
        sides = sentence(text, (start, end))
        is_event = any(cues("event").search(side) for side in sides)
        is_on = text[max(0, start - 3) : start] == "on " and not any(
            cues("office_entry").search(side) for side in sides
        )
        if is_event or is_on or probability(text, start, end, (start, end)) >= _LIKELY:
            yield Span("date", start, end, Confidence.POSSIBLE, ("dates",))
    for match in _form("named_day").finditer(text, begin, stop):
        yield from _spans(text, match.start(), match.end(), match.span())
    for pattern, sure in ((_form("compact"), Confidence.CERTAIN), (_form("day_alone"), Confidence.POSSIBLE)):
        for match in pattern.finditer(text, begin, stop):
            yield Span("date", match.start("value"), match.end("value"), sure, ("dates",))


_TO = regex.compile(r"[ ](?:to|until|till)[ ]|[ ]?-[ ]?")
_BETWEEN = regex.compile(r"(?i)(?<!\w)between[ ](?:the[ ])?\Z")


def _joined(text: str, spans: Iterator[Span]) -> Iterator[Span]:
    """The dates of a run, the first and the last day of a time as one: 2 July to 9 July 2014, between the 3rd and the 9th."""

    def belong(first: Span, last: Span) -> bool:
        if text[first.end : last.start] in (" and ", " and the "):
            return bool(_BETWEEN.search(text[max(0, first.start - 16) : first.start]))
        return bool(_TO.fullmatch(text, first.end, last.start))

    return joined(spans, belong)


_TIME_AFTER = regex.compile(r",?[ ]{1,2}(?:at[ ])?(?:\d{1,2}[.:]\d\d|[0-2]\d[0-5]\d)(?!\w)|[ ]{0,2}[|](?=[ ])")
_OLD_AFTER = regex.compile(r"(?i)[ ](?:old|of age|male|female|boy|girl|baby|infant|child|[mf])(?!\w)")  # 9/12 male
_LOWER_MONTH = regex.compile(r"^(?:\d{1,2}(?: and |, | or ))*\d{1,2} (?:may|march|sat|sun)$")  # "School 1 may have"


def _spans(text: str, start: int, end: int, run: tuple[int, int]) -> Iterator[Span]:
    """The date at these offsets, if it may be the family's."""
    confidence = _confidence(text, start, end, run)
    if confidence is not None:
        before = _form("part_of_day").search(text[max(0, start - 28) : start])
        after = _form("hour").match(text, end)
        begin, stop = start - len(before[0]) if before else start, after.end() if after else end
        yield Span("date", begin, stop, confidence, ("dates",))


def _confidence(text: str, start: int, end: int, run: tuple[int, int]) -> Confidence | None:
    """How surely a date points to somebody; None for one that belongs to the review or to an office."""
    before, after = sentence(text, (start, end))
    if cues("birth_or_death").search(before[-40:]) or cues("after_birth").search(after[:24]):
        return Confidence.CERTAIN
    if is_deadline(text, run):
        return None
    familys = probability(text, start, end, run)
    if familys < _POSSIBLE:
        return None
    return Confidence.LIKELY if familys >= _LIKELY else Confidence.POSSIBLE


def is_deadline(text: str, run: tuple[int, int]) -> bool:
    """Whether the words before a date or a list of dates, or the heading of its column, make it the report's or an action's."""
    before, _ = sentence(text, run)
    is_on_title_page = cues("title_page").search(text[max(0, run[0] - _TITLE_PAGE) : run[0]])
    return bool(
        is_on_title_page or cues("deadline").search(before) or cues("deadline_column").search(column(text, run[0]))
    )


_TITLE_PAGE = 300  # characters before a date in which the lines of a title page stand
#: Probabilities from which a date is an error, and for review. On seven development and nine frozen sets 0.4 has seven more
#: errors that are right, and eight that are not; 1 % of the families' do not reach the second.
_LIKELY = 0.5
_POSSIBLE = 0.08
