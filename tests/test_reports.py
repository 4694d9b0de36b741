"""The report formats."""

from __future__ import annotations

import json

import pytest

from pytest_scr_compliance import Checker
from pytest_scr_compliance.model import CaseReport, Outcome, Report, Result
from pytest_scr_compliance.reports.json import write_json


@pytest.mark.parametrize("count", [0, 1, 3])
def test_json_is_written_as_if_at_once(count: int) -> None:
    results = (Result("SCR104", None, Outcome.PASSED), Result("SCR401", "overview", Outcome.BLOCKED, because="SCR001"))
    cases = tuple(CaseReport(f"cases/[]\n{number}", "ready", results) for number in range(count))
    text = write_json(Report(cases), Checker())
    value = json.loads(text)
    assert [case["folder"] for case in value["cases"]] == [case.folder for case in cases]
    assert text == json.dumps(value, indent=2, ensure_ascii=False) + "\n"
