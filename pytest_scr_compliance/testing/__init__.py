"""For those who write extensions, and for the gate's own tests: make a case, and run one rule or detector on it.

Signatures are stable; the text of the sample case is not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..app import Checker, Task
from ..model import Result, Span
from ..registry import Detector
from ..rules.base import Rule
from ..settings import Settings

REMOVE = object()
"""As a value of ``changes``: take the key away."""

_FOLDER = Path(__file__).parent
_DOCUMENTS = ("overview-report.md", "executive-summary.md", "imr-health.md")


def make_case(
    folder: Path, changes: Mapping[str, Any] | None = None, files: Mapping[str, str | bytes | None] | None = None
) -> Path:
    """Write a case that passes every rule of the gate, with changes; the path of its folder.

    Args:
        folder: is made if needed.
        changes: key path such as ``review.initiated_on`` or ``documents[1].role`` → new value, or :data:`REMOVE`. An
            index one past the end of a list appends.
        files: path below the folder → content, in place of or in addition to the documents; None leaves it out.
    """
    import yaml

    from ..cases.parse import parse_yaml

    folder.mkdir(parents=True, exist_ok=True)
    metadata = parse_yaml((_FOLDER / "scr-case.yaml").read_bytes()).value
    for key, value in (changes or {}).items():
        _change(metadata, key, value)
    (folder / "scr-case.yaml").write_text(yaml.safe_dump(metadata, sort_keys=False, allow_unicode=True), "utf-8")
    documents: dict[str, str | bytes | None] = {name: (_FOLDER / name).read_bytes() for name in _DOCUMENTS}
    for path, content in {**documents, **(files or {})}.items():
        if content is not None:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def _change(metadata: Any, key: str, value: Any) -> None:
    parts = [int(part) if part.isdigit() else part for part in key.replace("[", ".").replace("]", "").split(".")]
    for part in parts[:-1]:
        metadata = metadata[part] if isinstance(part, int) else metadata.setdefault(part, {})
    last = parts[-1]
    if value is REMOVE:
        del metadata[last]
    elif isinstance(last, int) and last == len(metadata):
        metadata.append(value)
    else:
        metadata[last] = value


def check_rule(rule: type[Rule], folder: Path, settings: Settings | None = None) -> tuple[Result, ...]:
    """The results of one rule, registered or not, for the case in a folder: one, or one for each document.

    Args:
        rule: the class.
        folder: of the case, for example made by :func:`make_case`.
        settings: as for :class:`~..app.Checker`.
    """
    checker = Checker(settings)
    if rule.code not in checker.registry.rules:
        checker.add_rule(rule)
    case, reading = checker.open(folder)
    tasks: Iterable[Task] = (task for task in checker.tasks(case) if task.rule.code == rule.code)
    return tuple(checker.run(case, reading, task) for task in tasks)


def check_detector(detector: Detector, text: str) -> list[tuple[str, str]]:
    """Kind and text of each span that a detector finds, in order; fails if an offset lies outside of the text.

    Args:
        detector: text → spans.
        text: what to search; it is the caller's own, so it may be returned.
    """
    spans: list[Span] = sorted(detector(text), key=lambda span: (span.start, span.end))
    for span in spans:
        if not 0 <= span.start < span.end <= len(text):
            raise AssertionError(f"a span of kind {span.kind!r} lies outside of the text")
    return [(span.kind, text[span.start : span.end]) for span in spans]


def sample_text(name: str) -> str:
    """The text of a document that :func:`make_case` writes, such as ``overview-report.md``, to build changed ones from."""
    return (_FOLDER / name).read_text(encoding="utf-8")
