"""The terminal summary of a pytest run: one line per case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from .text import CAVEAT, tally


def summary_lines(results: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, bool | None]]:
    """Lines to write, each with whether it is good (True), bad (False) or neither (None).

    Args:
        results: plain values that pytest items attached to their reports.
    """
    cases: dict[str, list[Mapping[str, Any]]] = {}
    for result in results:
        cases.setdefault(result["case"], []).append(result)
    expected = [name for name, parts in cases.items() if any(part["expected"] for part in parts)]
    for name, parts in sorted(cases.items()):
        if name not in expected:
            yield _verdict(name, parts)
    if expected:
        yield f"{len(expected)} sample cases were judged by their expected.yaml (setting scr_expectations)", None
    yield CAVEAT, None


def _verdict(name: str, parts: Sequence[Mapping[str, Any]]) -> tuple[str, bool]:
    broken = tally(code for part in parts for code, severity in part["findings"] if severity != "note")
    if any(part["outcome"] != "passed" for part in parts):
        return f"✗ {name}: must not be published: {broken or 'not all rules could be decided'}", False
    if len(parts) < parts[0]["total"]:
        return f"✗ {name}: not decided: {len(parts)} of {parts[0]['total']} rules ran", False
    accepted = sum(part["accepted"] for part in parts)
    noted = f"; accepted by a person: {accepted}" if accepted else ""
    review = f" (to review: {broken})" if broken else ""
    if parts[0]["stage"] == "drafting":
        return f"✓ {name}: passes as a draft; not yet cleared for publication{review}{noted}", True
    return f"✓ {name}: may be published{review}{noted}", True
