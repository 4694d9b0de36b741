"""Addresses, streets, settlements and named local organisations by their structure.

The words and the forms are data: ``vocabulary/places.yaml``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import filled, vocabulary
from .wording import CAPITAL, look_up, starts_sentence

_CUE_REACH = 24  # characters before a name in which a cue may stand
_CAPITALS = regex.compile(r"\p{Lu}[\p{L}'-]*")


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a place or an organisation stands in a text.

    Args:
        kind: of the spans.
        form: its group ``span``, or the whole match, is the identifier.
        fits: whether the words of a match can be a name at all.
        confidence: without a cue; None to ask for one.
        cue: what stands before the span, or around it when ``around``.
        cued: confidence with the cue.
    """

    kind: str
    form: regex.Pattern[str]
    fits: Callable[[regex.Match[str]], bool]
    confidence: Confidence | None
    cue: regex.Pattern[str] | None
    cued: Confidence

    def find(self, text: str) -> Iterator[Span]:
        """The spans of this form in a normalised text."""
        group = "span" if "span" in self.form.groupindex else 0
        for match in self.form.finditer(text):
            if self.fits(match):
                start, end = match.span(group)
                before = text[max(0, start - _CUE_REACH) : start]
                confidence = self.cued if self.cue and self.cue.search(before) else self.confidence
                if confidence is not None:
                    yield Span(self.kind, start, end, confidence, ("places",))


def detect(text: str) -> Iterator[Span]:
    """Addresses, streets, settlements and organisations by structure."""
    for form in _forms():
        yield from form.find(text)


@cache
def _forms() -> tuple[Form, ...]:
    return tuple(
        Form(
            kind=entry["kind"],
            form=_compiled(entry["form"]),
            fits=_FITS[entry.get("fits", "always")],
            confidence=Confidence(entry["confidence"]) if "confidence" in entry else None,
            cue=_compiled(entry["cue"] + r"\Z") if "cue" in entry else None,
            cued=Confidence(entry.get("cued", "likely")),
        )
        for entry in vocabulary("places")["forms"]
    )


def _compiled(form: str) -> regex.Pattern[str]:
    return regex.compile(filled(form, _slot))


def _slot(name: str) -> str:
    """What stands for ``{{name}}``: a piece of a form, or the words of a list."""
    if name == "CAPITAL":
        return CAPITAL
    pieces: dict[str, str] = vocabulary("places")["pieces"]
    if name in pieces:
        return f"(?:{pieces[name]})"
    return "(?:" + "|".join(sorted(vocabulary("places")["words"][name], key=len, reverse=True)) + ")"


# --- whether the words of a match can be a name


@cache
def generic_organisations() -> frozenset[str]:
    """Words that only say what sort of organisation it is."""
    return _listed("generic_organisations")


def _listed(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in vocabulary("places")["words"][name])


def _is_named(name: str, generic: str) -> bool:
    """Whether words before a sort of place or organisation name it, and do not only say what sort it is."""
    ordinary = _listed(generic)
    return any(
        word.lower() not in ordinary
        and word.lower().removesuffix("'s") not in ordinary
        and not look_up(word).role
        and not (word.isupper() and len(word) < 6)
        for word in _CAPITALS.findall(name)
    )


def _is_strong_organisation(match: regex.Match[str]) -> bool:
    if (
        " " not in match["name"].strip()
        and look_up(match["name"].strip()).plain
        and starts_sentence(match.string, match.start())
    ):
        return False  # Told Nursery
    weak = match["sort"].split()[-1] in vocabulary("places")["words"]["weak_organisations"]
    return _is_named(match["name"], "generic_organisations") and not (
        weak and all(look_up(word).english for word in regex.findall(r"\p{L}{3,}", match["name"]))
    )


def _is_settlement(match: regex.Match[str]) -> bool:
    found = regex.findall(r"\p{L}+", match[0])
    ends = [look_up(word) for word in (found[0], found[-1])]
    return any(word.rare or word.place for word in ends) and not any(
        look_up(word).role or word.isupper() for word in found[1:]
    )


def _is_beside_sort(match: regex.Match[str]) -> bool:
    words = [look_up(word) for word in regex.findall(r"\p{Lu}[\p{L}-]{2,}", match["span"]) if word != "The"]
    return bool(words) and not words[0].role and _is_named(match["span"], "generic_organisations")


def _first(match: regex.Match[str]) -> str:
    return str(match["first"])


_FITS: dict[str, Callable[[regex.Match[str]], bool]] = {
    "always": lambda match: True,
    "not a count": lambda match: not _listed("not_in_streets") & set(match[0].lower().split()[1:-1]),
    "named street": lambda match: _is_named(match["name"], "generic_streets"),
    "named organisation": lambda match: _is_named(match["name"], "generic_organisations"),
    "strong organisation": _is_strong_organisation,
    "settlement": _is_settlement,
    "beside its sort": _is_beside_sort,
    "rare beside its sort": lambda match: (
        _is_beside_sort(match) and any(look_up(word).rare for word in _CAPITALS.findall(match["span"]))
    ),
    "some word is no role": lambda match: (
        not all(look_up(word).role for word in regex.findall(r"\p{L}{2,}", match["span"]))
    ),
    "no word is a role": lambda match: not any(look_up(word).role for word in _CAPITALS.findall(match["span"])),
    "unknown word": lambda match: not (look_up(match[0]).english or look_up(match[0]).role or look_up(match[0]).given),
    "rare": lambda match: look_up(match["span"]).rare and not look_up(match["span"]).given,
    "rare first word": lambda match: (
        look_up(_first(match)).rare and len(_first(match)) > 3 and _first(match) not in vocabulary("words")["slang"]
    ),
    "first word is no english": lambda match: not look_up(_first(match)).english and not look_up(_first(match)).role,
}
"""Name in ``vocabulary/places.yaml`` → whether a match can be a name."""
