"""The register: the real names behind the pseudonyms, sealed with age and opened in memory only.

What is in it is found in a text with its variants, and is always ``certain``. Nothing here puts a name into a
message, a ``repr`` or a file that is not sealed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import regex
import yaml

from ..errors import RegisterError
from ..model import Confidence, Span
from ..registry import Detector
from .lexicon import load_yaml, vocabulary
from .normal import normalise
from .wording import look_up

KEY_VARIABLE = "SCR_REGISTER_KEY"
"""The environment variable that holds the key: an ``AGE-SECRET-KEY-…`` line, or the path of a file with one."""

_WORD = regex.compile(r"\p{L}[\p{L}'-]*")
_ARMOURED = b"-----BEGIN AGE ENCRYPTED FILE-----"
_BINARY = b"age-encryption.org/v1"
_SHORTEST_FUZZY = 5  # letters of a word below which one edit makes another name


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the public output must not name.

    Args:
        id: of the same person in the metadata's ``people``, or empty.
        names: full names, as ``Forename Middle Surname``.
        other_names: nicknames, former names, names on line.
        terms: anything else that points to the person: addresses, schools, numbers.
        born, died: dates.
    """

    id: str = ""
    names: tuple[str, ...] = field(default=(), repr=False)
    other_names: tuple[str, ...] = field(default=(), repr=False)
    terms: tuple[str, ...] = field(default=(), repr=False)
    born: date | None = field(default=None, repr=False)
    died: date | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Register:
    """An opened register; its content never shows in a ``repr``."""

    people: tuple[Person, ...] = field(default=(), repr=False)
    terms: tuple[str, ...] = field(default=(), repr=False)


# --- sealing


def new_key() -> tuple[str, str]:
    """A fresh key pair: the secret line to keep, and the public recipient that seals for it."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def read_key(value: str | None = None) -> str:
    """The secret key from a value, a key file that it names, or the environment.

    Args:
        value: the key itself or a path; None to read the variable ``SCR_REGISTER_KEY``.

    Raises:
        RegisterError: there is no key.
    """
    given = (value if value is not None else os.environ.get(KEY_VARIABLE, "")).strip()
    if not given:
        raise RegisterError(f"there is no key: set {KEY_VARIABLE} or name a key file")
    if given.upper().startswith("AGE-SECRET-KEY-"):
        return given
    try:
        lines = Path(given).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError, ValueError):
        raise RegisterError("the key file cannot be read") from None
    for line in lines:
        if line.strip().upper().startswith("AGE-SECRET-KEY-"):
            return line.strip()
    raise RegisterError("the key file holds no age key")


def seal(text: str, key: str) -> bytes:
    """A register's YAML text as an age file that only ``key`` opens.

    Raises:
        RegisterError: the text is no register, or the key is no key; nothing is sealed that could not be read back.
    """
    from pyrage import encrypt, x25519

    parse(text)
    try:
        recipient = x25519.Identity.from_str(key).to_public()
    except Exception:
        raise RegisterError("the key is not an age key") from None
    return bytes(encrypt(text.encode(), [recipient]))


def unseal(sealed: bytes, key: str) -> str:
    """The YAML text in a sealed register.

    Raises:
        RegisterError: it is not sealed, not for this key, or damaged.
    """
    from pyrage import decrypt, x25519

    if not is_sealed(sealed):
        raise RegisterError("the register is not sealed with age; seal it with `scr-compliance register seal`")
    try:
        return bytes(decrypt(sealed, [x25519.Identity.from_str(key)])).decode("utf-8")
    except Exception:
        raise RegisterError("the register cannot be opened with this key, or it is damaged") from None


def is_sealed(content: bytes) -> bool:
    """Whether bytes are an age file."""
    return content.startswith((_BINARY, _ARMOURED))


# --- content


def parse(text: str) -> Register:
    """A register from its YAML text; its form is ``schemas/register.schema.json``.

    Raises:
        RegisterError: says where it is wrong and not what stands there.
    """
    try:
        data = load_yaml(text)
    except (yaml.YAMLError, RecursionError, ValueError):
        raise RegisterError("the register is not YAML") from None
    if not isinstance(data, Mapping) or set(data) - {"version", "people", "terms"}:
        raise RegisterError("the register must hold `version`, `people` and `terms`, and nothing else")
    people = tuple(_person(entry, number) for number, entry in enumerate(_list(data.get("people")), 1))
    return Register(people, _strings(data.get("terms"), "terms"))


def _person(entry: Any, number: int) -> Person:
    where = f"people[{number}]"
    if not isinstance(entry, Mapping) or set(entry) - {"id", "names", "other_names", "terms", "born", "died"}:
        raise RegisterError(f"{where} may hold id, names, other_names, terms, born and died, and nothing else")
    names = _strings(entry.get("names"), f"{where}.names")
    if not names:
        raise RegisterError(f"{where} has no names")
    return Person(
        str(entry.get("id", "")),
        names,
        _strings(entry.get("other_names"), f"{where}.other_names"),
        _strings(entry.get("terms"), f"{where}.terms"),
        _date(entry.get("born"), f"{where}.born"),
        _date(entry.get("died"), f"{where}.died"),
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _strings(value: Any, where: str) -> tuple[str, ...]:
    if value in (None, ""):
        return ()
    if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
        raise RegisterError(f"{where} must be a list of texts")
    return tuple(item.strip() for item in value)


def _date(value: Any, where: str) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise RegisterError(f"{where} must be a date such as 2009-01-31") from None


# --- matching


@cache
def _nicknames() -> Mapping[str, frozenset[str]]:
    """Given name → what people call its bearer, both ways, in lower case."""
    table: dict[str, set[str]] = {}
    for name, short in vocabulary("nicknames").items():
        forms = {name.lower(), *(form.lower() for form in short)}
        for form in forms:
            table.setdefault(form, set()).update(forms - {form})
    return {name: frozenset(forms) for name, forms in table.items()}


def variants(register: Register) -> frozenset[str]:
    """Every way in which the register's people and terms may be written: lower case, one space between words."""
    found: set[str] = set()
    for person in register.people:
        for name in person.names:
            found.update(_of_full_name(name))
        for name in person.other_names:
            found.add(_plain(name))
        found.update(_plain(term) for term in person.terms)
        for day in (person.born, person.died):
            found.update(_of_date(day) if day else ())
    found.update(_plain(term) for term in register.terms)
    return frozenset(form for form in found if len(form) > 1)


def _plain(text: str) -> str:
    return " ".join(normalise(text).text.lower().split())


def _of_full_name(name: str) -> Iterator[str]:
    plain = _plain(name)
    yield plain
    parts = plain.split()
    if len(parts) < 2:
        return
    first, last = parts[0], parts[-1]
    surnames = [last, *(part for part in last.split("-") if len(part) > 2)] if "-" in last else [last]
    firsts = [first, *_nicknames().get(first, ())]
    for given in firsts:
        yield given
        for surname in surnames:
            yield from (
                f"{given} {surname}",
                f"{surname} {given}",
                f"{surname}, {given}",
                f"{given} {surname[0]}",
                f"{given}{surname}",
                f"{given}.{surname}",
            )
    for surname in surnames:
        yield from (
            surname,
            f"{first[0]} {surname}",
            f"{first[0]}. {surname}",
            f"{surname}, {first[0]}",
            f"{surname} {first[0]}",
        )
    yield f"{surnames[0]}, {' '.join(parts[:-1])}"
    initials = [part[0] for part in parts]
    for letters in {"".join(initials), initials[0] + initials[-1]}:
        yield from (f"{letters}", ".".join(letters) + ".", ". ".join(letters) + ".")


def _of_date(day: date) -> Iterator[str]:
    month = day.strftime("%B").lower()
    suffix = "th" if 10 < day.day < 20 else {1: "st", 2: "nd", 3: "rd"}.get(day.day % 10, "th")
    for number in (f"{day.day}", f"{day.day:02d}", f"{day.day}{suffix}"):
        for name in (month, month[:3]):
            yield from (
                f"{number} {name} {day.year}",
                f"{number} of {name} {day.year}",
                f"{number} {name}",
                f"{name} {number} {day.year}",
                f"{name} {number}, {day.year}",
            )
    for mark in "/.-":
        for number in (f"{day.day}{mark}{day.month}", f"{day.day:02d}{mark}{day.month:02d}"):
            yield from (f"{number}{mark}{day.year}", f"{number}{mark}{day.year % 100:02d}")
    yield day.isoformat()


def make_detector(register: Register) -> Detector:
    """The detector ``register``: variants as whole words, and words of five letters and more one edit away.

    Initials are found in capitals only, and words that are also English words (Hope, Mark) with a capital only.
    """
    forms = variants(register)
    initials = {form for form in forms if _is_short(form)}
    english = {form for form in forms - initials if " " not in form and look_up(form).english}
    any_case = forms - initials - english
    patterns = [
        _compiled(any_case, regex.IGNORECASE),
        _compiled({case for form in english for case in (form.capitalize(), form.upper())}, 0),
        _compiled({case for form in initials for case in (form.upper(), form.capitalize())}, 0),
    ]
    single = {word for form in any_case | english for word in form.split() if word.isalpha()}
    fuzzy = sorted(word for word in single if len(word) >= _SHORTEST_FUZZY and not look_up(word).role)
    known = any_case | english

    def detect(text: str) -> Iterator[Span]:
        for pattern in patterns:
            for match in pattern.finditer(text):
                yield Span("person", match.start(), match.end(), Confidence.CERTAIN, ("register",))
        yield from _one_edit_away(text, fuzzy, known)

    return detect


def _is_short(form: str) -> bool:
    """Whether a variant is initials or a name of three letters at most, which in lower case may be any word."""
    return (form.isalpha() or "." in form) and len(regex.sub(r"\P{L}", "", form)) <= 3


def _compiled(forms: Iterable[str], flags: int) -> regex.Pattern[str]:
    ordered = [
        r"\s+".join(regex.escape(word) for word in form.split()) for form in sorted(forms, key=len, reverse=True)
    ]
    return regex.compile(rf"(?<![^\W_])(?:{'|'.join(ordered) or '(?!)'})(?:'?s'?)?(?![^\W_])", flags)


def _one_edit_away(text: str, names: list[str], known: frozenset[str]) -> Iterator[Span]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    if not names:
        return
    seen: dict[str, bool] = {}
    for match in _WORD.finditer(text):
        word = match[0].lower().removesuffix("'s")
        if word not in seen:
            seen[word] = (
                len(word) >= _SHORTEST_FUZZY - 1
                and word not in known
                and not look_up(word).english
                and not look_up(word).role
                and process.extractOne(word, names, scorer=OSA.distance, score_cutoff=1) is not None
            )
        if seen[word]:
            yield Span("person", match.start(), match.start() + len(word), Confidence.CERTAIN, ("register",))


def matches(register: Register, text: str) -> tuple[Span, ...]:
    """What of the register stands in a text as it is, such as a file name or a value of the metadata."""
    normal = normalise(regex.sub(r"[_]|(?<=\p{Ll})(?=\p{Lu})", lambda match: " " if match[0] else "", text))
    return tuple(normal.span(span) for span in make_detector(register)(normal.text))


# --- pseudonyms that give the name away


def telling_pseudonyms(register: Register, pseudonyms: Mapping[str, str]) -> tuple[str, ...]:
    """The ids of people whose pseudonym gives their name away.

    A pseudonym tells when it is the real name's initials (``KM``, ``Child K.M.``), its first letter (``Child K`` for
    Kayleigh), or a fictional name that begins with the same letter as the real one or is part of it.

    Args:
        register: with the real names, under the same ids as the metadata.
        pseudonyms: id → pseudonym, of the metadata's ``people``.
    """
    telling = []
    for person in register.people:
        pseudonym = pseudonyms.get(person.id, "")
        if pseudonym and any(_tells(pseudonym, name) for name in (*person.names, *person.other_names)):
            telling.append(person.id)
    return tuple(telling)


def _tells(pseudonym: str, name: str) -> bool:
    parts = [part.upper() for part in _WORD.findall(normalise(name).text)]
    if not parts:
        return False
    words = _WORD.findall(normalise(pseudonym).text)
    code = "".join(word for word in words if word.isupper() and len(word) <= 3)
    if len(code) == 1:
        return bool(code == parts[0][0])
    if code:
        return code in {"".join(part[0] for part in parts), parts[0][0] + parts[-1][0]}
    fictional = [word.upper() for word in words if len(word) > 1 and not look_up(word).role]
    return any(word in parts or word[0] == parts[0][0] for word in fictional)
