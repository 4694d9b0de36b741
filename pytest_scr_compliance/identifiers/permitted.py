"""What may stand in a published review: role codes, public bodies, statutes, authors, officials. One filter for all."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import regex

from ..model import Confidence, Span
from .declared import declared
from .groups import GivesWay, Group, built_in, of_case, of_document, read
from .lexicon import vocabulary, words
from .wording import CAPITAL, look_up, one_of, speaks

_NEVER_PERMITTED = frozenset({"register"})


@dataclass(frozen=True, slots=True)
class Permitted:
    """Everything that is permitted in one case; the terms of the case do not show in its ``repr``."""

    groups: tuple[Group, ...] = field(repr=False)

    @classmethod
    def build(cls, terms: Iterable[str] = (), files: Iterable[Path] = ()) -> Permitted:
        """The built-in vocabulary with what a case and its board add to it.

        Args:
            terms: pseudonyms and officials of the case, or the lines of ``--permitted FILE``.
            files: YAML files in the form of ``vocabulary/permitted.yaml``: a list of groups, each with a ``reason``
                and ``terms`` or ``patterns``.

        Raises:
            ConfigError: a file is not such a list; its message holds nothing of the file but its name.
        """
        own = [group for file in files for group in read(file)]
        return cls((*built_in(), *own, of_case(terms)))

    def with_declared(self, text: str) -> Permitted:
        """The same with what a normalised text declares of itself: its pseudonyms, abbreviations, areas and authors."""
        found = declared(text)
        own = of_document("declared as a pseudonym by the document", found.pseudonyms)
        reason = "area of a public body, author whom the document cites, or abbreviation that it explains"
        public = of_document(reason, found.public, GivesWay.TO_CUE)
        return Permitted((*self.groups, own, public))

    def stretches(self, text: str, gives_way: GivesWay) -> tuple[tuple[int, int], ...]:
        """Start and end offsets of the stretches of a normalised text that give way to this, joined where they overlap."""
        groups = [group for group in self.groups if group.gives_way is gives_way]
        found = sorted(stretch for group in groups for stretch in group.stretches(text))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)

    def over(self, text: str) -> Callable[[Iterable[Span]], Iterator[Span]]:
        """The filter for one normalised text, and what it declares of itself: spans → those that are not permitted.

        A span is dropped when nothing is left of it but permitted stretches and joining words. Hits of the register are
        never dropped, and weakly permitted stretches do not outweigh a cue.
        """
        own = self.with_declared(text)
        permitted = {gives_way: own.stretches(text, gives_way) for gives_way in GivesWay}
        areas = _areas(text)

        def remaining(spans: Iterable[Span]) -> Iterator[Span]:
            for span in spans:
                holding = {gives_way: permitted[gives_way] for gives_way in _holding(text, span, areas)}
                if span.kind == "organisation":  # a Guru Nanak Gurdwara is no language, a city's hospital is no city
                    listed = [part.span() for part in _LISTED.finditer(text, span.start, span.end)]
                    for gives_way, parts in (
                        (GivesWay.TO_CUE, [(span.start, span.end)]),
                        (GivesWay.TO_PERSON, listed),  # the Isle of Wight, Portsmouth
                    ):
                        if gives_way in holding:
                            holding[gives_way] = _around(parts, permitted[gives_way])
                if _NEVER_PERMITTED & set(span.detectors) or not _is_covered(text, span, holding.values()):
                    yield span

        return remaining


_CALENDAR = frozenset(["april", "may", "june", "july", "august", "easter"])
_BEFORE_A_MONTH = regex.compile(
    r"(?i)(?:\d|(?<!\w)(?:in|of|since|by|until|till|from|during|for|last|next|this|early|late|mid|to|and|or|between|"
    r"through)[ -])[ ]?\Z"
)
_WHERE = regex.compile(r"(?i)(?<!\w)(?:in|across|near|around|within|throughout|outside|from) \Z")
_CUES = frozenset({"cues", "forms", "patterns", "propagation"})


_DAY_OF_LIFE = regex.compile(r"(?:\p{L}+[ ])?[Dd][ ]?\d{1,3}")
_NO_PLACE = r"(?:believ|confid|interest|trust|faith|chang|improv|differ|bruis|injur|seen|found|not)\p{L}{0,8}"
_AREA = regex.compile(
    rf"(?<!\w)(?<!{_NO_PLACE} )(?:in|across|within|throughout)[ \n](?P<name>{CAPITAL})(?=[,.;)\n]|[ ](?!\p{{Lu}}))"
    rf"|(?<!\w)(?P<body>{CAPITAL})[ \n](?:Local[ \n])?"
    r"(?:County|City|Borough|Council|Police|Constabulary|LSCB|SCB|Safeguarding)(?!\w)"
)


def _areas(text: str) -> frozenset[str]:
    """Words that a text uses as a county's or a city's name: in the name of a body, or twice as where things are."""
    found = list(_AREA.finditer(text))
    places = Counter(match["name"] for match in found if match["name"])
    return frozenset(
        [match["body"] for match in found if match["body"]] + [name for name, times in places.items() if times > 1]
    )


def _holding(text: str, span: Span, areas: Collection[str]) -> Iterator[GivesWay]:
    """The kinds of permitted stretches that do not give way to a span in a text that speaks of some areas."""
    if span.kind == "date":  # dates.py has weighed feasts; only a stretch that holds the figures, too, may drop a date
        if span.confidence is not Confidence.CERTAIN and regex.search(r"\d", text[span.start : span.end]):
            yield GivesWay.NEVER
        return
    if span.kind == "age" and _DAY_OF_LIFE.fullmatch(text, span.start, span.end):
        return  # D5, the fifth day of a life, which would be a code elsewhere
    yield GivesWay.NEVER
    if span.kind == "organisation" and span.confidence is Confidence.CERTAIN:
        return  # drank in the Lord Nelson
    is_sure = span.kind == "person" and span.confidence.rank > 0
    if not (span.confidence is Confidence.CERTAIN or (is_sure and {"names", "cues"} & set(span.detectors))):
        yield GivesWay.TO_CERTAIN
    word = text[span.start : span.end]
    is_date = word.lower() in _CALENDAR and _BEFORE_A_MONTH.search(text[max(0, span.start - 16) : span.start])
    is_where = bool(_WHERE.search(text[max(0, span.start - 16) : span.start]))  # staff in Kent told the panel
    acts = " " not in word and look_up(word).listed and speaks(text, span.end) and not is_date and not is_where
    if not (acts or _CUES & set(span.detectors)):
        yield GivesWay.TO_CUE
        is_read = span.kind == "person" and "names" in span.detectors and span.confidence.rank >= 0 and not is_date
        is_read = is_read and _is_word(word)  # Summer and Brook; but Kent and Jordan only if the model is sure
        is_shop = span.kind == "organisation" and span.confidence.rank > 0 and word.endswith("'s")  # Tunnard's
        # a sure model reads Kent for a man where Kent has higher numbers
        if word in areas or not (is_sure or is_read or is_shop):
            yield GivesWay.TO_PERSON


def _is_word(text: str) -> bool:
    lower = text.lower()
    is_english = lower in _CALENDAR or lower in words("english")
    return is_english and lower not in words("proper")


_LISTED = regex.compile(r"(?:and )?+(?:[Tt]he )?+[^,\s](?:(?! and )[^,])*")


def _around(parts: Iterable[tuple[int, int]], stretches: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Those of the ordered stretches that hold these parts of a text, articles aside, if each is in one of them."""
    holding = []
    for start, end in parts:
        index = bisect_left(stretches, (start + len("the ") + 1, 0)) - 1
        if index < 0 or stretches[index][1] < end:
            return ()
        holding.append(stretches[index])
    return tuple(holding)


def _is_covered(text: str, span: Span, stretches: Iterable[Sequence[tuple[int, int]]]) -> bool:
    """Whether nothing is left of a span but permitted stretches, each kind of them in order, joining words and offices."""
    rest = list(text[span.start : span.end])
    covered = False
    for ordered in stretches:
        index = max(0, bisect_left(ordered, (span.start, span.start)) - 1)
        while index < len(ordered) and ordered[index][0] < span.end:
            start, end = ordered[index]
            if end > span.start:
                covered = True
                for position in range(max(start, span.start), min(end, span.end)):
                    rest[position - span.start] = " "
            index += 1
    left = _joining().sub(" ", "".join(rest)).split() if covered else []
    return covered and all(span.kind == "organisation" and look_up(word).nobody for word in left)


@cache
def _joining() -> regex.Pattern[str]:
    """What names nobody beside a permitted name: spaces and signs, "and", "Mrs", "QC"."""
    lists = vocabulary("words")
    nobody = one_of([*lists["joining"], *lists["titles"], *lists["letters"]])
    return regex.compile(rf"[\s\W]+|(?<!\p{{L}}){nobody}(?!\p{{L}})", regex.IGNORECASE)
