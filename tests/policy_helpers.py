"""Cases in memory for the tests of rules 1xx to 5xx, and a run of those rules as the gate does it."""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pytest_scr_compliance.cases.validate import schema_problems
from pytest_scr_compliance.errors import ReadError, Undecided
from pytest_scr_compliance.model import (
    Block,
    Case,
    Content,
    Document,
    Finding,
    Place,
    Severity,
    Span,
    parse_date,
)
from pytest_scr_compliance.rules import decision, metadata, publication
from pytest_scr_compliance.rules.base import CaseRule, DocumentRule, Rule
from pytest_scr_compliance.settings import Settings

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 1, 15)
MODULES = (metadata, decision, publication)

VALID_EXCEPTION = {
    "ground": "child-welfare",
    "compelling": True,
    "children": ["sibling-1"],
    "reason": "A consultant psychiatrist advised that classmates would recognise Sibling 1 and that her recovery from "
    "self-harm would end; redaction cannot prevent this because the village knows the funeral.",
    "decided_by": "LSCB chair",
    "decided_on": "2011-02-14",
    "advice": "clinical-1",
}
CLINICAL_ADVICE = {"id": "clinical-1", "by": "Consultant psychiatrist", "on": "2011-02-01", "about": "welfare"}


@cache
def _reference() -> dict[str, Any]:
    text = (DATA / "compliant-case.yaml").read_text(encoding="utf-8")
    return {**yaml.load(text, Loader=yaml.BaseLoader), "version": 1}


def compliant(**changes: Any) -> dict[str, Any]:
    """Metadata that satisfy every rule, with changes: ``review__outcome="died"`` sets ``review.outcome``, None
    deletes."""
    loaded = copy.deepcopy(_reference())
    for path, value in changes.items():
        *parents, last = path.split("__")
        target = loaded
        for name in parents:
            target = target[int(name)] if isinstance(target, list) else target.setdefault(name, {})
        if value is None:
            target.pop(last, None)
        elif isinstance(target, list):
            target[int(last)] = copy.deepcopy(value)
        else:
            target[last] = copy.deepcopy(value)
    return loaded


def case_of(values: Mapping[str, Any], folder: Path = Path("/nowhere")) -> Case:
    """A case in memory, as the loader makes it from a file; without the schema's problems."""
    entries = values.get("documents")
    documents = [
        _document(index, entry if isinstance(entry, dict) else {})
        for index, entry in enumerate(entries if isinstance(entries, list) else [])
    ]
    return Case(folder, values, tuple(documents))


def _document(index: int, entry: Mapping[str, Any]) -> Document:
    texts = {key: entry.get(key) if isinstance(entry.get(key), str) else None for key in ("path", "role", "audience")}
    id = entry.get("id") if isinstance(entry.get("id"), str) else f"document-{index + 1}"
    return Document(id=str(id), index=index, publish_on=parse_date(entry.get("publish_on")), **texts)


@dataclass
class FakeReading:
    """Settings and texts instead of files. A text becomes one block for each paragraph."""

    texts: Mapping[str, str] = field(default_factory=dict)
    settings: Settings = field(default_factory=lambda: Settings(as_of=TODAY))
    accepts: bool = False

    def content(self, document: Document) -> Content:
        if document.id not in self.texts:
            raise ReadError("there is no such file")
        return content_of(self.texts[document.id])

    def spans(self, document: Document) -> tuple[Span, ...]:
        return ()

    def name_spans(self, text: str) -> tuple[Span, ...]:
        return ()

    def has_allows(self) -> bool:
        return self.accepts


def content_of(text: str) -> Content:
    """A text as a reader would give it: one block for each paragraph."""
    blocks, start = [], 0
    for number, paragraph in enumerate(text.split("\n\n"), 1):
        if paragraph:
            blocks.append(Block(start, start + len(paragraph), Place(paragraph=number)))
        start += len(paragraph) + 2
    return Content(text, tuple(blocks))


def rules(modules: Iterable[Any] = MODULES) -> list[type[Rule]]:
    """The rules that the modules register."""
    found: list[type[Rule]] = []

    class Collector:
        add_rule = staticmethod(found.append)

    for module in modules:
        module.setup(Collector())
    return found


@dataclass(frozen=True)
class Run:
    """What a run of the rules found: codes that fail, codes that could not be decided, and all findings."""

    failed: frozenset[str]
    blocked: Mapping[str, str]
    findings: tuple[Finding, ...]

    @property
    def passes(self) -> bool:
        return not self.failed and not self.blocked


def check(case: Case, reading: FakeReading | None = None, modules: Iterable[Any] = MODULES) -> Run:
    """Run the rules over a case. A rule that is blocked by a code that does not fail is an error of the gate."""
    reading = reading or FakeReading()
    failed, blocked, findings = set(), {}, []
    for rule in rules(modules):
        try:
            found = list(_findings(rule, case, reading))
        except Undecided as error:
            blocked[rule.code] = error.because
            continue
        findings += found
        drafting = case.stage == "drafting" and not reading.settings.strict
        failing = {Severity.ERROR} if drafting else {Severity.ERROR, Severity.REVIEW}
        if any(finding.severity in failing for finding in found):
            failed.add(rule.code)
    if "SCR101" in blocked.values() and any(schema_problems(case.metadata, "scr-case", {})):
        failed.add("SCR101")
    unexplained = {code: why for code, why in blocked.items() if why not in failed}
    assert not unexplained, f"could not be decided, and nothing says why: {unexplained}"
    return Run(frozenset(failed), blocked, tuple(findings))


def _findings(rule: type[Rule], case: Case, reading: FakeReading) -> Iterator[Finding]:
    checks = rule()
    if isinstance(checks, CaseRule):
        yield from checks.check(case, reading)
    elif isinstance(checks, DocumentRule):
        for document in case.documents:
            if checks.applies(document):
                yield from checks.check(case, document, reading)
