"""The documents of one case, read and searched at most once each."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

from .cases.load import path_fault, read_regular_file
from .errors import ReadError, Undecided
from .identifiers import Permitted, established, identify, spread
from .model import Case, Content, Document, Span
from .registry import Registry
from .settings import Settings

T = TypeVar("T")


class CaseReading:
    """What rules ask for the documents of a case. Keeps what it read, and also what failed.

    Args:
        case: whose documents to read.
        settings: limits and vocabulary.
        registry: detectors.
        read: bytes and suffix → what a document holds.
    """

    def __init__(
        self, case: Case, settings: Settings, registry: Registry, read: Callable[[bytes, str], Content]
    ) -> None:
        self._case = case
        self._settings = settings
        self._registry = registry
        self._read_bytes = read
        self._kept: dict[tuple[str, str], object] = {}

    @property
    def settings(self) -> Settings:
        """The settings of the run."""
        return self._settings

    def content(self, document: Document) -> Content:
        """What the document holds.

        Raises:
            ReadError: the document cannot be read.
            Undecided: it has no path, or one that may not be opened.
        """
        return self._once("content", document.id, lambda: self._read(document))

    def spans(self, document: Document) -> tuple[Span, ...]:
        """The identifiers in the document, offsets into its ``content(document).text``.

        Raises:
            ReadError: the document cannot be read.
            Undecided: it has no path, or one that may not be opened.
        """
        return self._once("spans", document.id, lambda: self._spread(document))

    def name_spans(self, text: str) -> tuple[Span, ...]:
        """The identifiers in a short text of the case that is no document, such as a file name."""
        return self._search(text)

    def _once(self, what: str, name: str, make: Callable[[], T]) -> T:
        key = (what, name)
        if key not in self._kept:
            try:
                self._kept[key] = make()
            except Exception as error:
                self._kept[key] = error
        kept = self._kept[key]
        if isinstance(kept, Exception):
            raise kept
        return kept  # type: ignore[return-value]

    def _read(self, document: Document) -> Content:
        if document.path is None:
            raise Undecided("SCR101")
        if path_fault(self._case.folder, document.path):
            raise Undecided("SCR103")
        settings = self._settings
        data = read_regular_file(self._case.folder, document.path, settings.max_file_mb * 1_000_000)
        return self._read_bytes(data, Path(document.path).suffix.lower())

    def _own_spans(self, document: Document) -> tuple[Span, ...]:
        return self._once("own spans", document.id, lambda: self._search(self.content(document).text))

    def _names(self, document: Document) -> frozenset[str]:
        """The names that a document establishes; none if it cannot be read, which rule SCR001 reports."""
        try:
            return established(self.content(document).text, self._own_spans(document))
        except (ReadError, Undecided):
            return frozenset()

    def _spread(self, document: Document) -> tuple[Span, ...]:
        spans = self._own_spans(document)
        others = [other for other in self._case.documents if other.is_public and other.id != document.id]
        known = frozenset().union(*(self._once("names", other.id, partial(self._names, other)) for other in others))
        return spread(self.content(document).text, spans, known, self._once("permitted", "", self._permitted))

    def _search(self, text: str) -> tuple[Span, ...]:
        return identify(text, self._registry.detectors.as_dict(), self._once("permitted", "", self._permitted))

    def _permitted(self) -> Permitted:
        case = self._case
        terms = [person.get("pseudonym") for _, person in case.items("people")]
        terms += [official.get("name") for _, official in case.items("officials")]
        terms += [case.get("review.board"), case.get("review.reference"), case.get("review.public_case_name.name")]
        fictional = case.get("fictional_names")
        terms += fictional if isinstance(fictional, list) else []
        files = [Path(name) for name in self._settings.vocabulary]
        return Permitted.build([term for term in terms if isinstance(term, str)], files)
