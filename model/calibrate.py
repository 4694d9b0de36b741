"""How sure the model is: beam probabilities and the agreement of cheap views, with a reliability table.

The detector needs more than yes or no: `likely` and `possible`. Two measures cost little:

* **beam**: the parser's own probability of a span, from a beam search over its scores (`ner.beam_parse`).
* **views**: the same text read in other ways: each line or sentence alone, and in lower case.

`python -m model.calibrate MODEL FOLDER ...` prints how many spans of each bin are right on marked texts.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from model import evaluate, marked
from model.marked import Marked

Span = tuple[int, int, str]
BEAM_WIDTH = 8
BEAM_DENSITY = 0.001
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.95, 1.01)


def beam_spans(nlp: Any, texts: Sequence[str], floor: float = 0.1) -> list[dict[Span, float]]:
    """For each text its possible spans (character offsets) with the beam's probability, from `floor` up."""
    ner = nlp.get_pipe("ner")
    docs = [nlp.make_doc(text) for text in texts]
    found = []
    for doc in docs:
        scores: dict[Span, float] = {}
        if len(doc):
            beams = ner.beam_parse([doc], beam_width=BEAM_WIDTH, beam_density=BEAM_DENSITY)
            for (start, end, label), score in ner.scored_ents(beams)[0].items():
                span = doc[start:end]
                if score >= floor and not span[0].is_space and not span[-1].is_space:
                    scores[span.start_char, span.end_char, label] = float(score)
        found.append(scores)
    return found


def coverage(scores: dict[Span, float], length: int) -> list[float]:
    """For each character the probability that some span covers it: differing spans add up."""
    total = [0.0] * length
    for (start, end, _), score in scores.items():
        for i in range(start, end):
            total[i] += score
    return [min(1.0, t) for t in total]


def views(nlp: Any, text: str) -> list[list[Span]]:
    """The spans of three readings: as it is, line by line and sentence by sentence, and in lower case."""
    whole = [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]
    alone = []
    for match in re.finditer(r"[^\n.!?]+[.!?]*", text):
        alone += [(match.start() + e.start_char, match.start() + e.end_char, e.label_) for e in nlp(match.group()).ents]
    lower = text.lower()
    flat = [(e.start_char, e.end_char, e.label_) for e in nlp(lower).ents] if len(lower) == len(text) else []
    return [whole, alone, flat]


def reliability_of_beams(nlp: Any, texts: Iterable[Marked]) -> list[str]:
    """Lines of a table: for each bin of probability the spans, and the share that touches a mark."""
    counts = [[0, 0] for _ in BINS]
    for item in texts:
        scores = beam_spans(nlp, [item.text])[0]
        cover = coverage(scores, len(item.text))
        for start, end in _runs(cover):
            sure = max(cover[start:end])
            place = max(i for i, low in enumerate(BINS) if sure >= low)
            counts[place][0] += 1
            counts[place][1] += any(s < end and start < e for s, e, _ in item.marks)
    return [
        f"{low:.2f}-{high:.2f}\t{n}\t{right / n:.2f}"
        for low, high, (n, right) in zip(BINS, BINS[1:], counts, strict=False)
        if n
    ]


def reliability_of_views(nlp: Any, texts: Iterable[Marked]) -> list[str]:
    """Lines of a table: for each set of agreeing views the spans, and the share that touches a mark."""
    counts: dict[str, list[int]] = {}
    for item in texts:
        readings = views(nlp, item.text)
        seen: list[Span] = []
        for span in (s for reading in readings for s in reading):
            if any(s < span[1] and span[0] < e for s, e, _ in seen):
                continue
            seen.append(span)
            names = [
                n
                for n, r in zip(("whole", "alone", "lower"), readings, strict=True)
                if any(s < span[1] and span[0] < e for s, e, _ in r)
            ]
            cell = counts.setdefault("+".join(names), [0, 0])
            cell[0] += 1
            cell[1] += any(s < span[1] and span[0] < e for s, e, _ in item.marks)
    return [f"{key}\t{n}\t{right / n:.2f}" for key, (n, right) in sorted(counts.items(), key=lambda kv: -kv[1][0])]


def operating_points(
    nlp: Any, texts: Sequence[Marked], floors: Sequence[float] = (0.1, 0.2, 0.3, 0.5, 0.7, 0.9)
) -> list[str]:
    """Lines of a table: what is found and alarmed when every character of at least that probability is flagged."""
    covers = {item.text: coverage(beam_spans(nlp, [item.text], 0.02)[0], len(item.text)) for item in texts}

    def flag_from(floor: float) -> evaluate.Predict:
        return lambda text: [(start, end, "PERSON") for start, end in _runs(covers[text], floor)]

    return [f"{floor:.1f}\t{evaluate.measure(flag_from(floor), texts).row()}" for floor in floors]


def _runs(cover: Sequence[float], floor: float = 0.1) -> Iterable[tuple[int, int]]:
    start = None
    for i, value in enumerate([*cover, 0.0]):
        if value >= floor and start is None:
            start = i
        elif value < floor and start is not None:
            yield start, i
            start = None


def main() -> None:
    """Print both tables."""
    import spacy

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    nlp = spacy.load(arguments.model)
    texts = [item for folder in arguments.folders for item in marked.read_folder(folder)]
    print("beam probability\tspans\tright", *reliability_of_beams(nlp, texts), sep="\n")
    print("flag from\tresult", *operating_points(nlp, texts), sep="\n")
    print("views that agree\tspans\tright", *reliability_of_views(nlp, texts), sep="\n")


if __name__ == "__main__":
    main()
