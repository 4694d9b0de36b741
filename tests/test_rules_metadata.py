"""Rules 1xx to 3xx on metadata: each fault breaks exactly one rule, at the key that is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from pytest_scr_compliance.cases.validate import schema_problems

from .policy_helpers import CLINICAL_ADVICE, VALID_EXCEPTION, case_of, check, compliant

ORDER = {"id": "order-1", "kind": "reporting-restriction-order", "court": "High Court", "made_on": "2010-09-01"}
LEGAL_ADVICE = {"id": "legal-1", "by": "Counsel", "on": "2011-02-01", "about": "law"}


def withheld(**exception: Any) -> dict[str, Any]:
    """Metadata that withhold the overview report by an exception, with changes to it; None deletes."""
    values = compliant(decision__outcome="publish-summary-only", advice=[CLINICAL_ADVICE])
    values["documents"][0]["audience"] = "restricted"
    merged = {**VALID_EXCEPTION, **exception}
    values["decision"]["exception"] = {key: value for key, value in merged.items() if value is not None}
    return values


def national(case: str = "edlington", **changes: Any) -> dict[str, Any]:
    """Metadata of a review under a national commitment."""
    override = {"basis": "ministerial-commitment", "recorded_by": "LSCB chair", "recorded_on": "2010-07-01"}
    values = compliant(review__initiated_on="2009-09-04", review__national_case=case, decision__override=override)
    return {**values, **changes}


def named(**changes: str) -> dict[str, Any]:
    """Metadata that use a real name, with changes to the decision to do so."""
    reason = (
        "The grandparents asked that the name be used, and the High Court lifted its reporting restriction in May 2010."
    )
    decision = {"name": "the Anyborough case", "reason": reason, "decided_by": "LSCB chair", "decided_on": "2011-02-14"}
    return compliant(review__public_case_name={**decision, **changes})


UNDATED = [{key: value for key, value in entry.items() if key != "publish_on"} for entry in compliant()["documents"]]

SIGNED = compliant()["sign_off"]
SIGNED_2018 = {**SIGNED["data_protection"], "law": "Data Protection Act 2018"}

FAULTS = [
    ("SCR102", "decision.decided_on", compliant(decision__decided_on="2010-07-04")),
    ("SCR102", "review.completed_on", compliant(review__completed_on="2010-07-04")),
    (
        "SCR102",
        "sign_off.data_protection.on",
        compliant(
            sign_off__data_protection__on="2026-01-16",
            documents__0__publish_on="2026-02-01",
            documents__1__publish_on="2026-02-01",
            sign_off__data_protection__law="DPA 2018",
        ),
    ),
    ("SCR102", "decision.exception.decided_on", withheld(decided_on="2010-07-04")),
    (
        "SCR102",
        "documents[0].publish_on",
        compliant(
            stage="published",
            documents__0__publish_on="2026-01-16",
            documents__1__publish_on="2026-01-16",
            sign_off__data_protection__law="DPA 2018",
        ),
    ),
    ("SCR104", "documents[2].id", compliant(documents__2__id="overview")),
    ("SCR104", "people[2].id", compliant(people__2__id="child-a")),
    (
        "SCR104",
        "restrictions[0].protects[0]",
        compliant(restrictions=[{**ORDER, "permits_publication": True, "protects": ["nobody"]}]),
    ),
    ("SCR104", "decision.advice", compliant(decision__advice="nothing", decision__doubt=False)),
    ("SCR105", "review.outcome", compliant(review__outcome="other")),
    ("SCR105", "review.abuse_or_neglect", compliant(review__abuse_or_neglect="not-a-factor")),
    ("SCR106", "people", compliant(people=None)),
    ("SCR106", "people[1]", compliant(people__1__pseudonym=None)),
    ("SCR106", "people[1].pseudonym", compliant(people__1__pseudonym="CHILD  a")),
    ("SCR107", "sign_off.anonymisation", compliant(sign_off__anonymisation=None)),
    (
        "SCR107",
        "sign_off.anonymisation",
        compliant(sign_off__anonymisation__1={"by": "overview  AUTHOR", "on": "2011-02-08"}),
    ),
    ("SCR107", "sign_off.anonymisation[1].on", compliant(sign_off__anonymisation__1__on="2011-03-02")),
    ("SCR108", "sign_off.data_protection", compliant(sign_off__data_protection=None)),
    ("SCR108", "sign_off.data_protection.law", compliant(sign_off__data_protection__law="Data Protection Act 2018")),
    ("SCR108", "sign_off.data_protection.on", compliant(sign_off__data_protection__on="2011-03-02")),
    ("SCR109", "guidance", compliant(guidance=None)),
    ("SCR109", "partners", compliant(partners=[])),
    ("SCR102", "documents[1].publish_on", withheld(decided_on="2011-03-02")),
    (
        "SCR102",
        "review.public_case_name.decided_on",
        {
            **named(decided_on="2026-02-01"),
            "documents": UNDATED,
            "sign_off": {**SIGNED, "data_protection": SIGNED_2018},
        },
    ),
    ("SCR110", "review.public_case_name.reason", named(reason="TBC")),
    ("SCR110", "review.public_case_name.reason", named(reason="The board decided to publish the name.")),
    ("SCR110", "review.public_case_name.decided_on", named(decided_on="2011-03-02")),
    ("SCR201", "decision", compliant(decision=None)),
    ("SCR202", "decision.outcome", compliant(review__initiated_on="2010-06-09")),
    (
        "SCR202",
        "decision.outcome",
        {**withheld(), "decision": {**compliant()["decision"], "outcome": "publish-summary-only"}},
    ),
    ("SCR202", "decision.exception", compliant(decision__exception=VALID_EXCEPTION, advice=[CLINICAL_ADVICE])),
    *(
        ("SCR203", "decision.exception.ground", withheld(ground=ground))
        for ground in ("reputation", "cost", "staff", "media-interest", "litigation", "family-objection", "other")
    ),
    ("SCR204", "decision.exception.children", withheld(children=[])),
    ("SCR204", "decision.exception.children[0]", withheld(children=["nobody"])),
    ("SCR204", "decision.exception.children[0]", withheld(children=["mother"])),
    ("SCR204", "decision.exception.children[0]", withheld(children=["child-a"])),
    ("SCR205", "decision.exception.compelling", withheld(compelling=False)),
    ("SCR205", "decision.exception.reason", withheld(reason="")),
    ("SCR205", "decision.exception.reason", withheld(reason="Would harm the welfare of Sibling 1.")),
    (
        "SCR205",
        "decision.exception.reason",
        withheld(reason="TBC, the psychiatrist's letter about Sibling 1's school and bullying risk is awaited"),
    ),
    (
        "SCR205",
        "decision.exception.reason",
        withheld(
            reason="There are compelling reasons relating to the welfare of the children directly concerned in "
            "the case, and the board decided not to publish."
        ),
    ),
    ("SCR206", "review.national_case", national("anyborough")),
    (
        "SCR206",
        "decision.override",
        {**national(), "review": {**compliant(review__initiated_on="2009-09-04")["review"]}},
    ),
    ("SCR206", "review.national_case", {**national(), "review": {**compliant()["review"], "national_case": "ishaq"}}),
    ("SCR301", "documents[2].audience", compliant(documents__2__audience="public")),
    ("SCR301", "documents[2].audience", compliant(documents__2__audience="public", documents__2__role="chronology")),
    (
        "SCR301",
        "documents[2].audience",
        compliant(documents__2__audience="public", documents__2__role="health-overview"),
    ),
    ("SCR302", "documents", compliant(documents__1__publish_on="2011-04-01")),
    ("SCR302", "documents", compliant(documents__1__publish_on=None)),
    ("SCR302", "documents", compliant(documents__1__audience="restricted")),
    (
        "SCR303",
        "documents[0].audience",
        compliant(review__initiated_on="2010-06-09", decision__outcome="publish-summary-only"),
    ),
    ("SCR304", "documents[0]", compliant(stage="published", documents__0__publish_on=None)),
    ("SCR305", "restrictions[0]", compliant(restrictions=[ORDER])),
    ("SCR305", "restrictions[0]", compliant(restrictions=[{**ORDER, "expires_on": "2011-03-01"}])),
    (
        "SCR305",
        "restrictions[0].advice",
        compliant(restrictions=[{**ORDER, "advice": "legal-1"}], advice=[{**LEGAL_ADVICE, "on": "2011-03-02"}]),
    ),
    ("SCR306", "decision.advice", compliant(decision__doubt=True)),
    ("SCR306", "decision.exception.advice", withheld(advice=None)),
    (
        "SCR306",
        "decision.advice",
        compliant(decision__doubt=True, decision__advice="legal-1", advice=[{**LEGAL_ADVICE, "independent": False}]),
    ),
    ("SCR307", "documents[2].audience", compliant(documents__2__audience="public", documents__2__role="minutes")),
]


@pytest.mark.parametrize(("code", "key", "values"), FAULTS, ids=lambda value: value if isinstance(value, str) else "")
def test_a_fault_breaks_exactly_one_rule(code: str, key: str, values: dict[str, Any]) -> None:
    run = check(case_of(values))
    assert run.failed == {code}
    assert not any(schema_problems(values, "scr-case", {}))
    assert key in {finding.place.key for finding in run.findings}


PASSES = [
    compliant(),
    named(),
    compliant(stage="published"),
    compliant(documents__0__publish_on=None, documents__1__publish_on=None, sign_off__data_protection__law="DPA 2018"),
    withheld(),
    withheld(children=["other"])
    | {
        "people": [
            *compliant()["people"],
            {"id": "other", "class": "other-child", "pseudonym": "Child B", "directly_concerned": True},
        ]
    },
    national(),
    compliant(restrictions=[{**ORDER, "permits_publication": True}]),
    compliant(restrictions=[{**ORDER, "expires_on": "2011-02-28"}]),
    compliant(restrictions=[{**ORDER, "made_on": "2011-03-02"}]),
    compliant(restrictions=[{**ORDER, "advice": "legal-1"}], advice=[LEGAL_ADVICE]),
    compliant(decision__doubt=True, decision__advice="legal-1", advice=[LEGAL_ADVICE]),
    compliant(decision__exception={**VALID_EXCEPTION, "compelling": False}, advice=[CLINICAL_ADVICE]),
    compliant(stage="drafting", decision=None, sign_off=None, guidance=None, partners=None, people=None),
]


@pytest.mark.parametrize("values", PASSES, ids=range(len(PASSES)))
def test_a_compliant_case_passes(values: dict[str, Any]) -> None:
    run = check(case_of(values))
    assert run.passes, run


def test_what_is_unfinished_in_drafting_is_shown() -> None:
    run = check(case_of(compliant(stage="drafting", people=[], documents__1__audience="restricted")))
    assert run.passes
    assert {finding.code for finding in run.findings} == {"SCR106", "SCR302"}


def test_a_ground_that_does_not_count_fails_with_the_words_of_the_guidance() -> None:
    run = check(case_of(withheld(ground="reputation")))
    assert "compelling reasons relating to the welfare of any children directly concerned" in run.findings[0].message
