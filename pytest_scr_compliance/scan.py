"""Readers and detectors alone, without a case: what ``scr-compliance scan`` prints and benchmarks use."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from .app import Checker
from .cases.load import read_regular_file
from .errors import ConfigError, ReadError
from .identifiers import Permitted, identify
from .model import Block, Content, Hidden, Place, Severity, Span, mask
from .rules.hygiene import rule_of


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found in one file.

    Args:
        path: as the user wrote it.
        content: what the file holds, or None when it could not be read.
        spans: the identifiers in it.
        reason: why it could not be read.
    """

    path: str
    content: Content | None = None
    spans: tuple[Span, ...] = ()
    reason: str = ""

    @property
    def is_clean(self) -> bool:
        """Whether the whole file could be read and nothing was found in it."""
        content = self.content
        return content is not None and not (
            self.spans or content.gaps or any(item.severity is not Severity.NOTE for item in content.hidden)
        )


def read_terms(path: Path) -> tuple[str, ...]:
    """Permitted terms, one a line; empty lines and lines that start with ``#`` are passed over.

    Raises:
        ConfigError: the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the file of permitted terms cannot be read ({type(error).__name__})") from None
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


def scan_files(paths: Iterable[Path], checker: Checker, terms: Iterable[str] = ()) -> tuple[Scan, ...]:
    """Scan files, each by itself.

    Args:
        paths: files to scan.
        checker: its settings, readers and detectors are used.
        terms: permitted terms.
    """
    permitted = Permitted.build(terms, [Path(name) for name in checker.settings.vocabulary])
    return tuple(_scan(path, checker, permitted) for path in paths)


def _scan(path: Path, checker: Checker, permitted: Permitted) -> Scan:
    settings, registry = checker.settings, checker.registry
    try:
        data = read_regular_file(path.resolve().parent, path.resolve().name, settings.max_file_mb * 1_000_000)
        content = checker.read(data, path.suffix.lower())
    except ReadError as error:
        return Scan(path.as_posix(), reason=error.reason)
    return Scan(path.as_posix(), content, identify(content.text, registry.detectors.as_dict(), permitted))


def write_scan(scans: Iterable[Scan], form: str) -> str:
    """Scans as ``json`` (the contract of the design, §7) or ``text``; no text of any file is in either."""
    if form == "json":
        return json.dumps({"documents": [_value(scan) for scan in scans]}, indent=2) + "\n"
    return "\n".join(line for scan in scans for line in _lines(scan)) + "\n"


def _value(scan: Scan) -> dict[str, Any]:
    content = scan.content
    if content is None:
        empty: dict[str, Any] = {"words": 0, "text_sha256": None, "spans": [], "hidden": []}
        return {"path": scan.path, "readable": False, "reason": scan.reason, **empty}
    return {
        "path": scan.path,
        "readable": True,
        "words": len(content.text.split()),
        "text_sha256": sha256(content.text.encode("utf-8", "surrogatepass")).hexdigest(),
        "spans": [_span(span, content) for span in scan.spans],
        "hidden": [_hidden(item) for item in content.hidden],
        "gaps": [{"page": place.page, "part": place.part, "reason": reason} for place, reason in content.gaps],
    }


def _span(span: Span, content: Content) -> dict[str, Any]:
    block = content.block_at(span.start) or Block(span.start, span.end)
    return {
        "kind": span.kind,
        "confidence": span.confidence.value,
        "start": span.start,
        "end": span.end,
        "layer": block.layer.value,
        "page": block.place.page,
        "paragraph": block.place.paragraph,
        "detectors": list(span.detectors),
    }


def _hidden(item: Hidden) -> dict[str, Any]:
    return {
        "class": item.name,
        "code": rule_of(item),
        "severity": item.severity.value,
        "page": item.place.page,
        "count": item.count,
    }


def _lines(scan: Scan) -> Iterable[str]:
    content = scan.content
    if content is None:
        yield f"{scan.path}: cannot be read: {scan.reason}"
        return
    yield f"{scan.path}: {len(scan.spans)} identifiers, {sum(item.count for item in content.hidden)} hidden, " + (
        f"{len(content.text.split())} words"
    )
    for span in scan.spans:
        block = content.block_at(span.start) or Block(span.start, span.end)
        secret = mask(content.text[span.start : span.end])[:24]
        yield f"  {span.confidence:8} {span.kind:16} {_where(block.place)}: {secret} ({', '.join(span.detectors)})"
    for item in content.hidden:
        yield f"  {item.severity:8} {item.name:16} {_where(item.place)} ×{item.count}"
    for place, reason in content.gaps:
        yield f"  error    {_where(place)}: {reason}"


def _where(place: Place) -> str:
    return place.within or "whole file"
