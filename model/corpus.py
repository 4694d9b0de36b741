"""Training and test texts: generated scenes, and real prose with names swapped in."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from model import noise, people, places
from model.lexicon import Lexicon, held_out, load
from model.render import Record, Template, read_templates, render
from model.scene import DATE, NUMBER, ORG_LOCAL, PERSON, PLACE, Piece, Scene

#: Ofsted reports that are never trained on.
OFSTED_HELD_OUT = (
    "ofsted_kent_05_july_2022",
    "ofsted_rotherham_19_november_2014",
    "ofsted_doncaster_18_march_2025",
)
_DECOY_SHARE = 0.33


def generate(
    count: int,
    seed: int,
    *,
    test: bool = False,
    templates: Sequence[Template] | None = None,
    words: Path | None = None,
) -> list[Record]:
    """About `count` rendered templates, joined into texts of one to six.

    Args:
        count: how many templates to render.
        seed: of the random numbers.
        test: names and templates from the held-out halves instead of the training halves.
        templates: use these instead.
        words: folder of real prose whose lower-case words are mixed in (see `noise.shuffle_words`), or None.
    """
    rng, lex = random.Random(seed), load(test)
    chosen = [t for t in read_templates() if held_out(t.text) == test] if templates is None else list(templates)
    named = [t for t in chosen if not t.decoy]
    decoy = [t for t in chosen if t.decoy]
    by_style: dict[str, list[Template]] = {}
    for template in named:
        by_style.setdefault(template.style, []).append(template)
    records: list[Record] = []
    rendered = 0
    while rendered < count:
        chance = rng.random()
        scene = Scene(rng, lex, 1.0 if chance < 0.2 else 0.35 if chance < 0.38 else 0.0)
        size = rng.choices([1, 2, 3, 4, 5, 6], [30, 20, 18, 14, 10, 8])[0]
        # Half of the texts stay in one voice, the others mix.
        pool = by_style[rng.choice(named).style] if rng.random() < 0.5 else named
        picks = [rng.choice(decoy if decoy and rng.random() < _DECOY_SHARE else pool) for _ in range(size)]
        records.append(_join(rng, [noise.apply(rng, render(scene, t)) for t in picks]))
        rendered += size
    if words is not None:
        vocabulary, weights = _vocabulary(words)
        records = [noise.shuffle_words(rng, r, vocabulary, weights) if rng.random() < 0.2 else r for r in records]
    return records


def _join(rng: random.Random, parts: Sequence[Record]) -> Record:
    text = ""
    spans: list[tuple[int, int, str]] = []
    for part in parts:
        table = part.text[:1] == "|" or "\t" in part.text
        text += "" if not text else "\n" if table else rng.choice([" ", " ", " ", "\n", "\n\n"])
        spans += [(s + len(text), e + len(text), label) for s, e, label in part.spans]
        text += part.text
    return Record(text, tuple(spans))


# ------------------------------------------------------------------ real prose


@cache
def _vocabulary(folder: Path) -> tuple[list[str], list[float]]:
    counts: Counter[str] = Counter()
    for path in sorted(folder.glob("*.txt")):
        if path.stem not in OFSTED_HELD_OUT:
            counts.update(re.findall(r"(?<=[a-z,] )[a-z]{2,}", path.read_text(encoding="utf-8", errors="replace")))
    words = sorted(word for word, n in counts.items() if n > 2)
    return words, [counts[word] ** 0.6 for word in words]


def ofsted_paragraphs(folder: Path, *, test: bool = False) -> list[str]:
    """Paragraphs of Ofsted's reports; those for training without any that may name an official."""
    paragraphs = []
    for path in sorted(folder.glob("*.txt")):
        if (path.stem in OFSTED_HELD_OUT) != test:
            continue
        for paragraph in re.split(r"\n\s*\n", path.read_text(encoding="utf-8", errors="replace")):
            if test or not re.search(
                r"[Ii]nspectors?\b[^.]{0,30}:|Dear |\bHMI\b|H(?:er|is) Majesty|Ofsted Inspector|"
                r"Yours sincerely|@|www",
                paragraph,
            ):
                paragraphs.append(paragraph.strip())
    return [p for p in paragraphs if len(p) > 20]


def fragments(folder: Path, seed: int, count: int) -> list[Record]:
    """Notes, tables, headings and lists made of scraps of real prose, with a name among them here and there.

    Most capitalised words of a file are no names, and no list holds them all: these are ordinary words
    capitalised as the first of a note or of a table's cell, or as each word of a heading.
    """
    rng, lex = random.Random(seed), load(False)
    phrases = [
        m.group().split()
        for p in ofsted_paragraphs(folder)
        for m in re.finditer(r"[a-z]{3,}(?:[ \n][a-z]{2,}){2,9}", p)
    ]
    records = []
    for _ in range(count):
        scene = Scene(rng, lex, rng.choice([0.0, 0.0, 1.0]))
        between = rng.choice([" | ", "\n", "\t", ". ", "; ", " - ", ": ", ", ", "|", " / ", "\n- ", "  "])
        style = rng.choice([str.capitalize, str.capitalize, str.capitalize, str.title, str.upper, str.lower])
        named = rng.choice([0.0, 0.0, 0.1, 0.3])
        text = ""
        spans: list[tuple[int, int, str]] = []
        for _ in range(rng.randint(2, 9)):
            chance = rng.random()
            if chance < named:
                pieces = scene.fill(
                    rng.choice(
                        [
                            "P1",
                            "P1",
                            "PF",
                            "C",
                            "M",
                            "PREV",
                            "WT",
                            "SCH",
                            "PL",
                            "ST",
                            "HOSP",
                            "VEN",
                            "HOME",
                            "NICK",
                            "EMP",
                            "SURG",
                        ]
                    )
                )
            elif chance < named + 0.2:
                pieces = scene.fill(
                    rng.choice(
                        [
                            "DATE",
                            "TIME",
                            "AG",
                            "RC",
                            "AB",
                            "SYS",
                            "DRUG",
                            "NUM",
                            "HEAD",
                            "BARE",
                            "CTY",
                            "CITY",
                            "DAY",
                            "AGG",
                            "REF",
                            "LANG",
                        ]
                    )
                )
            else:
                words = rng.choice(phrases)
                start = rng.randrange(len(words))
                pieces = [Piece(style(" ".join(words[start : start + rng.randint(1, 5)])))]
            text += between if text else ""
            for piece in pieces:
                if piece.label:
                    spans.append((len(text), len(text) + len(piece.text), piece.label))
                text += piece.text
        records.append(Record(text, tuple(spans)))
    return records


#: Subjects of real sentences that a name can stand for.
_SUBJECTS = re.compile(
    r"\b(?:[Tt]he|[Aa]|[Oo]ne|[Aa]nother) (?:young )?(?:child|young person|care leaver|social worker|"
    r"head ?teacher|manager|team manager|foster carer|parent|mother|father|personal adviser|practice manager|"
    r"head of service|teenager|boy|girl|family support worker)\b(?!['’]s?\b| (?:in|who|protection))"
)
_NOUNS = re.compile(
    r"\b(?:[Cc]hildren|[Yy]oung people|[Ss]taff|[Pp]arents|[Cc]arers|[Ss]ocial workers|[Pp]artners|"
    r"[Ff]amilies|[Mm]anagers|[Aa]dopters)\b(?! (?:in|and|with|who|looked|services)\b)"
)


def swapped(folder: Path, seed: int, repeats: int = 1) -> list[Record]:
    """Real paragraphs as they are (nothing to find) and with role words swapped for names."""
    rng, lex = random.Random(seed), load(False)
    records = []
    for _ in range(repeats):
        for paragraph in ofsted_paragraphs(folder):
            if rng.random() < 0.4:
                paragraph = re.sub(r"\s*\n\s*", " ", paragraph)
            records.append(Record(paragraph, ()) if rng.random() < 0.5 else _swap(rng, lex, paragraph))
            if rng.random() < 0.08:
                records[-1] = rng.choice([noise.lower_all, noise.upper_all])(records[-1])
    return [noise.apply(rng, r) for r in records if r.text]


def _swap(rng: random.Random, lex: Lexicon, text: str) -> Record:
    scene = Scene(rng, lex)
    edits: list[tuple[int, int, str, str]] = []
    for match in _SUBJECTS.finditer(text):
        if rng.random() < 0.8:
            name = (
                people.given(rng, lex)
                if rng.random() < 0.6
                else people.full(rng, lex, people.given(rng, lex), people.surname(rng, lex))
            )
            edits.append((match.start(), match.end(), name, PERSON))
    for match in _NOUNS.finditer(text):
        if rng.random() < 0.35:
            piece = scene.fill(rng.choice(["P1", "P1", "P1", "PF", "SUR"]))[0]
            edits.append((match.start(), match.end(), piece.text, PERSON))
    for match in re.finditer(r"\b(?:the (?:local )?authority|the area|the county)\b(?!['’])", text):
        if rng.random() < 0.5:
            edits.append((match.start(), match.end(), places.town(rng, lex), PLACE))
    for match in re.finditer(r"\b(?:[Ss]chools?|[Tt]he service|residential care|[Ff]oster care|placements?)\b", text):
        if rng.random() < 0.3:
            slot = rng.choice(["SCH", "HOME", "NUR", "HOSP", "CC", "SURG", "CHU"])
            edits.append((match.start(), match.end(), scene.fill(slot)[-1].text, ORG_LOCAL))
    parts: list[str] = []
    spans: list[tuple[int, int, str]] = []
    position = length = 0
    for start, end, new, label in sorted(edits):
        if start < position:
            continue
        parts += [text[position:start], new]
        length += start - position
        spans.append((length, length + len(new), label))
        length += len(new)
        position = end
    return Record("".join(parts) + text[position:], tuple(spans))


# ------------------------------------------------------------------ court cases (TAB)


def tab(path: Path) -> list[Record]:
    """The Text Anonymization Benchmark's cases with our labels."""
    return [
        Record(case["text"], tuple(_tab_spans(case)))
        for case in map(json.loads, path.read_text(encoding="utf-8").splitlines())
    ]


def _tab_spans(case: dict[str, object]) -> Iterator[tuple[int, int, str]]:
    text, spans = case["text"], case["spans"]
    assert isinstance(text, str) and isinstance(spans, list)
    british = {w for name in ("towns", "districts", "real_towns") for half in (False, True) for w in load(half)[name]}
    end_before = -1
    for span in sorted(spans, key=lambda s: (s["start"], -s["end"])):
        shown = text[span["start"] : span["end"]]
        label = _tab_label(span["type"], shown, british)
        if label and span["start"] >= end_before:
            title = re.match(
                r"(?:(?:Mr|Mrs|Ms|Miss|Dr|Sir|Lord|Lady|Judge|Professor|Lord Justice|Mr Justice)\.? )+", shown
            )
            yield span["start"] + (title.end() if title and label == PERSON else 0), span["end"], label
            end_before = span["end"]


#: Places abroad and large ones: no identifiers as they stand, but a village of ours may take their place in the text.
_ELSEWHERE = "ELSEWHERE"
_DAY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]")


def _tab_label(kind: str, shown: str, british: set[str]) -> str | None:
    if kind == "PERSON":
        return PERSON if re.search(r"[A-Z][a-z]|[A-Z]{3}|\w\. ?[A-Z]", shown) else None
    if kind == "DATETIME":
        return DATE if _DAY.search(shown) else None
    if kind == "CODE":
        return NUMBER
    if kind == "LOC":
        return PLACE if shown in british else _ELSEWHERE
    if kind == "ORG" and re.search(
        r"Hospital|School|Prison|College|Clinic|University|Church|Home|Limited|Ltd|plc|Solicitors|HMP", shown
    ):
        return ORG_LOCAL
    return None


def tab_pieces(path: Path, seed: int, repeats: int = 1, swap: float = 0.5) -> list[Record]:
    """Paragraphs of the court cases, half with their names swapped, each the same through its paragraph."""
    rng, lex = random.Random(seed), load(False)
    out = []
    for _ in range(repeats):
        for case in tab(path):
            for piece in _paragraphs(case):
                swapped_piece = _swap_names(rng, lex, piece) if piece.spans and rng.random() < swap else piece
                out.append(Record(swapped_piece.text, tuple(s for s in swapped_piece.spans if s[2] != _ELSEWHERE)))
    return out


def _paragraphs(record: Record) -> Iterator[Record]:
    for match in re.finditer(r"(?:[^\n]|\n(?!\n))+", record.text):
        start, end = match.span()
        inside = tuple((s - start, e - start, label) for s, e, label in record.spans if start <= s and e <= end)
        if end - start > 20:
            yield Record(match.group(), inside)


def _swap_names(rng: random.Random, lex: Lexicon, record: Record) -> Record:
    new: dict[str, str] = {}
    edits = []
    to_ours = rng.random() < 0.6
    if to_ours:
        ours = tuple((s, e, PLACE if label == _ELSEWHERE else label) for s, e, label in record.spans)
        record = Record(record.text, ours)
    for start, end, label in record.spans:
        old = record.text[start:end]
        if old not in new:
            if label == PERSON:
                new[old] = (
                    people.full(rng, lex, people.given(rng, lex), people.surname(rng, lex))
                    if " " in old
                    else people.surname(rng, lex)
                )
            else:
                new[old] = places.town(rng, lex) if label == PLACE else old
        edits.append((start, end, new[old]))
    return noise.substitute(record, edits)
