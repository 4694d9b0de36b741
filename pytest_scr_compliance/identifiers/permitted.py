"""What may stand in a published review: role codes, public bodies, statutes, authors, officials. One filter for all."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from ..errors import ConfigError
from ..model import Confidence, Span
from .declared import declared
from .lexicon import load_yaml, public_terms, vocabulary, words
from .normal import normalise
from .terms import Terms
from .wording import CAPITAL, look_up, speaks

_NEVER_PERMITTED = frozenset({"register"})
_JOINING = regex.compile(
    r"[\s\W]+|(?<!\p{L})(?:and|or|of|the|for|to|in|on|at|by|with|from|s|a|an|mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|judge|cllr|councillor|rev|reverend|baroness|nurse|justice|hhj|det|supt|sgt|insp|con|canon|pc|pcso|wpc|dc|ds|di|dci|ps|chief|captain|capt|major|cpl|pastor|imam|father|sister|matron|midwife|uncle|auntie|aunty|aunt|nan|nana|gran|cqsw|dipsw|qpm|obe|mbe|cbe|qc|kc|jp|phd|msc|ba|ma|rgn|frcpch|mbbs)(?!\p{L})",
    regex.IGNORECASE,
)
_WITHOUT_TITLE = regex.compile(
    r"^(?:(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|baroness|rev|reverend|his honour|"
    r"her honour|judge|councillor|cllr)\.?\s)+|(?:\s(?:obe|mbe|cbe|dl|qc|kc|jp|phd|msc|ba|ma|cqsw|"
    r"dipsw))+$",
    regex.IGNORECASE,
)


class GivesWay(Enum):
    """To what a permitted stretch gives way, so that a span over it is no longer dropped."""

    NEVER = auto()
    #: To what is certain, and to a person of whom the model or a cue is sure: Mr Tasker of Fellmarch Police.
    TO_CERTAIN = auto()
    #: To a word beside it that says "a person" or "an address": Kent, but Mrs Kent.
    TO_CUE = auto()
    #: To such a word, and to a person of whom the model is sure: Jordan, Paris, April.
    TO_PERSON = auto()


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that are permitted for one reason.

    Args:
        reason: why they may be published.
        patterns, terms: what is permitted.
        not_given: whether a match does not count whose only name is a given one: Kayleigh (2004) is a child and
            her year.
        gives_way: to what.
    """

    reason: str
    patterns: tuple[regex.Pattern[str], ...]
    gives_way: GivesWay = GivesWay.NEVER
    not_given: bool = False
    terms: Terms = Terms()

    def stretches(self, text: str) -> Iterator[tuple[int, int]]:
        """Start and end offsets of what the patterns match in a normalised text."""
        for pattern in self.patterns:
            for match in pattern.finditer(text):
                if match.end() > match.start() and not (self.not_given and _is_given(text, match)):
                    yield match.start(), match.end()
        yield from self.terms.stretches(text)


@dataclass(frozen=True, slots=True)
class Permitted:
    """Everything that is permitted in one case; the terms of the case do not show in its ``repr``."""

    groups: tuple[Group, ...] = field(repr=False)

    @classmethod
    def build(cls, terms: Iterable[str] = (), files: Iterable[Path] = ()) -> Permitted:
        """The built-in vocabulary with what a case and its board add to it.

        Args:
            terms: pseudonyms and officials of the case, or the lines of ``--permitted FILE``.
            files: YAML files in the form of ``vocabulary/permitted.yaml``: a list of groups, each with a ``reason``
                and ``terms`` or ``patterns``.

        Raises:
            ConfigError: a file is not such a list; its message holds nothing of the file but its name.
        """
        own = [group for file in files for group in _groups(_load(file), file.name)]
        declared = Group("declared for this case", tuple(_declared(terms)))
        return cls((*_built_in(), *own, declared))

    def with_declared(self, text: str) -> Permitted:
        """The same with what a normalised text declares of itself: its pseudonyms, its board's area, its authors."""
        found = declared(text)
        own = Group("declared as a pseudonym by the document", tuple(_exact(found.pseudonyms)))
        public = Group(
            "area of a public body, or an author whom the document cites", tuple(_exact(found.public)), GivesWay.TO_CUE
        )
        return Permitted((*self.groups, own, public))

    def stretches(self, text: str, gives_way: GivesWay) -> tuple[tuple[int, int], ...]:
        """Start and end offsets of the stretches of a normalised text that give way to this, joined where they overlap."""
        groups = [group for group in self.groups if group.gives_way is gives_way]
        found = sorted(stretch for group in groups for stretch in group.stretches(text))
        joined: list[tuple[int, int]] = []
        for start, end in found:
            if joined and start <= joined[-1][1]:
                joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
            else:
                joined.append((start, end))
        return tuple(joined)

    def over(self, text: str) -> Callable[[Iterable[Span]], Iterator[Span]]:
        """The filter for one normalised text, and what it declares of itself: spans → those that are not permitted.

        A span is dropped when nothing is left of it but permitted stretches and joining words. Hits of the register are
        never dropped, and weakly permitted stretches do not outweigh a cue.
        """
        own = self.with_declared(text)
        permitted = {gives_way: own.stretches(text, gives_way) for gives_way in GivesWay}
        areas = _areas(text)

        def remaining(spans: Iterable[Span]) -> Iterator[Span]:
            for span in spans:
                holding = {gives_way: permitted[gives_way] for gives_way in _holding(text, span, areas)}
                if span.kind == "organisation":  # a Guru Nanak Gurdwara is no language, a city's hospital is no city
                    for gives_way in {GivesWay.TO_CUE, GivesWay.TO_PERSON} & set(holding):
                        holding[gives_way] = _around(span, permitted[gives_way])
                if _NEVER_PERMITTED & set(span.detectors) or not _is_covered(text, span, holding.values()):
                    yield span

        return remaining


_CITING_BEFORE = regex.compile(
    r"(?:(?:words|work|works|research|study|findings|model|writings|view|views|book) (?:of|by)|"
    r"according to|see|cf\.?|after|which|that|as|in|by|and|quot\w+|cit\w+) \Z"
)
_CITING_AFTER = regex.compile(
    r",? (?:has |have |had |rightly |also |later )?(?:argu|not|f[io]nd|found|call|describ|suggest|"
    r"identif|wr[io]t|stat|show|report|observ|remind|point|conclud|propos"
    r"|defin|highlight|warn|refer|spok|speak|stress|emphasi|demonstrat|offer|comment|explain)\p{Ll}*"
)


_INVERTED = regex.compile(r"\s*\p{Lu}[\p{L}'-]+, (?:\p{Lu}\.[ -]?)+.*\((?:19|20)\d\d", regex.DOTALL)


def _is_given(text: str, match: regex.Match[str]) -> bool:
    """Whether a citation names one person only, by what is a given name, and nothing around it cites."""
    if " et al" in match[0] or " and " in match[0] or _INVERTED.match(match[0]):
        return False
    names = [word for word in regex.findall(r"\p{Lu}[\p{L}'-]+", match[0]) if not look_up(word).role]
    if len(names) != 1 or not look_up(names[0]).given:
        return False
    cites = _CITING_BEFORE.search(text[max(0, match.start() - 24) : match.start()]) or _CITING_AFTER.match(
        text[match.end() : match.end() + 24]
    )
    return not (cites and (look_up(names[0]).surname or _CITING_AFTER.match(text[match.end() : match.end() + 24])))


_CALENDAR = frozenset(["april", "may", "june", "july", "august", "easter"])
_BEFORE_A_MONTH = regex.compile(
    r"(?i)(?:\d|(?<!\w)(?:in|of|since|by|until|till|from|during|for|last|next|this|early|late|mid|to|and|or|between|"
    r"through)[ -])[ ]?\Z"
)
_WHERE = regex.compile(r"(?i)(?<!\w)(?:in|across|near|around|within|throughout|outside|from) \Z")
_CUES = frozenset({"cues", "forms", "patterns", "propagation"})


_NO_PLACE = r"(?:believ|confid|interest|trust|faith|chang|improv|differ|bruis|injur|seen|found|not)\p{L}{0,8}"
_AREA = regex.compile(
    rf"(?<!\w)(?<!{_NO_PLACE} )(?:in|across|within|throughout)[ \n](?P<name>{CAPITAL})(?=[,.;)\n]|[ ](?!\p{{Lu}}))"
    rf"|(?<!\w)(?P<body>{CAPITAL})[ \n](?:County|City|Borough|Council|Police|Constabulary|LSCB|SCB|Safeguarding)(?!\w)"
)


def _areas(text: str) -> frozenset[str]:
    """Words that a text uses as a county's or a city's name: in the name of a body, or twice as where things are."""
    found = list(_AREA.finditer(text))
    places = Counter(match["name"] for match in found if match["name"])
    return frozenset(
        [match["body"] for match in found if match["body"]] + [name for name, times in places.items() if times > 1]
    )


def _holding(text: str, span: Span, areas: Collection[str]) -> Iterator[GivesWay]:
    """The kinds of permitted stretches that do not give way to a span in a text that speaks of some areas."""
    if span.kind == "date":  # dates.py has weighed feasts; only a stretch that holds the figures, too, may drop a date
        if span.confidence is not Confidence.CERTAIN and regex.search(r"\d", text[span.start : span.end]):
            yield GivesWay.NEVER
        return
    yield GivesWay.NEVER
    if span.kind == "organisation" and span.confidence is Confidence.CERTAIN:
        return  # drank in the Lord Nelson
    is_sure = span.kind == "person" and span.confidence.rank > 0
    if not (span.confidence is Confidence.CERTAIN or (is_sure and {"names", "cues"} & set(span.detectors))):
        yield GivesWay.TO_CERTAIN
    word = text[span.start : span.end]
    is_date = word.lower() in _CALENDAR and _BEFORE_A_MONTH.search(text[max(0, span.start - 16) : span.start])
    is_where = bool(_WHERE.search(text[max(0, span.start - 16) : span.start]))  # staff in Kent told the panel
    acts = " " not in word and look_up(word).listed and speaks(text, span.end) and not is_date and not is_where
    if not (acts or _CUES & set(span.detectors)):
        yield GivesWay.TO_CUE
        is_read = span.kind == "person" and "names" in span.detectors and span.confidence.rank >= 0 and not is_date
        is_read = is_read and _is_word(word)  # Summer and Brook; but Kent and Jordan only if the model is sure
        is_shop = span.kind == "organisation" and span.confidence.rank > 0 and word.endswith("'s")  # Tunnard's
        # a sure model reads Kent for a man where Kent has higher numbers
        if word in areas or not (is_sure or is_read or is_shop):
            yield GivesWay.TO_PERSON


def _is_word(text: str) -> bool:
    lower = text.lower()
    is_english = lower in _CALENDAR or lower in words("english")
    return is_english and lower not in words("abroad") and lower not in words("proper")


def _around(span: Span, stretches: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The one of the ordered stretches that holds a whole span, its article aside, if there is one."""
    index = bisect_left(stretches, (span.start + len("the ") + 1, 0)) - 1
    return stretches[index : index + 1] if index >= 0 and stretches[index][1] >= span.end else ()


def _is_covered(text: str, span: Span, stretches: Iterable[Sequence[tuple[int, int]]]) -> bool:
    """Whether nothing is left of a span but permitted stretches, each kind of them in order, and joining words."""
    rest = list(text[span.start : span.end])
    covered = False
    for ordered in stretches:
        index = max(0, bisect_left(ordered, (span.start, span.start)) - 1)
        while index < len(ordered) and ordered[index][0] < span.end:
            start, end = ordered[index]
            if end > span.start:
                covered = True
                for position in range(max(start, span.start), min(end, span.end)):
                    rest[position - span.start] = " "
            index += 1
    return covered and not _JOINING.sub("", "".join(rest))


@cache
def _built_in() -> tuple[Group, ...]:
    return tuple(_groups(vocabulary("permitted"), _OWN))


_OWN = "permitted.yaml"


def _load(path: Path) -> Any:
    try:
        return load_yaml(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise ConfigError(f"the vocabulary {path.name!r} cannot be read as UTF-8 YAML") from None


def _groups(entries: Any, name: str) -> Iterator[Group]:
    if not isinstance(entries, list):
        raise ConfigError(f"the vocabulary {name!r} must be a list of groups, each with a reason and terms or patterns")
    for number, entry in enumerate(entries, 1):
        if not isinstance(entry, Mapping) or not isinstance(entry.get("reason"), str):
            raise ConfigError(f"group {number} of the vocabulary {name!r} needs a reason")
        terms, forms = entry.get("terms", []), entry.get("patterns", [])
        if not all(
            isinstance(items, list) and all(isinstance(item, str) for item in items) for items in (terms, forms)
        ):
            raise ConfigError(f"group {number} of the vocabulary {name!r}: terms and patterns must be lists of strings")
        listed = [term for file in entry.get("lists", []) for term in public_terms(file)] if name == _OWN else []
        patterns = tuple(_compiled(form, number, name) for form in forms)
        names = tuple(_words([term for term in terms if _is_name(term)]))
        others = tuple(_words([term for term in terms if not _is_name(term)]))
        is_weak, is_loose = entry.get("weak") == "true", entry.get("loose") == "true"
        weak = GivesWay.TO_PERSON if entry.get("homonym") == "true" else GivesWay.TO_CUE
        gives_way = weak if is_weak else GivesWay.NEVER
        group = Group(entry["reason"], patterns, gives_way, entry.get("not_given") == "true")
        single = {term for term in listed if entry.get("eponyms") == "true" and _is_unknown_name(term)}
        yield replace(group, patterns=names, gives_way=GivesWay.TO_PERSON, terms=Terms.of(single))
        yield replace(group, patterns=others, terms=Terms.of(term for term in listed if term not in single))
        yield replace(group, gives_way=GivesWay.TO_CERTAIN) if is_loose else group


def _is_name(term: str) -> bool:
    """Whether a term is one word that people are called, too: the Fraser guidelines, and a brother called Fraser."""
    word = look_up(term)
    return term.isalpha() and not word.role and (word.listed or word.surname)


def _is_unknown_name(term: str) -> bool:
    """Whether a term is one word that no list of English words has, so that somebody may be called like it: Sillence."""
    return term.isalpha() and not term.isupper() and look_up(term).rare


def _compiled(form: str, number: int, name: str) -> regex.Pattern[str]:
    try:
        return regex.compile(rf"(?<![\w])(?<!\w-)(?:{form})(?![\p{{L}}\d])")
    except regex.error:
        raise ConfigError(
            f"group {number} of the vocabulary {name!r} has a pattern that is no regular expression"
        ) from None


def _words(terms: Collection[str]) -> Iterator[regex.Pattern[str]]:
    """One pattern for all terms: whole words, capitals free where a term has one, any space between words, "&" for "and"."""
    escaped = sorted({_flexible(term) for term in terms if term.strip()}, key=len, reverse=True)
    if escaped:
        yield regex.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?:'s?)?(?!\w)")


def _exact(names: Collection[str]) -> Iterator[regex.Pattern[str]]:
    if names:
        yield regex.compile(r"(?<!\w)\L<names>(?:'s?)?(?!\w|-\p{L})", names=sorted(names, key=len, reverse=True))


def _flexible(term: str) -> str:
    words = normalise(term.strip()).text.split()
    forms = ("and|AND|&" if word == "and" else f"{regex.escape(word)}|{regex.escape(word.upper())}" for word in words)
    return r"\s+".join(f"(?:{form})" for form in forms)


def _declared(terms: Iterable[str]) -> Iterator[regex.Pattern[str]]:
    """Declared terms in any case; of a person's name also without title, and the title with the surname."""
    forms: set[str] = set()
    for term in terms:
        full = " ".join(normalise(term).text.split())
        if not full:
            continue
        bare = _WITHOUT_TITLE.sub("", full).strip()
        forms.update({full, bare})
        names = bare.split()
        if len(names) > 1 and all(name[:1].isupper() for name in names) and not regex.search(r"\d", bare):
            surname = names[-1]
            if len(surname) > 2:
                forms.add(surname)
    escaped = [
        r"\s+".join(regex.escape(word) for word in form.split()) for form in sorted(forms, key=len, reverse=True)
    ]
    if escaped:
        yield regex.compile(rf"(?<!\w)(?:{'|'.join(escaped)})(?:'s?)?(?!\w)", regex.IGNORECASE)
