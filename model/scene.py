"""A scene: who and where one generated text is about, and what each slot of a template becomes.

A slot such as `{C}` becomes pieces of text, each with a label or none. The people of a scene stay the
same through it: `{C}` is the subject child, `{S1}` and `{S2}` siblings, `{M}`, `{F}`, `{PT}` (mother's partner) and
`{GM}` the family, `{W}` and `{W2}` professionals. Anonymised, the same slots become role codes without a label: the
contrast teaches more than either alone. A slot that ends in LOW or UP is rendered in that case.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from model import decoys, organisations, people, places
from model.lexicon import Lexicon

PERSON, PLACE, ORG_LOCAL = "PERSON", "PLACE", "ORG_LOCAL"
DATE, AGE, CONTACT, NUMBER = "DATE", "AGE", "CONTACT", "NUMBER"
LABELS = (PERSON, PLACE, ORG_LOCAL, DATE, AGE, CONTACT, NUMBER)


@dataclass(frozen=True)
class Piece:
    """A run of generated text; `label` is None outside identifiers."""

    text: str
    label: str | None = None


Filler = Callable[[random.Random, Lexicon], str]

_LOCAL: dict[str, tuple[str, Filler]] = {
    "PL": (PLACE, places.town),
    "ST": (PLACE, places.address),
    "STN": (PLACE, places.street_name),
    "EST": (PLACE, places.estate),
    "VEN": (PLACE, places.venue),
    "PUB": (PLACE, places.pub),
    "SCH": (ORG_LOCAL, organisations.school),
    "NUR": (ORG_LOCAL, organisations.nursery),
    "SURG": (ORG_LOCAL, organisations.surgery),
    "HOSP": (ORG_LOCAL, organisations.hospital),
    "WARD": (ORG_LOCAL, organisations.ward),
    "CHU": (ORG_LOCAL, organisations.worship),
    "HOME": (ORG_LOCAL, organisations.home),
    "CC": (ORG_LOCAL, organisations.centre),
    "EMP": (ORG_LOCAL, organisations.employer),
}
_ANONYMOUS_PLACES = {
    "PL": ["the town", "the village", "[town]", "another area", "Town 1"],
    "ST": ["the family home", "Address 1", "[address]", "the property"],
    "STN": ["the road", "the street", "Street A"],
    "EST": ["the estate", "a large estate"],
    "VEN": ["the pub", "the shop", "a local park", "the leisure centre"],
    "PUB": ["the pub", "a public house"],
    "SCH": ["the school", "School 1", "School A", "the primary school", "[school]"],
    "NUR": ["the nursery", "Nursery 1", "Nursery B"],
    "SURG": ["the surgery", "GP Practice 2", "the practice", "Surgery 1"],
    "HOSP": ["the hospital", "Hospital 1", "Hospital B", "the local hospital", "the Emergency Department"],
    "WARD": ["the ward", "the children's ward", "Ward 4"],
    "CHU": ["the church", "their place of worship", "the mosque"],
    "HOME": ["the placement", "Children's Home 2", "the refuge", "Placement 3", "the hostel"],
    "CC": ["the Children's Centre", "the family centre", "Children's Centre A"],
    "EMP": ["his employer", "a local factory"],
}
_DECOYS: dict[str, Filler] = {
    "AGG": decoys.agency,
    "CITE": decoys.citation,
    "CITEY": decoys.citation_in_brackets,
    "BIB": decoys.reference,
    "AUTH": decoys.author,
    "DATE": decoys.date,
    "TIME": decoys.time,
    "AGE": decoys.age,
    "PC": decoys.postcode,
    "REF": decoys.number,
    "DRUG": decoys.drug,
    "SYS": decoys.system,
    "EPO": decoys.eponym,
    "AB": decoys.acronym,
    "CNT": decoys.abroad,
    "CTY": decoys.county,
    "INQ2": decoys.inquiry,
}
_LISTS = {
    "AG": "agencies",
    "BARE": "bare_roles",
    "STAT": "statutes",
    "INQ": "inquiry_people",
    "CITY": "cities",
    "NAT": "nationalities",
    "MON": "months",
    "TEST": "tests",
    "PROG": "programmes",
    "OCC": "occupations",
    "REL": "relations",
    "REL2": "relations",
    "HEAD": "headings",
    "LANG": "languages",
    "BRAND": "brands",
    "DAY": "days",
}
_FAMILY = ("C", "M", "F", "S1", "S2", "GM", "PT")


def _label(slot: str, text: str) -> str | None:
    """The label of a date that names a day, of a number and of a contact; None for what tells less."""
    if slot == "REF":
        return CONTACT if re.match(r"07700|01632|@|.+@", text) else NUMBER
    return DATE if slot == "DATE" and re.search(r"\b\d\d?(?!\d)", text) else None


class Scene:
    """One text's people and places. `anonymous` is the share of slots rendered as role codes (0 to 1)."""

    def __init__(self, rng: random.Random, lex: Lexicon, anonymous: float = 0.0) -> None:
        self.rng = rng
        self.lex = lex
        self.anonymous = anonymous
        self.letters = rng.sample(decoys.LETTERS, 12)
        self.family_name = people.surname(rng, lex)
        self._people: dict[str, tuple[str, str]] = {}
        self._codes: dict[str, str] = {}
        self._places: dict[str, str] = {}

    def fill(self, slot: str) -> list[Piece]:
        """The pieces for a slot name such as `C`, `SCH` or `AG`.

        Raises:
            KeyError: there is no such slot.
        """
        for ending, change in (("LOW", str.lower), ("UP", str.upper)):
            if slot.endswith(ending) and slot != "PUP":
                return [Piece(change(p.text), p.label) for p in self.fill(slot.removesuffix(ending))]
        hidden = self.rng.random() < self.anonymous
        if slot in _LOCAL:
            return self._local(slot, hidden)
        if slot in _DECOYS:
            text = _DECOYS[slot](self.rng, self.lex)
            return [Piece(text, _label(slot, text))]
        if slot in _LISTS:
            return [Piece(self.lex.pick(self.rng, _LISTS[slot]))]
        if slot == "ORG":
            return self._local(self.rng.choice(["SCH", "NUR", "SURG", "HOSP", "CC"]), hidden)
        small = {
            "NUM": lambda: str(self.rng.randint(2, 39)),
            "L": lambda: self.rng.choice(self.letters),
            "RC": self._code,
            "RPL": self._place_code,
            "THING": lambda: self.lex.pick(self.rng, "nickname_words").lower(),
            "MY": self._month_year,
        }
        if slot in small:
            return [Piece(small[slot]())]
        return self._person(slot, hidden)

    # -------------------------------------------------------------- people

    def who(self, key: str) -> tuple[str, str]:
        """The given name and surname of one of the scene's people, made on first use."""
        if key not in self._people:
            shares = (key in ("C", "S1", "S2") and self.rng.random() < 0.85) or (
                key in ("M", "F", "GM") and self.rng.random() < 0.55
            )
            last = self.family_name if shares else people.surname(self.rng, self.lex)
            self._people[key] = (people.given(self.rng, self.lex), last)
        return self._people[key]

    def _person(self, slot: str, hidden: bool) -> list[Piece]:
        rng, lex = self.rng, self.lex
        if slot in _FAMILY:
            return self._named(self.who(slot)[0], slot, hidden)
        if slot in ("CF", "MF", "FF", "PTF", "S1F", "GMF"):
            key = slot[:-1]
            return self._named(people.full(rng, lex, *self.who(key)), key, hidden)
        if slot in ("W", "W2"):
            return self._worker(slot, hidden)
        if slot == "WS":
            name = people.surname(rng, lex) if rng.random() < 0.8 else self._fresh_full()
            return [Piece(rng.choice(self.letters))] if hidden else self._decorated(name)
        if slot == "WT":
            title = rng.choice(["Mr", "Mrs", "Ms", "Miss", "Dr"] if hidden else lex["titles"])
            titled = [Piece(rng.choice(self.letters))] if hidden else self._decorated(people.surname(rng, lex))
            return [Piece(f"{title} "), *titled]
        if slot == "SUR":
            name = people.surname(rng, lex) if rng.random() < 0.5 else self.family_name
            return [Piece(rng.choice(self.letters))] if hidden else self._decorated(name)
        makers: dict[str, Callable[[], str]] = {
            "P1": lambda: people.alone(rng, lex),
            "FN": lambda: people.given(rng, lex),
            "PF": self._fresh_full,
            "P": lambda: people.alone(rng, lex) if rng.random() < 0.5 else self._fresh_full(),
            "NICK": lambda: people.nickname(rng, lex),
            "CALLED": lambda: people.word_nickname(rng, lex),
            "PREV": lambda: people.reversed_full(rng, lex),
            "PUP": lambda: self._fresh_full().upper(),
            "GIV": lambda: people.given(rng, lex),
        }
        name = makers[slot]()
        if hidden:
            return [Piece(self._code())]
        return self._decorated(name) if slot in ("P1", "PF", "P") else [Piece(name, PERSON)]

    def _named(self, name: str, key: str, hidden: bool) -> list[Piece]:
        return [Piece(self._family_code(key))] if hidden else self._decorated(name)

    def _worker(self, key: str, hidden: bool) -> list[Piece]:
        if hidden:
            return [Piece(self._family_code(key))]
        rng, (first, last), chance = self.rng, self.who(key), self.rng.random()
        if chance < 0.45:
            return self._decorated(people.full(rng, self.lex, first, last))
        if chance < 0.72:
            return self._decorated(first)
        if chance < 0.82:
            return self._decorated(last)
        return [Piece(rng.choice(self.lex["titles"]) + " "), *self._decorated(last)]

    def _fresh_full(self) -> str:
        return people.full(self.rng, self.lex, people.given(self.rng, self.lex), people.surname(self.rng, self.lex))

    def _decorated(self, name: str) -> list[Piece]:
        chance = self.rng.random()
        if chance < 0.025:
            name = name.lower()
        elif chance < 0.05:
            name = name.upper()
        elif chance < 0.06 and len(name) > 4:
            name = re.sub(r"[^\x00-\x7f]", "", name)
        return [Piece(name, PERSON)]

    # -------------------------------------------------------------- codes

    def _code(self) -> str:
        return decoys.role(self.rng, self.lex, self.letters)

    def _place_code(self) -> str:
        tail = self.rng.choice(self.letters) if self.rng.random() < 0.55 else str(self.rng.randint(1, 5))
        return f"{self.lex.pick(self.rng, 'role_places')} {tail}"

    def _family_code(self, key: str) -> str:
        if key not in self._codes:
            one, two, three = self.letters[0], self.letters[3], self.letters[4]
            options = {
                "C": [
                    f"Child {one}",
                    f"Child {one}",
                    f"Baby {one}",
                    "Child 1",
                    "the child",
                    f"YP{self.rng.randint(1, 4)}",
                    f"Infant {one}",
                    "[the child]",
                    f"Young Person {one}",
                    one,
                ],
                "M": [
                    "Mother",
                    "the mother",
                    "MA",
                    "MC",
                    f"Ms {two}",
                    f"Adult {two}",
                    "M",
                    f"Mother of Child {one}",
                    "Mum",
                    "[mother]",
                    "Adult 1",
                ],
                "F": [
                    "Father",
                    "the father",
                    "FA",
                    "FC",
                    f"Mr {three}",
                    f"Adult {three}",
                    f"Father of Child {one}",
                    "Dad",
                    "[father's name]",
                    "Adult 2",
                ],
                "PT": [
                    "Partner 2",
                    "Stepfather",
                    "Mother's partner",
                    "Mr X",
                    f"Mr {three}",
                    "Male 1",
                    "Adult 3",
                    "MP",
                ],
                "GM": [
                    "MGM",
                    "PGM",
                    "Maternal Grandmother",
                    "the grandmother",
                    "Nan",
                    "Grandmother 1",
                    "[grandmother]",
                ],
            }
            sibling = [
                f"Sibling {key[-1]}",
                f"Child {self.letters[2]}",
                f"Half Sibling {key[-1]}",
                "the sibling",
                f"Sib {key[-1]}",
                "[sister]",
            ]
            fallback = sibling if key in ("S1", "S2") else [self._code(), self._code(), "the worker"]
            self._codes[key] = self.rng.choice(options.get(key, fallback))
        return self._codes[key]

    # -------------------------------------------------------------- places

    def _local(self, slot: str, hidden: bool) -> list[Piece]:
        rng = self.rng
        if hidden:
            return [Piece(self._place_code() if rng.random() < 0.4 else rng.choice(_ANONYMOUS_PLACES[slot]))]
        label, make = _LOCAL[slot]
        # A text tends to come back to the same school, street and town.
        text = self._places[slot] if slot in self._places and rng.random() < 0.35 else make(rng, self.lex)
        self._places[slot] = text
        if (
            slot in ("SCH", "NUR", "HOSP", "SURG", "HOME")
            and rng.random() < 0.06
            and re.match(r"[A-Z][a-z]{4,} ", text)
        ):
            text = text.split()[0]
        if text.startswith("the "):
            return [Piece("the "), Piece(text.removeprefix("the "), label)]
        return [Piece(text, label)]

    def _month_year(self) -> str:
        year = self.rng.randint(1999, 2023)
        return self.rng.choice(
            [
                f"{self.lex.pick(self.rng, 'months')} {year}",
                str(year),
                f"{self.rng.choice(['the summer of', 'early', 'late', 'autumn'])} {year}",
            ]
        )
