"""Score this package, and its peers where they are installed, on marked texts.

    python benchmarks/identifiers.py PATH… [--tool ours|spacy:MODEL|presidio:MODEL|scrubadub] [--json FILE] [--show]

A PATH is one of: a TAB file (``*.jsonl`` with ``identifier`` on its spans), presidio-research's JSON, a handmade
``sentences.py``, a ``.txt`` file (or a folder of them) with identifiers marked ``[[K|text]]``, plain text with
nothing to find, or a folder of JSON lines ``{"text": …, "spans": [{"start", "end", "kind"}]}``. Data are read by path;
nothing is kept.

A mention is found when all of its letters and digits are covered, titles aside. A false alarm is a reported span that
touches no marked one. Errors are the confidences ``certain`` and ``likely``; review adds ``possible``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

MARK = re.compile(r"\[\[(\w+)\|(.*?)\]\]", re.S)
TITLE = re.compile(
    r"^(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|PC|DC|DS|DI|Sgt|Judge|HHJ|the|The)\.?\s+)+"
)
MASKED = {"DIRECT", "QUASI"}


@dataclass(frozen=True)
class Gold:
    """A marked identifier; offsets into the text of its :class:`Sample`."""

    start: int
    end: int
    kind: str
    scored: bool = True


@dataclass(frozen=True)
class Sample:
    """A marked text, with the officials that its metadata would declare."""

    name: str
    text: str
    gold: tuple[Gold, ...]
    permitted: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """What a tool reported: errors have ``sure``, the rest needs a person."""

    start: int
    end: int
    kind: str
    sure: bool
    detectors: tuple[str, ...] = ()


Tool = Callable[[Sample], Iterable[Hit]]


@dataclass
class Score:
    """Counts over many samples."""

    words: int = 0
    seconds: float = 0.0
    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    sure: Counter[str] = field(default_factory=Counter)
    alarms: Counter[str] = field(default_factory=Counter)
    sure_alarms: Counter[str] = field(default_factory=Counter)
    tokens: int = 0
    right_tokens: int = 0


# --- data


def samples(path: Path) -> Iterator[Sample]:
    """The samples of one file or folder."""
    if path.is_dir():
        for file in sorted([*path.glob("*.txt"), *path.glob("*.jsonl")]):
            yield from samples(file)
    elif path.suffix == ".jsonl":
        for line in path.read_text("utf-8").splitlines():
            yield _json_line(json.loads(line), path.stem)
    elif path.suffix == ".json":
        for number, entry in enumerate(json.loads(path.read_text("utf-8"))):
            gold = tuple(Gold(s["start_position"], s["end_position"], s["entity_type"]) for s in entry["spans"])
            yield Sample(f"{path.stem}-{number}", entry["full_text"], gold)
    elif path.suffix == ".py":
        body = re.search(r"SENTENCES = (\[.*?^\])", path.read_text("utf-8"), re.S | re.M)
        for number, text in enumerate(eval(body[1], {"__builtins__": {}}) if body else []):
            yield _marked(f"{path.stem}-{number}", text)
    else:
        text = path.read_text("utf-8")
        whole = path.stem.startswith("long") or not MARK.search(text)
        parts = [text] if whole else re.split(r"\n[ \t]*\n", text)
        officials = tuple(match[2] for match in MARK.finditer(text) if match[1] == "OFFICIAL")
        for number, part in enumerate(parts):
            if part.strip():
                yield _marked(f"{path.stem}-{number}", part, officials if whole else ())


def _json_line(entry: dict[str, object], stem: str) -> Sample:
    spans: list[dict[str, object]] = entry["spans"]  # type: ignore[assignment]
    gold = tuple(
        Gold(
            int(str(span["start"])),
            int(str(span["end"])),
            f"{span.get('type', span.get('kind', 'any'))}" + (f" {span['identifier']}" if "identifier" in span else ""),
            scored=span.get("identifier", "DIRECT") in MASKED,
        )
        for span in spans
    )
    permitted = tuple(str(term) for term in entry.get("permitted", ()))  # type: ignore[attr-defined]
    return Sample(str(entry.get("id", stem)), str(entry["text"]), gold, permitted)


def _marked(name: str, marked: str, officials: tuple[str, ...] = ()) -> Sample:
    text, gold, done = "", [], 0
    permitted = list(officials)
    for match in MARK.finditer(marked):
        text += marked[done : match.start()]
        if match[1] in ("OFFICIAL", "ALLOW", "OK"):
            permitted.append(match[2])
        else:
            gold.append(Gold(len(text), len(text) + len(match[2]), match[1]))
        text += match[2]
        done = match.end()
    return Sample(name, text + marked[done:], tuple(gold), tuple(permitted))


def held_aside(sample: Sample) -> bool:
    """Whether a passage belongs to the third that nobody tunes on."""
    return int(hashlib.sha256(sample.text.encode()).hexdigest(), 16) % 3 == 0


# --- tools


def ours(model: str = "") -> Tool:
    """This package, with its own model or another."""
    from pytest_scr_compliance import Checker, Settings, identifiers

    detectors = Checker(Settings(model=model)).registry.detectors.as_dict()

    def run(sample: Sample) -> Iterator[Hit]:
        permitted = identifiers.Permitted.build(sample.permitted)
        for span in identifiers.identify(sample.text, detectors, permitted):
            yield Hit(span.start, span.end, span.kind, span.confidence.rank > 0, span.detectors)

    return run


def raw_spacy(model: str) -> Tool:
    """A spaCy model's names as they come."""
    import spacy

    nlp = spacy.load(model)
    labels = {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"} & set(nlp.get_pipe("ner").labels) or set(
        nlp.get_pipe("ner").labels
    )

    def run(sample: Sample) -> Iterator[Hit]:
        for entity in nlp(sample.text).ents:
            if entity.label_ in labels:
                yield Hit(entity.start_char, entity.end_char, entity.label_, True)

    return run


def presidio(model: str) -> Tool:
    """Presidio with its default recognisers, or all UK ones and ORG where the model's name ends in ``+uk``."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer.nlp_engine import NlpEngineProvider

    name, _, uk = model.partition("+")
    configuration: dict[str, object] = {"nlp_engine_name": "spacy", "models": [{"lang_code": "en", "model_name": name}]}
    if uk:
        configuration["ner_model_configuration"] = {
            "labels_to_ignore": ["CARDINAL", "ORDINAL", "MONEY", "PERCENT", "QUANTITY"]
        }
    engine = AnalyzerEngine(nlp_engine=NlpEngineProvider(nlp_configuration=configuration).create_engine())
    if uk:
        from presidio_analyzer import predefined_recognizers

        for recogniser in dir(predefined_recognizers):
            if recogniser.startswith(("Uk", "NhsRecognizer")):
                engine.registry.add_recognizer(getattr(predefined_recognizers, recogniser)())

    def run(sample: Sample) -> Iterator[Hit]:
        for result in engine.analyze(sample.text, language="en"):
            yield Hit(result.start, result.end, result.entity_type, True)

    return run


def scrubadub() -> Tool:
    """scrubadub with its default detectors for en_GB."""
    import scrubadub as library

    scrubber = library.Scrubber(locale="en_GB")

    def run(sample: Sample) -> Iterator[Hit]:
        for filth in scrubber.iter_filth(sample.text):
            yield Hit(filth.beg, filth.end, filth.type, True)

    return run


def make_tool(name: str) -> Tool:
    """The tool called ``ours[:MODEL]``, ``spacy:MODEL``, ``presidio:MODEL``, ``presidio:MODEL+uk`` or ``scrubadub``."""
    kind, _, model = name.partition(":")
    if kind == "ours":
        return ours(model)
    return {"spacy": lambda: raw_spacy(model), "presidio": lambda: presidio(model), "scrubadub": scrubadub}[kind]()


# --- scoring


def _core(sample: Sample, gold: Gold) -> set[int]:
    """Offsets of the letters and digits of a mention without its title."""
    text = sample.text[gold.start : gold.end]
    title = TITLE.match(text)
    skip = title.end() if title and title.end() < len(text) else 0
    stop = len(text) - (2 if re.search(r"['’]s$", text) else 0)
    return {gold.start + i for i in range(skip, stop) if text[i].isalnum()}


def add(score: Score, sample: Sample, hits: list[Hit], show: bool = False) -> None:
    """Add what a tool reported for one sample; ``show`` prints what was missed and what was false."""
    score.words += len(sample.text.split())
    covered = {i for hit in hits for i in range(hit.start, hit.end)}
    sure = {i for hit in hits if hit.sure for i in range(hit.start, hit.end)}
    for gold in sample.gold:
        if not gold.scored:
            continue
        core = _core(sample, gold)
        score.gold[gold.kind] += 1
        score.found[gold.kind] += core <= covered
        score.sure[gold.kind] += core <= sure
        if show and not core <= sure:
            sort = "only review" if core <= covered else "MISSED"
            print(f"{sort:12}{gold.kind:10}{_context(sample, gold.start, gold.end)}  ({sample.name})")
    marked = {i for gold in sample.gold for i in range(gold.start, gold.end)}
    for hit in hits:
        if not marked & set(range(hit.start, hit.end)):
            score.alarms[hit.kind] += 1
            score.sure_alarms[hit.kind] += hit.sure
            if show:
                sort = "FALSE ERROR" if hit.sure else "false review"
                context = _context(sample, hit.start, hit.end)
                print(f"{sort:13}{hit.kind:12}{context}  {','.join(hit.detectors)}  ({sample.name})")
    masked = {i for gold in sample.gold if gold.scored for i in range(gold.start, gold.end)}
    for token in re.finditer(r"\w+", sample.text):
        if token.start() in covered:
            score.tokens += 1
            score.right_tokens += token.start() in masked


def _context(sample: Sample, start: int, end: int) -> str:
    text = sample.text
    return f"{text[max(0, start - 40) : start]}⟦{text[start:end]}⟧{text[end : end + 25]}".replace("\n", "⏎")


def summary(score: Score) -> dict[str, object]:
    """The figures of a score."""

    def per_thousand(count: int) -> float:
        return round(1000 * count / max(score.words, 1), 2)

    total = sum(score.gold.values())
    return {
        "words": score.words,
        "mentions": total,
        "found": round(sum(score.found.values()) / total, 4) if total else None,
        "found_as_error": round(sum(score.sure.values()) / total, 4) if total else None,
        "alarms_per_1000_words": per_thousand(sum(score.alarms.values())),
        "false_errors_per_1000_words": per_thousand(sum(score.sure_alarms.values())),
        "token_precision": round(score.right_tokens / score.tokens, 4) if score.tokens else None,
        "words_per_second": round(score.words / score.seconds) if score.seconds else None,
        "by_kind": {
            kind: {"mentions": count, "found": score.found[kind], "found_as_error": score.sure[kind]}
            for kind, count in sorted(score.gold.items())
        },
        "alarms_by_kind": dict(score.alarms.most_common()),
    }


def run(tool: Tool, data: Iterable[Sample], show: bool = False) -> Score:
    """Score one tool on some samples."""
    score = Score()
    for sample in data:
        begin = time.perf_counter()
        hits = list(tool(sample))
        score.seconds += time.perf_counter() - begin
        add(score, sample, hits, show)
    return score


def _print(title: str, figures: dict[str, object]) -> None:
    print(f"\n{title}: {figures['mentions']} mentions in {figures['words']} words")
    for key in (
        "found",
        "found_as_error",
        "alarms_per_1000_words",
        "false_errors_per_1000_words",
        "token_precision",
        "words_per_second",
    ):
        print(f"  {key:30}{figures[key]}")
    for kind, counts in figures["by_kind"].items():  # type: ignore[attr-defined]
        print(
            f"    {kind:20}{counts['mentions']:5} mentions {counts['found']:5} found "
            f"{counts['found_as_error']:5} as error"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--tool", action="append", help="which tool to score; may be repeated (default: ours)")
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    parser.add_argument(
        "--show", action="store_true", help="print what was missed and what was false (development data only)"
    )
    parser.add_argument(
        "--part", choices=("all", "tune", "aside"), default="all", help="two thirds to tune on, one kept aside"
    )
    parser.add_argument(
        "--permit", action="append", default=[], help="a permitted term, such as an official on a title page"
    )
    arguments = parser.parse_args()
    results: dict[str, object] = {"python": sys.version.split()[0], "command": " ".join(sys.argv)}
    for name in arguments.tool or ["ours"]:
        begin = time.perf_counter()
        tool = make_tool(name)
        list(tool(Sample("warm-up", "Mr Example met nobody.", ())))
        start_up = time.perf_counter() - begin
        for path in arguments.paths:
            data = [
                Sample(s.name, s.text, s.gold, (*s.permitted, *arguments.permit))
                for s in samples(path)
                if arguments.part == "all" or held_aside(s) == (arguments.part == "aside")
            ]
            figures = summary(run(tool, data, arguments.show))
            figures["start_up_seconds"] = round(start_up, 2)
            figures["peak_memory_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            _print(f"{name} on {path.name}", figures)
            results[f"{name} on {path.name}"] = figures
    results["versions"] = {
        name: version(name) for name in ("spacy", "presidio-analyzer", "scrubadub", "regex") if _installed(name)
    }
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=1), "utf-8")
    return 0


def _installed(name: str) -> bool:
    try:
        version(name)
    except ImportError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
