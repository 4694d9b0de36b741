"""What a rule is. Import nothing from here that reads files: a rule gets all it needs from its arguments."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import replace
from inspect import getdoc
from typing import TYPE_CHECKING, ClassVar, Protocol

from ..allow import Allow, Allows
from ..model import Case, Content, Document, Finding, Place, Severity, Span
from ..settings import Settings

if TYPE_CHECKING:
    from ..identifiers.register import Register


class Reading(Protocol):
    """The documents of one case, read at most once and only when a rule asks."""

    @property
    def settings(self) -> Settings:
        """The settings of the run."""

    def content(self, document: Document) -> Content:
        """What the document holds.

        Raises:
            ReadError: the document cannot be read (rule SCR001 reports it).
        """

    def spans(self, document: Document) -> tuple[Span, ...]:
        """The identifiers in the document, offsets into its ``content(document).text``.

        Raises:
            ReadError: the document cannot be read (rule SCR001 reports it).
        """

    def register(self) -> Register | None:
        """The opened register of the case; None if the metadata name none.

        Raises:
            RegisterError: it cannot be opened (rule SCR403 reports it).
        """

    def name_spans(self, text: str) -> tuple[Span, ...]:
        """The identifiers in a short text of the case that is no document, such as a file name."""

    def allows(self) -> Allows:
        """What a person has accepted in this case, in force or not."""

    def may_allow(self, code: str) -> bool:
        """Whether findings of the rule with this code can be accepted at all."""

    def has_allows(self) -> bool:
        """Whether any acceptance by a person is in force; the baseline is none."""

    def unused_allows(self) -> tuple[Allow, ...]:
        """The acceptances in force, and entries of the baseline, that no finding needs. Checks the whole case."""


class Rule(ABC):
    """One numbered statement of policy.

    The docstring is the rule's page: its first line is the title, then follow the headings *Why it matters* and *How to
    fix*, each with a paragraph. ``scr-compliance explain`` and the documentation print it.

    Attributes:
        code: ``SCR`` (or an extension's three to five letters) and three digits; never reused.
        name: names the fault, and reads well after "allow", such as ``imr-in-public-output``.
        citation: source, paragraph and a few words of it.
        severity: of its findings, unless a finding says otherwise.
        allowable: whether a person may accept its findings.
    """

    code: ClassVar[str]
    name: ClassVar[str]
    citation: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR
    allowable: ClassVar[bool] = True

    def finding(self, message: str, place: Place, severity: Severity | None = None, **details: object) -> Finding:
        """A finding of this rule; ``details`` are further fields of :class:`~..model.Finding`."""
        return Finding(self.code, self.name, severity or self.severity, message, place, **details)  # type: ignore[arg-type]

    @classmethod
    def title(cls) -> str:
        """The first line of the docstring."""
        return (getdoc(cls) or "").split("\n", 1)[0].rstrip(".")

    @classmethod
    def section(cls, heading: str) -> str:
        """The paragraph of the docstring under a heading such as ``Why it matters``, on one line."""
        for paragraph in (getdoc(cls) or "").split("\n\n"):
            start, _, rest = paragraph.partition(":")
            if start == heading:
                return " ".join(rest.split())
        return ""


class CaseRule(Rule):
    """A rule that is checked once for each case."""

    @abstractmethod
    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        """The findings in a case.

        Raises:
            Undecided: what the rule needs is missing and another rule reports it.
        """


class DocumentRule(Rule):
    """A rule that is checked for each document to which it applies."""

    def applies(self, document: Document) -> bool:
        """Whether to check this document: every public one, unless a rule says otherwise."""
        return document.is_public

    @abstractmethod
    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        """The findings in one document; their places name ``document.id``.

        Raises:
            Undecided: what the rule needs is missing and another rule reports it.
        """


def place_in(document: Document, place: Place) -> Place:
    """A reader's place, which knows no document, as a place in this document."""
    return replace(place, document=document.id)
