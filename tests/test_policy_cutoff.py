"""The cutoff of 10 June 2010, day by day, and the policy as a whole."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_scr_compliance.model import Severity
from pytest_scr_compliance.policy import decide, load

from .policy_helpers import case_of, check, compliant


@pytest.mark.parametrize(
    ("day", "outcome", "noted"),
    [
        (9, "publish-summary-only", False),
        (10, "publish-both", True),
        (11, "publish-both", True),
        (18, "publish-both", True),
        (19, "publish-both", False),
        (20, "publish-both", False),
    ],
)
def test_boundary_days(day: int, outcome: str, noted: bool) -> None:
    values = compliant(review__initiated_on=f"2010-06-{day:02}", decision__outcome=outcome)
    if outcome == "publish-summary-only":
        values["documents"][0]["audience"] = "restricted"
    run = check(case_of(values))
    assert run.passes
    notes = [finding for finding in run.findings if finding.severity is Severity.NOTE]
    assert bool(notes) is noted
    if noted:
        assert '"from 19th June 2010"' in notes[0].message


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2013, 4, 14)))
def test_the_duty_changes_once(initiated_on: date) -> None:
    law = decide(initiated_on)
    assert law is not None
    wanted = "publish-both" if initiated_on >= date(2010, 6, 10) else "publish-summary-only"
    assert law.regime.default.outcome == wanted


@settings(deadline=None)
@given(st.dates(date(1998, 1, 1), date(2030, 1, 1)))
def test_every_day_of_publication_has_its_data_protection_law(published_on: date) -> None:
    law = load().law_on(published_on)
    assert law is not None
    assert law.law == f"Data Protection Act {1998 if published_on < date(2018, 5, 25) else 2018}"


def test_a_review_that_fits_no_policy_is_an_error() -> None:
    run = check(case_of(compliant(review__type="domestic-homicide-review", review__initiated_on="2001-02-03")))
    assert run.failed == {"SCR207"}
    assert set(run.blocked.values()) == {"SCR207"}


def test_the_national_commitments_are_those_of_the_briefing() -> None:
    cases = {case.id: case for case in load().national_cases}
    assert set(cases) == {"connelly", "edlington", "matthews", "ishaq"}
    assert {case.publication_date for case in cases.values()} == {"none set"}
    assert {id for id, case in cases.items() if case.executive_summary == "outstanding"} == {"matthews", "ishaq"}


def test_the_engine_knows_no_date_and_no_name() -> None:
    from pathlib import Path

    import pytest_scr_compliance

    package = Path(pytest_scr_compliance.__file__).parent
    for path in [*package.glob("policy/*.py"), package / "rules" / "law.py"]:
        text = path.read_text(encoding="utf-8")
        assert "2010-" not in text and "date(20" not in text and "Connelly" not in text, path.name


def test_regimes_touch_without_a_gap() -> None:
    before, after = load().regimes
    assert before.period.last is not None and after.period.first is not None
    assert before.period.last + timedelta(days=1) == after.period.first
