"""Collects what a reader finds, in reading order, and makes it into a :class:`~..model.Content`."""

from __future__ import annotations

from dataclasses import replace

from ..errors import ReadError
from ..model import Block, Content, Hidden, Layer, Place, Severity
from ..registry import Limits
from .classes import severity_of

SEPARATOR = "\n\n"
ORDER = tuple(Severity)
ANYWHERE = Place()
"""The place of what belongs to the document as a whole."""


class ContentBuilder:
    """One document's blocks, hidden content and gaps, within the limits.

    Args:
        limits: how much text may be collected.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._blocks: list[Block] = []
        self._hidden: dict[tuple[str, Place], Hidden] = {}
        self._gaps: dict[tuple[Place, str], None] = {}
        self._shown, self._shown_blocks = "", 0
        self._said: set[tuple[str, Layer]] = set()

    def block(self, text: str, place: Place = ANYWHERE, layer: Layer = Layer.VISIBLE) -> None:
        """Add a run of text; blank text is passed over.

        Raises:
            ReadError: the document holds more text than the limit.
        """
        if not text or text.isspace():
            return
        if self._length + len(text) > self.limits.text:
            raise ReadError("it holds more text than the limit; split it, or raise the setting max_text_mb")
        self._blocks.append(Block(self._length, self._length + len(text), place, layer))
        self._pieces += (text, SEPARATOR)
        self._length += len(text) + len(SEPARATOR)

    def once(self, text: str, place: Place = ANYWHERE, layer: Layer = Layer.METADATA) -> None:
        """Add a run of text unless the same text was added to this layer by this method, such as an author's name."""
        text = text.strip()
        if (text, layer) not in self._said:
            self._said.add((text, layer))
            self.block(text, place, layer)

    def shows(self, text: str) -> bool:
        """Whether readers see a text anyway, such as a heading that is also a bookmark; spaces do not count."""
        if self._shown_blocks != len(self._blocks):
            self._shown_blocks = len(self._blocks)
            said = zip(self._blocks, self._pieces[::2], strict=True)
            self._shown = "".join("".join(piece.split()) for block, piece in said if block.layer is Layer.VISIBLE)
        return "".join(text.split()) in self._shown

    def found(self, name: str, place: Place = ANYWHERE, count: int = 1, severity: Severity | None = None) -> None:
        """Note hidden content of a class; the same class at the same place adds up."""
        seen = self._hidden.get((name, place))
        total = count + (seen.count if seen else 0)
        worst = severity or severity_of(name)
        if seen:
            worst = min(worst, seen.severity, key=ORDER.index)
        self._hidden[name, place] = Hidden(name, place, total, worst)

    def gap(self, reason: str, place: Place = ANYWHERE) -> None:
        """Note that something could not be checked; ``reason`` is a fixed sentence that says what to do."""
        self._gaps[place, reason] = None

    def include(self, content: Content, part: str) -> None:
        """Add all of a document that was embedded in this one: a reader of this one does not see it."""
        for block in content.blocks:
            layer = Layer.HIDDEN if block.layer is Layer.VISIBLE else block.layer
            self.block(content.text[block.start : block.end], replace(block.place, part=part), layer)
        for hidden in content.hidden:
            self.found(hidden.name, Place(part=part), hidden.count)
        for _, reason in content.gaps:
            self.gap(reason, Place(part=part))

    @property
    def is_empty(self) -> bool:
        """Whether no block was added yet."""
        return not self._blocks

    def content(self) -> Content:
        """What was collected."""
        return Content("".join(self._pieces), tuple(self._blocks), tuple(self._hidden.values()), tuple(self._gaps))
