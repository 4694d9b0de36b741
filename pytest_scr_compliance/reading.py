"""The documents of one case, read and searched at most once each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TypeVar

from .allow import COMMENTED_SUFFIXES, Allow, Allows, comments, is_of_register, last_days, read_allows
from .cases.load import path_fault, read_regular_file
from .errors import ReadError, RegisterError, Undecided
from .identifiers import established
from .identifiers.register import Register, parse, read_key, unseal
from .model import Case, Content, Document, Finding, Span
from .registry import Registry
from .search import Search
from .settings import Settings
from .store import Store

T = TypeVar("T")
LARGEST_REGISTER = 1_000_000  # bytes


class CaseReading:
    """What rules ask for the documents of a case. Keeps what it read, and also what failed.

    Args:
        case: whose documents to read.
        settings: limits and vocabulary.
        registry: detectors and rules.
        read: bytes and suffix → what a document holds.
        baseline: findings of this case that were there before the gate.
        used: tells which acceptances the findings of the whole case need.
        store: where to remember between runs what was found.
    """

    def __init__(
        self,
        case: Case,
        settings: Settings,
        registry: Registry,
        read: Callable[[bytes, str], Content],
        baseline: tuple[Allow, ...] = (),
        used: Callable[[], frozenset[Allow]] = frozenset,
        store: Store | None = None,
    ) -> None:
        self._baseline = baseline
        self._used = used
        self._case = case
        self._documents = {document.id: document for document in case.documents}
        self._settings = settings
        self._registry = registry
        self._read_bytes = read
        self._kept: dict[tuple[str, str], object] = {}
        self._search = Search(case, settings, registry, self.register, self._sealed_register, store)

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
        return self.once("content", document.id, lambda: self._read(document))

    def spans(self, document: Document) -> tuple[Span, ...]:
        """The identifiers in the document, offsets into its ``content(document).text``.

        Raises:
            ReadError: the document cannot be read.
            Undecided: it has no path, or one that may not be opened.
        """
        return self.once("spans", document.id, lambda: self._spread(document))

    def name_spans(self, text: str) -> tuple[Span, ...]:
        """The identifiers in a short text of the case that is no document, such as a file name."""
        beside, length = self.once("beside", "", self._beside)
        return self._search.name(text, beside, length)

    def _beside(self) -> tuple[str, int]:
        """A hash of all documents that can be read, and their length."""
        digest, length = sha256(), 0
        for document in self._case.documents:
            try:
                text = self.content(document).text
            except (ReadError, Undecided):
                continue
            digest.update(sha256(text.encode("utf-8", "surrogatepass")).digest())
            length += len(text)
        return digest.hexdigest(), length

    def allows(self) -> Allows:
        """What a person has accepted in this case, in force or not."""
        written = [self._file_allows(), *(self._comments(document) for document in self._case.documents)]
        return Allows(
            tuple(entry for allows in written for entry in allows.entries),
            tuple(problem for allows in written for problem in allows.problems),
        )

    def paragraph(self, finding: Finding) -> tuple[int, int] | None:
        """Start and end of the paragraph in which a finding stands, as offsets into the text of its document."""
        document = self._documents.get(finding.place.document or "")
        if document is None or finding.start is None:
            return None
        try:
            block = self.content(document).block_at(finding.start)
        except (ReadError, Undecided):
            return None
        return (block.start, block.end) if block else None

    def may_allow(self, code: str) -> bool:
        """Whether findings of the rule with this code can be accepted at all."""
        return code in self._registry.rules and self._registry.rules[code].allowable

    def has_allows(self) -> bool:
        """Whether any acceptance by a person is in force; the baseline is none."""
        return any(entry.holds(self._settings.today) and self.may_allow(entry.code) for entry in self.allows().entries)

    def unused_allows(self) -> tuple[Allow, ...]:
        """The acceptances in force, and entries of the baseline, that no finding needs. Checks the whole case."""
        entries = [entry for entry in self.allows().entries if entry.holds(self._settings.today)] + [*self._baseline]
        used = self._used() if entries else frozenset()
        return tuple(entry for entry in entries if entry not in used)

    def allow_for(self, finding: Finding) -> Allow | None:
        """The acceptance in force that covers a finding; none ever covers a name from the register."""
        if not self.may_allow(finding.code) or is_of_register(finding):
            return None
        entries = [*self._file_allows().entries, *self._baseline]
        document = self._documents.get(finding.place.document or "")
        if document is not None:
            entries += self._comments(document).entries
        today = self._settings.today
        return next((entry for entry in entries if entry.holds(today) and entry.covers(finding)), None)

    def _file_allows(self) -> Allows:
        if self._settings.no_allow:
            return Allows()
        return self.once("allows", "", lambda: read_allows(self._case.folder))

    def _comments(self, document: Document) -> Allows:
        if self._settings.no_allow or not _is_text(document):
            return Allows()
        try:
            return self.once("comments", document.id, lambda: comments(self.content(document).text, document.id))
        except (ReadError, Undecided):
            return Allows()

    def forget(self) -> None:
        """Let go of all that was read and found; what is asked for again is read again."""
        self._kept.clear()

    def once(self, what: str, name: str, make: Callable[[], T]) -> T:
        """What ``make`` returned, or raised, when it was first called for a thing of this sort and name."""
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
        return self.once("own spans", document.id, lambda: self._search.document(self.content(document).text))

    def _names(self, document: Document) -> frozenset[str]:
        """The names that a document establishes; none if it cannot be read, which rule SCR001 reports."""
        try:
            return established(self.content(document).text, self._own_spans(document))
        except (ReadError, Undecided):
            return frozenset()

    def _spread(self, document: Document) -> tuple[Span, ...]:
        spans = self._own_spans(document)
        if _is_text(document):
            days = last_days(self.content(document).text)
            spans = tuple(span for span in spans if not any(span.start in day and span.end - 1 in day for day in days))
        return self._search.spread(self.content(document).text, spans, self._known(document))

    def _known(self, document: Document) -> frozenset[str]:
        """The names that the other public documents establish."""
        counts = self.once("names", "", self._all_names)
        own = self.once("names", document.id, lambda: self._names(document)) if document.is_public else frozenset()
        return self.once("all names", "", lambda: frozenset(counts)) - {name for name in own if counts[name] == 1}

    def _all_names(self) -> Counter[str]:
        """The names that public documents establish, with the number of documents that do."""
        public = (document for document in self._case.documents if document.is_public)
        return Counter(name for item in public for name in self.once("names", item.id, partial(self._names, item)))

    def register(self) -> Register | None:
        """The opened register of the case; None if the metadata name none.

        Raises:
            RegisterError: it cannot be opened.
        """
        return self.once("register", "", self._open_register)

    def _open_register(self) -> Register | None:
        path = self._case.get("register")
        if path is None:
            return None
        if not isinstance(path, str):
            raise RegisterError("`register` must be the path of a sealed file in the case folder")
        try:
            sealed = read_regular_file(self._case.folder, path, LARGEST_REGISTER)
        except ReadError as error:
            raise RegisterError(error.reason) from None
        self._kept["sealed", ""] = sealed
        return parse(unseal(sealed, read_key(self._settings.register_key or None)))

    def _sealed_register(self) -> bytes | None:
        """The bytes of the register's file, once it was opened."""
        return self._kept.get(("sealed", ""))  # type: ignore[return-value]


def _is_text(document: Document) -> bool:
    return PurePosixPath(document.path or "").suffix.lower() in COMMENTED_SUFFIXES
