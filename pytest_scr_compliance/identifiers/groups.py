"""Groups of terms that are permitted for one reason, and how they are read from YAML."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from ..errors import ConfigError
from .lexicon import filled, load_yaml, public_terms, vocabulary
from .normal import normalise
from .terms import Terms
from .wording import look_up, one_of


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


_OWN = "permitted.yaml"


@cache
def built_in() -> tuple[Group, ...]:
    """The groups of ``vocabulary/permitted.yaml``."""
    return tuple(_groups(vocabulary("permitted"), _OWN))


def read(path: Path) -> tuple[Group, ...]:
    """The groups of a board's own file.

    Raises:
        ConfigError: it is not a list of groups; the message holds nothing of the file but its name.
    """
    try:
        entries = load_yaml(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise ConfigError(f"the vocabulary {path.name!r} cannot be read as UTF-8 YAML") from None
    return tuple(_groups(entries, path.name))


def of_case(terms: Iterable[str]) -> Group:
    """Declared terms in any case; of a person's name also without title, and the title with the surname."""
    return Group("declared for this case", tuple(_with_surnames(terms)))


def of_document(reason: str, names: Collection[str], gives_way: GivesWay = GivesWay.NEVER) -> Group:
    """Names that a document declares, as it writes them."""
    listed = regex.compile(r"(?<!\w)\L<names>(?:'s?)?(?!\w|-\p{L})", names=sorted(names, key=len, reverse=True))
    return Group(reason, (listed,) if names else (), gives_way)


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
        pieces = entry.get("pieces", {}) if name == _OWN else {}
        whole = [filled(form, pieces.__getitem__) for form in forms] if pieces else forms
        patterns = tuple(_compiled(form, number, name) for form in whole)
        names = tuple(_words([term for term in terms if _is_name(term)]))
        several = tuple(_words([term for term in terms if " " in term]))  # nobody is called Milton Keynes
        others = tuple(_words([term for term in terms if " " not in term and not _is_name(term)]))
        is_weak, is_loose = entry.get("weak") == "true", entry.get("loose") == "true"
        weak = GivesWay.TO_PERSON if entry.get("homonym") == "true" else GivesWay.TO_CUE
        gives_way = weak if is_weak else GivesWay.NEVER
        group = Group(entry["reason"], patterns, gives_way, entry.get("not_given") == "true")
        single = {term for term in listed if entry.get("eponyms") == "true" and _is_unknown_name(term)}
        yield replace(group, patterns=names, gives_way=GivesWay.TO_PERSON, terms=Terms.of(single))
        yield replace(group, patterns=several, gives_way=GivesWay.TO_CUE if is_weak else GivesWay.NEVER)
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


def _flexible(term: str) -> str:
    words = normalise(term.strip()).text.split()
    forms = ("and|AND|&" if word == "and" else f"{regex.escape(word)}|{regex.escape(word.upper())}" for word in words)
    return r"\s+".join(f"(?:{form})" for form in forms)


def _with_surnames(terms: Iterable[str]) -> Iterator[regex.Pattern[str]]:
    forms: set[str] = set()
    for term in terms:
        full = " ".join(normalise(term).text.split())
        if not full:
            continue
        bare = _titles().sub("", full).strip()
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


@cache
def _titles() -> regex.Pattern[str]:
    """The titles before a name, and the letters behind it."""
    titles, letters = (one_of(vocabulary("words")[name]) for name in ("titles", "letters"))
    return regex.compile(rf"^(?:{titles}\.?\s)+|(?:\s{letters})+$", regex.IGNORECASE)
