"""Earlier versions inside of a PDF file: a program that saves changes at the end leaves what was there before."""

from __future__ import annotations

import re

from ..errors import ReadError
from ..model import Block, Content, Layer, Place
from .builder import ContentBuilder

END = re.compile(rb"startxref\s+\d+\s+%%EOF[\r\n]{0,2}")
MOST_VERSIONS = 20


def note_revisions(data: bytes, builder: ContentBuilder) -> None:
    """Open each earlier version of a PDF file and add what the last one lacks.

    Args:
        data: the whole file.
        builder: holds what the last version says.
    """
    ends = [match.end() for match in END.finditer(data)]
    if ends and b"/Linearized" in data[:2048] and ends[0] < len(data) // 2:
        ends = ends[1:]  # the first section of a linearised file is an index, no version
    rest = data[ends[-1] :].strip(b"\x00\r\n\t ") if ends else b""
    if len(rest) > 8:
        builder.found("pdf.trailing_bytes")
    earlier = [end for end in ends[:-1] if end < len(data)]
    if not earlier:
        return
    builder.found("pdf.incremental", count=len(earlier))
    if len(earlier) > MOST_VERSIONS:
        builder.gap("it holds more earlier versions than the limit; export it again instead of saving it")
    known = _lines(builder.content())
    for number, end in enumerate(earlier[-MOST_VERSIONS:], start=1):
        _compare(data[:end], number, builder, known)


def _compare(data: bytes, number: int, builder: ContentBuilder, known: set[str]) -> None:
    from .pdf import read_version

    part = f"earlier version {number}"
    try:
        before = read_version(data, builder.limits).content()
    except ReadError:
        builder.gap("an earlier version inside of it cannot be read; export the document again", Place(part=part))
        return
    gone = 0
    for block in before.blocks:
        new = [line for line in _split(before, block) if _folded(line) not in known]
        known.update(_folded(line) for line in new)
        if new:
            layer = Layer.METADATA if block.layer is Layer.METADATA else Layer.HIDDEN
            gone += layer is Layer.HIDDEN
            builder.block("\n".join(new), Place(part=part, page=block.place.page), layer)
    if gone:
        builder.found("pdf.revision_text", Place(part=part), gone)


def _split(content: Content, block: Block) -> list[str]:
    return [line for line in content.text[block.start : block.end].split("\n") if line.strip()]


def _lines(content: Content) -> set[str]:
    return {_folded(line) for block in content.blocks for line in _split(content, block)}


def _folded(line: str) -> str:
    return "".join(line.split())
