"""Names by a statistical model: spaCy's ``ner`` and nothing else of it, loaded once a process and only when needed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import regex

from ..model import Confidence, Span
from ..registry import Detector
from . import formless
from .lexicon import vocabulary
from .lexicon import words as lists
from .models import Label, labels_of, load
from .pieces import batches
from .places import generic_organisations
from .readings import can_weigh, weigh
from .wording import MONTH, acts, follows_a_heading, is_acronym, is_particle, is_surname_too, look_up, starts_sentence

_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_SURE_OF_SORTS = 0.98  # from which a reading counts that only says a sort
_SURE_OF_A_WORD = 0.9  # from which a reading counts that is all ordinary words
_SURE_OF_A_NAMED_WORD = 0.5  # likewise, of names that are such words
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


def _has_case(found: str) -> bool:
    """Whether capitals and small letters tell names from words; where they do not, a model is too sure of itself."""
    return not (found.islower() or found.isupper())


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
    if is_ordinary := begin == stop:  # a name all the same, such as Bo, if the model is sure; then a reader decides
        begin, stop = _one_line(text, start, end)
        is_nobody = all(look_up(word).nobody for word in _WORD.findall(text, begin, stop))
        if is_nobody or _is_in_a_path(text, begin, stop):
            return None
    if label.kind == "person" and _is_glossed(text, begin):
        return None
    is_trusted = probability >= label.trusted
    if is_trusted and label.kind != "person":
        begin, stop = _one_line(text, start, end)
    if probability < _SURE_OF_A_WORD and text[begin:stop].lower() in lists("jargon"):
        return None
    if stop - begin < 2 or (not is_trusted and _is_noise(text, begin, stop, label.kind)):
        return None
    if label.kind != "person" and (_is_prose(text, begin, stop) or _is_a_sort(text[begin:stop], probability)):
        return None
    if _is_answer(text, start) and all(look_up(word).plain for word in _WORD.findall(text, begin, stop)):
        return None
    has_case = _has_case(text[begin:stop])
    confidence = Confidence.POSSIBLE
    if is_ordinary and probability < _sure_of(text, begin, stop):
        confidence = Confidence.FAINT
    elif probability < _alone(text[begin:stop], label):
        is_slight = probability >= (label.slight if has_case else label.slight_without_case)
        confidence = Confidence.SLIGHT if is_slight else Confidence.FAINT
    elif (not is_ordinary or (label.kind != "person" and probability >= _SURE_OF_SORTS)) and (
        _is_likely(text, begin, stop, label, probability)
        if has_case
        else probability >= label.several and _small_street().fullmatch(text, begin, stop)
    ):
        confidence = Confidence.LIKELY
    return Span(label.kind, begin, stop, confidence, ("names",), probability if label.is_calibrated else 0.0)


def _alone(found: str, label: Label) -> float:
    """The probability from which a reading counts that no other detector agrees with."""
    if not _has_case(found):
        return label.alone_without_case
    first = look_up(_WORD.findall(found)[0])
    is_given = first.given and not (first.english or first.role)
    return min(label.alone, label.alone_listed) if is_given else label.alone


def _sure_of(text: str, start: int, end: int) -> float:
    """The probability from which words of offices are shown as a name: less if they are names, too (Mo, mark brown in a chat),
    and no capital of a sentence's first word."""
    are_names = all(look_up(word).listed or look_up(word).surname for word in _WORD.findall(text, start, end))
    is_first = text[start].isupper() and starts_sentence(text, start)
    return _SURE_OF_A_NAMED_WORD if are_names and not is_first else _SURE_OF_A_WORD


_VISITED = regex.compile(
    r"(?<!\w)(?:at|outside|behind|near|inside|opposite|beside|from|to|in|down|of|by|for|off|over|ran)[ ](?:[Tt]he[ ])?\Z"
)
_SEVERAL = regex.compile(r"(?:[Tt]he[ ])?\p{Lu}[\p{L}'-]+(?:[ ](?:(?:of|o'|and|&|to|in|on)[ ])?\p{Lu}[\p{L}'-]+)+")


_THE_ONE = regex.compile(r"[Tt]he[ ]\p{Lu}\p{Ll}[\p{L}'-]+")


@cache
def _small_street() -> regex.Pattern[str]:
    """A street in small letters, such as 41b marlpit rise."""
    lists = vocabulary("places")["words"]
    unnamed, streets = ("|".join(lists[name]) for name in ("not_in_small_streets", "small_streets"))
    return regex.compile(rf"(?:\d{{1,3}}[a-z]? )?(?!(?:{unnamed}) )\p{{Ll}}{{3,}}(?: \p{{Ll}}{{3,}})? (?:{streets})")


def _is_likely(text: str, start: int, end: int, label: Label, probability: float) -> bool:
    """Whether a reading with capitals needs no other detector to make an error."""
    found = text[start:end]
    if found.lower() in lists("jargon"):
        return False  # dysuria, yowes
    if probability >= (label.word if _is_word(found, label.kind) else label.likely):
        return True
    if probability >= label.several and _SEVERAL.fullmatch(found):
        return True
    is_named = probability >= label.visited and (_SEVERAL.fullmatch(found) or _THE_ONE.fullmatch(found))
    is_named = is_named or (probability >= label.visited_unknown and _is_unknown(found))
    return bool(is_named and _VISITED.search(text[max(0, start - 16) : start]))


def _is_prose(text: str, start: int, end: int) -> bool:
    """Whether a reading is a sentence: with a capital at its start and nowhere else (I did see washing), or what was written in
    capitals and says who did what (WENT ONE WAY AND HIS ARM STOPPED)."""
    first, *others = words = _WORD.findall(text, start, end) or [""]
    if (
        len(words) > 3
        and any(word.lower() in vocabulary("words")["saying"] for word in words)
        and all(look_up(word).plain for word in words)
    ):
        return True
    if not (first[:1].isupper() and others and starts_sentence(text, start)):
        return False
    if any(word[0].isupper() and word != "I" for word in others) or not all(look_up(word).plain for word in others):
        return False
    return len(others) > 1 or others[0].endswith("ed")


_ACTION = regex.compile(r"\W{0,3}(?:Rec|Recommendation|Action|Finding)s?\.? \d")


def _is_a_sort(found: str, probability: float) -> bool:
    """Whether a reading only says what sort of organisation it is (the Hostel), or is a line of an action plan."""
    if _ACTION.match(found):
        return True
    if probability >= _SURE_OF_SORTS and _SEVERAL.fullmatch(found):
        return False  # Park Primary School, Church Street
    return not found.isupper() and all(word.lower() in generic_organisations() for word in _WORD.findall(found))


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
_GLOSSED = regex.compile(r"[ \t|•*]{0,4}(?P<short>\p{Lu}{3,6})(?:[ ]?[–—:|-]|[ ]{2}|\t)[ ]*(?P<long>[^\n|]{6,80})")
_LETTERED = regex.compile(r"\p{Lu}\. (?=\p{Lu})")


_DATED = regex.compile(rf"(?<=\p{{L}}),?[ ](?:{MONTH}[ ])?(?:19|20)\d\d\Z")


def _one_line(text: str, start: int, end: int) -> tuple[int, int]:
    """A model's span without what follows a line end, a month and a year, or the letter of an answer or a heading."""
    end = start + len(_DATED.sub("", text[start:end].partition("\n")[0].rstrip()))
    if _is_answer(text, start) or (_LETTERED.match(text, start) and follows_a_heading(text, start)):
        start += 3
    return start, end


def _is_word(found: str, kind: str) -> bool:
    """Whether a model's span may be words all the same: a single word that is also a name (Finch), or "the" and words."""
    known = [look_up(word) for word in _WORD.findall(found)]
    if kind == "person":
        return len(known) == 1 and known[0].english and (known[0].listed or known[0].surname)
    return found[:4].lower() == "the " and not any(word.rare for word in known)


def _is_unknown(found: str) -> bool:
    """Whether a word of a span is no English one, though it may be in a list of names."""
    return any(len(word) > 2 and look_up(word).rare for word in _WORD.findall(found))


def _is_glossed(text: str, start: int) -> bool:
    """Whether a glossary explains an abbreviation there: ALMO – Arm's Length Management Organisation."""
    line = text.rfind("\n", 0, start) + 1
    before = (start, start - 2)  # the abbreviation may belong to the reading, and a colon to the entry
    entries = {line, *(text.rfind(sign, line, end) + 2 for sign in (". ", ": ", "; ") for end in before if end > line)}
    return any(_explains(_GLOSSED.match(text, max(entry, line)), start) for entry in entries)


def _explains(match: regex.Match[str] | None, start: int) -> bool:
    """Whether an entry of a glossary holds an offset, and its words have the letters of the abbreviation, in their order."""
    if not match or start > match.end():
        return False
    words = _WORD.findall(match["long"])
    letters = iter(
        "".join(word[0] for word in words).upper()
    )  # CEMACH, Confidential Enquiry into Maternal and Child Health
    return all(letter in letters for letter in match["short"]) and not look_up(words[0]).given


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
