"""Names of people, in the forms that reviews and their sources use."""

from __future__ import annotations

import random
import re
from collections.abc import Container, Sequence

from model.lexicon import Lexicon

#: How often a given name, and a surname, comes from each community.
GIVEN_WEIGHTS = {
    "common": 30,
    "uk": 12,
    "modern_children": 12,
    "later_generations": 8,
    "celtic": 8,
    "caribbean": 5,
    "south_asian": 10,
    "african": 8,
    "horn_middle_east": 6,
    "east_asian": 3,
    "balkan_baltic": 5,
    "east_european": 5,
    "traveller_roma": 2,
    "west_european": 4,
    "american": 7,
    "invented": 4,
    "words": 8,
    "nicknames": 3,
}
SURNAME_WEIGHTS = {
    "common": 40,
    "uk": 28,
    "celtic": 8,
    "american": 14,
    "south_asian": 8,
    "south_asian_more": 5,
    "african": 9,
    "horn_middle_east": 4,
    "east_asian": 3,
    "balkan_baltic": 5,
    "east_european": 6,
    "west_european": 4,
    "caribbean": 4,
    "traveller": 2,
    "words": 7,
}
_BEFORE_A_WORD = "Big Little Lil Old Young Mad Fat Scouse Wee Uncle Auntie Nana Lady King".split()
_SECOND_HALVES = [
    "Mae",
    "Rose",
    "Lee",
    "Leigh",
    "Louise",
    "Jo",
    "Ann",
    "Marie",
    "Jay",
    "Grace",
    "May",
    "Lynn",
    "James",
    "Ray",
    "Mai",
    "Anne",
    "Rae",
    "Lou",
]
_PREFIXES = [
    "O'",
    "Mc",
    "Mac",
    "O’",
    "D'",
    "De ",
    "van ",
    "St ",
    "Le ",
    "Fitz",
    "ap ",
    "al-",
    "El-",
    "de la ",
    "da ",
    "Ní ",
    "Ó ",
    "dos ",
    "bin ",
    "Van der ",
]
_INITIALS = "ABCDEFGHJKLMNOPRSTVWYZ"
_KIN = [
    "Nana",
    "Nanna",
    "Nan",
    "Nanny",
    "Granny",
    "Gran",
    "Grandma",
    "Grandad",
    "Grandpa",
    "Auntie",
    "Aunty",
    "Aunt",
    "Uncle",
    "Ma",
    "Mama",
    "Papa",
    "Pops",
    "Big",
    "Little",
    "Old",
    "Young",
    "Baby",
    "Mad",
    "Fat",
    "Skinny",
    "Ginger",
    "Auntie",
    "Uncle",
    "Nana",
]


def is_given(word: str, name: str, words: Sequence[str], known: Container[str]) -> bool:
    """Whether a word of somebody's name is a given name, by its place in the name.

    Args:
        word: one of ``words``.
        name: as it is written; in ``SURNAME, Forename`` the first word is none.
        words: of the name, without initials and particles.
        known: given names in small letters, to tell what a word that stands alone is.
    """
    is_first = word == words[0] and not re.match(r"\w+,", name)
    return (is_first and (len(words) > 1 or word.lower() in known)) or (len(words) > 2 and word != words[-1])


def given(rng: random.Random, lex: Lexicon) -> str:
    """One given name, a few of them hyphenated in the British way (Ellie-Mae)."""
    group = rng.choices(list(GIVEN_WEIGHTS), list(GIVEN_WEIGHTS.values()))[0]
    name = lex.pick(rng, f"given.{group}")
    if group in ("uk", "modern_children", "american") and rng.random() < 0.05:
        name = name.split("-")[0] + rng.choice("- ") + rng.choice(_SECOND_HALVES)
    return name


def surname_part(rng: random.Random, lex: Lexicon) -> str:
    """One simple surname."""
    group = rng.choices(list(SURNAME_WEIGHTS), list(SURNAME_WEIGHTS.values()))[0]
    return lex.pick(rng, f"surnames.{group}")


def surname(rng: random.Random, lex: Lexicon) -> str:
    """One surname: simple, double-barrelled or with a prefix."""
    chance = rng.random()
    name = surname_part(rng, lex)
    if chance < 0.07:
        return f"{name}-{surname_part(rng, lex)}"
    if chance < 0.10:
        return rng.choice(_PREFIXES) + name
    return name


def full(rng: random.Random, lex: Lexicon, first: str, last: str) -> str:
    """A given name and a surname joined in one of the ways people write them."""
    chance = rng.random()
    if chance < 0.05:
        return f"{first} {given(rng, lex)} {last}"
    if chance < 0.08:
        return f"{first} {rng.choice(_INITIALS)}{rng.choice(['.', ''])} {last}"
    if chance < 0.105:
        return f"{first[0]}{rng.choice(['. ', ' ', '.'])}{last}"
    if chance < 0.125:
        return f"{first} {last.upper()}"
    if chance < 0.135:
        return f'{first} "{lex.pick(rng, "given.nicknames")}" {last}'
    if chance < 0.145:
        return f"{rng.choice(_INITIALS)}.{rng.choice(_INITIALS)}. {last}"
    return f"{first} {last}"


def reversed_full(rng: random.Random, lex: Lexicon) -> str:
    """`SURNAME, Forename`, as in indexes and forms."""
    last, first = surname(rng, lex), given(rng, lex)
    middle = f" {given(rng, lex)}" if rng.random() < 0.2 else ""
    if rng.random() < 0.12:
        first = rng.choice(_INITIALS) + rng.choice(["", "."])
    shown = last.upper() if rng.random() < 0.7 else last
    return f"{shown}, {first}{middle}"


def alone(rng: random.Random, lex: Lexicon) -> str:
    """A given name alone, sometimes with an initial behind it."""
    name = given(rng, lex)
    chance = rng.random()
    if chance < 0.05:
        return f"{name} {rng.choice(_INITIALS)}{rng.choice(['', '', '.'])}"
    if chance < 0.07:
        return name[: rng.randint(2, 3)] if len(name) > 4 else name
    return name


def nickname(rng: random.Random, lex: Lexicon) -> str:
    """What a friend says: Shaz, Biscuit, Big T, Nana Jean, Smithy, JJ."""
    if rng.random() < 0.25:
        return word_nickname(rng, lex)
    chance = rng.random()
    if chance < 0.35:
        return lex.pick(rng, "given.nicknames")
    if chance < 0.62:
        return f"{rng.choice(_KIN)} {given(rng, lex).split()[0]}"
    if chance < 0.66:
        trade = rng.choice(["Fish", "Bus", "Milk", "Van", "Post", "Hat", "Bread", "Snake"])
        return f"{given(rng, lex).split()[0]} the {trade}"
    if chance < 0.72:
        return f"{rng.choice(['Big', 'Lil', 'Little', 'Young', 'MC', 'DJ'])} {rng.choice(_INITIALS)}"
    if chance < 0.82:
        stem = surname_part(rng, lex)[:5].rstrip("aeiouy")
        return stem + rng.choice(["y", "o", "ers", "ie"])
    if chance < 0.88:
        return rng.choice(_INITIALS) + rng.choice(_INITIALS + "JJJJ")
    if chance < 0.92:
        short = given(rng, lex)[:3].capitalize()
        return short + rng.choice(["", "-"]) + short
    return given(rng, lex)[:4].rstrip("aeiou- ") + rng.choice(["", "z", "s", "ie", "y", "a"])


def word_nickname(rng: random.Random, lex: Lexicon) -> str:
    """A word that somebody is called by: Biscuit, Scouse Moth, Tank."""
    word, chance = lex.pick(rng, "nickname_words"), rng.random()
    if chance < 0.08:
        return f"{rng.choice(_BEFORE_A_WORD)} {word}"
    return f"{given(rng, lex).split()[0]} {word}" if chance < 0.11 else word
