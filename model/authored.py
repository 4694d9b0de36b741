"""Passages that people wrote and marked for this model, and copies of them with other names.

`texts/` holds them, in the form of :mod:`model.marked`. A passage is worth many: its wording stays, and each of its
names, places and organisations becomes another of its sort, in the same case of letters and the same through the passage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from model import decoys, marked, noise, organisations, people, places
from model.lexicon import Lexicon, english_words, known_names, load
from model.render import Record
from model.scene import AGE, CONTACT, DATE, NUMBER, ORG_LOCAL, PERSON, PLACE

TEXTS = Path(__file__).parent / "texts"
#: Mark of `texts/GUIDE.md` → label.
LABELS = {
    "P": PERSON,
    "OFFICIAL": PERSON,
    "L": PLACE,
    "O": ORG_LOCAL,
    "D": DATE,
    "A": AGE,
    "C": CONTACT,
    "N": NUMBER,
}
_WORD = re.compile(r"[^\W\d_]+(?:['’\-‐‑][^\W\d_]+)*")
_TITLE_BEFORE = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Miss|Dr|PC|DC|DS|DI|PS|Sgt|HHJ|Judge|Nurse|Cllr|Sister)\.?|\d{2,})\s$")
#: What the last words of an organisation's name say of its sort, and what makes another of that sort.
_SORTS: tuple[tuple[re.Pattern[str], Callable[[random.Random, Lexicon], str]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), make)
    for pattern, make in (
        (r"school|academy|primary|infants?|juniors?|high|comp|grammar|college|pru|sixth form", organisations.school),
        (r"nursery|pre-?school|playgroup|day ?care|kindergarten|childmind\w+|cr[eè]che", organisations.nursery),
        (r"surgery|medical|practice|health centre|dental", organisations.surgery),
        (r"hospital|infirmary|hospice|maternity|unit", organisations.hospital),
        (r"ward|suite", organisations.ward),
        (
            r"church|chapel|mosque|masjid|gurdwara|temple|synagogue|mandir|parish|tabernacle|ministries",
            organisations.worship,
        ),
        (r"refuge|children's home|care home|hostel|lodge|foyer|house", organisations.home),
        (
            r"children's centre|family centre|youth (?:club|centre|project)|community centre|centre",
            organisations.centre,
        ),
        (r"arms|inn|tavern|bar|hotel|social club|legion", places.pub),
        (r"stores?|shop|takeaway|kebab\w*|chippy|caf[eé]|grill|pizza|barbers?|salon|gym|fc|club|bakery", places.venue),
        (r"ltd|limited|logistics|haulage|foods|farms?|factory|poultry|services|cleaning|care", organisations.employer),
    )
)
_STREET = re.compile(
    r"\b(?:road|rd|street|st|lane|ln|close|avenue|ave|drive|way|crescent|cres|terrace|place|gardens|grove|walk|rise|row|"
    r"hill|court|view|mews|square|green|parade)\b",
    re.IGNORECASE,
)


@cache
def passages() -> tuple[Record, ...]:
    """All passages of all authors, as they were written."""
    return tuple(
        Record(item.text, tuple((s, e, LABELS[mark]) for s, e, mark in item.marks if mark in LABELS))
        for folder in sorted(path for path in TEXTS.iterdir() if path.is_dir())
        for item in marked.read_folder(folder)
    )


def generate(seed: int, copies: int = 1) -> list[Record]:
    """The passages as they are, half of them with common names, and ``copies`` of each with others; some are joined."""
    rng, lex = random.Random(seed), load(False)
    found: list[Record] = []
    for copy in range(copies + 1):
        previous: Record | None = None
        for passage in passages():
            if copy == 0:
                record = passage if rng.random() < 0.5 else _renamed(rng, lex, passage, common=True)
            elif rng.random() < 0.08:
                record = _anonymised(rng, passage)
            else:
                record = _renamed(rng, lex, passage)
            record = noise.apply(rng, record) if rng.random() < (0.3 if copy == 0 else 0.7) else record
            if previous is not None and rng.random() < 0.35:
                found[-1] = previous = _joined(previous, record)
            else:
                found.append(record)
                previous = record
            if len(previous.text) > 3000:
                previous = None
    return found


def _joined(first: Record, second: Record) -> Record:
    shift = len(first.text) + 2
    return Record(
        f"{first.text}\n\n{second.text}",
        (*first.spans, *((s + shift, e + shift, label) for s, e, label in second.spans)),
    )


def _renamed(rng: random.Random, lex: Lexicon, record: Record, *, common: bool = False) -> Record:
    """The passage with other names; if ``common``, with common ones for its people, and all else as it is.

    Authors avoid Sarah Wilson and David Brown, and families are called so.
    """
    new: dict[str, str] = {}
    edits: list[noise.Edit] = []
    for start, end, label in record.spans:
        old = record.text[start:end]
        if old not in new:
            if (common and label != PERSON) or rng.random() < 0.15:
                new |= {word: word for word in (old, *_WORD.findall(old))}
            else:
                new[old] = _other(rng, lex, old, label, new, common)
        edits.append((start, end, new[old]))
    return noise.substitute(record, edits)


def _other(rng: random.Random, lex: Lexicon, old: str, label: str, new: dict[str, str], common: bool) -> str:
    if label == PERSON:
        return _WORD.sub(lambda word: _other_word(rng, lex, word[0], old, new, common), old)
    if label == PLACE:
        if re.match(r"(?:flat |number |no\.? ?)?\d", old, re.IGNORECASE) and _STREET.search(old):
            return _like(old, places.address(rng, lex))
        if _STREET.search(old):
            return _like(old, places.street_name(rng, lex))
        simple = re.fullmatch(r"(?:[^\W\d_]|['’-])+(?: (?:[^\W\d_]|['’-])+)?", old)
        return _like(old, places.town(rng, lex)) if simple and "estate" not in old.lower() else old
    if label in (CONTACT, NUMBER):
        return re.sub(r"\d", lambda _: str(rng.randrange(10)), old)
    if label in (DATE, AGE):
        return _month().sub(
            lambda month: _other_month(rng, lex, month[0]), re.sub(r"\d+", partial(_other_count, rng), old)
        )
    for pattern, make in _SORTS:
        if re.search(rf"(?<!\w)(?:{pattern.pattern})(?!\w)", old, re.IGNORECASE):
            return _like(old, make(rng, lex).removeprefix("the ")) if rng.random() < 0.7 else old
    return old


@cache
def _month() -> re.Pattern[str]:
    months = load(False)["months"]
    return re.compile(rf"\b(?:{'|'.join(months)}|{'|'.join(month[:3] for month in months)})\b", re.IGNORECASE)


def _other_month(rng: random.Random, lex: Lexicon, old: str) -> str:
    month = rng.choice(lex["months"])
    return _like(old, month if len(old) > 3 else month[:3])


def _other_count(rng: random.Random, old: re.Match[str]) -> str:
    """Another day, month or year where a number of a date or an age may be one, with as many figures."""
    value, size = int(old[0]), len(old[0])
    if size > 2:
        return str(rng.randint(1995, 2024)) if 1900 <= value <= 2030 else old[0]
    least, most = (1, 12) if value <= 12 else (13, 28) if value <= 31 else (32, 99)
    return str(rng.randint(least, most)).zfill(size) if size > 1 else str(rng.randint(1, 9))


def _other_word(rng: random.Random, lex: Lexicon, word: str, name: str, new: dict[str, str], common: bool) -> str:
    """Another given name or surname for a word of a name; particles and initials stay."""
    if len(word) < 3 or word.lower() in {"van", "der", "den", "bin", "ibn", "ferch", "the", "and", "von", "dos"}:
        return word
    if word not in new:
        given, _ = _known()
        words = _WORD.findall(name)
        is_given = people.is_given(word, name, words, given) or (len(words) == 1 and word.islower())
        if len(words) == 1 and word.lower() not in given and word.lower() in english_words():
            name = word if common else lex.pick(rng, "nickname_words")
        elif common:
            name = lex.pick(rng, "given.common" if is_given else "surnames.common")
        else:
            name = (people.given if is_given else people.surname)(rng, lex)
            name = _misheard(rng, name) if rng.random() < 0.3 else name
        new[word] = _like(word, name)
    return new[word]


def _misheard(rng: random.Random, name: str) -> str:
    """A name that no list holds, so that what stands around it has to tell: one or two letters are others of their kind."""
    letters = list(name)
    for position in rng.sample(range(1, len(letters)), min(len(letters) - 1, rng.choice([1, 1, 2]))):
        kinds = [kind for kind in ("aeiou", "bcdfghjklmnprstvwyz") if letters[position] in kind]
        if kinds:
            letters[position] = rng.choice(kinds[0])
    return "".join(letters)


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    given, surnames = known_names()
    ours = load(False).lists
    more = {name.lower() for key, names in ours.items() if key.startswith("given.") for name in names}
    return frozenset({name.lower() for name in given} | more), frozenset(name.lower() for name in surnames)


def _like(old: str, new: str) -> str:
    """The new name in the case of letters of the old one."""
    letters = [c for c in old if c.isalpha()]
    if letters and all(c.islower() for c in letters):
        return new.lower()
    if len(letters) > 3 and all(c.isupper() for c in letters):
        return new.upper()
    return new


def _anonymised(rng: random.Random, record: Record) -> Record:
    """The passage as its anonymised version would read: role codes for people, codes for places; nothing to find in them."""
    lex = load(False)
    letters = rng.sample(decoys.LETTERS, 12)
    codes: dict[str, str] = {}
    edits: list[noise.Edit] = []
    kept: list[bool] = []
    for start, end, label in record.spans:
        old = record.text[start:end]
        titled = bool(_TITLE_BEFORE.search(record.text[max(0, start - 8) : start]))
        if label == PERSON and old[:1].isupper():
            codes.setdefault(old, rng.choice(letters) if titled else decoys.role(rng, lex, letters))
        elif label in (PLACE, ORG_LOCAL) and old[:1].isupper() and " " in old:
            codes.setdefault(old, f"{lex.pick(rng, 'role_places')} {rng.choice([*letters[:4], '1', '2', '3'])}")
        kept.append(old not in codes)
        if old in codes:
            edits.append((start, end, codes[old]))
    changed = noise.substitute(record, edits)
    return Record(changed.text, tuple(span for span, keep in zip(changed.spans, kept, strict=True) if keep))
