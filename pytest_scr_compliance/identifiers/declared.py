"""What a text itself declares: its pseudonyms, the area of its board, and the authors that it cites.

A report that says "Holly (not her real name)" or has a table of the names used in it must not be flagged for each
Holly.
The forms of such declarations are data: ``vocabulary/declared.yaml``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from .lexicon import vocabulary
from .wording import CAPITAL, look_up

_NAME = rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)[ ])?{CAPITAL}(?:[ ]{CAPITAL})?"
_AND = r"[\"']?(?:,[ ]|[ ](?:and|And|AND)[ ]|,[ ]and[ ]|[ ]&[ ])[\"']?"
_NAMES = rf"{_NAME}(?:{_AND}{_NAME}){{0,8}}"
_BETWEEN = regex.compile(_AND)
_ONE_NAME = regex.compile(_NAME)
_TITLE_PAGE = 800  # characters of a title page
_NEAR = 600  # characters around the words that declare
# A capitalised word that is not a part of a longer name, and has no title before it.
_SINGLE = regex.compile(
    rf"(?<![\w'-]|(?:Mr|Mrs|Ms|Miss|Dr|Sir)\.?[ ]|\p{{Lu}}\p{{L}}{{0,30}}[ ])(?<=[^.?!][ ][\"'(]?|,[ ])(?:{CAPITAL})"
    r"(?!\w|[ ]\p{Lu}\p{Ll})"
)
# An entry of a list of pseudonyms and who they stand for; a role code on the other side would make it the real name.
_ENTRY = regex.compile(
    rf"[ \t]{{0,12}}(?:[-•*·] ?|\(?\w{{1,4}}[.)] )?[\"']?(?P<names>{_NAMES})[\"']?[ \t]{{0,8}}"
    r"(?:[-:=(\t]|,|(?:is|was)(?= (?:the|a|an|her|his|their) ))[ \t]{0,8}"
    r"(?!(?i:child|adult|baby|sibling|young person|[a-z]{1,3})[ -]?(?:\d|\p{Lu}(?!\p{L}))(?!'))(?=[\p{L}\d])"
)
_CELL = regex.compile(rf"[\"' \t]{{0,4}}(?P<names>{_NAMES})[\"' \t]{{0,4}}(?:\([^)\n]{{0,40}}\))?[ \t]{{0,4}}$")


@dataclass(frozen=True, slots=True)
class Declared:
    """Terms that a text declares.

    Args:
        pseudonyms: names that it says are not real.
        public: names of areas in the names of its public bodies, and of authors that it cites.
    """

    pseudonyms: frozenset[str]
    public: frozenset[str]


def declared(text: str) -> Declared:
    """What a normalised text declares about its own names."""
    pseudonyms = {name for name in _pseudonyms(text) if not look_up(name).role} | set(_schemes(text))
    public = {name for name in (*_areas(text), *_authors(text)) if not look_up(name).role}
    return Declared(frozenset(pseudonyms), frozenset(public))


@cache
def _forms(name: str) -> tuple[regex.Pattern[str], ...]:
    pieces = {
        "NAMES": rf"(?P<names>{_NAMES})",
        "TITLED": r"(?P<names>(?:Mr|Mrs|Ms|Miss) \p{Lu}\p{L}+)",
        "CAPITAL": CAPITAL,
        "AREA": rf"(?P<names>{CAPITAL}(?:[ ](?:and[ ])?{CAPITAL}){{0,2}})",
        "AUTHOR": r"(?P<names>\p{Lu}\p{L}[\p{L}'-]{1,30}+)",
    }

    def fill(form: str) -> str:
        return str(regex.sub(r"\{(\w+)\}", lambda match: pieces.get(match[1], match[0]), form))

    return tuple(regex.compile(fill(form)) for form in vocabulary("declared")[name])


def _pseudonyms(text: str) -> Iterator[str]:
    for form in _forms("pseudonyms"):
        yield from _captured(form, text)
    yield from _legend_tables(text)
    yield from _legend_lists(text)
    yield from _said_so(text)


_COMES_BACK = 3  # mentions of a declared name, at least: one that a report lets slip stands once or twice


def _said_so(text: str) -> Iterator[str]:
    """The single names of a paragraph that says that its names are invented, if they come back through the text."""
    said: list[str] = []
    for form in _forms("says_so"):
        for match in form.finditer(text):
            start = text.rfind("\n", 0, match.start()) + 1
            said.append(text[max(start, match.start() - _NEAR) : match.end() + _NEAR].partition("\n")[0])
    if not said:
        return
    for form in _forms("said"):
        for paragraph in said:
            yield from _captured(form, paragraph)
    seen = {name for paragraph in said for name in _SINGLE.findall(paragraph) if not look_up(name).role}
    seen.update(name for form in _forms("family") for name in _captured(form, text))
    title = (name for form in _forms("title") for name in _captured(form, text[:_TITLE_PAGE]))
    seen.update(name for name in title if look_up(name).listed)
    yield from _coming_back(text, seen)


def _captured(form: regex.Pattern[str], text: str) -> Iterator[str]:
    for match in form.finditer(text):
        for names in match.captures("names"):
            yield from _each(names)


def _coming_back(text: str, names: Collection[str]) -> Iterator[str]:
    """Those of some names that a text goes on to use, counted in one pass however many there are."""
    mentions = Counter(regex.findall(r"(?<!\w)\L<names>(?!\w)", text, names=names))
    yield from (name for name, times in mentions.items() if times >= _COMES_BACK)


@cache
def _scheme_forms() -> tuple[tuple[regex.Pattern[str], regex.Pattern[str], tuple[str, ...]], ...]:
    data = vocabulary("declared")
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
            yield from _coming_back(text, names)
            yield from (name for name in names if name.isupper())
            near = text[max(0, match.start() - _NEAR) : match.end() + _NEAR]
            yield from regex.findall(r"(?<!\w)(?:(?:Mr|Mrs|Ms|Miss)[ ])?\L<names>(?!\w)", near, names=names)
    if any(form.search(text) for form in _forms("letters")):
        yield from frozenset(_DOTTED.findall(text))


def _each(names: str) -> Iterator[str]:
    for part in _BETWEEN.split(names):
        for match in _ONE_NAME.finditer(part):
            yield match[0]
            if " " not in match[0]:  # a title page has it in capitals
                yield match[0].capitalize() if match[0].isupper() else match[0].upper()


def _legend_tables(text: str) -> Iterator[str]:
    """Names in the column of a table whose heading says that they are the ones used in the report."""
    for heading in _forms("legend_headings"):
        for match in heading.finditer(text):
            line_start = text.rfind("\n", 0, match.start()) + 1
            separator = (
                "\t" if "\t" in match[0] or "\t" in text[line_start : match.end() + 80].partition("\n")[0] else "|"
            )
            column = text[line_start : match.start()].count(separator)
            for line in text[match.end() : match.end() + 6000].split("\n")[1:60]:
                cells = line.strip().strip("|").split(separator)
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


def _areas(text: str) -> Iterator[str]:
    for form in _forms("areas"):
        for match in form.finditer(text):
            area = match["names"]
            yield area
            yield from (part for part in area.split(" and ") if part != area)


def _authors(text: str) -> Iterator[str]:
    for form in _forms("authors"):
        for match in form.finditer(text):
            names = match.captures("names")
            for name in names:
                known = look_up(name)
                if len(names) > 1 or " et al" in match[0] or known.surname or not known.given:
                    yield name
