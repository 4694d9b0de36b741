"""Learns from the marked texts whose date it is, the family's or the review's, and which count of days is an age.

`python -m model.occasions --data DATA` writes the weights that `identifiers/occasions.py` reads, and prints how well they do
on authors that were left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model import corpus, marked

_HERE = Path(__file__).parent
TARGET = _HERE.parent / "pytest_scr_compliance" / "identifiers" / "vocabulary"
_TIMES = 2  # that a feature must be seen
_LEAST = 0.05  # weight of a feature that is kept
_PARTS = 6  # of the authors, each left out once


@dataclass(frozen=True)
class Seen:
    """What may be found: what is known of it, and whether it should be, as a date of the family's life."""

    features: tuple[str, ...]
    is_right: bool


Find = Callable[[str], Iterator[tuple[int, int, set[str]]]]


def dates(text: str) -> Iterator[tuple[int, int, set[str]]]:
    """The exact dates of a normalised text, and what each stands in."""
    from pytest_scr_compliance.identifiers import dates as detector
    from pytest_scr_compliance.identifiers.occasions import features

    for run in detector.runs_of(text):
        for start, end in run:
            yield start, end, features(text, start, end, (run[0][0], run[-1][1]))


def ages(text: str) -> Iterator[tuple[int, int, set[str]]]:
    """The counts of days of a normalised text, and what each stands in."""
    from pytest_scr_compliance.identifiers.ages import counts, features

    for start, end in counts(text):
        yield start, end, features(text, start, end)


LEARNT: dict[str, tuple[Find, frozenset[str]]] = {"occasions": (dates, frozenset("DA")), "ages": (ages, frozenset("A"))}


def seen(text: marked.Marked, find: Find, kinds: frozenset[str]) -> Iterator[Seen]:
    """What is found in a text but inside of a mark of another kind, such as a log number."""
    from pytest_scr_compliance.identifiers.normal import normalise
    from pytest_scr_compliance.model import Confidence, Span

    normal = normalise(text.text)
    for start, end, found in find(normal.text):
        span = normal.span(Span("date", start, end, Confidence.POSSIBLE, ()))
        marks = {mark for first, last, mark in text.marks if first < span.end and span.start < last}
        if not marks or marks & kinds:
            yield Seen(tuple(sorted(found)), bool(marks))


def authors(data: Path, find: Find, kinds: frozenset[str]) -> dict[str, list[Seen]]:
    """Author → what is found in its texts."""
    rows = {}
    folders = [path for name in ("texts", "dates") for path in sorted((_HERE / name).iterdir()) if path.is_dir()]
    for folder in folders:
        rows[folder.name] = [row for text in marked.read_texts(folder) for row in seen(text, find, kinds)]
    plain = marked.Marked("\n".join(corpus.ofsted_paragraphs(data / "ofsted")), ())
    rows["ofsted"] = list(seen(plain, find, kinds))
    return {author: found for author, found in rows.items() if found}


def fit(rows: Sequence[Seen], balanced: bool = True) -> dict[str, float]:
    """Feature → weight, with the intercept at the empty feature; ``balanced`` as if half of them were right."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    times = Counter(feature for row in rows for feature in row.features)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([{name: 1.0 for name in row.features if times[name] >= _TIMES} for row in rows])
    regression: Any = LogisticRegression(C=0.2, max_iter=1000, class_weight="balanced" if balanced else None)
    regression.fit(table, [row.is_right for row in rows])
    weights = zip(vectorizer.get_feature_names_out(), regression.coef_[0], strict=True)
    return {"": float(regression.intercept_[0])} | {
        str(name): float(weight) for name, weight in weights if abs(weight) >= _LEAST
    }


def report(by_author: dict[str, list[Seen]], balanced: bool = True) -> Iterator[str]:
    """For some thresholds: what is right and reaches it, and what else does, by weights of other authors."""
    from pytest_scr_compliance.identifiers.occasions import weighed

    names = sorted(by_author, key=lambda name: (len(by_author[name]), name))
    scored: list[tuple[float, bool]] = []  # probability, and whether it is right
    for part in range(_PARTS):
        left_out = set(names[part::_PARTS])
        weights = fit([row for name in names if name not in left_out for row in by_author[name]], balanced)
        scored += [(weighed(row.features, weights), row.is_right) for name in left_out for row in by_author[name]]
    yield f"{sum(right for _, right in scored)} right, {sum(not right for _, right in scored)} others"
    for least in (0.05, 0.08, 0.15, 0.3, 0.5, 0.6, 0.7, 0.8):
        right = [value >= least for value, is_right in scored if is_right]
        others = [value >= least for value, is_right in scored if not is_right]
        yield f"from {least}: {sum(right) / len(right):.3f} of the right ones, {sum(others) / len(others):.3f} of the others"


def learn(name: str, by_author: dict[str, list[Seen]], balanced: bool = True, of: str = "") -> None:
    """Report, and write the weights of all authors to a file of that name; its first line says what they are ``of``."""
    print(name, *report(by_author, balanced), sep="\n")
    weights = fit([row for rows in by_author.values() for row in rows], balanced)
    lines = "".join(f"{feature}\t{weight:.2f}\n" for feature, weight in sorted(weights.items()))
    (TARGET / f"{name}.tsv").write_text(f"# {of}\n{lines}" if of else lines, "utf-8")
    print(len(weights), "weights")


def main() -> None:
    """Learn, write and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data")
    parser.add_argument("--only", choices=sorted(LEARNT), help="one of the two")
    arguments = parser.parse_args()
    for name, (find, kinds) in LEARNT.items():
        if arguments.only in (None, name):
            learn(name, authors(arguments.data, find, kinds))


if __name__ == "__main__":
    main()
