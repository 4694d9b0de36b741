"""Learns whose date it is, the family's or the review's, from the marked texts.

`python -m model.occasions --data DATA` writes the weights that `identifiers/occasions.py` reads, and prints how well they do
on authors that were left out.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model import corpus, marked

_HERE = Path(__file__).parent
_TARGET = _HERE.parent / "pytest_scr_compliance" / "identifiers" / "vocabulary" / "occasions.tsv"
_SEEN = 2  # dates that must have a feature
_LEAST = 0.05  # weight of a feature that is kept
_PARTS = 6  # of the authors, each left out once


@dataclass(frozen=True)
class Date:
    """One exact date of a text: what it stands in, and whether it is the family's."""

    features: tuple[str, ...]
    is_familys: bool


def dates(text: marked.Marked) -> Iterator[Date]:
    """The exact dates of a text but those inside of a mark of another kind, such as a log number."""
    from pytest_scr_compliance.identifiers import dates as detector
    from pytest_scr_compliance.identifiers.normal import normalise
    from pytest_scr_compliance.identifiers.occasions import features
    from pytest_scr_compliance.model import Confidence, Span

    normal = normalise(text.text)
    for run in detector.runs_of(normal.text):
        for start, end in run:
            span = normal.span(Span("date", start, end, Confidence.POSSIBLE, ()))
            marks = {mark for first, last, mark in text.marks if first < span.end and span.start < last}
            if not marks or marks & {"D", "A"}:
                found = features(normal.text, start, end, (run[0][0], run[-1][1]))
                yield Date(tuple(sorted(found)), bool(marks))


def authors(data: Path) -> dict[str, list[Date]]:
    """Author → the dates of its texts. Files whose names begin with `long` are read as one text, others by passages."""
    found = {}
    folders = [path for name in ("texts", "dates") for path in sorted((_HERE / name).iterdir()) if path.is_dir()]
    for folder in folders:
        whole = [marked.parse(path.read_text("utf-8")) for path in sorted(folder.glob("long*.txt"))]
        found[folder.name] = [date for text in (*whole, *marked.read_folder(folder, "[!l]")) for date in dates(text)]
    plain = "\n".join(corpus.ofsted_paragraphs(data / "ofsted"))
    found["ofsted"] = list(dates(marked.Marked(plain, ())))
    return {author: rows for author, rows in found.items() if rows}


def fit(rows: Sequence[Date]) -> dict[str, float]:
    """Feature → weight, with the intercept at the empty feature."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    times = Counter(feature for row in rows for feature in row.features)
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform([{name: 1.0 for name in row.features if times[name] >= _SEEN} for row in rows])
    regression: Any = LogisticRegression(C=0.2, max_iter=1000, class_weight="balanced")
    regression.fit(table, [row.is_familys for row in rows])
    weights = zip(vectorizer.get_feature_names_out(), regression.coef_[0], strict=True)
    return {"": float(regression.intercept_[0])} | {
        str(name): float(weight) for name, weight in weights if abs(weight) >= _LEAST
    }


def report(by_author: dict[str, list[Date]]) -> Iterator[str]:
    """For some thresholds: the family's dates that reach it, and the others that do, by weights of other authors."""
    from pytest_scr_compliance.identifiers.occasions import weighed

    names = sorted(by_author, key=lambda name: (len(by_author[name]), name))
    scored: list[tuple[float, bool]] = []
    for part in range(_PARTS):
        left_out = set(names[part::_PARTS])
        weights = fit([row for name in names if name not in left_out for row in by_author[name]])
        scored += [(weighed(row.features, weights), row.is_familys) for name in left_out for row in by_author[name]]
    yield f"{sum(family for _, family in scored)} dates of families, {sum(not family for _, family in scored)} others"
    for least in (0.05, 0.08, 0.1, 0.15, 0.5, 0.55, 0.6, 0.7):
        familys = [value >= least for value, family in scored if family]
        others = [value >= least for value, family in scored if not family]
        yield f"from {least}: {sum(familys) / len(familys):.3f} of the families', {sum(others) / len(others):.3f} of the others"


def main() -> None:
    """Learn, write and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the development data")
    by_author = authors(parser.parse_args().data)
    print(*report(by_author), sep="\n")
    weights = fit([row for rows in by_author.values() for row in rows])
    _TARGET.write_text("".join(f"{name}\t{weight:.2f}\n" for name, weight in sorted(weights.items())), "utf-8")
    print(len(weights), "weights")


if __name__ == "__main__":
    main()
