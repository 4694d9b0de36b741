"""Rules 0xx: the gate itself, what it could not read and what should not be there."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import ReadError
from ..model import Case, Document, Finding, Layer, Place
from .base import CaseRule, DocumentRule, Reading, place_in


class UnreadableDocument(DocumentRule):
    """A declared document is missing or cannot be read.

    Why it matters: what the gate cannot read it cannot check, and a damaged or encrypted file in the public output may
    hold anything. A restricted document must be readable too, because the public ones are compared with it.

    How to fix: put the file where `path` says, save it again from the program that made it, or remove its password. Use
    one of the formats that `scr-compliance check --help` lists.
    """

    code = "SCR001"
    name = "unreadable-document"
    citation = "Gate's own rule: what could not be read is a failure (fail closed)"
    allowable = False

    def applies(self, document: Document) -> bool:
        return True

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        try:
            reading.content(document)
        except ReadError as error:
            yield self.finding(error.reason, Place(document=document.id))


class UncheckableDocument(DocumentRule):
    """A public document, or a part of it, holds no text that could be checked.

    Why it matters: a scanned page or a picture of a letter shows names that no text search can find.

    How to fix: export the document from the program that it was written in instead of scanning it, replace pictures of
    text by text, or install the extra `ocr`. If the document is really this short, lower `min_words`.
    """

    code = "SCR004"
    name = "uncheckable-document"
    citation = "Gate's own rule: what could not be checked is a failure (fail closed)"

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        try:
            content = reading.content(document)
        except ReadError:
            return
        for place, reason in content.gaps:
            yield self.finding(reason, place_in(document, place))
        visible = sum(
            len(content.text[block.start : block.end].split())
            for block in content.blocks
            if block.layer is Layer.VISIBLE
        )
        least = reading.settings.min_words
        if visible < least:
            yield self.finding(
                f"only {visible} words can be seen in it; a public document needs at least {least} to be checkable",
                Place(document=document.id),
            )
