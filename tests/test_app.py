"""The engine and what extensions see of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pytest_scr_compliance import CaseRule, Checker, DocumentRule, Finding, Place, Severity, Span
from pytest_scr_compliance.errors import ExtensionError, Undecided
from pytest_scr_compliance.model import Case, Confidence, Document, Outcome
from pytest_scr_compliance.rules.base import Reading
from pytest_scr_compliance.settings import make_settings
from pytest_scr_compliance.testing import check_detector, check_rule, make_case

from .conftest import AS_OF

SETTINGS = make_settings({"as_of": AS_OF})


class Undecidable(CaseRule):
    """It cannot decide and names a rule that has nothing to say."""

    code, name, citation = "TST104", "undecidable", "test"

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        raise Undecided("SCR101")


class Blocked(DocumentRule):
    """It needs what another document holds."""

    code, name, citation = "TST105", "blocked", "test"

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        reading.content(case.documents[0])
        yield from ()


def test_a_rule_that_cannot_decide_without_a_reason_fails(tmp_path: Path) -> None:
    (result,) = check_rule(Undecidable, make_case(tmp_path), SETTINGS)
    assert result.outcome is Outcome.FAILED
    assert result.findings[0].code == "SCR002"


def test_a_rule_that_cannot_decide_for_a_told_reason_is_blocked(tmp_path: Path) -> None:
    (result,) = check_rule(Undecidable, make_case(tmp_path, {"stage": "soon"}), SETTINGS)
    assert (result.outcome, result.because) == (Outcome.BLOCKED, "SCR101")


def test_a_blocked_case_must_not_be_published(tmp_path: Path) -> None:
    make_case(tmp_path, {"documents[0].path": "../elsewhere.md"}, {"overview-report.md": None})
    report = Checker(SETTINGS).check([tmp_path])
    assert not report.may_publish
    codes = {finding.code for finding in report.cases[0].findings}
    assert codes == {"SCR103"}
    blocked = {result.code for result in report.cases[0].results if result.outcome is Outcome.BLOCKED}
    assert {"SCR001", "SCR401"} <= blocked


def test_a_missing_document_is_told_once(tmp_path: Path) -> None:
    make_case(tmp_path, files={"overview-report.md": None})
    (case,) = Checker(SETTINGS).check([tmp_path]).cases
    assert [finding.code for finding in case.findings] == ["SCR001"]
    assert case.findings[0].place.document == "overview"


def test_an_empty_report_is_no_pass(tmp_path: Path) -> None:
    assert not Checker(SETTINGS).check([tmp_path]).may_publish


def test_a_callback_may_add_findings_and_drop_none(tmp_path: Path) -> None:
    extra = Finding("TST106", "extra", Severity.ERROR, "added", Place())
    checker = Checker(SETTINGS)
    checker.connect("findings-collected", lambda case, findings: [extra] if not findings else [])
    (case,) = checker.check([make_case(tmp_path)]).cases
    assert "TST106" in {finding.code for finding in case.findings}
    assert not case.may_publish


def test_events_are_few_and_known() -> None:
    checker = Checker()
    with pytest.raises(ExtensionError, match="no event 'case-load'; there are: settings-ready"):
        checker.connect("case-load", print)


def test_the_same_name_twice_is_an_error() -> None:
    checker = Checker()
    checker.add_detector("mine", lambda text: ())
    with pytest.raises(ExtensionError, match="detector 'mine'"):
        checker.add_detector("mine", lambda text: ())


def test_a_detector_of_an_extension_is_heard(tmp_path: Path) -> None:
    def detect(text: str) -> Iterator[Span]:
        at = text.find("rented housing")
        if at >= 0:
            yield Span("case-reference", at, at + 6, Confidence.CERTAIN, ("mine",))

    checker = Checker(SETTINGS)
    checker.add_detector("mine", detect)
    (case,) = checker.check([make_case(tmp_path)]).cases
    (finding,) = [finding for finding in case.findings if finding.detectors == ("mine",)]
    assert (finding.kind, finding.length, finding.place.document) == ("case-reference", 6, "overview")
    assert finding.mask == "r█████"


def test_what_is_not_plainly_restricted_is_checked_as_public(tmp_path: Path) -> None:
    make_case(
        tmp_path, {"documents[2].audience": "restrictd"}, {"imr-health.md": "Ring Mrs Quill on 01632 960123. " * 30}
    )
    (case,) = Checker(SETTINGS).check([tmp_path]).cases
    assert "SCR401" in {finding.code for finding in case.findings if finding.place.document == "imr-health"}


def test_a_case_with_broken_metadata_still_has_its_documents_checked(tmp_path: Path) -> None:
    make_case(tmp_path, {"review.outcome": 3}, {"overview-report.md": "Ring Mrs Quill on 01632 960123. " * 30})
    (case,) = Checker(SETTINGS).check([tmp_path]).cases
    assert {"SCR101", "SCR401"} <= {finding.code for finding in case.findings}


def test_nothing_in_a_case_folder_is_modified(tmp_path: Path) -> None:
    make_case(tmp_path)
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*")}
    Checker(SETTINGS).check([tmp_path])
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in tmp_path.rglob("*")} == before


def test_check_detector_refuses_offsets_outside_of_the_text() -> None:
    with pytest.raises(AssertionError, match="outside"):
        check_detector(lambda text: [Span("x", 0, 9, Confidence.LIKELY)], "short")


def test_no_repr_shows_text(tmp_path: Path) -> None:
    checker = Checker(SETTINGS)
    case, reading = checker.open(make_case(tmp_path))
    content = reading.content(case.documents[0])
    shown = repr((case, content, case.documents))
    assert "Northmere" not in shown
    assert "overview-report.md" not in shown
    assert "Mother" not in shown
