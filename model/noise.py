"""The noise of real files, applied to a record so that its spans stay right.

Every function takes and returns a `Record`; those that change lengths go through `substitute`, which
moves the offsets.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

from model.render import Record

Edit = tuple[int, int, str]
_OCR = {
    "l": "1",
    "I": "l",
    "O": "0",
    "o": "0",
    "rn": "m",
    "m": "rn",
    "S": "5",
    "B": "8",
    "e": "c",
    "h": "b",
    "cl": "d",
}


def substitute(record: Record, edits: Sequence[Edit]) -> Record:
    """Apply (start, end, new) edits, which must not overlap one another nor cross a span's border."""
    text, spans = record.text, [[s, e] for s, e, _ in record.spans]
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(edits):
        parts += [text[position:start], new]
        position = end
        change = len(new) - (end - start)
        for (old_start, old_end, _), span in zip(record.spans, spans, strict=True):
            if old_start >= end:
                span[0] += change
            if old_end >= end:
                span[1] += change
    parts.append(text[position:])
    labels = [s[2] for s in record.spans]
    return Record("".join(parts), tuple((s, e, label) for (s, e), label in zip(spans, labels, strict=True)))


def apply(rng: random.Random, record: Record) -> Record:
    """One kind of noise at most, or none (about three texts in four)."""
    chance = rng.random()
    if chance < 0.035:
        return lower_all(record)
    if chance < 0.055:
        return upper_all(record)
    if chance < 0.10:
        return Record(re.sub(r"(^|[\s(])\"", r"\1“", record.text.replace("'", "’")).replace('"', "”"), record.spans)
    if chance < 0.16:
        return wrap_lines(rng, record)
    if chance < 0.18:
        return hyphenate(rng, record)
    if chance < 0.205:
        return ocr(rng, record)
    if chance < 0.235:
        return drop_punctuation(rng, record)
    if chance < 0.25:
        return lower_names(rng, record)
    return record


def lower_all(record: Record) -> Record:
    """All in lower case, where that keeps the length."""
    return Record(record.text.lower(), record.spans) if len(record.text.lower()) == len(record.text) else record


def upper_all(record: Record) -> Record:
    """ALL IN CAPITALS, where that keeps the length."""
    return Record(record.text.upper(), record.spans) if len(record.text.upper()) == len(record.text) else record


def wrap_lines(rng: random.Random, record: Record) -> Record:
    """Break lines at a fixed width, as a PDF's text does, also inside names."""
    width, column, edits = rng.randint(28, 95), 0, []
    for match in re.finditer(r"\S+", record.text):
        column += len(match.group()) + 1
        if column > width and match.start() > 0 and record.text[match.start() - 1] == " ":
            edits.append((match.start() - 1, match.start(), "\n"))
            column = len(match.group())
    return substitute(record, edits)


def hyphenate(rng: random.Random, record: Record) -> Record:
    """Split one or two names or words over a line end with a hyphen."""
    words = list(re.finditer(r"[^\W\d_]{6,}", record.text))
    edits = []
    for match in rng.sample(words, min(2, len(words))):
        cut = rng.randint(2, len(match.group()) - 2) + match.start()
        edits.append((cut, cut, rng.choice(["-\n", "\u00ad", "-\n"])))
    return substitute(record, edits)


def ocr(rng: random.Random, record: Record) -> Record:
    """Misread a few letters, as optical character recognition does."""
    edits: list[Edit] = []
    for match in re.finditer("|".join(sorted(_OCR, key=len, reverse=True)), record.text):
        inside = all(
            (s <= match.start() and match.end() <= e) or match.end() <= s or e <= match.start()
            for s, e, _ in record.spans
        )
        if inside and rng.random() < 0.012:
            edits.append((match.start(), match.end(), _OCR[match.group()]))
    return substitute(record, edits)


def drop_punctuation(rng: random.Random, record: Record) -> Record:
    """Leave out commas and full stops outside of names."""
    edits = [
        (m.start(), m.end(), "")
        for m in re.finditer(r"[,.](?=\s|$)", record.text)
        if not any(s <= m.start() < e for s, e, _ in record.spans) and rng.random() < 0.7
    ]
    return substitute(record, edits)


def lower_names(rng: random.Random, record: Record) -> Record:
    """Names in lower case in a text that is otherwise typed as usual."""
    text = record.text
    for start, end, _ in record.spans:
        if len(text[start:end].lower()) == end - start:
            text = text[:start] + text[start:end].lower() + text[end:]
    return Record(text, record.spans)


def shuffle_words(
    rng: random.Random, record: Record, words: Sequence[str], weights: Sequence[float], share: float = 0.15
) -> Record:
    """Replace, drop and insert lower-case words outside of names, against learning by heart."""
    edits: list[Edit] = []
    for match in re.finditer(r"\b[a-z]{2,}\b", record.text):
        if match.group() in ("al", "et") or any(s <= match.start() < e for s, e, _ in record.spans):
            continue
        chance = rng.random()
        if chance < share:
            edits.append((match.start(), match.end(), rng.choices(words, weights)[0]))
        elif chance < share * 1.3 and record.text[match.end() : match.end() + 1] == " ":
            edits.append((match.start(), match.end() + 1, ""))
        elif chance < share * 1.5:
            edits.append((match.start(), match.start(), rng.choices(words, weights)[0] + " "))
    return substitute(record, edits)
