"""What holds whatever else varies."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from .policy_helpers import CLINICAL_ADVICE, VALID_EXCEPTION, case_of, check, compliant

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["2010-06-31", "child-a", "imr"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "on", "x"]), inner, max_size=3),
    max_leaves=5,
)


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    if isinstance(value, dict):
        found += [inner for key, item in value.items() for inner in paths(item, (*path, key))]
    if isinstance(value, list):
        found += [inner for index, item in enumerate(value) for inner in paths(item, (*path, index))]
    return found


FULL = compliant(
    decision__exception=VALID_EXCEPTION,
    decision__outcome="withhold",
    decision__override={"basis": "ministerial-commitment", "recorded_by": "LSCB chair", "recorded_on": "2010-07-01"},
    advice=[CLINICAL_ADVICE],
    restrictions=[
        {
            "id": "order-1",
            "kind": "injunction",
            "made_on": "2010-09-01",
            "protects": ["child-a"],
            "advice": "clinical-1",
        }
    ],
    review__national_case="edlington",
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_shape_of_metadata_crashes_a_rule(data: st.DataObject) -> None:
    values = json.loads(json.dumps(FULL))
    for _ in range(data.draw(st.integers(1, 3))):
        *parents, last = data.draw(st.sampled_from(paths(values)))
        target = values
        for name in parents:
            target = target[name]
        if data.draw(st.booleans()) and isinstance(target, dict):
            del target[last]
        else:
            target[last] = data.draw(JSON)
    check(case_of(values))


@st.composite
def cases(draw: st.DrawFn) -> dict[str, Any]:
    values = compliant(
        stage=draw(st.sampled_from(["drafting", "ready", "published"])),
        review__initiated_on=draw(st.dates(date(2000, 1, 1), date(2012, 12, 31))).isoformat(),
        review__outcome=draw(st.sampled_from(["died", "seriously-harmed"])),
        decision__outcome=draw(st.sampled_from(["publish-both", "publish-summary-only", "withhold", "publish-report"])),
        advice=[CLINICAL_ADVICE],
    )
    for document in values["documents"]:
        document["audience"] = draw(st.sampled_from(["public", "restricted"]))
        document["role"] = draw(st.sampled_from(["overview-report", "executive-summary", "imr", "minutes", "other"]))
    if draw(st.booleans()):
        values["decision"]["exception"] = {
            **VALID_EXCEPTION,
            "ground": draw(st.sampled_from(["child-welfare", "cost"])),
            "children": draw(st.lists(st.sampled_from(["sibling-1", "child-a", "mother", "x"]), unique=True)),
            "compelling": draw(st.booleans()),
        }
    if draw(st.booleans()):
        del values["decision"]
    return values


@settings(deadline=None)
@given(cases())
def test_no_case_with_a_public_imr_passes(values: dict[str, Any]) -> None:
    values["documents"][2].update(role="imr", audience="public")
    assert "SCR301" in check(case_of(values)).failed


@settings(deadline=None)
@given(cases(), st.sampled_from(["ready", "published"]))
def test_no_undecided_case_passes_from_ready_on(values: dict[str, Any], stage: str) -> None:
    values.pop("decision", None)
    values["stage"] = stage
    assert "SCR201" in check(case_of(values)).failed


@settings(deadline=None)
@given(cases(), st.lists(st.sampled_from(["mother", "x"]), unique=True))
def test_no_exception_without_a_child_passes(values: dict[str, Any], named: list[str]) -> None:
    values["decision"] = {
        "outcome": "withhold",
        "decided_on": "2013-06-01",
        "decided_by": "LSCB chair",
        "exception": {**VALID_EXCEPTION, "children": named},
    }
    assert "SCR204" in check(case_of(values)).failed


@settings(deadline=None)
@given(cases())
def test_nothing_withheld_without_exception_passes(values: dict[str, Any]) -> None:
    values["decision"] = {"outcome": "withhold", "decided_on": "2013-06-01", "decided_by": "LSCB chair"}
    assert "SCR202" in check(case_of(values)).failed
