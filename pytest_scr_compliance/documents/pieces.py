"""A paragraph as pieces, each visible or of one hidden class, and how they become blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import Layer, Place
from .builder import ContentBuilder

Piece = tuple[str, str]
"""A run of text and the class of hidden content that it is; an empty class is visible text."""

INSERTED = "+"
"""Marks a tracked insertion: visible, and not part of what stood there before."""
TINY = 4
"""Half-points: text of 2 points and less cannot be read."""
PARTS = {
    "docx.track.del": "tracked deletion",
    "docx.track.move": "tracked move",
    "docx.vanish": "hidden text",
    "docx.white_text": "white text",
    "docx.tiny_text": "tiny text",
    "docx.blacked_out": "blacked-out text",
    "odt.track.deletion": "tracked deletion",
    "odt.hidden_field": "hidden text",
    "odt.hidden_text": "hidden text",
    "odt.hidden_section": "hidden text",
    "odt.white_text": "white text",
    "odt.tiny_text": "tiny text",
    "rtf.track.deletion": "tracked deletion",
    "rtf.hidden_text": "hidden text",
}
COUNTED_ELSEWHERE = frozenset(["docx.track.del", "docx.track.move", "odt.track.deletion", "odt.hidden_section"])
"""Classes that a reader counts by the marks in the file, not by the stretches of text."""
WORD = re.compile(r"[\w'’-]")


@dataclass(frozen=True, slots=True)
class Look:
    """What of a style or a run decides whether its text can be seen; None means "as inherited".

    Args:
        vanish: formatted as hidden.
        white: text colour is white or nearly so.
        size: in half-points.
        shaded: has a background of its own that is not white.
        black: text colour is black; false for another colour, None for an automatic one.
        blackened: what makes the background black: ``highlight``, ``shade``, or empty.
    """

    vanish: bool | None = None
    white: bool | None = None
    size: int | None = None
    shaded: bool | None = None
    black: bool | None = None
    blackened: str | None = None

    def over(self, other: Look) -> Look:
        """This look on top of another one."""
        return Look(
            other.vanish if self.vanish is None else self.vanish,
            other.white if self.white is None else self.white,
            other.size if self.size is None else self.size,
            other.shaded if self.shaded is None else self.shaded,
            other.black if self.black is None else self.black,
            other.blackened if self.blackened is None else self.blackened,
        )

    @property
    def hides(self) -> str | None:
        """How text of this look is hidden: ``vanish``, ``tiny_text``, ``white_text``, ``blacked_out``, or None."""
        if self.vanish:
            return "vanish"
        if self.size is not None and self.size <= TINY:
            return "tiny_text"
        # on black shading, Word turns automatic text white; on black highlighting it does not
        if self.blackened and (self.black or (self.black is None and self.blackened == "highlight")):
            return "blacked_out"
        return "white_text" if self.white and not self.shaded else None


PLAIN = Look()


def is_white(colour: str) -> bool:
    """Whether an RGB hex colour such as ``FFFFFF`` cannot be told from white."""
    try:
        return len(colour) == 6 and min(bytes.fromhex(colour)) >= 0xF5
    except ValueError:
        return False


def is_black(colour: str) -> bool:
    """Whether an RGB hex colour cannot be told from black."""
    try:
        return len(colour) == 6 and max(bytes.fromhex(colour)) <= 0x20
    except ValueError:
        return False


def is_blank(pieces: Sequence[Piece]) -> bool:
    """Whether no piece holds a letter or a digit."""
    return not any(text.strip() for text, _ in pieces)


def emit(builder: ContentBuilder, pieces: Sequence[Piece], place: Place, layer: Layer = Layer.VISIBLE) -> None:
    """Add a paragraph: what can be seen as one block, then each hidden stretch as a block of its own."""
    builder.block("".join(text for text, kind in pieces if kind in ("", INSERTED)), place, layer)
    for kind in dict.fromkeys(kind for text, kind in pieces if kind in PARTS and text.strip()):
        part = ", ".join(filter(None, [place.part, PARTS[kind]]))
        for text in stretches(pieces, kind):
            builder.block(text, replace(place, part=part), Layer.HIDDEN)
        if kind not in COUNTED_ELSEWHERE:
            count = sum(1 for text, other in pieces if other == kind and sum(map(str.isalnum, text)) > 1)
            if count:
                builder.found(kind, replace(place, part=part), count)


def stretches(pieces: Sequence[Piece], kind: str) -> list[str]:
    """The runs of one hidden class as they read with the visible text around them, whole words at both ends."""
    text = ""
    marked: list[list[int]] = []
    for piece, other in pieces:
        if other in ("", kind):
            if other == kind and piece:
                if marked and marked[-1][1] == len(text):
                    marked[-1][1] += len(piece)
                else:
                    marked.append([len(text), len(text) + len(piece)])
            text += piece
    found: list[list[int]] = []
    for start, end in marked:
        while start and WORD.match(text[start - 1]) and WORD.match(text[start]):
            start -= 1
        while end < len(text) and WORD.match(text[end]) and WORD.match(text[end - 1]):
            end += 1
        if found and start <= found[-1][1]:
            found[-1][1] = max(end, found[-1][1])
        else:
            found.append([start, end])
    return [text[start:end] for start, end in found if text[start:end].strip()]
