"""What a single word can be: an English word, a given name, a surname, a place, or none that the lists know."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from .lexicon import vocabulary, words

_REST = r"(?:'(?!(?:s|d|ll|ve)(?!\p{L}))\p{L}{1,20}+|-\p{L}{1,20}+){0,4}+"  # O'Hara-Lee, but not Sabrina'd
WORD = rf"\p{{L}}{{1,30}}+{_REST}"
CAPITAL = rf"\p{{Lu}}\p{{L}}{{0,30}}+{_REST}"
QUOTE = r"[\"'(]?"  # before a name that is set off
MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_PARTICLES = "ap|ab|ferch|de|del|della|di|da|dos|van|von|der|den|bin|bint|ibn|al|el|ul|la|le|ní|nic|ó|mac|ui|uí"
PARTICLE = rf"(?:{_PARTICLES})"
_PARTICLE = regex.compile(PARTICLE, regex.IGNORECASE)
_CAMEL = regex.compile(r"\p{L}*\p{Ll}\p{Lu}|\p{Lu}{2,}\p{Ll}")
_SCOTTISH = regex.compile(r"(?:Ma?c|O'|Fitz|De|Di|Le|La|Du|Van|St)\p{Lu}\p{Ll}")
_INFLECTED = regex.compile(r"(?:s|es|ed|ing|er|ers|ly|'s|al|able)$")
_CONTRACTION = regex.compile(r".*(?:n't|'(?:ll|d|re|ve|m|s|em|all))")


@dataclass(frozen=True, slots=True)
class Word:
    """What the lists say of a word; ``plain`` words are English and no name, ``rare`` ones are no English.

    Args:
        english: an English word, a place or people abroad or a trade name.
        given, surname, place: in a list of names, and not an English word that is rarely a name.
        role: a word of offices, papers, messages: no name whatever the lists say.
        listed: in the list of given names, whatever else it is (Mark, Will, Summer).
    """

    english: bool
    given: bool
    surname: bool
    place: bool
    role: bool
    listed: bool = False

    @property
    def name(self) -> bool:
        """Whether some list of names has it."""
        return self.given or self.surname

    @property
    def plain(self) -> bool:
        """Whether it is an English word and no given name."""
        return self.role or (self.english and not self.given)

    @property
    def nobody(self) -> bool:
        """Whether it is a word of offices and papers that nobody is called by, such as X-ray."""
        return self.role and not (self.listed or self.surname)

    @property
    def rare(self) -> bool:
        """Whether it is no English word."""
        return not self.english and not self.role


@lru_cache(maxsize=50_000)
def look_up(word: str) -> Word:
    """What the lists say of a word, upper or lower case; of a compound, what they say of its parts."""
    lower = word.lower().removesuffix("'s").strip("'.-")
    role = lower in _set("roles") or lower in _set("ordinary") or bool(_CONTRACTION.fullmatch(lower))
    if "-" in lower and not role:
        parts = [look_up(part) for part in lower.split("-") if part]
        return Word(
            english=lower in words("english")
            or lower.replace("-", "") in words("english")
            or all(part.english or part.role for part in parts)
            or (lower.split("-")[0] in _set("prefixes") and all(part.english or part.role for part in parts[1:])),
            given=lower in words("given-names")
            or bool(parts and parts[0].given and not parts[0].english)
            or (len(parts) == 2 and all(part.listed for part in parts) and not parts[0].plain),
            surname=any(part.surname and not part.english for part in parts),
            place=lower in words("places"),
            role=False,
        )
    return Word(
        english=_english(lower)
        or lower in words("proper")
        or lower in words("jargon")
        or bool(_medical().fullmatch(lower)),
        given=lower in words("given-names") and lower not in _set("not_given_names"),
        surname=lower in words("surnames"),
        place=lower in words("places"),
        role=role,
        listed=lower in words("given-names"),
    )


def may_be_surname(word: str) -> bool:
    """Whether a word may be the surname after a given name, though it is an English one: Josiah Price, Alec Wise."""
    lower = word.lower()
    return lower in words("surnames") and lower not in _set("roles") and lower not in _set("never_names")


def is_surname_too(word: str) -> bool:
    """Whether a word of offices, a month or a colour is a surname, too, behind a title, an initial or a given name."""
    return word.lower() in _set("surnames_too")


def is_acronym(token: str) -> bool:
    """Whether capitals stand inside a word as in ``CiCC``, and not as in ``McKay``."""
    return any(_CAMEL.match(part) and not _SCOTTISH.match(part) for part in token.split("-"))


def is_particle(word: str) -> bool:
    """Whether a word only joins the parts of a name, such as ``ap`` or ``van``."""
    return bool(_PARTICLE.fullmatch(word))


def _english(lower: str) -> bool:
    if lower in words("english") or (lower.endswith("in") and lower + "g" in words("english")):
        return True
    if any(lower.startswith(prefix) and lower[len(prefix) :] in words("english") for prefix in _set("prefixes")):
        return not (lower in words("surnames") or lower in words("given-names"))
    stem = _INFLECTED.sub("", lower)
    return stem != lower and len(stem) > 3 and (stem in words("english") or stem + "e" in words("english"))


@cache
def _medical() -> regex.Pattern[str]:
    """A word that ends like a drug or a condition: temazepam, laryngitis."""
    drugs, conditions = (one_of(sorted(_set(name))) for name in ("drugs", "conditions"))
    return regex.compile(rf"\p{{L}}{{2,}}{drugs}|\p{{L}}{{3,}}{conditions}")


def one_of(words: Iterable[str]) -> str:
    """A regular expression that matches one of some words."""
    return f"(?:{'|'.join(map(regex.escape, words))})"


@lru_cache(maxsize=16)
def _set(name: str) -> frozenset[str]:
    return frozenset(word.lower() for word in vocabulary("words")[name])


_SENTENCE_START = regex.compile(r"(?:^|[.!?:;\"(\[|\t/]|\n|[-•*]|\d[.)]|\))[ \t\"'(]{0,4}\Z")
_PERSON_AFTER = regex.compile(
    r"(?:'s?)?[ ](?:(?:had|has|was|is|did|does|would|could|also|then|never|always|later|now|still|"
    r"just|only|often|sometimes)[ ])?"
    r"(?:\p{Ll}{2,12}ed|said|says|told|tells|was|is|had|has|did|does|would|could|went|came|rang|wrote|felt|knew|got|took|made|gave|left|thought"
    r"|ran|sat|fell|hit|held|slept|ate|drank|hid|met|put|saw|sent|spoke|stood|threw|woke|kept|began|became|brought|bought|caught|drove|found"
    r"|heard|hurt|lost|paid|shook|sang|swore|wore|wants|likes|lives|sees|stays|needs|goes|knows|"
    r"thinks|feels|looks|being|and (?:he|she|his|her|I)\b)(?!\w)"
    r"|[ ]\((?:not|aged?|then|now|\d|mum|dad|mother|father|sister|brother|nan|known)|,? who[ ]|"
    r", (?:his|her|their|my|aged|then|now|the (?:mother|father|child|baby|boy|girl))[ ]"
)


def initials(words: Iterable[str]) -> str:
    """The first letters of those words that have a capital."""
    return "".join(word[0] for word in words if word[0].isupper())


def starts_sentence(text: str, start: int) -> bool:
    """Whether a word at an offset begins a sentence, a line, a quotation or a list item."""
    return bool(_SENTENCE_START.search(text[max(0, start - 8) : start]))


def acts(text: str, end: int) -> bool:
    """Whether what follows an offset says that somebody does or has something."""
    return bool(_PERSON_AFTER.match(text[end : end + 32]))


_HEADING = regex.compile(
    r"(?i)(?<!\w)(?:finding|annex|appendix|section|part|chapter|theme|recommendation|table|figure|episode|lesson|question|unit"
    r"|child|adult|baby|sibling) \Z"
)


def follows_a_heading(text: str, start: int) -> bool:
    """Whether the letter at an offset numbers a part of a report, or stands for somebody: Finding B. Meetings."""
    return bool(_HEADING.search(text[max(0, start - 16) : start]))


_SPEAKS = regex.compile(
    r" (?:told|said|says|asked|cried|rang|lives|lived|loves|hates|texted|replied|went|came"
    r"|felt|wanted|thinks|slept|ran"
    r"|was (?:placed|born|seen|removed|taken|found|admitted|crying|upset|hurt|withdrawn|weighed"
    r"|brought|moved|hungry|tired))(?!\w)"
    r"|'s (?:mother|mum|dad|father|carers?|foster|parents|sister|brother|nan|gran|partner|bedroom|teacher|injur\w+)(?!\w)"
)


def speaks(text: str, end: int) -> bool:
    """Whether what follows an offset is what only a person does."""
    return bool(_SPEAKS.match(text[end : end + 18]))
