"""Where an identifier begins and ends: a span widened to the whole of what a detector found a part of.

Half a name is no finding that a reader can act on, and masks half of it only. Words: ``vocabulary/borders.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

import regex

from ..model import Span
from .checks import postcode
from .lexicon import vocabulary
from .merge import joined
from .wording import CAPITAL, look_up, may_be_surname, starts_sentence

_NAMED = frozenset({"place", "address", "organisation"})
_WHOLE = frozenset({"date", "age", "contact", "email", "url", "social-account", "postcode"})  # as their forms say
_REACH = 60  # characters before a span in which its first words may stand
_POSTCODE = 9  # characters, at most: a longer one has an address before it
_MORE = 5  # words that a span may gain on each side

_WORD_BEFORE = regex.compile(r"(?:[\p{L}\d](?:['-](?=[\p{L}\d]|\Z))?){1,30}+\Z")
_WORD_AFTER = regex.compile(r"(?:['-]?(?!(?<=')s(?!\w))[\p{L}\d]){1,30}+")
_COMPANY_AFTER = regex.compile(rf"(?:[ ]\({CAPITAL}\))?[ ](?:Ltd|Limited|LLP|CIC|plc)(?!\w)")
_CODE_BEFORE = regex.compile(r"(?<![\w'])(?:[A-Z]{2,5}|[B-HJ-Z]|[A-Z]\d{2})[ /.-]{1,2}\Z")
_LOG_BEFORE = regex.compile(r"(?<!\w)(?i:incident|log|cad|serial|job|occurrence)(?:[ ](?:no\.?|number))?[ ]\Z")
_CODE_AFTER = regex.compile(r"\([A-Z]{1,4}\)|(?:[/.-][A-Z\d]{1,8}(?!\w)){1,4}|[ ](?!I(?!\w))[A-Z]{1,2}(?![\w'.])")
_ARTICLE = regex.compile(r"(?<![\w'-])[Tt]he[ ]\Z")
_POSSESSIVE = regex.compile(  # sweets from Patel's, but not at Goose's flat
    r"'s(?=[.,;:)?!\"\n]|\Z|[ ](?:and|but|when|pls|for|in|at|on|with|after|before|until|to|who|where|since|last|every|by|do|if"
    r"|because|is|was|has|had)(?!\w))"
)
_AT = regex.compile(r"(?<!\w)(?i:at|in|from|outside|near|behind|opposite|into|above|owner of|owes|to|with|over)[ ]\Z")
_AT_THE = regex.compile(r"(?<=(?<!\w)(?:at|outside|near|opposite|behind|from)[ ])the[ ]\Z")  # the John Radcliffe
_OR_ANOTHER = regex.compile(r"/\d{1,4}(?![\w/])")  # 0113 496 0274/5
_NAME_AFTER = regex.compile(rf"[ ]{{1,2}}(?P<word>{CAPITAL})(?!\w)")
_SURNAME_BELOW = regex.compile(rf"\n(?P<word>{CAPITAL})(?=[,.;)]|[ ]\p{{Ll}})")  # on the next line
_NICKNAME_AFTER = regex.compile(rf"[ ][\"'(]{CAPITAL}[\"')](?=[ ]{CAPITAL})")
_NICKNAME_BEFORE = regex.compile(rf"(?<=[\"'“‘])(?:{CAPITAL}[ ]){{1,2}}\Z")
_QUOTE = regex.compile(r"[\"'”’](?!s(?!\w))")
_FORENAME_BEFORE = regex.compile(rf"(?<![\w'])(?P<word>{CAPITAL})[ ][\"'(]?\Z")
_MONTHS = frozenset({"april", "may", "june", "august", "summer", "autumn", "winter"})
_IN_A_MONTH = regex.compile(
    r"(?i)(?:\d(?:st|nd|rd|th)?|(?<!\w)(?:in|of|since|by|until|till|from|during|for|last|next|early|late|mid|to|and))[ -]\Z"
)
_FIRST = regex.compile(CAPITAL)
_INITIALS_BEFORE = regex.compile(r"(?<=(?:^|\n|[-(,:;/][ ]?))(?P<word>\p{Lu}{3})[ ]\Z")
_SURNAME_BEFORE = regex.compile(rf"(?<=(?:^|[\n|\t:\"/–-]|\d[.)]?|[ ]{{2}})[ ]{{0,3}}){CAPITAL},[ ]\Z")
_CAPITALS_BEFORE = regex.compile(r"(?<![\w'-])(?P<word>\p{Lu}{3,20}),[ ]\Z")
_FORENAME_AFTER = regex.compile(rf",[ ](?P<word>{CAPITAL})(?=[.,;:)\n]|\Z)")
_INITIALS_AFTER = regex.compile(r",[ ](?:\p{Lu}\.[ ]?){1,3}(?![ ]?\p{L})|,[ ]\p{Lu}{3,16}(?!\w)")
_PART_AFTER = regex.compile(
    rf"[ ]{{1,2}}(?:(?:(?:of|and|&|the|on|in|at|by|under|upon|next|le)[ ]){{0,2}}(?P<word>{CAPITAL})"
    r"|(?P<word>[A-Z]?\d{1,2}[A-Z]?))(?![\w-]|[.:/]\d|&\w)"
)
_PART_BEFORE = regex.compile(
    rf"(?<![\w'])(?P<word>{CAPITAL}|\d{{1,2}}(?:st|nd|rd|th))(?:'s)?[ ](?:(?:on|upon|under|le|next)[ -](?:the[ -])?)?\Z"
)
_UNIT = (
    r"(?:\d{1,4}[a-z]?|[a-z](?!\w)|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\p{Ll}{3,5}teen"
    r"|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:-\p{Ll}{3,5})?)(?!\w))"
)
_TOWN_AFTER = regex.compile(rf",?[ ](?:(?<=,[ ])|(?:nr\.?|near)[ ])(?P<word>{CAPITAL})(?:[ ]{CAPITAL})?(?=[,.;)\n]|\Z)")
_HOUSE_BEFORE = regex.compile(
    r"(?<![\w£.,/-])\d{1,4}[A-Za-z]?(?:[-/]\d{1,3})?,?[ ]\Z"
    r"|(?<![\w-])(?i:(?:twen|thir|for|fif|six|seven|eigh|nine)ty)-\p{Ll}{3,5},[ ]\Z"
)
_PAIR_BEFORE = regex.compile(r"(?<![\w£.,/-])\d{1,3}[A-Za-z]?[ ](?:and|&|or)[ ]\Z")
_ROAD_BEFORE = regex.compile(r"(?<!\w)[ABM]\d{1,4}(?:\(M\))?[ ](?:(?:at|near|nr\.?|by|off|outside)[ ])?\Z")
_HOUSE_NAME_BEFORE = regex.compile(
    rf"(?<=(?:^|[\n\"'(:]|(?<!\w)(?:at|of|to|from|address))[ ]?)(?P<word>{CAPITAL})(?:[ ]{CAPITAL})?,[ ]\Z"
)


_ADDRESS = frozenset({"address", "postcode"})
_PLACED = _ADDRESS | {"place"}
_BETWEEN = regex.compile(  # the pieces of an address: "Flat C (attic), Trafalgar House", "14 Mill Row, off Hob Lane", lines
    r"[ ]?(?:\([^()\n]{1,40}\))?(?:[,;.]?[ ]?\n|[,;]?[ ])?"
    r"(?:(?:off|near|nr\.?|behind|by|above|over|below|beside|opposite|opp\.?|rear of|back of|r/o|at|of|next to|past|via|in)[ ]"
    r"(?:the[ ])?)?(?:\([^()\n]{1,40}\)[,;]?[ \n]?)?"
    r"|[ ]?[,(][ ]?[^\p{Lu}.!?\n,()]{2,40}[,)(][ ]?|\),?[ ]"
)
_REST_OF_ADDRESS = regex.compile(
    r"[ ]\((?:nr\.?|near|off|behind|above|over|next|the|top|bottom|back|rear|\d)[^()\n]{1,40}\)"
    r"|,[ ](?:by|nr\.?|near|behind|opposite|next to|above|below|beside|off)[ ]the[ ][\p{Ll}-]{3,14}(?=[.,;:)\n]|\Z)"
    r"|(?:,[ ]Nos?|(?<=,[ ]Nos?))\.?[ ]\d{1,3}(?:[ ]?[-–][ ]?\d{1,3})?(?!\w)"
    r"|[ ]\((?:basement|attic|upstairs|downstairs|ground floor)\)"
    r"|,[ ](?:(?:top|ground|back|rear|end|attic|first|second|third|\w{4,6}th|\d{1,2}(?:st|nd|rd|th))[ ])"
    r"(?:bell|floor|flr|flat|cottage|door|entrance|house|caravan|bungalow)(?!\w)"
)
_HALF_POSTCODE = regex.compile(
    rf"(?:,?[ ]{CAPITAL})?,?[ ](?P<code>(?!SW|SM|TA|TS|SS|CH|FY)[A-Z]{{1,2}}\d{{1,2}})(?![\w/-]|[ ]\d[A-Z]{{2}})"
)


@cache
def _words(name: str, before: str, after: str) -> regex.Pattern[str]:
    return regex.compile(before + "(?:" + "|".join(vocabulary("borders")[name]) + ")" + after, regex.IGNORECASE)


def widen(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that reach to the borders of the names, addresses and numbers that they stand in.

    Args:
        text: normalised; the spans have offsets into it.
    """
    for span in spans:
        if span.kind == "person":
            start, end = _whole_word(text, span.start, span.end)
            start = _name_start(text, start)
            end = _after(text, _after(text, _name_end(text, start, end), _kind_of_place()), _suffixes())
            end = _after(text, end, _trades())
            if _AT.search(text[max(0, start - _REACH) : start]):
                end = _after(text, end, _POSSESSIVE)  # sweets from Patel's
            start = _before(text, _quote_start(text, start, end), _AT_THE)
            yield replace(span, start=start, end=end)
        elif span.kind in _NAMED or (span.kind == "postcode" and span.end - span.start > _POSTCODE):
            start, end = _whole_word(text, span.start, span.end)
            end = _end(text, end)
            start = _before(text, _beginning(text, start), _ARTICLE)
            end = _after(text, end, _POSSESSIVE) if span.kind == "organisation" else _address_end(text, end)
            yield replace(span, start=start, end=end)
        elif span.kind == "phone":
            yield replace(span, end=_after(text, span.end, _OR_ANOTHER))
        elif span.kind in _WHOLE:
            yield span
        else:
            start = _before(text, _before(text, span.start, _CODE_BEFORE), _LOG_BEFORE)
            yield replace(span, start=start, end=_after(text, span.end, _CODE_AFTER))


def join_addresses(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """Spans of which the pieces of one address are one.

    Args:
        text: normalised; the spans have offsets into it.
        spans: sorted by start.
    """

    def belong(first: Span, last: Span) -> bool:
        kinds = {first.kind, last.kind}
        is_address = kinds <= _PLACED and bool(_ADDRESS & kinds) and first.end <= last.start
        return is_address and bool(_BETWEEN.fullmatch(text, first.end, last.start))

    return joined(spans, belong, kind="address")


def _address_end(text: str, end: int) -> int:
    """The end of an address: with what says where it is, and half a postcode."""
    end = _after(text, end, _REST_OF_ADDRESS)
    match = _HALF_POSTCODE.match(text, end)
    return match.end() if match and postcode(match["code"]) else end


def _before(text: str, start: int, pattern: regex.Pattern[str]) -> int:
    match = pattern.search(text[max(0, start - _REACH) : start])
    return start - len(match[0]) if match else start


def _after(text: str, end: int, pattern: regex.Pattern[str]) -> int:
    match = pattern.match(text, end)
    return match.end() if match else end


def _whole_word(text: str, start: int, end: int) -> tuple[int, int]:
    inside = text[start : start + 1].isalnum(), text[end - 1 : end].isalnum() or text[end - 1 : end] == "-"
    return (
        _before(text, start, _WORD_BEFORE) if inside[0] else start,
        _after(text, end, _WORD_AFTER) if inside[1] else end,
    )


def _name_start(text: str, start: int) -> int:
    """The start of a person's name: with a given name, which may be a word of offices before a nickname (Dean "Jacko")."""
    match = _FORENAME_BEFORE.search(text[max(0, start - _REACH) : start])
    first = _FIRST.match(text, start)
    if match and _is_forename(text, start, match):
        start -= len(match[0])
    elif first and look_up(first[0]).listed:
        surname = _SURNAME_BEFORE.search(text[max(0, start - _REACH) : start])
        if surname and not look_up(surname[0].rstrip(", ")).nobody:  # Father, Mark
            start -= len(surname[0])
    letters = _INITIALS_BEFORE.search(text[max(0, start - _REACH) : start])  # RJH Maddicott
    if letters and not look_up(letters["word"]).role and not look_up(letters["word"]).english:
        start -= len(letters[0])
    capitals = _CAPITALS_BEFORE.search(text[max(0, start - _REACH) : start])
    if capitals and first and not first[0].isupper() and look_up(capitals["word"]).name:
        start -= len(capitals[0])
    return _before(text, start, _words("titles", r"(?<![\w'-])", r"[ ]\Z"))


def _is_forename(text: str, start: int, match: regex.Match[str]) -> bool:
    """Whether the word before a name is a given one; of words of offices and months a nickname or a date tells: April Nuttall,
    but "in April Nuttall moved"."""
    word = look_up(match["word"])
    begin = start - len(match[0])
    is_month = match["word"].lower() in _MONTHS and not _IN_A_MONTH.search(text[max(0, begin - 12) : begin])
    return word.listed and (not word.role or not match[0].endswith(" ") or is_month)


def _quote_start(text: str, start: int, end: int) -> int:
    """The start of a nickname in quotation marks that ends with a name: "Mental Kev"."""
    return _before(text, start, _NICKNAME_BEFORE) if _QUOTE.match(text, end) else start


def _name_end(text: str, start: int, end: int) -> int:
    """The end of a person's name: with the names that follow."""
    end = _after(text, end, _NICKNAME_AFTER)
    for _ in range(_MORE):
        match = _NAME_AFTER.match(text, end)
        if match is None or not (_can_be_name(match["word"]) or _is_surname(text, start, end, match["word"])):
            break
        end = match.end()
    below = _SURNAME_BELOW.match(text, end)
    if below and look_up(text[start:end].split()[-1]).listed and may_be_surname(below["word"]):
        end = below.end()
    forename = _FORENAME_AFTER.match(text, end)
    if forename and look_up(forename["word"]).listed:
        known = look_up(text[start:end])
        if known.surname and not known.listed:
            return int(forename.end())
    match = _INITIALS_AFTER.match(text, end)
    return match.end() if match and (match[0].endswith(".") or _can_be_name(match[0][2:])) else end


def _is_surname(text: str, start: int, end: int, word: str) -> bool:
    """Whether a word follows a given name as its surname: Josiah Price, Annunziata Law, Dai Trombone."""
    if may_be_surname(word):
        return True
    last = text[start:end].split()[-1:]
    if not last or not look_up(last[0]).listed:
        return False
    known = look_up(word)
    return not word.isupper() and (known.surname or not known.role)


def _can_be_name(word: str) -> bool:
    known = look_up(word)
    return not known.role and (known.rare or known.given or (known.surname and not known.english))


def _beginning(text: str, start: int) -> int:
    """The beginning of a place's or an organisation's name, or of the address that it ends."""
    for _ in range(_MORE):
        match = _PART_BEFORE.search(text[max(0, start - _REACH) : start])
        begin = start - len(match[0]) if match else start
        if match is None or look_up(match["word"]).role:
            break
        if look_up(match["word"]).english and starts_sentence(text, begin):
            break
        start = begin
    for pattern in (_heads(), _ROAD_BEFORE, _HOUSE_BEFORE, _units(), _heads()):
        start = _before(text, start, pattern)
    start = _before(text, start, _PAIR_BEFORE) if text[start : start + 1].isdigit() else start
    match = _HOUSE_NAME_BEFORE.search(text[max(0, start - _REACH) : start])
    return start - len(match[0]) if match and not look_up(match["word"]).role else start


def _heads() -> regex.Pattern[str]:
    return _words("heads", r"(?<![\w-])", r"[ ]\Z")


def _kind_of_place() -> regex.Pattern[str]:
    """What follows a name that is a place's after all: Ankerside Junior."""
    return _words("kinds", r"[ ](?=\p{Lu})", r"(?!\w)")


def _suffixes() -> regex.Pattern[str]:
    """What follows a name out of respect: Vrajlal bhai."""
    return _words("suffixes", r"[ ]", r"(?=[.,;:)\n]|[ ]\p{Lu}|$)")


def _trades() -> regex.Pattern[str]:
    """What follows a name that a shop or the like is called by: Morris's tearooms."""
    return _words("trades", r"'s[ ]", r"(?!\w)")


def _units() -> regex.Pattern[str]:
    return _words("units", r"(?<![\w-])", rf"(?:[ ]?{_UNIT}(?:[ ]?\([^)\n]{{1,16}}\))?,?)?[ ]\Z")


def _end(text: str, end: int) -> int:
    """The end of a place's or an organisation's name: with the words that say what it is, and the town."""
    for _ in range(_MORE):
        match = _PART_AFTER.match(text, end)
        if match is None or look_up(match["word"]).role:
            break
        end = match.end()
    end = _after(text, end, _COMPANY_AFTER)
    end = _after(text, end, _words("tails", r"(?:[ ]\p{Ll}{2,12})?[ ]", r"(?!\w)"))
    for _ in range(2):
        match = _TOWN_AFTER.match(text, end)
        if match is None or look_up(match["word"]).role:
            break
        end = match.end()
    return _after(text, end, _words("units", r",?[ ](?<!\w)", rf"[ ]?{_UNIT}(?!\w)"))
