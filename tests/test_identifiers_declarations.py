"""How reports say that a name is invented, by three authors of nothing else, and the real names beside it that slipped."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from model import marked
from pytest_scr_compliance import Checker, Settings, identifiers
from pytest_scr_compliance.identifiers import Permitted

TEXTS = Path(__file__).parent / "data" / "declarations"


def test_invented_names_are_no_errors_and_the_real_ones_beside_them_are_found() -> None:
    """Marked X is a name that its passage declares to be invented; marked P is one of a private person."""
    detectors = Checker(Settings()).registry.detectors.as_dict()
    permitted = Permitted.build()
    seen: Counter[tuple[str, str]] = Counter()
    for passage in marked.read_folder(TEXTS):
        spans = identifiers.identify(passage.text, detectors, permitted)
        for start, end, kind in passage.marks:
            over = [span for span in spans if span.start < end and start < span.end]
            told = "error" if any(span.confidence.rank > 0 for span in over) else "review" if over else "nothing"
            seen[kind, told] += 1
    invented, real = (sum(times for (mark, _), times in seen.items() if mark == kind) for kind in "XP")
    assert (invented, real) == (849, 107)
    assert seen["X", "error"] <= 0.12 * invented
    assert seen["X", "nothing"] >= 0.48 * invented
    assert seen["P", "nothing"] <= 2
    assert seen["P", "error"] >= 0.85 * real
