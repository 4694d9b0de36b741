"""How surely a stretch is a name, by all that is known of it: who found it, how probable the model says it is, its words.

A logistic regression. ``model/sureness.py`` learns its weights from development sets, which the model has not read, and
writes them to ``vocabulary/sureness.tsv``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import regex

from ..model import Confidence, Span
from .occasions import weighed, weights
from .wording import Word, acts, look_up, starts_sentence

_KINDS = frozenset({"person", "place", "organisation"})
#: Whose finds the weights know: those of a detector that somebody adds are as sure as it says.
_DETECTORS = frozenset({"cues", "dates", "forms", "gazetteer", "names", "patterns", "places", "traces"})
#: Probabilities from which a name is an error, and for review. A whole report has few names and few false errors: there what is
#: a name with one chance in three is an error, and with one in twenty is still worth a look.
_LIKELY, _POSSIBLE = 0.7, 0.1
_LIKELY_IN_A_REPORT, _POSSIBLE_IN_A_REPORT = 0.3, 0.05
_REPORT = 9_000  # characters from which a text is one: some 1,500 words
_STEPS = (0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99)
_SAID = ("given", "surname", "english", "place", "rare", "role", "listed", "plain", "nobody")  # of a word, by the lists
_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_MANY = 4  # words of a name
_TIMES = (2, 3, 5)  # that a text says it: a term comes back, and a slip seldom


def judged(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans of a normalised text, names that a model has read as sure as they deserve, without those that hardly are any.

    What was an error by itself is for review at least.
    """
    is_report = len(text) >= _REPORT
    likely, possible = (_LIKELY_IN_A_REPORT, _POSSIBLE_IN_A_REPORT) if is_report else (_LIKELY, _POSSIBLE)
    times = counted(text)
    for span in spans:
        if not is_judged(span):
            yield span
            continue
        chance = weighed(features(text, span, times), weights("sureness"))
        if chance >= possible or span.confidence.rank > 0:
            yield replace(span, confidence=Confidence.LIKELY if chance >= likely else Confidence.POSSIBLE)


def is_judged(span: Span) -> bool:
    """Whether a span is a name that a model has read and nothing makes certain."""
    is_name = span.kind in _KINDS and span.confidence is not Confidence.CERTAIN
    return is_name and span.probability > 0 and set(span.detectors) <= _DETECTORS


def counted(text: str) -> Mapping[str, int]:
    """Word → how often a text says it."""
    return Counter(word.removesuffix("'s") for word in _WORD.findall(text))


def features(text: str, span: Span, times: Mapping[str, int]) -> set[str]:
    """What is known of a name in a normalised text: who found it, what it is made of, the steps that its probability reaches.

    The steps of names that are all English words, of the first words of sentences, and of reports are also features of
    their own; so is how often a report says the name.

    Args:
        text: a normalised text.
        span: the name in it.
        times: the words of the text, by :func:`counted`.
    """
    name = text[span.start : span.end]
    parts = _WORD.findall(name)
    words = [look_up(word) for word in parts]
    is_first = starts_sentence(text, span.start)
    sorts = ["from"]
    if all(word.english for word in words):
        sorts.append("english from")
    if is_first:
        sorts.append("first from")
    where = ["said"]
    if len(text) >= _REPORT:
        sorts.append("report from")
        where.append("report said")
    least = min((times.get(word.removesuffix("'s"), 0) for word in parts), default=0)
    return {
        *(f"by {detector}" for detector in span.detectors),
        f"is {span.confidence}",
        f"is {span.kind}",
        f"words {min(_MANY, len(words))}",
        *_said(words),
        "lower" if name.islower() else "upper" if name.isupper() else "title" if name.istitle() else "mixed",
        *(["first"] if is_first else []),
        *(["acts"] if acts(text, span.end) else []),
        *(f"{said} {number}" for number in _TIMES if least >= number for said in where),
        *(f"{sort} {step}" for step in _STEPS if span.probability >= step for sort in sorts),
    }


def _said(words: Sequence[Word]) -> Iterator[str]:
    """What the lists say of all words, and of any."""
    for said in _SAID:
        answers = [bool(getattr(word, said)) for word in words]
        yield from (f"{which.__name__} {said}" for which in (all, any) if answers and which(answers))
