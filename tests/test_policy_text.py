"""The policy as a table, and the answer for one date."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from pytest_scr_compliance.policy import load, shipped
from pytest_scr_compliance.policy.table import decide_text, policy_text, rows

from .policy_helpers import rules


@pytest.mark.parametrize("name", shipped())
def test_the_table_names_every_provision(name: str) -> None:
    sources = {row.source for row in rows(load(name))}
    assert sources == {str(provision) for provision in load(name).provisions}
    assert all(row.topic and row.force for row in rows(load(name)))


def test_what_is_only_said_is_enforced_or_explained() -> None:
    said = [row for row in rows(load()) if row.topic == "Also said"]
    assert said and all(row.says for row in said)
    codes = {code for provision in load().provisions for code in provision.enforced_by}
    assert codes - {"SCR401", "SCR322", "SCR323"} <= {rule.code for rule in rules()}


def test_the_table_shows_what_is_uncertain() -> None:
    uncertain = [row for row in rows(load()) if "not confirmed" in row.source]
    assert uncertain and all(row.force.endswith("(?)") for row in uncertain)


def test_the_table_holds_what_a_lawyer_looks_for() -> None:
    text = policy_text()
    assert all(len(line) <= 110 for line in text.splitlines())
    for words in ("initiated before 10 June 2010", "edlington", "outstanding", "Data Protection Act 1998", "SCR305"):
        assert words in text


@pytest.mark.parametrize(
    ("day", "words", "noted"),
    [(9, "The executive summary is published.", False), (10, "The overview report and the executive summary", True)],
)
def test_the_answer_for_a_date_comes_with_its_citation(day: int, words: str, noted: bool) -> None:
    text = decide_text(date(2010, 6, day))
    assert text is not None
    assert words in text and "Kent Safeguarding Children Board briefing" in text
    assert ("19th June" in text) is noted


@pytest.mark.parametrize(
    ("initiated_on", "review_type", "policy"),
    [
        (date(2013, 4, 14), "serious-case-review", "england-working-together-2010"),
        (date(2013, 4, 15), "serious-case-review", "england-working-together-2013"),
        (date(2015, 3, 26), "serious-case-review", "england-working-together-2015"),
        (date(2018, 6, 29), "local-child-safeguarding-practice-review", "england-practice-reviews-2018"),
        (date(2024, 1, 1), "local-child-safeguarding-practice-review", "england-practice-reviews-2023"),
        (date(2012, 1, 1), "domestic-homicide-review", "england-domestic-homicide-reviews"),
        (date(2016, 1, 1), "safeguarding-adults-review", "england-safeguarding-adults-reviews"),
        (date(2019, 9, 30), "serious-case-review", None),
        (date(2010, 6, 10), "safeguarding-adults-review", None),
    ],
)
def test_type_and_date_choose_the_policy(initiated_on: date, review_type: str, policy: str | None) -> None:
    from pytest_scr_compliance.policy import decide

    law = decide(initiated_on, review_type)
    assert (law and law.policy.id) == policy
    assert (decide_text(initiated_on, review_type) is None) is (policy is None)


def test_shipped_policies_never_overlap() -> None:
    for review_type in {kind for name in shipped() for kind in load(name).review_types}:
        periods = [
            regime.period
            for name in shipped()
            if review_type in load(name).review_types
            for regime in load(name).regimes
        ]
        ordered = sorted(periods, key=lambda period: period.first or date.min)
        for one, two in pairwise(ordered):
            assert one.last is not None and two.first is not None and one.last < two.first
