"""What is found, and left alone, in plain sentences with lists put into them: no kind may get worse."""

from __future__ import annotations

from collections import Counter

import pytest

from pytest_scr_compliance import Checker, Settings, identifiers
from pytest_scr_compliance.identifiers import Permitted

from .sentences import kinds, sentences

#: Shares of the values that identify somebody that are found, at least, and of the others that are flagged, at most.
FLOORS = {
    "ages": (0.97, 0.02),
    "dates": (0.92, 0.13),
    "decoys": (1.0, 0.025),
    "numbers": (0.95, 0.10),
    "organisations": (0.94, 0.03),
    "persons": (0.97, 0.08),
    "places": (0.97, 0.02),
    "references": (0.96, 0.05),
}


def test_every_file_has_its_floor() -> None:
    assert sorted(FLOORS) == kinds()


@pytest.mark.parametrize("kind", kinds())
def test_a_kind_is_found_and_what_looks_like_it_is_left_alone(kind: str) -> None:
    detectors = Checker(Settings()).registry.detectors.as_dict()
    permitted = Permitted.build()
    seen: Counter[tuple[bool, bool]] = Counter()
    for sentence in sentences(kind):
        spans = identifiers.identify(sentence.text, detectors, permitted)
        seen[sentence.is_hit, sentence.is_found(spans)] += 1
    found, flagged = FLOORS[kind]
    hits = seen[True, True] + seen[True, False]
    decoys = seen[False, True] + seen[False, False]
    assert seen[True, True] >= found * hits, f"{seen[True, False]} of {hits} are missed"
    assert seen[False, True] <= flagged * decoys, f"{seen[False, True]} of {decoys} are flagged"
