"""The decision table: every combination of regime, stage, decision, exception and documents, each with its rules."""

from __future__ import annotations

import csv
from collections import Counter
from itertools import product
from typing import Any

from .policy_helpers import CLINICAL_ADVICE, DATA, VALID_EXCEPTION, case_of, check, compliant

INITIATED = {"before 10 June 2010": "2010-06-09", "from 10 June 2010": "2010-06-10"}
STAGES = ("drafting", "ready", "published")
DECISIONS = ("not recorded", "publish-both", "publish-summary-only", "withhold", "publish-report")
EXCEPTIONS = {"none": None, "welfare of a child": "child-welfare", "reputation": "reputation"}
PUBLIC = {
    "overview and summary": {"overview", "summary"},
    "summary": {"summary"},
    "overview": {"overview"},
    "nothing": set(),
    "overview, summary and IMR": {"overview", "summary", "imr-health"},
}


def rows() -> list[dict[str, str]]:
    with (DATA / "decision-table.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def metadata(row: dict[str, str]) -> dict[str, Any]:
    values = compliant(review__initiated_on=INITIATED[row["initiated"]], stage=row["stage"])
    if row["decision"] == "not recorded":
        del values["decision"]
    else:
        values["decision"]["outcome"] = row["decision"]
    if EXCEPTIONS[row["exception"]]:
        values["decision"]["exception"] = {**VALID_EXCEPTION, "ground": EXCEPTIONS[row["exception"]]}
        values["advice"] = [CLINICAL_ADVICE]
    for document in values["documents"]:
        document["audience"] = "public" if document["id"] in PUBLIC[row["public documents"]] else "restricted"
        document["publish_on"] = "2011-03-01"
    return values


def test_every_row_breaks_exactly_its_rules() -> None:
    wrong = []
    for number, row in enumerate(rows(), 2):
        failed = check(case_of(metadata(row))).failed
        if failed != set(row["broken rules"].split()):
            wrong.append((number, row, sorted(failed)))
    assert not wrong


def test_the_table_is_complete() -> None:
    combinations = [
        combination
        for combination in product(INITIATED, STAGES, DECISIONS, EXCEPTIONS, PUBLIC)
        if combination[2] != "not recorded" or combination[3] == "none"
    ]
    columns = ("initiated", "stage", "decision", "exception", "public documents")
    assert Counter(tuple(row[name] for name in columns) for row in rows()) == Counter(combinations)
