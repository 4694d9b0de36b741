"""Names by a statistical model: spaCy's ``ner`` and nothing else of it, loaded once a process and only when needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from ..model import Confidence, Span
from ..registry import Detector
from . import formless
from .lexicon import vocabulary
from .models import Label, labels_of, load
from .pieces import batches
from .places import generic_organisations
from .readings import can_weigh, weigh
from .wording import MONTH, acts, follows_a_heading, is_acronym, is_particle, is_surname_too, look_up, starts_sentence

_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_LONG = 60  # characters: a reading from there on is cut at the ends of sentences


def make_detector(model: str = "") -> Detector:
    """The detector ``names`` for a model.

    Args:
        model: name of an installed spaCy model, or path of one; empty for the one that comes with the package.

    Returns:
        a detector that loads the model when it is first given text, and raises ``ModelError`` if that fails.
    """

    def detect(text: str) -> Iterator[Span]:
        labels = labels_of(model)
        for batch in batches(text):
            for start, end, name, probability in entities(load(model), text, batch):
                label = labels.get(name)
                if label is None or probability < label.possible:
                    continue
                if label.kind in formless.KINDS:
                    told = formless.span(text, start, end, label.kind, _sureness(label, probability))
                    if told is not None:
                        yield told
                    continue
                for first, last in _sentences(text, start, end):
                    found = _span(text, first, last, label, probability)
                    if found is not None:
                        yield found

    return detect


def _sureness(label: Label, probability: float) -> Confidence:
    """How sure a reading is by its probability alone."""
    if probability >= label.likely:
        return Confidence.LIKELY
    return Confidence.POSSIBLE if probability >= label.alone else Confidence.SLIGHT


def entities(nlp: Any, text: str, pieces: list[tuple[int, int]]) -> Iterator[tuple[int, int, str, float]]:
    """Start, end, label and probability of what a model finds in pieces of a text.

    The probability is that of the word of the stretch that is least sure to be a part of any name: readings that differ in
    label or border add up.
    """
    docs = [nlp.make_doc(text[start:end]) for start, end in pieces]
    if not can_weigh(nlp):
        for (start, _), doc in zip(pieces, nlp.pipe(docs), strict=True):
            yield from ((start + entity.start_char, start + entity.end_char, entity.label_, 0.5) for entity in doc.ents)
        return
    for (start, _), doc, readings in zip(pieces, docs, weigh(nlp.get_pipe("ner"), docs), strict=True):
        for reading in readings:
            stretch = doc[reading.first : reading.end]
            yield start + stretch.start_char, start + stretch.end_char, reading.label, reading.probability


def _span(text: str, start: int, end: int, label: Label, probability: float) -> Span | None:
    """What a reading of the model is worth beside the lists of words; None for nothing."""
    begin, stop = _trimmed(text, start, end)
    if begin == stop:  # a name all the same, such as Bo, if the model is sure
        begin, stop = _one_line(text, start, end)
        is_nobody = all(look_up(word).nobody for word in _WORD.findall(text, begin, stop))
        if is_nobody or _is_in_a_path(text, begin, stop):
            return None
    is_trusted = probability >= label.trusted
    if is_trusted and label.kind != "person":
        begin, stop = _one_line(text, start, end)
    if stop - begin < 2 or (not is_trusted and _is_noise(text, begin, stop, label.kind)):
        return None
    known = probability if label.is_calibrated else 0.0
    return Span(label.kind, begin, stop, _sureness(label, probability), ("names",), known)


_WITHIN = regex.compile(
    r"(?<=\p{L}\p{Ll}{2}|\d)(?<!\b(?:Mrs|Rev|Sgt|Ave|Cpl|Det|Hon|Con|Col|Gen|Capt|Cllr|Supt|Insp))[.!?][\"')]?\s+(?=\p{Lu})"
)


_PROSE = regex.compile(r"(?<=\w)(?:[ ]\p{Ll}[\p{Ll}'-]*,?){6,}")  # a name of many words has capitals among them


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A reading of the model, cut where a sentence ends, or prose stands in it if it is longer than a name or an address is."""
    cuts = [(match.start(), match.end()) for match in _WITHIN.finditer(text, start, end)]
    if end - start >= _LONG and text[start].isupper():
        cuts += [(match.start(), match.end() + 1) for match in _PROSE.finditer(text, start, end)]
    for before, after in sorted(cuts):
        if before > start:
            yield start, before
        start = max(start, after)
    if start < end:
        yield start, end


_ANSWER = regex.compile(r"[QA][.:] (?=\p{Lu})")
_LETTERED = regex.compile(r"\p{Lu}\. (?=\p{Lu})")


_DATED = regex.compile(rf"(?<=\p{{L}}),?[ ](?:{MONTH}[ ])?(?:19|20)\d\d\Z")


def _one_line(text: str, start: int, end: int) -> tuple[int, int]:
    """A model's span without what follows a line end, a month and a year, or the letter of an answer or a heading."""
    end = start + len(_DATED.sub("", text[start:end].partition("\n")[0].rstrip()))
    if _is_answer(text, start) or (_LETTERED.match(text, start) and follows_a_heading(text, start)):
        start += 3
    return start, end


def _is_answer(text: str, start: int) -> bool:
    """Whether an offset is that of the letter before a question or an answer: A. Pram."""
    return bool(_ANSWER.match(text, start)) and (start == 0 or text[start - 1] == "\n")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A model's span without ordinary words at its ends, too."""
    start, end = _one_line(text, start, end)
    words = list(_WORD.finditer(text, start, end))
    while (
        words
        and not _ends_a_name(words)
        and (_is_ordinary(words[-1][0]) or (words[-1][0].islower() and is_particle(words[-1][0])))
    ):
        words.pop()
    while words and _is_ordinary(words[0][0]) and not _starts_a_name(words):
        words.pop(0)
    return (words[0].start(), end if words[-1].end() + 2 >= end else words[-1].end()) if words else (start, start)


def _starts_a_name(words: list[regex.Match[str]]) -> bool:
    """Whether a word is the given name before a surname, or the surname before a given name: Mark Brown, LONG, June."""
    if len(words) == 1:
        return False
    first, second = words[0][0], words[1][0]
    if first.isupper() and len(first) > 2 and not second.isupper():
        return look_up(first).surname and look_up(second).listed
    return first[0].isupper() and second[0].isupper() and look_up(first).listed and look_up(second).surname


def _ends_a_name(words: list[regex.Match[str]]) -> bool:
    """Whether a word of offices or a colour is the surname behind an initial or a given name: K. White, Mark Young."""
    if len(words) == 1:
        return False
    first = words[-2][0]
    if first.isupper() and len(first) > 2 and words[-1][0].istitle():
        return look_up(first).surname and look_up(words[-1][0]).listed
    if first.islower() and words[-1][0].islower():
        return look_up(first).given and look_up(words[-1][0]).surname and not look_up(words[-1][0]).role
    if not is_surname_too(words[-1][0]):
        return False
    return words[-1][0][0].isupper() and (len(first) == 1 or (first[0].isupper() and look_up(first).listed))


def _is_ordinary(word: str) -> bool:
    known = look_up(word)
    return known.role or (word.islower() and known.plain)


def _is_noise(text: str, start: int, end: int, kind: str) -> bool:
    """Whether all words of a span mean nothing as a name: abbreviations, or English words where no name is likely."""
    found = text[start:end]
    words = _WORD.findall(found)
    if not words or len(found) < 2 or all(is_acronym(word) for word in words):
        return True
    if (
        kind == "organisation"
        and not found.isupper()
        and all(word.lower() in generic_organisations() for word in words)
    ):
        return True  # the Hostel
    if _is_in_a_path(text, start, end):
        return True
    known = [look_up(word) for word in words]
    if found.islower():
        slang = vocabulary("words")["slang"]
        return not any(
            word.rare and len(part) > 3 and part not in slang for word, part in zip(known, words, strict=True)
        )
    if len(words) > 1:
        return all(word.plain and (word.role or (kind == "person" and not word.surname)) for word in known)
    if found.isupper() and (len(found) < 5 or (len(found) < 7 and not known[0].given)):
        return True
    if known[0].rare and len(found) < 5 and not (known[0].given or known[0].surname or known[0].place):
        return True
    if known[0].rare or known[0].place:
        return False
    if known[0].plain:
        return kind == "person" or starts_sentence(text, start)
    return starts_sentence(text, start) and not acts(text, end)


def _is_in_a_path(text: str, start: int, end: int) -> bool:
    """Whether a span is a part of a path or an address on the web, such as the suffix of a file."""
    return text[start:end].islower() and text[max(0, start - 1) : start] in ("/", "\\", ".")
