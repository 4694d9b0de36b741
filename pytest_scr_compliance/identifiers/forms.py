"""What a form or a table says that its fields hold: ``Surname: …``, ``School: …``.

The labels are data: ``vocabulary/forms.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from ..model import Confidence, Span
from .lexicon import vocabulary
from .wording import look_up

_VALUE = r"(?=(?P<value>[^\n;:|\t\[\]]{2,90}))"
_END_OF_VALUE = regex.compile(
    r"[ ]{2,}|\.(?= \p{Lu}[\p{L} ]{1,24}:)|(?<=\p{Ll}), (?=\p{Lu}\p{Ll}+(?:$|[ ,]))|"
    r"(?<=[\p{L}\d)]{2})\.(?:\s|$)|[,;]? (?=[\p{Lu}][\p{L} ]{1,24}:)|, (?=\p{Ll})|,? (?:and|was|is|"
    r"has|who|aged?|age|told|said)\b|,? \(|,? (?=\d{1,3}(?:[,.]|$))|\t"
)
_TRIM = regex.compile(r"^[\s\"'(\[.?-]+|[\s\"')\].,?-]+$")
_WORD = regex.compile(r"\p{L}[\p{L}'.-]*")
_CODE = regex.compile(r"(?:\p{Lu}{1,4}\d{0,3}|\d{1,3}|\p{Lu})$")


_AFTER_LABEL = r"(?:\(s\))?[ ]?(?:\d{1,2}[ ]?)?(?:\([\w ]{1,20}\)[ ]?)?(?:[ ]{0,3}:[ ]{0,3}-?[ ]?|[ ]-[ ]|\t|[ ]{2,})"


@cache
def _labels() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    return tuple(
        (kind, regex.compile(rf"(?<![\w'-])(?:{'|'.join(labels)}){_AFTER_LABEL}{_VALUE}", regex.IGNORECASE))
        for kind, labels in vocabulary("forms")["labels"].items()
    )


def detect(text: str) -> Iterator[Span]:
    """Values of form fields whose label says that they identify somebody."""
    for kind, label in _labels():
        for match in label.finditer(text):
            start, end = _value(text, match.start("value"), match.end("value"))
            if kind in ("name", "person"):
                end = _without_office(text, start, end)
            strict = kind == "name"
            kind_of_span = "person" if strict else kind
            if end - start > 1 and _fits(kind_of_span, text[start:end], strict):
                yield Span(kind_of_span, start, end, Confidence.LIKELY, ("forms",))


def _value(text: str, start: int, end: int) -> tuple[int, int]:
    stop = _END_OF_VALUE.search(text[start:end])
    value = text[start : start + stop.start()] if stop else text[start:end]
    left = len(value) - len(regex.sub(r"^[\s\"'(\[.?-]+", "", value))
    right = len(regex.sub(r"[\s\"')\].,?-]+$", "", value))
    return start + left, max(start + right, start + left)


def _without_office(text: str, start: int, end: int) -> int:
    """The end of a person's value without an office after a comma; ``SURNAME, Forename`` stays whole."""
    first, comma, rest = text[start:end].partition(", ")
    word = rest.split(" ")[0].rstrip(".,")
    return start + len(first) if comma and word and (look_up(word).role or look_up(word).plain) else end


def _fits(kind: str, value: str, strict: bool) -> bool:
    """Whether a value looks like what the label promises, and is neither a role code nor an empty phrase."""
    found = _WORD.findall(value)
    if any(word.lower() in vocabulary("forms")["empty"] for word in found) or not (
        value[:1].isalpha() or (kind == "place" and len(found) > 1)
    ):
        return False
    if not found or len(found) > (5 if kind == "person" else 9):
        return False
    if kind == "person":
        if found[0].lower() in vocabulary("forms")["where"]:
            return False  # Mother: in Poland
        words = [look_up(word) for word in found]
        if any(word.islower() and look_up(word).plain for word in found):
            return False
        if words[-1].role and not any(word.rare for word in words):
            return False  # Ward Manager
        if _CODE.fullmatch(found[-1]) and words[0].role and len(found) <= 2:
            return False
        if _CODE.fullmatch(value) and len(value) < 4:
            return strict and len(found) == 1 and value.isupper() and value.isalpha() and len(value) == 2
        return any(
            not word.role and (word.given or word.rare) and not (raw.isupper() and len(raw) < 5 and not word.given)
            for word, raw in zip(words, found, strict=True)
        ) or (strict and len(found) <= 3 and all(not word.role for word in words))
    if kind == "place" and value[:1].isdigit():
        return True
    if value.isupper() and all(look_up(word).plain for word in found):
        return False  # TRANSFER LETTER
    return (value[:1].isupper() or (kind == "place" and bool(regex.search(r"\p{Lu}\p{Ll}", value)))) and any(
        not look_up(word).role and (not look_up(word).plain or word[0].isupper()) for word in found
    )
