"""The identifiers in the texts of one case, remembered between runs.

A second run over unchanged documents searches nothing. What was found is kept as kinds and offsets under a hash of the
text and of everything else that decides what is found: the code, the word lists and the model of this package, the
versions of its libraries, the terms that the case permits, and the register. If any of it differs, it is another search.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path

from .errors import RegisterError
from .identifiers import Permitted, identify, spread
from .identifiers.register import Register, make_detector
from .model import Case, Confidence, Span
from .registry import Detector, Registry
from .settings import Settings
from .store import Store

IDENTIFIERS = f"{__package__}.identifiers"
LIBRARIES = ("spacy", "thinc", "numpy", "regex", "phonenumberslite", "python-stdnum", "rapidfuzz", "PyYAML")
GUESSABLE = 200
"""Characters of text below which nothing is kept: whoever has the folder could try out all that a text may be."""


class Search:
    """Searches texts of a case.

    Args:
        case: whose people and officials are permitted.
        settings: vocabulary.
        registry: detectors.
        register: opens the register of the case; raises ``RegisterError``.
        sealed: the bytes of the register's file, as they are; None if there is none.
        store: where to remember what was found; None to remember nothing.
    """

    def __init__(
        self,
        case: Case,
        settings: Settings,
        registry: Registry,
        register: Callable[[], Register | None],
        sealed: Callable[[], bytes | None],
        store: Store | None,
    ) -> None:
        self._case = case
        self._settings = settings
        self._registry = registry
        self._register = register
        self._sealed = sealed
        self._store = store if may_remember(settings, registry) else None
        self._made: tuple[Mapping[str, Detector], Permitted] | None = None
        self._about_all: tuple[bytes, ...] | None = None

    def document(self, text: str) -> tuple[Span, ...]:
        """The identifiers in the text of a document."""
        return self._remembered(["document", text], len(text), lambda: identify(text, *self._means()))

    def name(self, text: str, beside: str, length: int) -> tuple[Span, ...]:
        """The identifiers in a short text such as the name of a file.

        Args:
            text: what to search.
            beside: a hash of the documents of the case, so that the kept hash of a name cannot be guessed by itself.
            length: of those documents.
        """
        return self._remembered(["name", text, beside], length, lambda: identify(text, *self._means()))

    def spread(self, text: str, spans: tuple[Span, ...], known: Collection[str]) -> tuple[Span, ...]:
        """The identifiers of a text with those that other documents of the case establish."""
        about = ["spread", text, json.dumps(to_plain(spans)), *sorted(known)]
        return self._remembered(about, len(text), lambda: spread(text, spans, known, self._means()[1]))

    def _remembered(self, about: Iterable[str], length: int, find: Callable[[], tuple[Span, ...]]) -> tuple[Span, ...]:
        if self._store is None or length < GUESSABLE:
            return find()
        if self._about_all is None:
            self._about_all = self._context()
        name = [*self._about_all, *(part.encode("utf-8", "surrogatepass") for part in about)]
        kept = self._store.read(name)
        spans = None if kept is None else from_plain(kept)
        if spans is None:
            spans = find()
            self._store.write(name, json.dumps(to_plain(spans)).encode())
        return spans

    def _context(self) -> tuple[bytes, ...]:
        """All but the text that decides what is found."""
        try:
            register = (self._sealed() or b"") if self._register() else b""
        except RegisterError:
            register = b"unopened"
        files = [Path(name).read_bytes() if Path(name).is_file() else b"" for name in self._settings.vocabulary]
        return (program(), json.dumps(self._terms()).encode(), register, b"%d" % len(files), *files)

    def _means(self) -> tuple[Mapping[str, Detector], Permitted]:
        """The detectors and what is permitted, made when something has to be searched."""
        if self._made is None:
            files = [Path(name) for name in self._settings.vocabulary]
            self._made = self._detectors(), Permitted.build(self._terms(), files)
        return self._made

    def _detectors(self) -> Mapping[str, Detector]:
        """The registered detectors and, where it can be opened, the register; rule SCR403 reports where it cannot."""
        detectors = self._registry.detectors.as_dict()
        try:
            register = self._register()
        except RegisterError:
            return detectors
        return {"register": make_detector(register), **detectors} if register else detectors

    def _terms(self) -> list[str]:
        case = self._case
        terms = [person.get("pseudonym") for _, person in case.items("people")]
        terms += [official.get("name") for _, official in case.items("officials")]
        terms += [case.get("review.board"), case.get("review.reference"), case.get("review.public_case_name.name")]
        fictional = case.get("fictional_names")
        terms += fictional if isinstance(fictional, list) else []
        return [term for term in terms if isinstance(term, str)]


def may_remember(settings: Settings, registry: Registry) -> bool:
    """Whether what is found may be kept and taken from what was kept.

    Not where the user says so, and not in CI, whose cache folder may have been filled by somebody else. Not with another
    model or with detectors of extensions: nothing tells whether those are the same as last time.
    """
    foreign = any(registry.detectors.owner(name) != IDENTIFIERS for name in registry.detectors)
    return not (settings.no_cache or settings.model or foreign or "CI" in os.environ)


@cache
def program() -> bytes:
    """A hash of this package, its word lists and its model as they lie on the disk, and of what else runs with them."""
    from importlib.metadata import PackageNotFoundError, version

    digest = sha256(sys.version.encode())
    for name in LIBRARIES:
        try:
            digest.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            digest.update(f"{name} is missing\n".encode())
    root = Path(__file__).parent
    for path in sorted(path for path in root.rglob("*") if path.is_file() and path.suffix != ".pyc"):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
        digest.update(data)
    return digest.digest()


def to_plain(spans: Iterable[Span]) -> list[list[object]]:
    """Spans as lists: kind, offsets, confidence, names of detectors; no text."""
    return [[span.kind, span.start, span.end, span.confidence.value, list(span.detectors)] for span in spans]


def from_plain(data: bytes) -> tuple[Span, ...] | None:
    """The spans that :func:`to_plain` was given; None if that is not what the data are."""
    try:
        return tuple(
            Span(kind, start, end, Confidence(confidence), tuple(detectors))
            for kind, start, end, confidence, detectors in json.loads(data)
        )
    except (ValueError, TypeError):
        return None
