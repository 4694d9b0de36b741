"""How sure the model is, and how often it is right: the table behind the probabilities of `vocabulary/models.yaml`.

`python -m model.calibrate MODEL FOLDER …` reads marked texts as the detector `names` reads them (paragraph by paragraph, with
all readings summed) and prints, for each label and bin of probability, how many spans touch an identifier.
It needs the package itself beside spaCy.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from model import marked
from model.marked import Marked

BINS = (0.0, 0.05, 0.1, 0.2, 0.5, 0.9, 0.98, 0.999)
Cell = tuple[str, str, float]


def spans(nlp: Any, text: str) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, label and probability of each reading."""
    from pytest_scr_compliance.identifiers import names
    from pytest_scr_compliance.identifiers.pieces import batches

    for pieces in batches(text):
        yield from names.entities(nlp, text, pieces)


def table(nlp: Any, texts: Iterable[Marked]) -> tuple[Counter[Cell], Counter[Cell]]:
    """For each label, case of letters and bin: how many spans there are, and how many touch an identifier."""
    seen: Counter[Cell] = Counter()
    right: Counter[Cell] = Counter()
    for item in texts:
        covered = {i for start, end, _ in item.marks for i in range(start, end)}
        for start, end, label, probability in spans(nlp, item.text):
            shown = item.text[start:end]
            case = "no case" if shown.islower() or shown.isupper() else "cased"
            cell = label, case, max(bin_ for bin_ in BINS if probability >= bin_)
            seen[cell] += 1
            right[cell] += not covered.isdisjoint(range(start, end))
    return seen, right


def main() -> None:
    """Print the table."""
    from pytest_scr_compliance.identifiers.models import load

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("model")
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    texts = [item for folder in arguments.folders for item in marked.read_folder(folder)]
    seen, right = table(load(arguments.model), texts)
    for cell in sorted(seen):
        label, case, least = cell
        print(f"{label:10}{case:8} from {least:<6}{seen[cell]:6} spans, {right[cell] / seen[cell]:.2f} right")


if __name__ == "__main__":
    main()
