"""Rules 320 to 323: sections, the statement on anonymity, and too much redaction."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_scr_compliance.rules import content

from .policy_helpers import FakeReading, Run, case_of, check, compliant

SUMMARY = """# Executive summary about Child A

Names have been replaced by roles so that the family cannot be recognised.

## 1. The review process

A panel met six times.

## 2. Key issues

Missed appointments were not followed up.

## 3. Lessons learned

Missed appointments are a sign of possible neglect.

## 4. Recommendations

The board should have them reported.

## 5. Action plan

The trust reports them from April 2011."""

OVERVIEW = """Overview report about Child A

Both reports have been anonymised.

4 LESSONS LEARNED

Missed appointments are a sign of possible neglect.

5 RECOMMENDATIONS

The board should have them reported."""


def run(summary: str = SUMMARY, overview: str = OVERVIEW, **changes: Any) -> Run:
    return check(case_of(compliant(**changes)), FakeReading({"overview": overview, "summary": summary}), [content])


def test_complete_documents_pass() -> None:
    assert run().passes


@pytest.mark.parametrize("heading", ["1. The review process", "2. Key issues", "4. Recommendations", "5. Action plan"])
def test_a_summary_without_a_section_fails(heading: str) -> None:
    found = run(SUMMARY.replace(f"## {heading}", "## More"))
    assert found.failed == {"SCR320"}
    assert found.findings[0].place.document == "summary"


@pytest.mark.parametrize(
    ("heading", "synonym"),
    [
        ("1. The review process", "1. Terms of reference and methodology"),
        ("2. Key issues", "2. Key themes"),
        ("4. Recommendations", "What needs to change"),
        ("5. Action plan", "5. PROGRESS ON ACTIONS"),
    ],
)
def test_a_section_may_be_called_otherwise(heading: str, synonym: str) -> None:
    assert run(SUMMARY.replace(f"## {heading}", synonym)).passes


def test_words_in_running_text_are_no_section() -> None:
    text = SUMMARY.replace(
        "## 5. Action plan\n\n", "The action plan of the board is as follows and has been agreed.\n\n"
    )
    assert run(text).failed == {"SCR320"}


def test_in_drafting_a_missing_section_is_shown() -> None:
    found = run(SUMMARY.replace("## 5. Action plan", "## More"), stage="drafting")
    assert found.passes and [finding.code for finding in found.findings] == ["SCR320"]


def test_a_report_without_lessons_or_recommendations_needs_a_person() -> None:
    assert run(overview=OVERVIEW.replace("4 LESSONS LEARNED", "4 MORE")).failed == {"SCR321"}
    assert run(overview=OVERVIEW.replace("5 RECOMMENDATIONS", "5 MORE")).failed == {"SCR321"}


@pytest.mark.parametrize(
    "statement",
    [
        "Names have been replaced by letters.",
        "Holly is not the child's real name.",
        "To protect the identity of the family, roles are used.",
        "The following pseudonyms are used.",
        "Exact dates have been avoided and some details have been removed so that nobody can be identified.",
    ],
)
def test_statements_on_anonymity(statement: str) -> None:
    assert run(overview=OVERVIEW.replace("Both reports have been anonymised.", statement)).passes


def test_a_report_that_does_not_say_how_it_was_anonymised() -> None:
    text = OVERVIEW.replace("Both reports have been anonymised.", "Reports should be published.")
    assert run(overview=text).failed == {"SCR322"}


@pytest.mark.parametrize("mark", ["██████", "[name redacted]", "XXXXX", "[....]", "[date]"])
def test_too_much_redaction_needs_a_person(mark: str) -> None:
    assert run(overview=OVERVIEW + "\n\n" + f" {mark} went to the clinic." * 9).failed == {"SCR323"}
    assert run(overview=OVERVIEW + "\n\n" + f"{mark} went to the clinic. " + "She was seen by a doctor. " * 20).passes


@pytest.mark.parametrize("mark", ["[12]", "[sic]", "[2012] EWCA", "[a board's page](https://example.org)"])
def test_brackets_that_redact_nothing(mark: str) -> None:
    assert content.redacted_share(f"As was said {mark} in the case.") == 0


def test_restricted_documents_need_no_sections() -> None:
    assert run(documents__0__audience="restricted", overview="Nothing").passes
