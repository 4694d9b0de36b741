"""A text in pieces that a model reads: paragraphs, short ones joined and long ones cut."""

from __future__ import annotations

from collections.abc import Iterator

import regex

_PIECE = 800  # characters of text that the model reads at once, at most
_BATCH = 64  # pieces


def batches(text: str) -> Iterator[list[tuple[int, int]]]:
    """Offsets of the pieces of a text, some at a time: the model reads many short texts faster than one long one."""
    batch: list[tuple[int, int]] = []
    for piece in _pieces(text):
        batch.append(piece)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


_SENTENCE_END = regex.compile(r"[.!?][\"')]?\s")


def _pieces(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, short ones of neighbouring lines joined, and long ones cut at the ends of lines or sentences."""
    start = 0
    for paragraph in regex.finditer(r"\n[ \t]*\n|\Z", text):
        while paragraph.start() - start > _PIECE:
            limit = start + _PIECE
            cut = text.rfind("\n", start, limit) + 1 or max(
                (end.end() for end in _SENTENCE_END.finditer(text, start, limit)), default=limit
            )
            yield start, cut
            start = cut
        if text[start : paragraph.start()].strip():
            yield start, paragraph.start()
        start = paragraph.end()
