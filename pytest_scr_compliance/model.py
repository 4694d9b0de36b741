"""The data that flows through the gate: ``paths → Case → Content → Spans → Findings → Report``.

Everything here is frozen, and a field that holds text of a document never shows in a ``repr``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any


class Layer(StrEnum):
    """Who can see a block: every reader, only a curious one, or one who opens the file's properties."""

    VISIBLE = "visible"
    HIDDEN = "hidden"
    METADATA = "metadata"


class Confidence(StrEnum):
    """How sure a detector is: ``certain`` and ``likely`` are errors, ``possible`` needs a person to decide.

    ``faint`` is a hint that counts only beside another; ``slight`` is one, too, but shown where it stands alone.
    No finding has either.
    """

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"
    SLIGHT = "slight"
    FAINT = "faint"

    @property
    def rank(self) -> int:
        """2 for certain, 1 for likely, 0 for possible, below that for slight and faint."""
        return {"certain": 2, "likely": 1, "possible": 0, "slight": -1, "faint": -2}[self.value]


class Severity(StrEnum):
    """What a finding does: ``error`` fails, ``review`` fails from stage ready on, ``note`` never fails."""

    ERROR = "error"
    REVIEW = "review"
    NOTE = "note"


class Outcome(StrEnum):
    """How the check of one rule ended. ``blocked``: it could not be decided, and another rule says why."""

    PASSED = "passed"
    FAILED = "failed"
    BLOCKED = "blocked"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is, in words of the person who looks for it. All numbers count from 1.

    Args:
        document: the document's id; None for the metadata file or the folder itself.
        part: a part of a document, such as ``header``, ``footnote 3`` or ``comment 2``; from a closed vocabulary.
        page, paragraph, line, column: position in the document, or line and column in the metadata file.
        key: path of a metadata key, such as ``documents[1].role``.
    """

    document: str | None = None
    part: str | None = None
    page: int | None = None
    paragraph: int | None = None
    line: int | None = None
    column: int | None = None
    key: str | None = None

    def __str__(self) -> str:
        if self.key is not None or (self.document is None and self.line is not None):
            position = "".join(f":{n}" for n in (self.line, self.column) if n is not None)
            return f"{self.part or 'scr-case.yaml'}{position}" + (f" {self.key}" if self.key else "")
        return " ".join(filter(None, [self.document, self.within])) or "case folder"

    @property
    def within(self) -> str:
        """The place in its document, such as ``header, page 2``; empty for the whole of it."""
        named = [("page", self.page), ("paragraph", self.paragraph), ("line", self.line)]
        words = [self.part] if self.part else []
        return ", ".join([*words, *(f"{name} {number}" for name, number in named if number is not None)])


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a document's text with a place and a layer.

    Args:
        start, end: character offsets into :attr:`Content.text`.
        place: where the run is; its ``document`` is not set by readers.
        layer: who can see it.
    """

    start: int
    end: int
    place: Place = Place()
    layer: Layer = Layer.VISIBLE


@dataclass(frozen=True, slots=True)
class Hidden:
    """Something in a document that a reader could recover although it is not on the page.

    Args:
        name: class of the hidden content, such as ``docx.track.del`` (see docs/hidden.md).
        place: where it is.
        count: how many of it are there.
        severity: what it means by itself; a name inside it is found by the detectors whatever this says.
    """

    name: str
    place: Place = Place()
    count: int = 1
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader found in one document.

    Args:
        text: all text; of a ``.txt`` or ``.md`` file the decoded file as it is, line ends included.
        blocks: runs of ``text`` in its order; they do not overlap. Text between blocks (separators) has no place.
        hidden: recoverable content, by class.
        gaps: places that could not be checked (a picture without OCR, an encrypted part), each with a fixed sentence.
    """

    text: str = field(repr=False)
    blocks: tuple[Block, ...]
    hidden: tuple[Hidden, ...] = ()
    gaps: tuple[tuple[Place, str], ...] = ()

    def block_at(self, offset: int) -> Block | None:
        """The block that holds a character offset into ``text``, or None for a separator."""
        index = bisect_right(self.blocks, offset, key=lambda block: block.start) - 1
        return self.blocks[index] if index >= 0 and offset < self.blocks[index].end else None


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text that can point to a person.

    Args:
        kind: what it is, such as ``person`` or ``nhs-number``.
        start, end: character offsets into the text that was searched; ``end`` is exclusive.
        confidence: how sure it is.
        detectors: names of the detectors that agree on it.
        probability: that it is a name, by a model that read the text; 0 where none found one.
    """

    kind: str
    start: int
    end: int
    confidence: Confidence
    detectors: tuple[str, ...] = ()
    probability: float = 0.0


@dataclass(frozen=True, slots=True)
class Document:
    """One draft file of a case, as the metadata declare it. A value that is missing or malformed is None."""

    id: str
    index: int
    path: str | None = field(default=None, repr=False)
    role: str | None = None
    audience: str | None = None
    route: str | None = None
    publish_on: date | None = None

    @property
    def is_public(self) -> bool:
        """Whether the document must be checked as public output: anything not plainly restricted is."""
        return self.audience != "restricted"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in the metadata file.

    Args:
        rule: which rule reports it: ``unloadable``, ``schema``.
        message: what is wrong and what to write; never a value of the file.
        place: line, column and key path.
    """

    rule: str
    message: str
    place: Place


@dataclass(frozen=True, slots=True)
class Case:
    """A folder that holds ``scr-case.yaml``.

    Args:
        folder: absolute path of the folder.
        metadata: the parsed file as plain dicts, lists, strings, numbers and booleans; dates stay ISO strings.
            Empty when the file could not be loaded.
        documents: the declared documents, in the order of the file.
        places: key path (``decision.outcome``, ``documents[1].role``) → place of its value in the file.
        problems: what is wrong with the file; rules SCR100 and SCR101 report it.
        companions: names of files in the folder that need not be declared.
        above: folders above the case that belong to what was asked for, nearest first.
    """

    folder: Path
    metadata: Mapping[str, Any] = field(repr=False)
    documents: tuple[Document, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict, repr=False)
    problems: tuple[Problem, ...] = ()
    companions: frozenset[str] = frozenset()
    above: tuple[Path, ...] = ()

    @property
    def is_loaded(self) -> bool:
        """Whether the metadata file could be parsed at all."""
        return not any(problem.rule == "unloadable" for problem in self.problems)

    @property
    def stage(self) -> str:
        """``drafting``, ``ready`` or ``published``; ``ready`` when it is missing or unknown, the strict reading."""
        stage = self.get("stage")
        return stage if stage in ("drafting", "ready", "published") else "ready"

    def get(self, key: str, default: Any = None) -> Any:
        """The metadata value at a dotted key path such as ``decision.outcome``, or ``default``."""
        value: Any = self.metadata
        for name in key.split("."):
            if not isinstance(value, Mapping) or name not in value:
                return default
            value = value[name]
        return value

    def date(self, key: str) -> date | None:
        """The date at a dotted key path; None when it is missing or not a strict ``YYYY-MM-DD`` date."""
        return parse_date(self.get(key))

    def items(self, key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Key path and value of each mapping in the list at a dotted key path; other values are passed over."""
        values = self.get(key)
        for index, value in enumerate(values if isinstance(values, list) else []):
            if isinstance(value, Mapping):
                yield f"{key}[{index}]", value

    def place(self, key: str) -> Place:
        """The place of a key path in the metadata file, or of its nearest parent that is there."""
        parent = key
        while parent not in self.places and parent:
            parent = parent[: max(parent.rfind("."), parent.rfind("["), 0)]
        found = self.places.get(parent, Place(line=1, column=1))
        return Place(line=found.line, column=found.column, key=key)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule broken at a place.

    Args:
        code, name: of the rule, such as ``SCR301`` and ``imr-in-public-output``.
        severity: what it does to the outcome.
        message: one sentence in the words of the person who reads it; never text of a document.
        place: where.
        kind: kind of an identifier, class of hidden content, or empty.
        mask: first letter and length of what was found, such as ``K█████████``; empty where nothing was.
        length: number of characters of what was found; 0 where nothing was.
        start: character offset into the document's text, for ``--scr-show-values``; None where it has no text.
        confidence: of an identifier, or empty.
        detectors: names of the detectors that agreed on an identifier.
        fingerprint: by which a person can accept it: 16 hexadecimal digits that tell nothing of the text.
        accepted: how long a person has accepted it for, such as ``until 2027-03-31`` or ``baseline``; empty if nobody has.
        value: the text itself; only ever set for a person at a terminal who asked for it (``--show-values``).
    """

    code: str
    name: str
    severity: Severity
    message: str
    place: Place
    kind: str = ""
    mask: str = ""
    length: int = 0
    start: int | None = None
    confidence: str = ""
    detectors: tuple[str, ...] = ()
    fingerprint: str = ""
    accepted: str = ""
    value: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Result:
    """How one rule ended for one case or one of its documents.

    Args:
        code: of the rule.
        document: id of the document, or None for a rule on the case.
        outcome: how it ended.
        findings: those that stand.
        because: the rule that says why this one could not be decided.
        accepted: findings that a person has accepted; they do not count for the outcome.
    """

    code: str
    document: str | None
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    because: str | None = None
    accepted: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseReport:
    """All results of one case.

    Args:
        folder: the case folder as the user named it.
        stage: the stage that decided how strict the check was.
        results: one for each rule, or for each rule and document.
    """

    folder: str
    stage: str
    results: tuple[Result, ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings of the case, in the order of the rules."""
        return tuple(finding for result in self.results for finding in result.findings)

    @property
    def accepted(self) -> tuple[Finding, ...]:
        """All findings that a person has accepted."""
        return tuple(finding for result in self.results for finding in result.accepted)

    @property
    def may_publish(self) -> bool:
        """Whether every rule passed."""
        return bool(self.results) and all(result.outcome is Outcome.PASSED for result in self.results)


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of a run."""

    cases: tuple[CaseReport, ...]

    @property
    def may_publish(self) -> bool:
        """Whether there is a case and every case may be published."""
        return bool(self.cases) and all(case.may_publish for case in self.cases)


def parse_date(value: object) -> date | None:
    """A strict ``YYYY-MM-DD`` string as a date; None for anything else."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def mask(text: str) -> str:
    """First letter and length of a secret, in as many characters: ``K█████████``."""
    return text[:1] + "█" * (len(text) - 1)
