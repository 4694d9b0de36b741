"""Rules 320 to 323: what a public document must say, and how much of it may be redacted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..model import Case, Content, Document, Finding, Layer, Place, Severity
from ..policy.model import Section
from .base import DocumentRule, Reading
from .headings import headings
from .imr import read
from .law import due, law_of

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

BRIEFING = "Kent Safeguarding Children Board briefing (June 2010)"


@cache
def _data() -> Mapping[str, Any]:
    import yaml

    data: Mapping[str, Any] = yaml.safe_load((files(__package__) / "content.yaml").read_text(encoding="utf-8"))
    return data


def visible_text(content: Content) -> str:
    """What every reader of a document sees, blocks apart."""
    return "\n\n".join(
        content.text[block.start : block.end] for block in content.blocks if block.layer is Layer.VISIBLE
    )


def missing_sections(content: Content, sections: tuple[Section, ...]) -> list[Section]:
    """The sections of which no heading of the document holds one of the phrases."""
    headed = [heading.text for heading in headings(content)]
    return [
        section
        for section in sections
        if not any(re.search(rf"\b{re.escape(phrase)}", text) for phrase in section.headings for text in headed)
    ]


class _SectionRule(DocumentRule):
    """Asks for the sections of one severity that the policy lists for the document's role."""

    asked: Severity

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        sections = law_of(case, reading).policy.sections.get(str(document.role), ())
        wanted = tuple(section for section in sections if section.severity == self.asked)
        if not wanted:
            return
        for section in missing_sections(read(document, reading), wanted):
            severity = due(case, reading) if self.asked is Severity.ERROR else None
            yield self.finding(
                f"no section on {section.title} ({section.provision})", Place(document=document.id), severity
            )


class IncompleteSummary(_SectionRule):
    """An executive summary lacks a section that it must have.

    Why it matters: most people read the summary alone. It has to say how the review was carried out, what the key
    issues were, what is recommended, and what is being done about it.

    How to fix: add the section under a heading that names it, such as "Action plan". The wordings that are recognised
    stand in the policy (`scr-compliance policy`); a board can add its own there.
    """

    code = "SCR320"
    name = "incomplete-summary"
    citation = f'{BRIEFING}: "There is no change to the guidance on the content of the executive summary"'
    asked = Severity.ERROR


class MissingLessons(_SectionRule):
    """A report has no section on its lessons or recommendations.

    Why it matters: a review is published so that others learn what happened and, most importantly, what needs to
    change.

    How to fix: add the section under a heading that names it, such as "Lessons learned". If the document says it in
    another way, a person accepts the finding.
    """

    code = "SCR321"
    name = "missing-lessons"
    citation = f'{BRIEFING}: "understand fully what happened in each case, and most importantly, what needs to change"'
    severity = Severity.REVIEW
    asked = Severity.REVIEW


class MissingAnonymisationStatement(DocumentRule):
    """A report does not say how it was made anonymous.

    Why it matters: readers who meet a name in a report must be able to tell whether it is fiction, and a report that
    says what was changed has been looked at by someone with that question in mind.

    How to fix: add a sentence to the introduction, such as "Names have been replaced by roles, and dates by the season,
    so that the family cannot be recognised."
    """

    code = "SCR322"
    name = "missing-anonymisation-statement"
    citation = f'{BRIEFING}: "Both the overview report and the executive summary should be anonymised"'
    severity = Severity.REVIEW

    def applies(self, document: Document) -> bool:
        return document.is_public and document.role in _data()["anonymised_roles"]

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        text = " ".join(visible_text(read(document, reading)).lower().split())
        if not any(re.search(pattern, text) for pattern in _data()["anonymised"]):
            yield self.finding("nothing in it says how it was made anonymous", Place(document=document.id))


class OverRedaction(DocumentRule):
    """A large part of a public document is blacked out or bracketed.

    Why it matters: there is a balance between openness and the protection of individuals. A report of which nobody can
    make sense teaches nothing, and black bars show a curious reader where to dig.

    How to fix: rewrite what is redacted so that it can be read and points to nobody: "a relative" instead of a bar,
    "the summer" instead of a bracket.
    """

    code = "SCR323"
    name = "over-redaction"
    citation = f'{BRIEFING}: "balance to be struck between transparency and openness and the protection and welfare"'
    severity = Severity.REVIEW

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        share = redacted_share(visible_text(read(document, reading)))
        most = _data()["redaction"]["most_share"]
        if share > most:
            yield self.finding(
                f"about {share:.0%} of its words are blacked out or bracketed; more than {most:.0%} is a question"
                " for a person",
                Place(document=document.id),
            )


def redacted_share(text: str) -> float:
    """The share of a text's words that bars, crosses or brackets stand for, from 0 to 1."""
    marks = _data()["redaction"]
    # A bar hides words that are not in the text; a bracket or a row of crosses is in it.
    bars = sum(max(1, len(bar) / marks["characters_a_word"]) for bar in re.findall(marks["bars"], text))
    shown = re.sub(marks["bars"], " ", text)
    marked = len(re.findall(marks["crosses"], shown)) + len(re.findall(marks["dots"], shown))
    for bracket in re.findall(marks["brackets"], re.sub(marks["dots"], " ", shown)):
        if not re.match(marks["not_brackets"], bracket.strip().lower()):
            marked += len(bracket.split())
    words = len(re.findall(r"[^\W_]+", shown))
    return float((bars + marked) / max(1, words + bars))


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (IncompleteSummary, MissingLessons, MissingAnonymisationStatement, OverRedaction):
        app.add_rule(rule)
    return {"version": "1"}
