"""Rules 310 to 312: individual management reviews by what they are, not by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..errors import ReadError, Undecided
from ..model import Block, Case, Content, Document, Finding, Layer, Place, Severity
from .base import DocumentRule, Reading, place_in
from .headings import headings
from .law import law_of
from .passages import shared_passages

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

CITATION = (
    "Kent Safeguarding Children Board briefing (June 2010), on paragraph 8.50:"
    ' "the IMRs should not be made publicly available"'
)


SIGNS = {
    "title": "its title",
    "whole_title": "its title",
    "own_words": "how it speaks of its agency",
    "structure": "its sections",
    "against": "",
}


@cache
def _looks() -> Mapping[str, Any]:
    """What ``imr.yaml`` says, with its patterns compiled."""
    import yaml

    looks: dict[str, Any] = yaml.safe_load((files(__package__) / "imr.yaml").read_text(encoding="utf-8"))
    for sign in SIGNS:
        looks[sign]["patterns"] = [re.compile(pattern) for pattern in looks[sign]["patterns"]]
    looks["unless_title"] = re.compile("|".join(looks["unless_title"]))
    return looks


def read(document: Document, reading: Reading) -> Content:
    """What a document holds.

    Raises:
        Undecided: it cannot be read (SCR001).
    """
    try:
        return reading.content(document)
    except ReadError:
        raise Undecided("SCR001") from None


def imr_points(text: str, titles: list[str], headed: list[str]) -> tuple[int, tuple[str, ...]]:
    """How much speaks for a text being an IMR, and by what one can tell.

    Args:
        text: the text.
        titles: its first headings or lines, in lower case.
        headed: its headings, in lower case.
    """
    looks, flat = _looks(), " ".join(text.lower().replace("’", "'").split())
    own_titles = [title for title in titles if not looks["unless_title"].search(title)]
    candidates = {
        "title": own_titles,
        "whole_title": own_titles,
        "own_words": [flat],
        "structure": headed,
        "against": [flat],
    }
    points = 0
    signs: list[str] = []
    for sign, places in candidates.items():
        look = looks[sign]
        seen = sum(1 for pattern in look["patterns"] if any(pattern.search(place) for place in places))
        bounded = min if look["points"] > 0 else max
        gained = bounded(seen * look["points"], look["most"])
        points += gained
        if gained > 0 and SIGNS[sign] not in signs:
            signs.append(SIGNS[sign])
    return points, tuple(signs)


def _judge(content: Content, blocks: tuple[Block, ...]) -> tuple[Severity, str] | None:
    """Whether these blocks of a document make an IMR: how severe that is, and by what it was recognised."""
    part = Content(content.text, tuple(_as_visible(block) for block in blocks))
    headed = [heading.text for heading in headings(part)]
    first = [content.text[block.start : block.end].strip() for block in blocks[: _looks()["title_lines"]]]
    titles = [" ".join(line.lower().split()) for line in first if len(line.split()) <= 20 and line[-1:] != "."]
    text = "\n\n".join(content.text[block.start : block.end] for block in blocks)
    points, signs = imr_points(text, titles, headed)
    thresholds = _looks()["thresholds"]
    by = " and ".join(signs)
    if points >= thresholds["error"]:
        return Severity.ERROR, by
    return (Severity.REVIEW, by) if points >= thresholds["review"] else None


def _as_visible(block: Block) -> Block:
    return Block(block.start, block.end, block.place)


class DisguisedImr(DocumentRule):
    """A public document is an individual management review under another name.

    Why it matters: what makes an individual management review (IMR) private is what it holds: one agency's
    records, its staff and its judgement of them. A file that is declared as an overview report, or as
    something else, and reads like an IMR has been mixed up or renamed.

    How to fix: look at the document. If it is an IMR, give it the role `imr` and the audience `restricted`.
    If it is not, change the title or the headings that make it look like one.
    """

    code = "SCR310"
    name = "disguised-imr"
    citation = CITATION

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        if document.role in law_of(case, reading).policy.forbidden:
            return  # SCR301 reports it
        content = read(document, reading)
        judged = _judge(content, tuple(block for block in content.blocks if block.layer is Layer.VISIBLE))
        if judged is not None:
            severity, by = judged
            yield self.finding(
                f"it reads like an individual management review, by {by}",
                Place(document=document.id),
                severity,
            )


class EmbeddedImr(DocumentRule):
    """A public document carries an individual management review inside it.

    Why it matters: a file that is attached to a PDF or embedded in a Word document goes out with it, and
    anyone can save it. Individual management reviews (IMRs) are often embedded in drafts for the convenience
    of the panel.

    How to fix: remove the attached or embedded file, or the hidden text, and save the document again.
    """

    code = "SCR312"
    name = "embedded-imr"
    citation = CITATION
    allowable = False

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        content = read(document, reading)
        parts: dict[str, list[Block]] = {}
        for block in content.blocks:
            if block.layer is Layer.HIDDEN and block.place.part:
                parts.setdefault(block.place.part, []).append(block)
        for part, blocks in parts.items():
            judged = _judge(content, tuple(blocks))
            if judged is not None:
                severity, by = judged
                place = Place(document=document.id, part=part)
                message = f"what is inside reads like an individual management review, by {by}"
                yield self.finding(message, place, severity)


class ReproducedImrText(DocumentRule):
    """A public document repeats a passage of an individual management review, or of a document like it.

    Why it matters: the overview report may say what was learned from an individual management review (IMR). A
    passage that stands in both publishes the IMR piece by piece, and often brings along the name or the
    detail that was overlooked in it. Changed pseudonyms, tenses and line ends do not hide that it is the same
    passage.

    How to fix: say in the report's own words what the passage means for the review. A summary ends where more
    than `imr_words` words, about two sentences, are the same in the same order; quotations of law and
    guidance and the terms of reference do not count.
    """

    code = "SCR311"
    name = "reproduced-imr-text"
    citation = CITATION

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        policy = law_of(case, reading).policy
        private = {**policy.forbidden, **policy.questioned}
        if document.role in private:
            return  # SCR301 and SCR307 report it
        content = read(document, reading)
        for other in case.documents:
            if other.is_public or other.role not in private:
                continue
            theirs = read(other, reading)
            for passage in shared_passages(
                content.text, theirs.text, reading.settings.imr_words, _spared(theirs), _looks()["stock"]
            ):
                block = content.block_at(passage.start)
                yield self.finding(
                    f"about {passage.words} words are the same as in {other.id}, which has the role {other.role}",
                    place_in(document, block.place if block else Place()),
                    kind="imr-passage",
                    length=passage.end - passage.start,
                    start=passage.start,
                )


def _spared(content: Content) -> Iterator[tuple[int, int]]:
    """Sections that every document of a review repeats, from their heading to the next."""
    found = headings(content)
    for heading, following in zip(found, [*found[1:], None], strict=True):
        if any(phrase in heading.text for phrase in _looks()["spared_headings"]):
            yield heading.start, following.start if following else heading.end


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (DisguisedImr, ReproducedImrText, EmbeddedImr):
        app.add_rule(rule)
    return {"version": "1"}
