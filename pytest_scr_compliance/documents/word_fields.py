"""Field instructions of Word documents: what they tell about people, files and servers."""

from __future__ import annotations

import re

from ..model import Layer, Place
from .builder import ContentBuilder
from .links import note_link
from .xml import Element, attribute, local

TELLING = frozenset(
    "ADDRESSBLOCK ASK AUTHOR COMMENTS DATABASE DOCPROPERTY DOCVARIABLE FILENAME FILLIN GREETINGLINE INFO "
    "KEYWORDS LASTSAVEDBY MERGEFIELD MERGEREC MERGESEQ NEXT NEXTIF SKIPIF SUBJECT TEMPLATE USERADDRESS "
    "USERINITIALS USERNAME".split()
)
"""Fields that show, or can be updated to show, who wrote a document, where it lies, or whom it was merged for."""
LINKING = frozenset("HYPERLINK INCLUDETEXT INCLUDEPICTURE INCLUDE IMPORT LINK DDE DDEAUTO RD AUTOTEXT".split())
QUOTED = re.compile(r'["“]([^"”]*)["”]')


class Fields:
    """Receives the instructions of a document's fields, whole or in pieces.

    Args:
        builder: receives what they tell.
    """

    def __init__(self, builder: ContentBuilder) -> None:
        self._builder = builder
        self._open: list[list[str]] = []

    def piece(self, element: Element, place: Place) -> None:
        """``w:fldChar`` or ``w:instrText``: one piece of a field that is spread over runs."""
        if local(element) != "fldChar":
            if self._open:
                self._open[-1].append(element.text or "")
            else:
                self.instruction(element.text or "", place)
            return
        kind = attribute(element, "fldCharType")
        if kind == "begin":
            self._open.append([])
        elif self._open:
            self.instruction("".join(self._open[-1]), place)
            self._open[-1].clear()
            if kind == "end":
                self._open.pop()

    def instruction(self, text: str, place: Place) -> None:
        """A whole instruction, such as ``HYPERLINK "mailto:…"``."""
        name = text.strip().partition(" ")[0].upper()
        if name in TELLING:
            self._builder.found("docx.field", place)
        for quoted in QUOTED.findall(text):
            if name in LINKING:
                note_link(self._builder, quoted.replace("\\\\", "\\"), "docx", place)
            else:
                self._builder.block(quoted, Place(part="field"), Layer.METADATA)
