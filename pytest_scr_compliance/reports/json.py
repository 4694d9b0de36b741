"""Report → JSON, by ``schemas/report.schema.json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from .. import __version__
from ..app import Checker
from ..model import CaseReport, Finding, Report, Result

INDENT = "\n    "


def write_json(report: Report, checker: Checker) -> str:
    """The whole report as JSON text with a line end; no text of any document is in it."""
    value = {
        "version": 1,
        "tool": {"name": "pytest-scr-compliance", "version": __version__, "extensions": versions(checker)},
        "as_of": checker.settings.today.isoformat(),
        "may_publish": report.may_publish,
        "cases": [],
    }
    before, after = _text(value).rsplit("[]\n", 1)
    if not report.cases:
        return f"{before}[]\n{after}\n"
    # One case after the other: of thousands at once, the encoder would hold many times the memory of the text.
    parts = [before, "["]
    for case in report.cases:
        parts += ["," * (len(parts) > 2), INDENT, _text(_case(case)).replace("\n", INDENT)]
    return "".join([*parts, "\n  ]\n", after, "\n"])


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)


def versions(checker: Checker) -> dict[str, str]:
    """Name of each extension → its version."""
    return {name: metadata.get("version", "unknown") for name, metadata in checker.extensions.items()}


def _case(case: CaseReport) -> Mapping[str, Any]:
    return {
        "folder": case.folder,
        "stage": case.stage,
        "may_publish": case.may_publish,
        "results": [_result(result) for result in case.results],
    }


def _result(result: Result) -> Mapping[str, Any]:
    return {
        "code": result.code,
        "document": result.document,
        "outcome": result.outcome.value,
        "because": result.because,
        "findings": [finding_value(finding) for finding in result.findings],
        "accepted": [finding_value(finding) for finding in result.accepted],
    }


def finding_value(finding: Finding) -> Mapping[str, Any]:
    """A finding as plain values; empty fields are left out."""
    defaults = {field.name: field.default for field in fields(Finding)}
    value = {key: item for key, item in asdict(finding).items() if item != defaults[key]}
    value["place"] = {key: item for key, item in value["place"].items() if item is not None}
    return value
