"""Learns how surely what the gate finds is a name, from sets that its model has not read.

`python -m model.sureness` writes the weights that `identifiers/sureness.py` reads, and prints how well they do on sets that
were left out. It comes after `model.build`: another model is sure of other things.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from hashlib import sha256

from model.evaluate import EVALUATION
from model.marked import Marked, read_texts
from model.occasions import TARGET, Seen, learn
from pytest_scr_compliance.registry import Detector


def names(text: Marked, detectors: Mapping[str, Detector]) -> Iterator[Seen]:
    """What the gate finds in a marked text that may be a name, and whether it touches a mark."""
    from pytest_scr_compliance.identifiers import Permitted, candidates
    from pytest_scr_compliance.identifiers.normal import normalise
    from pytest_scr_compliance.identifiers.sureness import counted, features, is_judged

    normal = normalise(text.text)
    times = counted(normal.text)
    permitted = Permitted.build([text.text[start:end] for start, end, mark in text.marks if mark == "OFFICIAL"])
    for span in candidates(normal.text, detectors, permitted.over(normal.text)):
        if is_judged(span):
            told = normal.span(span)
            is_right = any(start < told.end and told.start < end for start, end, _ in text.marks)
            yield Seen(tuple(sorted(features(normal.text, span, times))), is_right)


def fingerprint() -> str:
    """Of the packed model: that of the file which lists those of its files."""
    return sha256((TARGET.parent / "model.fingerprints.yaml").read_bytes()).hexdigest()


def main() -> None:
    """Learn, write and report."""
    from pytest_scr_compliance import Checker, Settings

    detectors = Checker(Settings()).registry.detectors.as_dict()
    by_set = {}
    for folder in sorted(path for path in EVALUATION.glob("dev*") if path.is_dir()):
        by_set[folder.name] = [row for text in read_texts(folder) for row in names(text, detectors)]
    learn("sureness", by_set, balanced=False, of=f"the model {fingerprint()}")


if __name__ == "__main__":
    main()
