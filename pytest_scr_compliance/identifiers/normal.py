"""Text as people really type it → text that the detectors can read, with the way back to the original offsets."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

import regex

from ..model import Span
from .wording import MONTH, look_up

_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys(
            "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
        ),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4\uff07", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\uff02", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d", "-"),
        **{chr(code + 0xFEE0): chr(code) for code in range(0x21, 0x7F)},  # of full width
        "\u2028": "\n",
        "\u2029": "\n",
        "\r": " ",
        "\x0c": "\n",
        "\x0b": "\n",
    }
)
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
# Cyrillic and Greek letters that look like Latin ones.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
)
_FIGURE_LOOKALIKES = str.maketrans("\u041e\u043e\u039f\u03bf\u0417\u0437", "000033")
_LETTER_IN_FIGURES = regex.compile(r"(?<=\d)[\u041e\u043e\u039f\u03bf\u0417\u0437](?!\p{L})")
_DIGIT_LOOKALIKES = str.maketrans("OoQlISB", "0001158")
_LETTER_LOOKALIKES = str.maketrans("015", "ols")
_WITH_I = str.maketrans("015", "ois")
_DIGIT_BEFORE_SMALL = regex.compile(r"(?<=\p{L})[015](?=\p{Ll})|(?<!\w)0(?=\p{Ll}{3})")

_INVISIBLE = regex.compile(r"[\u200b-\u200f\u2060-\u2064\ufeff\u202a-\u202e]++|\u00ad(?:[ ]?\n[ ]{0,8})?")
_SOFT_HYPHEN = regex.compile(r"(?P<first>\p{L}{2,20})(?P<gap>\u00ad[ ])(?P<second>\p{Ll}{2,20})")
_EMPHASIS = regex.compile(
    r"(?<![\w*])\*{1,3}(?=[\p{L}\d\"'(])|(?<=[\p{L}\d.,;:!?\"')])\*{1,3}(?![\w*])|(?<!\w)_(?=\p{Lu}[\p{L}' -]{1,40}_(?!\w))|"
    r"(?<=(?<!\w)_\p{Lu}[\p{L}' -]{1,40})_(?!\w)|(?i:</?(?:b|i|u|em|strong|span|mark)(?: [^<>\n]{0,60})?>)"
)
_LIGATURE = regex.compile("[" + "".join(_LIGATURES) + "]")
_COMBINED = regex.compile(r"\p{L}\p{M}++")
_MIXED_SCRIPT = regex.compile(r"\b[\p{Latin}\p{Cyrillic}\p{Greek}'-]{2,40}+\b")
_FOREIGN = regex.compile(r"[\p{Cyrillic}\p{Greek}]")
_LATIN = regex.compile(r"\p{Latin}")
_BROKEN_WORD = regex.compile(r"(?<=\p{L}{2})-[ ]{0,8}\n[ ]{0,8}(?=\p{Ll})")
_BROKEN_NAME = regex.compile(r"(?<=\p{L}-)[ ]{0,8}\n[ ]{0,8}(?=\p{Lu})")
_INDENTED = regex.compile(
    r"(?<=[^\n]{30}[\p{Ll}\d,;])[ ]?\n[ ]{1,12}(?=\p{Ll})"
)  # a line goes on in the next, indented one
_SMALL_L = regex.compile(r"(?<=\p{Lu})l(?=\p{Lu})")  # MCGlNTY
_DIGIT_IN_CAPITALS = regex.compile(
    r"(?<!\w)(?:(?=\p{Lu}{1,20}[01]|[01]\p{Lu}{4})[\p{Lu}01]{3,23}\p{Lu}|(?<=\p{Lu} )0\p{Lu}{4,20})(?!\w)"
)
_DIGIT_IN_WORD = regex.compile(
    r"(?<![\w/@.-])(?:0(?=\p{Ll}{3})|(?=\p{L}{1,20}[015])\p{L})(?:[015]{0,2}\p{Ll}){1,20}[01]{0,2}(?:(?![\w@/-])|(?=-\p{L}))"
)
_LETTER_IN_NUMBER = regex.compile(
    r"(?<![\p{L}\d])(?=[\dOolISB]{0,9}\d)[\dOlI][\dOlISB]{1,10}(?: [\dOlISB]{2,6}){1,3}(?![\p{L}\d])"
)
_LETTER_IN_LONG_NUMBER = regex.compile(  # o7700 9oo 318
    r"(?<![\p{L}\d])(?=(?:[Ool -]{0,6}\d){6})(?:[Ool]{0,4}\d[\dOol]{0,11}|[Oo])"
    r"(?:[ -](?:[Ool]{0,4}\d[\dOol]{0,11}|[Oo](?![ ]\p{L}))){0,8}(?![\p{L}\d])"
)
_LETTER_IN_DATE = regex.compile(  # 12.O3.2OO9, l2th, 2oth, l5 days
    r"(?<!\w)(?:[lI]\d|[1-3][oO])(?=(?:st|nd|rd|th| (?:days?|weeks?|months?|years?|hours?))(?!\w))|"
    r"(?<![\p{L}\d])(?=[./-]?(?:[\dOolI]{1,4}[./-]){2}[\dOolI]{2,4}(?![\p{L}\d]))(?=(?:[OolI./-]{0,5}\d){2})[\dOolI]{1,4}[./-][\dOlI]{1,4}"
    r"[./-][\dOolI]{2,4}|(?<![\p{L}\d])(?=O{0,6}\d)(?=\d{0,6}O)[\dO]{4,12}(?![\p{L}\d])"
)
_SPACED_LETTERS = r"\p{L}(?: [\p{L}'-](?![\p{L}'-]))"
_SPACED_SIGNS = r"[\p{L}\d](?: [\p{L}\d'-](?![\p{L}\d'-])){1,40}+"  # the words behind them, and numbers
_SPACED_OUT = regex.compile(
    rf"(?<![^\s(\"'])(?:{_SPACED_LETTERS}{{3,40}}+|{_SPACED_LETTERS}{{2,40}}+(?=[ ]{{2,4}}\p{{L}} \p{{L}}[ ,.;:\n])"
    r"|(?=[\p{Lu} ]{0,8}\d)[\p{Lu}\d](?: [\p{Lu}\d](?![\p{L}\d])){1,12}+"
    r"(?=[ ]{2,4}[\p{Lu}\d] [\p{Lu}\d](?: [\p{Lu}\d])?[ ,.;:\n]))"
    rf"(?:[ ]{{2,4}}{_SPACED_SIGNS}){{0,12}}(?![^\s,.;:)?!\"'])"
)
_SMALL_WORD = (
    r"(?<!\w)(?:the|of|an?|to|and|in|on|at|for|by|as|with|that|was|were|is|had|has|her|his|she|he|they|not|who)(?!\w)"
)
_UNEVEN = regex.compile(rf"{_SMALL_WORD}[ ]{{2}}\w|[\p{{Ll}},][ ]{{2}}{_SMALL_WORD}")
_TWO_SPACES = regex.compile(r"(?<=\S)[ ]{2}(?=\S)")
_CAPITALS = regex.compile(
    r"(?<![\w'-])(?:[(\"']?[\p{Lu}\d][\p{Lu}\d'&/-]*+[,;:.)!?\"]{0,2} ){3,200}[(\"']?[\p{Lu}\d][\p{Lu}\d'-]*+(?![\w'-])"
)
_WORD_IN_CAPITALS = regex.compile(r"(?<![\w.])\p{Lu}{2,}(?:['-]\p{Lu}+)*+(?![\w.]\w|[/-]\d|/|[ ]?\d{3})")
# A line of running text goes on in the next one when it is long and does not end a sentence.
_GOES_ON = r"[\p{L}\p{N},;)'\"&-]"
_GOING_ON = r"(?=[\p{L}\p{N}('\"])(?!\p{Lu}[\p{L} ]{1,28}:|\d{1,3}[.)]|\d{1,2}[/.])"
_SOFT_WRAP = regex.compile(rf"(?<=[^\n]{{55}}{_GOES_ON})[ ]?\n{_GOING_ON}")
_BROKEN_FIGURES = regex.compile(  # the month, or the rest of a telephone number, stands in the next line
    r"(?<=(?<!\d)\d{1,2}(?:st|nd|rd|th)?)[ ]?\n"
    rf"(?={MONTH}[ ,.][^|\t\n]*(?:\n|\Z))"
    r"|(?<=(?<![\w/.-])0[127]\d{2,3}(?:[ ]\d{3})?)[ ]?\n(?=\d{3}(?:[ ]?\d{3,4})?(?![\w/.-]))"
)
# In a narrow column most lines are as long as the next word allows.
_BLOCK = regex.compile(r"(?:[^\n]+\n){2,}[^\n]+")
_BREAK = regex.compile(rf"(?<={_GOES_ON})[ ]?\n{_GOING_ON}")
_NARROWEST, _FULL, _MOST = 28, 0.85, 0.7  # letters a line; share of the longest line; share of the lines that are full


@dataclass(frozen=True, slots=True)
class Normal:
    """A text made ready for matching.

    Args:
        text: the text for the detectors.
        starts: where stretches of ``text`` begin that map evenly to the original: offsets into ``text``, ascending.
        origins: the offsets into the original text of those beginnings.
        ends: the offsets into the original text where the stretches end.
    """

    text: str = field(repr=False)
    starts: tuple[int, ...] = (0,)
    origins: tuple[int, ...] = (0,)
    ends: tuple[int, ...] = ()

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the original text for a stretch of ``text``; never empty where the stretch is not."""
        return self._start(start), self._end(end)

    def span(self, span: Span) -> Span:
        """A span of ``text`` with offsets into the original text."""
        start, end = self.origin(span.start, span.end)
        return replace(span, start=start, end=end)

    def _start(self, offset: int) -> int:
        piece = bisect_right(self.starts, offset) - 1
        return min(self.origins[piece] + offset - self.starts[piece], max(self.ends[piece] - 1, self.origins[piece]))

    def _end(self, offset: int) -> int:
        piece = bisect_right(self.starts, max(offset - 1, 0)) - 1
        last = piece + 1 == len(self.starts)
        if not last and offset == self.starts[piece + 1]:
            return self.ends[piece]
        return min(self.origins[piece] + offset - self.starts[piece], self.ends[piece])


def normalise(text: str) -> Normal:
    """Undo what typing, layout and scanning do to words.

    Spaces, quotes and dashes become plain; invisible characters, marks of emphasis and hyphens at line ends go; ligatures and
    combining accents are joined; letters of other scripts that look Latin become Latin; digits that a scan put for letters, and
    letters for digits, are put right; spaced-out words are closed up; passages in capitals lose them but for first
    letters; and a line that goes on is joined to the next.
    """
    plain = text.translate(_SAME_LENGTH)
    if not plain.isascii():
        plain = _MIXED_SCRIPT.sub(_latin, plain)
        plain = _LETTER_IN_FIGURES.sub(lambda match: match[0].translate(_FIGURE_LOOKALIKES), plain)
    edits: list[tuple[int, int, str]] = []
    _collect(edits, _INVISIBLE, plain, lambda found: "")
    edits.extend((*match.span("gap"), _joined_syllables(match)) for match in _SOFT_HYPHEN.finditer(plain))
    _collect(edits, _EMPHASIS, plain, lambda found: "")
    _collect(edits, _LIGATURE, plain, lambda found: _LIGATURES[found])
    _collect(edits, _COMBINED, plain, lambda found: unicodedata.normalize("NFC", found))
    _collect(edits, _BROKEN_WORD, plain, lambda found: "")
    _collect(edits, _BROKEN_NAME, plain, lambda found: "")
    _collect(edits, _INDENTED, plain, lambda found: " ")
    edits.extend(edit for match in _SPACED_OUT.finditer(plain) for edit in _closed_up(match))
    edits.extend(_single_spaces(plain))
    normal = _apply(plain, edits)
    return replace(normal, text=_same_length(normal.text))


def _collect(
    edits: list[tuple[int, int, str]], pattern: regex.Pattern[str], text: str, change: Callable[[str], str]
) -> None:
    edits.extend((match.start(), match.end(), change(match[0])) for match in pattern.finditer(text))


def _single_spaces(text: str) -> Iterator[tuple[int, int, str]]:
    """Spaces typed or set twice in running text, which has some beside its small words; elsewhere they may part columns."""
    for start, end in lines_with(text, _UNEVEN):
        if not ("|" in text[start:end] or "\t" in text[start:end]):
            for match in _TWO_SPACES.finditer(text, start, end):
                yield match.start(), match.end(), " "


def _apply(text: str, edits: list[tuple[int, int, str]]) -> Normal:
    pieces: list[str] = []
    starts, origins, ends = [], [], []
    done = length = 0
    # Of two edits at one place the longer one counts: a soft hyphen, and it with the space behind it.
    for start, end, new in [*sorted(edits, key=lambda edit: (edit[0], -edit[1])), (len(text), len(text), "")]:
        if start < done:
            continue
        for piece, origin, stop in ((text[done:start], done, start), (new, start, end)):
            if piece:
                pieces.append(piece)
                starts.append(length)
                origins.append(origin)
                ends.append(stop)
                length += len(piece)
        done = end
    if not starts:
        return Normal("", (0,), (0,), (0,))
    return Normal("".join(pieces), tuple(starts), tuple(origins), tuple(ends))


def _same_length(text: str) -> str:
    text = _SMALL_L.sub("I", text)
    text = _DIGIT_IN_CAPITALS.sub(_in_capitals, text)
    text = _DIGIT_IN_WORD.sub(_in_word, text)
    text = _LETTER_IN_NUMBER.sub(lambda match: match[0].translate(_DIGIT_LOOKALIKES), text)
    text = _LETTER_IN_LONG_NUMBER.sub(lambda match: match[0].translate(_DIGIT_LOOKALIKES), text)
    text = _LETTER_IN_DATE.sub(lambda match: match[0].translate(_DIGIT_LOOKALIKES), text)
    text = _CAPITALS.sub(lambda passage: _without_capitals(passage[0]), text)
    return _join_lines(text)


def _in_capitals(match: regex.Match[str]) -> str:
    """A word in capitals with a digit that a scan put for a letter (CR0WN), if it is one, and no code."""
    word = match[0].replace("0", "O").replace("1", "I")
    known = look_up(word)
    return word if known.english or known.role or known.name or known.place else str(match[0])


def _in_word(match: regex.Match[str]) -> str:
    """A word with digits that a scan put for letters (Apri1, chi1d, Br1tish, Hi11); a code such as Child1 stays as it is."""
    found: str = match[0]
    for letters in (_LETTER_LOOKALIKES, _WITH_I):
        word = found.translate(letters)
        if look_up(word).english or look_up(word).role or (word.islower() and look_up(word).given):
            return word
    if found[-1].isdigit():
        return found
    return str(_DIGIT_BEFORE_SMALL.sub(lambda one: one[0].translate(_LETTER_LOOKALIKES), found))


def _join_lines(text: str) -> str:
    """A line of running text and the next as one; rows of a table stay apart."""

    def joined(match: regex.Match[str]) -> str:
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        return str(match[0]) if _has_columns(line) else " " * len(match[0])

    text = str(_BROKEN_FIGURES.sub(joined, text))
    text = str(_BLOCK.sub(lambda block: _join_column(block[0]), text))
    return str(_SOFT_WRAP.sub(joined, text))


def _has_columns(text: str) -> bool:
    """Whether signs of a table part the columns of a text."""
    return "|" in text or "\t" in text or "   " in text


def _join_column(block: str) -> str:
    """Lines of a narrow column as one; of a list, a table or a chat, whose lines are of any length, as they are."""
    lines = block.split("\n")
    longest = max(len(line) for line in lines)
    if longest < _NARROWEST or _has_columns(block):
        return block
    is_full = [
        len(line) + 1 + len(following.split(" ", 1)[0]) >= _FULL * longest for line, following in pairwise(lines)
    ]
    if sum(is_full) < _MOST * len(is_full):
        return block
    ends = {end for end, full in zip(accumulate(len(line) + 1 for line in lines), is_full, strict=False) if full}
    return str(_BREAK.sub(lambda match: " " * len(match[0]) if match.end() in ends else match[0], block))


def _without_capitals(passage: str) -> str:
    """A passage in capitals as running text, unless it is only a string of abbreviations and numbers."""
    words = _WORD_IN_CAPITALS.findall(passage)
    if sum(len(word) > 3 for word in words) < 3:
        return passage
    return str(_WORD_IN_CAPITALS.sub(lambda word: _capitalised(word[0]), passage))


def _capitalised(word: str) -> str:
    """A word in capitals as it stands in running text, unless it is too short to be told from an abbreviation."""
    if len(word) < 3 or (len(word) < 5 and not (look_up(word).given or look_up(word).english or look_up(word).surname)):
        return word
    lower = regex.sub(r"(?<=[a-z])['-]\p{Ll}(?!\b)|^\p{Ll}", lambda match: match[0].upper(), word.lower())
    return lower if len(lower) == len(word) else word


def _latin(match: regex.Match[str]) -> str:
    word: str = match[0]
    if _FOREIGN.search(word) and _LATIN.search(word):
        return word.translate(_LOOKALIKES)
    return word


def _closed_up(match: regex.Match[str]) -> Iterator[tuple[int, int, str]]:
    """An edit for each gap of a spaced-out text, so that the offsets of its words lead back to their letters."""
    for gap in regex.finditer(r" +", match[0]):
        before, after = match[0][gap.start() - 1], match[0][gap.end()]
        if len(gap[0]) > 1:
            yield match.start() + gap.start(), match.start() + gap.end(), " "
        elif not (before.islower() and after.isupper()):  # nothing but a capital parts two words
            yield match.start() + gap.start(), match.start() + gap.end(), ""


def _joined_syllables(match: regex.Match[str]) -> str:
    """A word that was parted at a line end that is gone by now; two words after a stray soft hyphen stay two."""
    first, word = look_up(match["first"]), look_up(match["first"] + match["second"])
    return "" if word.english or word.name or not first.english else " "


def lines_with(text: str, sign: regex.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Start and end offsets of the lines of a normalised text in which a sign stands: cheap to ask before costly forms."""
    end = -1
    for match in sign.finditer(text):
        if match.start() >= end:
            start = text.rfind("\n", 0, match.start()) + 1
            end = text.find("\n", match.start())
            end = len(text) if end < 0 else end
            yield start, end
