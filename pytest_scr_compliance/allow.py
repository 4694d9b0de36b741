"""Findings that a person has accepted: ``scr-allow.yaml``, comments in text files, and the baseline of a repository."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from .cases.load import read_regular_file
from .cases.parse import Parsed, parse_yaml
from .cases.validate import schema_problems
from .errors import ConfigError, LoadError, ReadError
from .model import Finding, Place, parse_date

ALLOW_FILE = "scr-allow.yaml"
COMMENTED_SUFFIXES = frozenset({".md", ".markdown", ".txt"})
COMMENT = re.compile(r"<!--\s*scr:\s*allow\b(.*?)-->", re.DOTALL)
MAX_BYTES = 1_000_000
REGISTER = "register"
"""Name of the detector of names from the register."""

_TERMS = re.compile(
    r"\s+(?P<code>[A-Z]{3,5}[0-9]{3})\s+until\s+(?P<until>\S+)\s+by\s+(?P<by>\S.{2,200}?)\s+because\s+(?P<why>\S.{9,1000}?)\s*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Allow:
    """One accepted finding.

    Args:
        code: of the rule.
        document: id of the document, or None for a finding on the case itself.
        place: where the acceptance is written.
        fingerprint: of the finding; empty for a comment.
        until: the last day on which it holds; None if what is written there is no date.
        stretch: of a comment: start and end of what it covers, character offsets into the document's text.
        lines: of a comment: the lines that it covers, counted from 1.
        baseline: whether it stems from the baseline and has no end.
    """

    code: str
    document: str | None
    place: Place
    fingerprint: str = ""
    until: date | None = None
    stretch: tuple[int, int] = (0, 0)
    lines: range = range(0)
    baseline: bool = False

    def holds(self, today: date) -> bool:
        """Whether it is still good on a day; the last day is included."""
        return self.baseline or (self.until is not None and today <= self.until)

    def covers(self, finding: Finding) -> bool:
        """Whether this finding is meant."""
        if (self.code, self.document) != (finding.code, finding.place.document):
            return False
        if self.fingerprint:
            return self.fingerprint == finding.fingerprint
        if finding.start is not None:
            return self.stretch[0] <= finding.start < self.stretch[1]
        return finding.place.line in self.lines

    @property
    def term(self) -> str:
        """How long it holds, for reports."""
        return "baseline" if self.baseline else f"until {self.until}"


def is_of_register(finding: Finding) -> bool:
    """Whether a name from the register was found, which nobody can accept."""
    return REGISTER in finding.detectors


@dataclass(frozen=True, slots=True)
class Allows:
    """What is accepted, and what is wrong with how it is written."""

    entries: tuple[Allow, ...] = ()
    problems: tuple[tuple[str, Place], ...] = field(default=(), repr=False)


def read_allows(folder: Path) -> Allows:
    """The entries of a case's ``scr-allow.yaml``; none if there is no such file. Those with a problem do not count."""
    if not (folder / ALLOW_FILE).exists() and not (folder / ALLOW_FILE).is_symlink():
        return Allows()
    try:
        parsed = parse_yaml(read_regular_file(folder, ALLOW_FILE, MAX_BYTES))
    except (LoadError, ReadError) as error:
        line, column = getattr(error, "line", None) or 1, getattr(error, "column", None) or 1
        return Allows(problems=((error.reason, Place(part=ALLOW_FILE, line=line, column=column)),))
    return _allows(parsed)


def _allows(parsed: Parsed) -> Allows:
    def here(place: Place) -> Place:
        return Place(part=ALLOW_FILE, line=place.line, column=place.column)

    # A date that is none counts as expired, which another rule reports.
    found = [
        (message, place)
        for message, place in schema_problems(parsed.value, "scr-allow", parsed.places)
        if not (place.key or "").endswith(".until")
    ]
    broken = {(place.key or "").partition(".")[0] for _, place in found}
    values = parsed.value.get("allows")
    entries = [
        Allow(
            value["code"],
            value.get("document"),
            here(parsed.places[f"allows[{index}]"]),
            value["fingerprint"],
            parse_date(value["until"]),
        )
        for index, value in enumerate(values if isinstance(values, list) else [])
        if f"allows[{index}]" not in broken
    ]
    return Allows(tuple(entries), tuple((message, here(place)) for message, place in found))


def comments(text: str, document: str) -> Allows:
    """The acceptances in the comments of a text file, each for its own line and the next one that is not empty.

    ``<!-- scr: allow SCR401 until 2027-03-31 by data protection officer because the father consented in writing -->``

    Args:
        text: of the document.
        document: its id.
    """
    entries: list[Allow] = []
    problems: list[tuple[str, Place]] = []
    for match in COMMENT.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        place = Place(document=document, part="comment", line=line)
        terms = _TERMS.fullmatch(match[1])
        if terms is None:
            problems.append(("must read: scr: allow CODE until YYYY-MM-DD by ROLE because REASON", place))
            continue
        start = text.rfind("\n", 0, match.start()) + 1
        rest = re.compile(r"[^\n]*(?:\n[ \t\r]*)*[^\n]*").match(text, match.end())
        end = rest.end() if rest else len(text)
        lines = range(line, line + text.count("\n", match.start(), end) + 1)
        entries.append(
            Allow(terms["code"], document, place, until=parse_date(terms["until"]), stretch=(start, end), lines=lines)
        )
    return Allows(tuple(entries), tuple(problems))


def last_days(text: str) -> tuple[range, ...]:
    """Where the comments of a text file name their last day, as ranges of offsets: a date that identifies nobody."""
    matches = ((match, _TERMS.fullmatch(match[1])) for match in COMMENT.finditer(text))
    return tuple(
        range(match.start(1) + terms.start("until"), match.start(1) + terms.end("until"))
        for match, terms in matches
        if terms is not None
    )


def new_entries(folder: Path, findings: Iterable[Finding], reason: str, approved_by: str, until: str) -> str:
    """The text of a case's ``scr-allow.yaml`` with an entry for each finding added to it; nothing is written.

    Raises:
        ConfigError: the entries, or the file as it is, do not fit the schema.
    """
    from json import dumps

    path = folder / ALLOW_FILE
    text = path.read_text(encoding="utf-8").rstrip() if path.exists() else "version: 1\nallows:"
    text = re.sub(r"allows:\s*\[\s*\]\Z", "allows:", text)
    for finding in findings:
        values = {"code": finding.code, "document": finding.place.document, "fingerprint": finding.fingerprint}
        values |= {"reason": reason, "approved_by": approved_by, "until": until}
        # A text in JSON is the same text in YAML.
        lines = [f"{key}: {dumps(value, ensure_ascii=False)}" for key, value in values.items() if value is not None]
        text += "\n  - " + "\n    ".join(lines)
    try:
        parsed = parse_yaml(text.encode())
    except LoadError as error:
        raise ConfigError(f"{ALLOW_FILE} is not as this command writes it, line {error.line}: {error.reason}") from None
    for message, place in schema_problems(parsed.value, "scr-allow", parsed.places):
        raise ConfigError(f"{ALLOW_FILE}, {(place.key or 'file').rpartition('.')[2]}: {message}")
    return text + "\n"


def read_baseline(path: Path) -> Mapping[Path, tuple[Allow, ...]]:
    """Case folder → the findings that were there before the gate.

    Raises:
        ConfigError: the file cannot be read or is no baseline.
    """
    try:
        parsed = parse_yaml(path.read_bytes())
    except OSError as error:
        raise ConfigError(f"the baseline cannot be read ({type(error).__name__})") from None
    except LoadError as error:
        raise ConfigError(f"the baseline cannot be read, line {error.line}: {error.reason}") from None
    for message, place in schema_problems(parsed.value, "scr-baseline", parsed.places):
        raise ConfigError(f"the baseline does not fit its schema, line {place.line}: {message}")
    above = path.absolute().parent
    folders = {name: Path(above, name).resolve() for name in parsed.value["cases"]}
    return {
        folder: tuple(
            Allow(
                item["code"],
                item.get("document"),
                Place(part=path.name, line=parsed.places[f"cases.{name}[{index}]"].line),
                item["fingerprint"],
                baseline=True,
            )
            for index, item in enumerate(parsed.value["cases"][name])
        )
        for name, folder in folders.items()
    }


def baseline_value(found: Iterable[tuple[Path, Iterable[Finding]]], above: Path) -> dict[str, Any]:
    """A baseline as plain values.

    Args:
        found: case folder and its findings.
        above: the folder in which the baseline will lie.
    """

    def items(findings: Iterable[Finding]) -> Iterator[dict[str, str]]:
        for finding in findings:
            document = {"document": finding.place.document} if finding.place.document else {}
            yield {"code": finding.code, **document, "place": str(finding.place), "fingerprint": finding.fingerprint}

    cases = {
        Path(os.path.relpath(folder.resolve(), above.resolve())): list(items(findings)) for folder, findings in found
    }
    return {"version": 1, "cases": {folder.as_posix(): findings for folder, findings in cases.items() if findings}}
