"""The headings of a document, found by how they look: readers keep the words, and no styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..model import Block, Content, Layer

MOST_WORDS = 12
NUMBER = re.compile(
    r"^(?:(?:section|part|chapter|appendix)\s+)?(?:\d{1,2}(?:\.\d{1,2})*[.):]?|[A-Za-z][.):]|[ivxIVX]+[.):])\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that looks like a heading.

    Args:
        text: its words in lower case, without number and punctuation.
        start, end: character offsets into the text of the document; ``end`` is exclusive.
        block: the block that holds it.
    """

    text: str = field(repr=False)
    start: int
    end: int
    block: Block


def headings(content: Content) -> tuple[Heading, ...]:
    """The headings that every reader of the document sees, in order.

    A heading is a short line that starts with a capital and ends without a full stop, and that stands alone,
    or has a number, a mark (``#``) or capitals only. A line of a paragraph can be taken for one; a heading is
    rarely missed.
    """
    return tuple(
        heading for block in content.blocks if block.layer is Layer.VISIBLE for heading in _in_block(content, block)
    )


def _in_block(content: Content, block: Block) -> Iterator[Heading]:
    text = content.text[block.start : block.end]
    alone = "\n" not in text.strip()
    offset = block.start
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if _looks_like_heading(stripped, alone):
            start = offset + line.index(stripped)
            words = re.sub(r"[^\w\s'’&/-]", " ", NUMBER.sub("", stripped.lstrip("#* "))).lower()
            yield Heading(" ".join(words.split()), start, start + len(stripped), block)
        offset += len(line)


def _looks_like_heading(line: str, alone: bool) -> bool:
    if line.startswith("#"):
        return True
    words = line.strip("*_ ").split()
    if not 0 < len(words) <= MOST_WORDS or line.endswith((".", ",", ";", "!", "?")):
        return False
    letters = [character for character in line if character.isalpha()]
    if not letters or not letters[0].isupper():
        return False
    return alone or bool(NUMBER.match(line)) or line.endswith(":") or line.startswith("**") or line.isupper()
