"""The names of a text that it says are invented.

A report that says "Holly (not her real name)" or has a table of the names used in it must not be flagged for each Holly.
The forms of such declarations are data: ``vocabulary/pseudonyms.yaml``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import compiled, vocabulary
from .namings import doubtful, namings, sentences
from .statements import is_of_invented_names, statements
from .wording import CAPITAL, acts, look_up

_NAMED = frozenset({"person", "place"})
_OF_WORDS = frozenset({"place", "organisation", "address"})  # which have names of several words
_NAME = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)[ ])?{CAPITAL}(?:[ ]{CAPITAL})?"
_TITLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr"})
_AND = r"[\"']?(?:,[ ]|[ ](?:and|And|AND)[ ]|,[ ]and[ ]|[ ]&[ ])[\"']?"
_NAMES = rf"{_NAME}(?:{_AND}{_NAME}){{0,8}}(?!'s(?!\w))"  # whose: Kyron's brother
_BETWEEN = regex.compile(_AND)
_ONE_NAME = regex.compile(_NAME)
_TITLE_PAGE = 800  # characters of a title page
_NEAR = 600  # characters around the words that declare
# Mentions of a name in a paragraph that declares, at least: one that a report lets slip stands once or twice.
_OFTEN = 3
_TWICE = 2  # of one in the sentence that declares, or in the next
# Probabilities of a statement from which its names are declared, and for review.
_SAYS_SO = 0.8
_MAY_SAY_SO = 0.6
_SENTENCE = regex.compile(r"(?<=[\p{L}\d)\]\"'][.?!][\"')\]]?)[ ]|\n")
# A capitalised word that is not a part of a longer name, and has no title or office before it.
_SINGLE = regex.compile(
    rf"(?<![\w'-]|(?:Mr|Mrs|Ms|Miss|Dr|Sir)\.?[ ]|\p{{Lu}}\p{{L}}{{0,30}}[ ]|(?:worker|teacher|nurse|visitor|officer|manager"
    rf"|doctor|solicitor|midwife|sergeant|constable|neighbour|colleague),?[ ])(?:{CAPITAL})(?!\w|[ ]\p{{Lu}}\p{{Ll}})"
)
_TITLED = regex.compile(
    rf"(?<![\w'-])(?:Mr|Mrs|Ms|Miss|Dr|Uncle|Auntie|Nurse)\.?[ ]{CAPITAL}(?!\w|[ ]\p{{Lu}}\p{{Ll}})"
)
# Of several words: Cherry Tree Close, the Good Intent, Jenny Dunnock.
_LONGER = regex.compile(rf"(?<![\w'-])(?:[Tt]he[ ])?{CAPITAL}(?:[ ](?:(?:of|on|in|the)[ ])?{CAPITAL}){{1,3}}(?!\w)")
_STARTS = regex.compile(r"(?:^|[.?!\n][\"')\]]?[ ]?[\"'(]?)\Z")
# An entry of a list of pseudonyms and who they stand for; a role code on the other side would make it the real name.
_ENTRY = regex.compile(
    rf"[ \t]{{0,12}}(?:[-•*·] ?|\(?\w{{1,4}}[.)] )?[\"'*]?(?P<names>{_NAMES})[\"'*]?[ \t]{{0,8}}"
    r"(?:[-:=(\t]|,|(?<=[ ]{2})|(?:is|was)(?= (?:the|a|an|her|his|their) ))[ \t]{0,40}"
    r"(?!(?i:child|adult|baby|sibling|young person|[a-z]{1,3})[ -]?(?:\d|\p{Lu}(?!\p{L}))(?!'))(?=[\p{L}\d])"
)
_CELL = regex.compile(rf"[\"' \t]{{0,4}}(?P<names>{_NAMES})[\"' \t]{{0,4}}(?:\([^)\n]{{0,40}}\))?[ \t]{{0,4}}$")


def pseudonyms(text: str) -> frozenset[str]:
    """The names that a normalised text says are not real."""
    found = (
        name for source in (_by_form, _by_naming, _legend_tables, _legend_lists, _said_so) for name in source(text)
    )
    names = {name for name in found if look_up(name).listed or not look_up(name).role}
    return frozenset((*names, *(name.upper() for name in names if name.istitle()), *_schemes(text)))


def doubting(text: str) -> Callable[[Iterable[Span]], Iterator[Span]]:
    """Spans → the same, where those of a name are for review that the text may say is invented.

    Hits of the register stay as they are.
    """
    names, longer = _doubted(text)

    def weighed(spans: Iterable[Span]) -> Iterator[Span]:
        for span in spans:
            is_sure = span.confidence.rank > 0 and "register" not in span.detectors
            name = text[span.start : span.end].removesuffix("'s")
            is_named = (span.kind in _NAMED and name in names) or (span.kind in _OF_WORDS and name in longer)
            if is_sure and is_named:
                span = replace(span, confidence=Confidence.POSSIBLE)
            yield span

    return weighed


def _doubted(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The names beside words of invented names, and those near them that come back: a reader must say whether they are real.

    Apart from them those of several words, of places and premises: a person's slips stand with their surnames.
    """
    said = [*_where("says_so", text), *statements(text, _MAY_SAY_SO)]
    words = [*said, *_where("doubts", text)]
    spans = [*words, *doubtful(text)]
    parts = (*_beside(text, spans), *_lists(text, spans))
    beside = {name for part in parts for name in _called(part) if " " in name or look_up(name).listed}
    near = {name for window in _windows(text, words) for name in _called(window)} if words else set()
    longer = {name for part in (*_beside(text, said), *_lists(text, said)) for name in _LONGER.findall(part)}
    return frozenset(beside | set(_coming_back(text, near, _TWICE))), frozenset(longer)


def _beside(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """The sentences at these offsets, each with the next one."""
    every = sentences(text)
    starts = [start for start, _ in every]
    after = {bisect_right(starts, start) for start, _ in spans}
    for number in sorted(after | {number - 1 for number in after}):
        if number < len(every):
            yield text[slice(*every[number])]


def _lists(text: str, spans: list[tuple[int, int]]) -> Iterator[str]:
    """The lists of short lines, one to a person, that these offsets stand in."""
    stop = 0
    for start, end in sorted(spans):
        if end > stop:
            begin, stop = text.rfind("\n\n", 0, start) + 1, text.find("\n\n", end)
            stop = stop if stop >= 0 else len(text)
            rows = text[begin:stop].strip("\n").split("\n")
            if len(rows) > _ROWS and max(map(len, rows)) < _ROW:
                yield "\n".join(rows)


_ROWS = 2  # a list has more lines than these
_ROW = 120  # characters of a line of a list, at most


def _called(part: str) -> Iterator[str]:
    yield from _singles(part)
    yield from _TITLED.findall(part)
    for line in part.split("\n"):
        if entry := _ENTRY.match(line):
            yield from _each(entry["names"])


_PIECES = {
    "NAMES": rf"(?P<names>{_NAMES})",
    "TITLED": r"(?P<names>(?:Mr|Mrs|Ms|Miss) \p{Lu}\p{L}+)",
    "CAPITAL": CAPITAL,
}


@cache
def _forms(name: str) -> tuple[regex.Pattern[str], ...]:
    return compiled("pseudonyms", name, _PIECES)


def _where(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Offsets of the forms of a list in a text."""
    for form in _forms(name):
        yield from (match.span() for match in form.finditer(text))


def _by_form(text: str) -> Iterator[str]:
    for form in _forms("pseudonyms"):
        yield from _captured(form, text)


def _by_naming(text: str) -> Iterator[str]:
    for names in namings(text, _NAMES):
        for name in _each(names):
            if " " not in name or name.partition(" ")[0] in _TITLES:  # slips stand with their surnames
                yield name


def _said_so(text: str) -> Iterator[str]:
    """The single names of a paragraph that says that its names are invented, if they come back through the text."""
    learnt = (found for found in statements(text, _SAYS_SO) if is_of_invented_names(text, *found))
    said = [*_where("says_so", text), *learnt]
    if not said:
        return
    near: set[str] = set()
    far: set[str] = set()
    for paragraph in _windows(text, said, in_line=True):
        for form in _forms("said"):
            yield from _captured(form, paragraph)
        far.update(_singles(paragraph))
    for block in _windows(text, said):
        entries = (entry for line in block.split("\n")[1:-1] if (entry := _ENTRY.match(line)))
        near.update(name for entry in entries for name in _each(entry["names"]))
    for start, end in said:
        near.update(_called(_sentences(text, start, end)), _LONGER.findall(text, start, end))
    far.update(name for form in _forms("family") for name in _captured(form, text))
    title = (name for form in _forms("title") for name in _captured(form, text[:_TITLE_PAGE]))
    far.update(name for name in title if look_up(name).listed)
    yield from _coming_back(text, far, _OFTEN)
    yield from _coming_back(text, near, _TWICE)


def _windows(text: str, spans: Iterable[tuple[int, int]], in_line: bool = False) -> Iterator[str]:
    """What stands near these offsets, or in their lines near them, once where it overlaps."""
    begin = stop = 0
    for start, end in sorted(spans):
        first = max(text.rfind("\n", 0, start) + 1 if in_line else 0, start - _NEAR)
        line = text.find("\n", end) if in_line else -1
        last = min(line if line >= 0 else len(text), end + _NEAR)
        if first > stop:
            yield text[begin:stop]
            begin = first
        stop = max(stop, last)
    yield text[begin:stop]


def _sentences(text: str, start: int, end: int) -> str:
    """The sentence with these offsets, and the one after it."""
    begin, stop = max(0, start - _NEAR), min(end + _NEAR, len(text))
    before = [match.end() for match in _SENTENCE.finditer(text, begin, start)]
    after = [match.start() for match in _SENTENCE.finditer(text, end, stop)]
    return text[before[-1] if before else begin : after[1] if len(after) > 1 else stop]


def _singles(paragraph: str) -> Iterator[str]:
    for match in _SINGLE.finditer(paragraph):
        known = look_up(match[0])
        if known.role:
            continue
        if not _STARTS.search(paragraph[max(0, match.start() - 4) : match.start()]) or (
            known.listed and (known.given or acts(paragraph, match.end()))
        ):
            yield match[0]


def _captured(form: regex.Pattern[str], text: str) -> Iterator[str]:
    for match in form.finditer(text):
        for names in match.captures("names"):
            yield from _each(names)


def _coming_back(text: str, names: Collection[str], least: int) -> Iterator[str]:
    """Those of some names that a text goes on to use, counted in one pass however many there are."""
    mentions = Counter(regex.findall(r"(?<!\w)\L<names>(?!\w)", text, names=names) if names else ())
    yield from (name for name, times in mentions.items() if times >= least)


@cache
def _scheme_forms() -> tuple[tuple[regex.Pattern[str], regex.Pattern[str], tuple[str, ...]], ...]:
    data = vocabulary("pseudonyms")
    return tuple(
        (
            regex.compile(rf"(?<!\w)(?:{scheme['says']})(?!\w)"),
            regex.compile("|".join(form.replace("{SAYS}", f"(?:{scheme['says']})") for form in data["scheme"])),
            tuple(form for name in scheme["names"] for form in (name.capitalize(), name.upper())),
        )
        for scheme in data["schemes"]
    )


_DOTTED = regex.compile(r"(?<![\w.])(?:\p{Lu}\.){1,3}(?!\w)")


def _schemes(text: str) -> Iterator[str]:
    """Names after colours, birds, trees …, or letters with stops, where a text says that its people have such names."""
    for sign, says, names in _scheme_forms():
        match = sign.search(text) and says.search(text)  # the first is cheap
        if match:
            yield from _coming_back(text, names, _OFTEN)
            yield from (name for name in names if name.isupper())
            near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            yield from regex.findall(r"(?<!\w)(?:(?:Mr|Mrs|Ms|Miss)[ ])?\L<names>(?!\w)", near, names=names)
    if any(form.search(text) for form in _forms("letters")):
        yield from frozenset(_DOTTED.findall(text))


def _each(names: str) -> Iterator[str]:
    for part in _BETWEEN.split(names):
        for match in _ONE_NAME.finditer(part):
            yield match[0]
            first, _, rest = match[0].partition(" ")
            if rest and (
                look_up(first).role or first in _TITLES
            ):  # What Lily liked, Baby Lily, the family of Mrs Linden
                yield rest
            if " " not in match[0]:  # a title page has it in capitals
                yield match[0].capitalize() if match[0].isupper() else match[0].upper()


def _legend_tables(text: str) -> Iterator[str]:
    """Names in the column of a table whose heading says that they are the ones used in the report."""
    for heading in _forms("legend_headings"):
        for match in heading.finditer(text):
            line_start = text.rfind("\n", 0, match.start()) + 1
            line = text[line_start : match.end() + 80].partition("\n")[0]
            separator = "\t" if "\t" in line else "|"
            column = text[line_start : match.start()].lstrip(" |").count(separator)
            for row in text[match.end() : match.end() + 6000].split("\n")[1:60]:
                cells = row.lstrip(" |").rstrip(" |").split(separator)
                if len(cells) < 2:
                    break
                cell = _CELL.match(cells[column]) if column < len(cells) else None
                if cell:
                    yield from _each(cell["names"])


def _legend_lists(text: str) -> Iterator[str]:
    """Names that begin the lines after words that announce a list of pseudonyms."""
    for heading in _forms("legend_lists"):
        for match in heading.finditer(text):
            for line in text[match.end() : match.end() + 6000].split("\n")[:60]:
                entry = _ENTRY.match(line)
                if entry:
                    yield from _each(entry["names"])
                elif line.strip() and not look_up(line.split()[0].strip("-•*·")).role:
                    break
