"""Rules 4xx: direct identifiers in the public output."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ..errors import ReadError, Undecided
from ..model import Block, Case, Confidence, Document, Finding, Layer, Place, Severity, Span, mask
from .base import DocumentRule, Reading, place_in

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

_LAYERS = {
    Layer.VISIBLE: "",
    Layer.HIDDEN: ", in text that is hidden on the page but can be recovered",
    Layer.METADATA: ", in the properties of the file",
}


def _severity(span: Span) -> Severity:
    return Severity.REVIEW if span.confidence is Confidence.POSSIBLE else Severity.ERROR


def _words(kind: str) -> str:
    return kind.replace("-", " ")


class IdentifierInPublicOutput(DocumentRule):
    """A public document holds something that can point to a person.

    Why it matters: one name, date of birth or street is enough for a neighbour, a classmate or a search engine to
    recognise the child, and what has been published cannot be called back.

    How to fix: replace it by the pseudonym or role that the review uses, or leave it out: "School 1" for a school, "the
    town" for a place, the month and year or an age for a date. If the person may be named, declare them under
    `officials`; if it is a pseudonym, declare it under `people`.
    """

    code = "SCR401"
    name = "identifier-in-public-output"
    citation = (
        "Letter of 10 June 2010, as quoted in the Kent briefing: “Both the overview report and the executive summary "
        "should be anonymised and should not contain identifying details.”"
    )

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        try:
            content = reading.content(document)
            spans = reading.spans(document)
        except ReadError:
            raise Undecided("SCR001") from None
        for span in spans:
            text = content.text[span.start : span.end]
            block = content.block_at(span.start) or Block(span.start, span.end)
            yield self.finding(
                f"{span.confidence} {_words(span.kind)}{_LAYERS[block.layer]}",
                place_in(document, block.place),
                _severity(span),
                kind=span.kind,
                mask=mask(text),
                length=len(text),
                start=span.start,
                confidence=span.confidence.value,
                detectors=span.detectors,
            )


class IdentifierInFileName(DocumentRule):
    """The name of a public document's file points to a person.

    Why it matters: the name of the file becomes part of the address under which the report is published, and of what
    everyone who downloads it sees.

    How to fix: rename the file, for example to `overview-report.pdf`, and correct its `path` in the metadata.
    """

    code = "SCR402"
    name = "identifier-in-file-name"
    citation = IdentifierInPublicOutput.citation

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        if document.path is None:
            raise Undecided("SCR101")
        words = re.sub(r"[_/\\+.-]+", " ", str(PurePosixPath(document.path).with_suffix("")))
        # A name in a file's name is often written small: it is looked for with capitals, too.
        text = f"{words}\n\n{words.title()}" if words.islower() else words
        for span in reading.name_spans(text):
            found = text[span.start : span.end]
            yield self.finding(
                f"{span.confidence} {_words(span.kind)} in the file's name",
                Place(document=document.id),
                _severity(span),
                kind=span.kind,
                mask=mask(found),
                length=len(found),
                confidence=span.confidence.value,
                detectors=span.detectors,
            )


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    app.add_rule(IdentifierInPublicOutput)
    app.add_rule(IdentifierInFileName)
    return {"version": "1"}
