"""Numbers and addresses of the net that have a form of their own. The forms are data: ``vocabulary/patterns.yaml``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import regex

from ..model import Confidence, Span
from . import figures
from .checks import CHECKS
from .lexicon import vocabulary
from .normal import lines_with
from .wording import look_up

_CUE_REACH = 56  # characters before a number in which a word may say what it is
_CUE_AFTER = 16
_SIGN = regex.compile(
    r"[\d@#_]|\w\.\w|/|(?i:\bat\b.{1,40}\bdot\b)|live:|"
    r"(?i:user ?name|log-?in|gamer|screen ?name|profile|channel|minecraft|roblox|fortnite|twitch|telegram|bebo|msn|facebook|"
    r"insta|snap|whatsapp|tik ?tok|twitter|steam|xbox|psn|discord|onlyfans|hotmail|nought|zero|\boh[ -]|"
    r"\bo[ -](?:one|two|seven)|nine nine nine|called|"
    r"(?:pinned|uploaded|posted|shared) by|regiment|dragoon|lancers|hussars|\bguards\b|"
    r"black watch|royal (?:welsh|anglian|green)|howards)"
)  # without one, a line holds none of the forms
_SENTENCE_END = regex.compile(r"(?<=\p{Ll}{4})[.;] ")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One form of number.

    Args:
        kind: of the spans.
        form: its group ``value``, or the whole match, is the identifier.
        cue: words before the number (or just after it) that say what it is.
        check: whether the number can exist.
        valid: confidence when the check passes and no cue is near; None to ask for a cue all the same.
        alone: confidence without check and cue; None to ask for a cue.
        anywhere: what somewhere in a text makes it likely all the same, such as the word exhibit.
        unless: what must not stand right before the number.
    """

    kind: str
    form: regex.Pattern[str]
    cue: regex.Pattern[str] | None
    check: Callable[[str], bool] | None
    valid: Confidence | None
    alone: Confidence | None
    anywhere: regex.Pattern[str] | None
    unless: regex.Pattern[str] | None

    def in_text(self, text: str) -> Pattern:
        """The same, surer of itself where the text holds what it asks for."""
        return replace(self, alone=Confidence.LIKELY) if self.anywhere and self.anywhere.search(text) else self

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Span]:
        """The spans of this form in a normalised text, or in a line of it."""
        for match in self.form.finditer(text, start, len(text) if end is None else end):
            group = "value" if "value" in self.form.groupindex else 0
            confidence = self.confidence(text, match.start(group), match.end(group))
            if confidence is not None:
                yield Span(self.kind, match.start(group), match.end(group), confidence, ("patterns",))

    def confidence(self, text: str, start: int, end: int) -> Confidence | None:
        """How sure the form, its check and its cue together are; None when they are not enough."""
        before = _SENTENCE_END.split(text[max(0, start - _CUE_REACH) : start].rpartition("\n")[2])[-1]
        if self.unless and self.unless.search(before):
            return None
        cued = self.cue is not None and bool(
            self.cue.search(before) or self.cue.search(text[end : end + _CUE_AFTER].partition("\n")[0])
        )
        passes = self.check(text[start:end]) if self.check else None
        if cued:
            return Confidence.LIKELY if passes is False else Confidence.CERTAIN
        if passes is None:
            return self.alone
        return self.valid if passes else None


@cache
def patterns() -> tuple[Pattern, ...]:
    """The forms of ``vocabulary/patterns.yaml``, in its order."""
    return tuple(_pattern(entry) for entry in vocabulary("patterns"))


def _pattern(entry: dict[str, str]) -> Pattern:
    def compiled(key: str, before: str = "", after: str = "") -> regex.Pattern[str] | None:
        return regex.compile(before + entry[key] + after, regex.IGNORECASE) if key in entry else None

    def confidence(key: str, default: Confidence | None) -> Confidence | None:
        return Confidence(entry[key]) if key in entry else default

    flags = regex.IGNORECASE if entry.get("case") == "any" else 0
    return Pattern(
        kind=entry["kind"],
        form=regex.compile(entry["form"], flags),
        cue=compiled("cue", r"(?<![^\W_])(?:", r")(?![^\W_])"),
        check=CHECKS[entry["check"]] if "check" in entry else None,
        valid=confidence("valid", Confidence.CERTAIN),
        alone=confidence("alone", None),
        anywhere=compiled("anywhere", r"(?<!\w)(?:", r")(?!\w)"),
        unless=compiled("unless", r"(?:", r")[ ]?\Z"),
    )


_SMALL = regex.compile(  # nv09 tzk · r744 bhn · qq 40 71 19 b · zc10c00123 · 97/288413x
    r"(?<![\w.@/#£$-])(?:(?:[a-z]{2} ?\d\d ?|[a-z]\d{2,3} )"
    r"(?P<letters>(?!yrs|mth|mos|wks|hrs|min|sec|kgs|lbs|cms|mgs|mls)[a-z]{3})|[a-z]{2} ?\d\d ?\d\d ?\d\d ?[a-d]|"
    r"(?!\d{1,8}(?:[ap]m|hrs?|secs?|mins?|k?g|m[glm]?|cm|ft|[ks]|\w?bs?|px)(?!\w))(?=[a-z\d/-]{0,20}[a-z])(?=(?:[a-z/-]{0,3}\d){4})"
    r"[a-z\d]{2,16}(?:[/-][a-z\d]{1,8}){0,3})(?![\w@]|\.\w)"
)


def _raised(text: str) -> str:
    """A text with capitals in the numbers that are typed with small letters."""

    def raised(match: regex.Match[str]) -> str:
        is_word = bool(match["letters"]) and look_up(match["letters"]).english
        return str(match[0] if is_word else match[0].upper())

    return str(_SMALL.sub(raised, text))


def detect(text: str) -> Iterator[Span]:
    """Numbers, contact details and references by form, check digit and cue."""
    text = _raised(text)
    forms = [pattern.in_text(text) for pattern in patterns()]
    for start, end in lines_with(text, _SIGN):
        for pattern in forms:
            yield from pattern.find(text, start, end)
        yield from figures.detect(text, start, end)
