"""Later regimes are data: the same rules, other answers."""

from __future__ import annotations

from typing import Any

import pytest

from .policy_helpers import CLINICAL_ADVICE, VALID_EXCEPTION, case_of, check, compliant

SIGNED_2018 = "Data Protection Act 2018"


def later(kind: str, initiated_on: str, outcome: str, public: dict[str, str], **changes: Any) -> dict[str, Any]:
    """Metadata of a review of a later regime; ``public`` maps ids of public documents to their roles."""
    values = compliant(
        review__type=kind,
        review__initiated_on=initiated_on,
        decision__outcome=outcome,
        decision__decided_on="2024-09-01",
    )
    values["sign_off"]["data_protection"]["law"] = SIGNED_2018
    documents = [
        {"id": id, "path": f"{id}.md", "role": role, "audience": "public", "publish_on": "2024-10-01"}
        for id, role in public.items()
    ]
    values["documents"] = [*documents, values["documents"][2]]
    if "adult" in kind or "homicide" in kind:
        values["people"][0]["class"] = "subject-adult"
    return {**values, **changes}


REPORT = {"report": "overview-report"}
BOTH = {"report": "overview-report", "summary": "executive-summary"}
SCR = "serious-case-review"
LCSPR = "local-child-safeguarding-practice-review"
DHR = "domestic-homicide-review"
SAR = "safeguarding-adults-review"


@pytest.mark.parametrize(
    ("kind", "initiated_on", "outcome", "public", "broken"),
    [
        (SCR, "2014-01-01", "publish-report", {**REPORT, "response": "response"}, set()),
        (SCR, "2014-01-01", "publish-report", REPORT, {"SCR302"}),
        (SCR, "2016-01-01", "publish-report", {**BOTH, "response": "response"}, set()),
        (SCR, "2016-01-01", "publish-both", BOTH, {"SCR202"}),
        (SCR, "2016-01-01", "withhold", {}, {"SCR202"}),
        (LCSPR, "2020-01-01", "publish-report", REPORT, set()),
        (LCSPR, "2024-01-01", "publish-improvements-only", {"learning": "improvements"}, {"SCR202"}),
        (LCSPR, "2024-01-01", "withhold", {}, {"SCR202"}),
        (LCSPR, "2024-01-01", "publish-report", {**REPORT, "agency": "imr"}, {"SCR301"}),
        (DHR, "2015-01-01", "publish-both", BOTH, set()),
        (DHR, "2018-01-01", "publish-both", BOTH, {"SCR302"}),
        (DHR, "2018-01-01", "publish-both", {**BOTH, "letter": "approval-letter"}, set()),
        (SAR, "2018-01-01", "publish-report", REPORT, set()),
        (SAR, "2018-01-01", "withhold", REPORT, {"SCR202", "SCR303"}),
    ],
)
def test_later_regimes(kind: str, initiated_on: str, outcome: str, public: dict[str, str], broken: set[str]) -> None:
    assert check(case_of(later(kind, initiated_on, outcome, public))).failed == broken


def excepted(values: dict[str, Any], ground: str, **changes: Any) -> dict[str, Any]:
    values["decision"]["exception"] = {
        **VALID_EXCEPTION,
        "ground": ground,
        "children": [],
        "decided_on": "2024-09-01",
        **changes,
    }
    return {**values, "advice": [CLINICAL_ADVICE]}


def test_safeguarding_partners_may_find_publication_inappropriate() -> None:
    values = later(LCSPR, "2024-01-01", "publish-improvements-only", {"learning": "improvements"})
    assert check(case_of(excepted(values, "inappropriate", compelling=False))).passes
    assert check(case_of(excepted(values, "reputation"))).failed == {"SCR203"}


def test_a_family_may_object_to_a_safeguarding_adults_review_and_not_to_a_serious_case_review() -> None:
    assert check(case_of(excepted(later(SAR, "2018-01-01", "withhold", {}), "family-objection"))).passes
    run = check(case_of(excepted(later(SCR, "2012-01-01", "withhold", {}), "family-objection", children=["sibling-1"])))
    assert run.failed == {"SCR203"}


def test_what_is_uncertain_is_said_in_the_finding() -> None:
    run = check(case_of(later(LCSPR, "2024-01-01", "withhold", {})))
    (finding,) = run.findings
    assert "[not confirmed by a source that was read]" in finding.message


def test_a_review_of_an_adult_needs_an_adult() -> None:
    values = later(SAR, "2018-01-01", "publish-report", REPORT)
    values["people"][0]["class"] = "subject-child"
    assert check(case_of(values)).failed == {"SCR106"}
