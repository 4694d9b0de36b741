"""Plain text and Markdown: the decoded file is the text, as it is; blocks are its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..allow import COMMENT as ALLOW_COMMENT
from ..errors import ReadError
from ..model import Block, Content, Hidden, Layer, Place
from ..registry import Limits
from .classes import severity_of
from .encodings import decode

PARAGRAPH = re.compile(r"\S[^\r\n]*(?:(?:\r\n?|\n)(?![ \t]*(?:\r|\n|\Z))[^\r\n]+)*")
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n.*?\r?\n(?:---|\.\.\.)[ \t]*(?=\r?\n|\Z)", re.DOTALL)
COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
LINK_COMMENT = re.compile(r"^[ \t]{0,3}\[(?://|comment|#|\^?_[^\]]*)\]:[^\r\n]*", re.MULTILINE | re.IGNORECASE)
INVISIBLE = re.compile("[\u200b\u200c\u2060\u202a-\u202e\u2066-\u2069\U000e0020-\U000e007f]|(?<!^)\ufeff")


def read_text(data: bytes, limits: Limits) -> Content:
    """Read a plain text file; offsets are into the decoded file as it is, line ends included.

    Raises:
        ReadError: its encoding is not one of those that :func:`~.encodings.decode` knows, or it is too long.
    """
    text, encoding = _decode(data, limits)
    return Content(text, tuple(_blocks(text, [])), tuple(_remarks(text, encoding)))


def read_markdown(data: bytes, limits: Limits) -> Content:
    """Read a Markdown file like a plain text file, with comments in layer hidden and front matter in layer metadata.

    Raises:
        ReadError: as :func:`read_text`.
    """
    text, encoding = _decode(data, limits)
    marked: list[tuple[int, int, str, str]] = []
    if front := FRONT_MATTER.match(text):
        marked.append((front.start(), front.end(), "front matter", "md.front_matter"))
    for pattern in (COMMENT, LINK_COMMENT):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end, _, _ in marked):
                marked.append((match.start(), match.end(), "comment", "md.comment"))
    marked.sort()
    hidden = [
        Hidden(name, Place(part=part, line=_line(text, start)), 1, severity_of(name))
        for start, _, part, name in marked
        if not ALLOW_COMMENT.match(text, start)  # a person's decision; the names in it are searched for all the same
    ]
    blocks = _blocks(text, [(start, end, part) for start, end, part, _ in marked])
    return Content(text, tuple(blocks), (*hidden, *_remarks(text, encoding)))


def _decode(data: bytes, limits: Limits) -> tuple[str, str]:
    text, encoding = decode(data)
    if len(text) > limits.text:
        raise ReadError("it holds more text than the limit; split it, or raise the setting max_text_mb")
    return text, encoding


def _remarks(text: str, encoding: str) -> Iterator[Hidden]:
    if encoding == "cp1252":
        yield Hidden("text.encoding", Place(), 1, severity_of("text.encoding"))
    if count := len(INVISIBLE.findall(text)):
        yield Hidden("text.invisible_characters", Place(), count, severity_of("text.invisible_characters"))


def _blocks(text: str, marked: list[tuple[int, int, str]]) -> Iterator[Block]:
    """Paragraphs, with the marked stretches cut out of them as blocks of their own; in the order of the text."""
    position, line, number = 0, 1, 0
    cuts = [*marked, (len(text), len(text), "")]
    done = 0
    for start, end, part in cuts:
        for match in PARAGRAPH.finditer(text, done, start):
            stop = match.start() + len(match.group().rstrip())
            line += _lines(text, position, match.start())
            position, number = match.start(), number + 1
            yield Block(match.start(), stop, Place(paragraph=number, line=line))
        if end > start:
            line += _lines(text, position, start)
            position = start
            layer = Layer.METADATA if part == "front matter" else Layer.HIDDEN
            yield Block(start, end, Place(part=part, line=line), layer)
        done = end


def _lines(text: str, start: int, end: int) -> int:
    """How many lines end between two offsets."""
    return text.count("\n", start, end) or text.count("\r", start, end)


def _line(text: str, offset: int) -> int:
    return 1 + _lines(text, 0, offset)
