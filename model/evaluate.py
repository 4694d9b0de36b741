"""Measure a packed model: what is covered, and how often it raises a false alarm.

An identifier counts as found when every character of it, its title and article aside, lies in predicted spans
of any label: the gate flags the text, whatever the label. An alarm is a predicted span that touches no mark at all.
Beside the marks are the words of predicted spans that lie in no mark: an alarm's, and those that a span runs on to.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from model import authored, corpus, marked, renamed
from model.marked import ASKED, Marked
from pytest_scr_compliance.identifiers.models import upright
from pytest_scr_compliance.identifiers.readings import NAMES, weigh

EVALUATION = Path(__file__).parent / "evaluation"
Span = tuple[int, int, str]
Predict = Callable[[str], Sequence[Span]]
_ASIDE = re.compile(
    r"(?:(?:the|Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Rev|Revd|Sister|Father|Nurse|PC|DC|DS|DI|DCI|Sgt|WPC|"
    r"Sir|Lord|Lady|Judge|Imam|Pastor|Cllr)\.?\s+)+",
    re.IGNORECASE,
)


@dataclass
class Score:
    """Counts over a set of texts."""

    asked: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right_label: Counter[str] = field(default_factory=Counter)
    alarms: int = 0
    beside: int = 0
    predicted: int = 0
    words: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)

    def row(self) -> str:
        """One line: share covered of each label with the number asked, and alarms a thousand words."""
        parts = [f"{label} {self.found[label] / n:.3f} of {n}" for label, n in sorted(self.asked.items())]
        total = sum(self.asked.values())
        parts.append(f"all {sum(self.found.values()) / total:.3f} of {total}" if total else "nothing to find")
        parts.append(
            f"label right {sum(self.right_label.values()) / max(1, sum(self.found.values())):.2f}" if total else ""
        )
        return (
            " · ".join(p for p in parts if p)
            + f" · alarms per 1,000 words {1000 * self.alarms / max(1, self.words):.2f}"
            + f" · words beside the marks {1000 * self.beside / max(1, self.words):.2f} ({self.words} words)"
        )


def measure(predict: Predict, texts: Iterable[Marked], context: int = 60) -> Score:
    """Score a function from text to spans on marked texts."""
    score = Score()
    for item in texts:
        spans = [(s, e, label) for s, e, label in predict(item.text)]
        covered = bytearray(len(item.text))
        for start, end, _ in spans:
            covered[start:end] = b"\1" * (end - start)
        score.words += len(item.text.split())
        score.beside += sum(
            any(covered[match.start() : match.end()])
            and not any(start < match.end() and match.start() < end for start, end, _ in item.marks)
            for match in re.finditer(r"\w+", item.text)
        )
        score.predicted += len(spans)
        for start, end, mark in item.marks:
            if label := ASKED.get(mark):
                _one(score, item.text, start, end, label, covered, spans, context)
        for start, end, label in spans:
            if not any(s < end and start < e for s, e, _ in item.marks):
                score.alarms += 1
                score.false.append(_shown(label, item.text, start, end, context))
    return score


def _shown(label: str, text: str, start: int, end: int, context: int) -> str:
    return f"{label}\t{text[start:end]!r}\t{text[max(0, start - context) : end + context]!r}"


def _one(
    score: Score,
    text: str,
    start: int,
    end: int,
    label: str,
    covered: bytearray,
    spans: Sequence[Span],
    context: int,
) -> None:
    aside = _ASIDE.match(text, start, end)
    core = aside.end() if aside and aside.end() < end else start
    score.asked[label] += 1
    if all(covered[i] or not text[i].isalnum() for i in range(core, end)):
        score.found[label] += 1
        score.right_label[label] += any(s < end and core < e and kind == label for s, e, kind in spans)
    else:
        score.missed.append(_shown(label, text, start, end, context))


# ------------------------------------------------------------------ the sets


def generated(seed: int = 77, count: int = 1500) -> list[Marked]:
    """Held-out templates with held-out names."""
    back = {label: mark for mark, label in authored.LABELS.items() if mark != "OFFICIAL"}
    return [
        Marked(r.text, tuple((s, e, back[label]) for s, e, label in r.spans))
        for r in corpus.generate(count, seed, test=True)
    ]


def tab(path: Path) -> list[Marked]:
    """Court cases; people are asked for, everything else that is annotated is no alarm."""
    out = []
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        marks = tuple((s["start"], s["end"], "P" if s["type"] == "PERSON" else "X") for s in case["spans"])
        out.append(Marked(case["text"], marks))
    return out


def presidio(path: Path) -> list[Marked]:
    """presidio-research's synthetic sentences; people are asked for, other annotations are no alarms."""
    out = []
    for row in json.loads(path.read_text(encoding="utf-8")):
        marks = tuple(
            (s["start_position"], s["end_position"], "P" if s["entity_type"] == "PERSON" else "X") for s in row["spans"]
        )
        out.append(Marked(row["full_text"], marks))
    return out


def ofsted(folder: Path) -> list[Marked]:
    """Held-out Ofsted reports without the lines that name inspectors and directors: nothing to find."""
    named = re.compile(r"[Ii]nspectors?\b.{0,40}:.*|Dear .*|.*(?:Her|His) Majesty.s Inspector.*|.*\bHMI\b.*")
    return [Marked(named.sub("", p), ()) for p in corpus.ofsted_paragraphs(folder, test=True)]


def handmade(path: Path) -> list[Marked]:
    """The handmade sentences, read from their source without running it."""
    source = path.read_text(encoding="utf-8").split("SENTENCES = [", 1)[1].split("\n]", 1)[0]
    return [marked.parse(m.group(1).replace("\\n", "\n")) for m in re.finditer(r'^\s+"(.*)",$', source, re.MULTILINE)]


def weighed(nlp: Any, least: float) -> Predict:
    """The readings of a pipeline from a probability on, by the sum of all."""
    ner = nlp.get_pipe("ner")

    def predict(text: str) -> Sequence[Span]:
        doc = nlp.make_doc(text)
        joined: list[Span] = []  # readings of the same words are one
        for reading in sorted(weigh(ner, [doc])[0], key=lambda reading: reading.first):
            if reading.probability >= least and reading.label in NAMES:
                stretch = doc[reading.first : reading.end]
                start, end, label = stretch.start_char, stretch.end_char, reading.label
                if joined and start < joined[-1][1]:
                    start, before, label = joined.pop()
                    end = max(end, before)
                joined.append((start, end, label))
        return joined

    return predict


def predictor(nlp: Any) -> Predict:
    """The plain use of a pipeline."""

    def predict(text: str) -> Sequence[Span]:
        return [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents]

    return predict


def named_only(nlp: Any) -> Predict:
    """A stock pipeline with the labels that can name people, places and bodies."""
    wanted = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"}

    def predict(text: str) -> Sequence[Span]:
        return [(e.start_char, e.end_char, e.label_) for e in nlp(text).ents if e.label_ in wanted]

    return predict


_FOLDERS = {
    "test": "frozen test",
    "test-two": "second frozen test",
    "test-three": "third frozen test",
    "test-four": "fourth frozen test",
    "test-five": "fifth frozen test",
    "test-six": "sixth frozen test",
    "test-seven": "seventh frozen test",
    "test-eight": "eighth frozen test",
    "test-nine": "ninth frozen test",
    "test-ten": "tenth frozen test",
    "test-eleven": "eleventh frozen test",
    "test-twelve": "twelfth frozen test",
    "test-thirteen": "thirteenth frozen test",
    "test-fourteen": "fourteenth frozen test",
    "test-fifteen": "fifteenth frozen test",
    "test-sixteen": "sixteenth frozen test",
    "test-seventeen": "seventeenth frozen test",
    "test-eighteen": "eighteenth frozen test",
    "test-nineteen": "nineteenth frozen test",
    "test-twenty": "twentieth frozen test",
    "test-twenty-one": "twenty-first frozen test",
    "test-twenty-two": "twenty-second frozen test",
    "test-twenty-three": "twenty-third frozen test",
    "test-twenty-four": "twenty-fourth frozen test",
    "test-twenty-five": "twenty-fifth frozen test",
    "test-twenty-six": "twenty-sixth frozen test",
    "test-twenty-seven": "twenty-seventh frozen test",
    "test-twenty-eight": "twenty-eighth frozen test",
    "test-twenty-nine": "twenty-ninth frozen test",
    "test-thirty": "thirtieth frozen test",
    "dev": "development",
    "dev-two": "second development set",
    "dev-three": "third development set",
    "dev-four": "fourth development set",
    "dev-five": "fifth development set",
    "dev-eight": "eighth development set",
    "dev-nine": "ninth development set",
    "dev-thirteen": "thirteenth development set",
    "dev-fourteen": "fourteenth development set",
    "dev-fifteen": "fifteenth development set",
    "dev-sixteen": "sixteenth development set",
    "dev-seventeen": "seventeenth development set",
    "dev-eighteen": "eighteenth development set",
    "dev-nineteen": "nineteenth development set",
    "dev-twenty": "twentieth development set",
    "dev-twenty-one": "twenty-first development set",
    "dev-twenty-two": "twenty-second development set",
    "dev-twenty-three": "twenty-third development set",
    "dev-twenty-four": "twenty-fourth development set",
    "dev-twenty-five": "twenty-fifth development set",
    "dev-twenty-six": "twenty-sixth development set",
    "dev-pointed": "pointed development set",
    "dev-plain": "plain development set",
    "dev-hard": "hard development set",
}


def sets(data: Path) -> dict[str, list[Marked]]:
    """All sets by name: those of `evaluation/`, and those made of the development data."""
    marked_sets = {
        f"{name}, {part}": marked.read_folder(EVALUATION / folder, first_word)
        for folder, name in _FOLDERS.items()
        for part, first_word in (("passages", "passages"), ("long reports", "long"))
    }
    return {
        **marked_sets,
        "fourth development set, common names": marked.read_folder(
            EVALUATION / "dev-four", "passages", partial(renamed.renamed, rng=random.Random(7))
        ),
        "development, clean report": marked.read_folder(EVALUATION / "dev", "clean"),
        "held-out templates and names": generated(),
        "handmade": handmade(data / "handmade" / "sentences.py"),
        "TAB dev": tab(data / "tab" / "dev.jsonl"),
        "presidio-research": presidio(data / "presidio" / "synth_dataset_v2.json"),
        "Ofsted held out": ofsted(data / "ofsted"),
    }


def words_per_second(nlp: Any, texts: Sequence[Marked]) -> float:
    """Speed on one thread over texts that were read once already."""
    plain = [t.text for t in texts]
    list(nlp.pipe(plain[:20]))
    began = time.process_time()
    list(nlp.pipe(plain))
    return sum(len(t.split()) for t in plain) / (time.process_time() - began)


def stock() -> Any:
    """en_core_web_md as a fast user would load it: its `ner` alone."""
    from model import train

    return train.stock()


def print_table(packed: Path, texts: Mapping[str, Sequence[Marked]], peer: Any = None, show: str | None = None) -> None:
    """Print what a packed model covers in each set: its best reading, and its readings from 0.2 on without its lean.

    Args:
        packed: the folder of the model.
        texts: each set by its name.
        peer: a stock pipeline to measure beside it.
        show: the set whose misses and alarms are printed, too.
    """
    import spacy

    nlp, straight = spacy.load(packed), upright(spacy.load(packed))
    for name, items in texts.items():
        score = measure(predictor(nlp), items)
        print(f"{name}: {score.row()}")
        print(f"{name}, from 0.2: {measure(weighed(straight, 0.2), items).row()}", flush=True)
        if peer is not None:
            print(f"{name}, stock md: {measure(named_only(peer), items).row()}")
        if name == show:
            print("MISSED", *score.missed, "FALSE", *score.false, sep="\n")


def main() -> None:
    """Print the table for a packed model."""
    import spacy

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--stock", action="store_true", help="measure en_core_web_md's ner beside it, and both speeds")
    parser.add_argument("--show", help="print the misses and alarms of this set (not of a frozen test)")
    arguments = parser.parse_args()
    peer = stock() if arguments.stock else None
    print_table(arguments.model, sets(arguments.data), peer, arguments.show)
    if peer is not None:
        nlp = spacy.load(arguments.model)
        texts = ofsted(arguments.data / "ofsted")
        rounds = [(words_per_second(nlp, texts), words_per_second(peer, texts)) for _ in range(3)]
        best, other = (max(speeds) for speeds in zip(*rounds, strict=True))
        print(f"words per second: {best:.0f}, stock md's ner {other:.0f}, ratio {best / other:.2f}")


if __name__ == "__main__":
    main()
