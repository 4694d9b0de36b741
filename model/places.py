"""Names of small places: villages, towns, streets, estates, pubs, shops, clubs."""

from __future__ import annotations

import random

from model import people
from model.lexicon import Lexicon


def town(rng: random.Random, lex: Lexicon) -> str:
    """A British village, smaller town or neighbourhood."""
    chance = rng.random()
    if chance < 0.25:
        return lex.pick(rng, "towns")
    if chance < 0.60:
        return lex.pick(rng, "real_towns")
    if chance < 0.70:
        return lex.pick(rng, "districts")
    village = lex.pick(rng, "villages")
    if chance < 0.88:
        return village
    if chance < 0.94:
        return f"{lex.pick(rng, 'village_before')} {village}"
    return village + rng.choice([" ", " ", "-"]) + lex.pick(rng, "village_after")


def street_name(rng: random.Random, lex: Lexicon) -> str:
    """A street without its number."""
    chance = rng.random()
    if chance < 0.03:
        return lex.pick(rng, "whole_streets")
    if chance < 0.45:
        root = lex.pick(rng, "street_roots")
    elif chance < 0.80:
        root = lex.pick(rng, rng.choice(["villages", "real_towns"]))
    elif chance < 0.92:
        root = people.surname_part(rng, lex)
    else:
        root = "St " + lex.pick(rng, "saints") + rng.choice(["'s", ""])
    return f"{root} {lex.pick(rng, 'street_ends')}"


def address(rng: random.Random, lex: Lexicon) -> str:
    """A house or flat with its street, the number included in the span."""
    chance = rng.random()
    number = str(rng.randint(1, 240)) + (rng.choice("abAB") if rng.random() < 0.08 else "")
    if rng.random() < 0.04:
        number = rng.choice(["number ", "no. ", "No ", "Apt ", "Caravan "]) + number + rng.choice(["", ","])
    street = street_name(rng, lex)
    root = lex.pick(rng, "roots")
    building = f"{root} {lex.pick(rng, 'flats')}"
    if chance < 0.62:
        return f"{number}{rng.choice([' ', ' ', ' ', ', '])}{street}"
    if chance < 0.72:
        return f"Flat {rng.randint(1, 40)}{rng.choice(['', rng.choice('ABC')])}, {number} {street}"
    if chance < 0.79:
        return f"Flat {rng.randint(1, 40)}, {building}, {street}"
    if chance < 0.84:
        return f"{number} {building}"
    if chance < 0.89:
        return f"{root} {lex.pick(rng, 'house_ends')}, {street}"
    if chance < 0.905:
        return f"{lex.pick(rng, 'floors')}, {number} {street}"
    if chance < 0.92:
        return f"{_house(rng, lex)}{rng.choice(['', ', ' + street, ', ' + street])}"
    if chance < 0.93:
        return f"{lex.pick(rng, 'spoken_numbers')}{rng.choice([' ', ', '])}{street}"
    if chance < 0.935:
        return f"{number} {lex.pick(rng, 'street_roots')}"
    if chance < 0.94:
        return f"number {number}" if number.isdigit() else number
    if chance < 0.955:
        return f"{rng.choice(['Plot', 'Pitch', 'Room', 'Unit'])} {rng.randint(1, 30)}, {_house(rng, lex)}"
    return street


def _house(rng: random.Random, lex: Lexicon) -> str:
    """A house known by a name and no number."""
    lists = ["house_starts", "house_starts", "house_starts", "roots", "villages"]
    start = rng.choice(["", "The ", "The Old "])
    return f"{start}{lex.pick(rng, rng.choice(lists))} {lex.pick(rng, 'house_ends')}"


def estate(rng: random.Random, lex: Lexicon) -> str:
    """A housing estate."""
    root = lex.pick(rng, rng.choice(["villages", "street_roots", "roots", "districts", "real_towns"]))
    return f"{root} {lex.pick(rng, 'estate_ends')}"


def pub(rng: random.Random, lex: Lexicon) -> str:
    """A pub, with its article about half of the time."""
    chance = rng.random()
    if chance < 0.6:
        name = lex.pick(rng, "pubs")
    elif chance < 0.72:
        join = rng.choice(["and", "&", "and"])
        name = f"{lex.pick(rng, 'pub_firsts')} {join} {lex.pick(rng, 'pub_seconds')}"
    else:
        root = rng.choice([lex.pick(rng, "roots"), lex.pick(rng, "villages"), people.surname_part(rng, lex)])
        name = f"{root} {rng.choice(['Arms', 'Arms', 'Inn', 'Tavern', 'Hotel', 'Club'])}"
    return ("the " if rng.random() < 0.6 else rng.choice(["The ", ""])) + name


def venue(rng: random.Random, lex: Lexicon) -> str:
    """A pub, shop, club, takeaway, park, station or hall."""
    chance = rng.random()
    surname = people.surname_part(rng, lex)
    if chance < 0.28:
        return pub(rng, lex)
    if chance < 0.38:
        return lex.pick(rng, "shops")
    if chance < 0.42:
        return f"{surname} the {lex.pick(rng, 'trades')}" if rng.random() < 0.5 else f"{surname}s"
    if chance < 0.62:
        lists = ["roots", "villages", "towns", "districts", "street_roots"]
        root = lex.pick(rng, rng.choice(lists)) if rng.random() < 0.8 else town(rng, lex)
        return f"{root} {lex.pick(rng, 'venue_ends')}"
    if chance < 0.74:
        return people.given(rng, lex) + lex.pick(rng, "trade_ends")
    if chance < 0.84:
        ends = ["'s Newsagents", " Stores", " & Sons", " Motors", "'s Fish Bar", "'s Bakery", "'s"]
        return surname + rng.choice(ends)
    if chance < 0.91:
        return lex.pick(rng, "club_names") + rng.choice([" nightclub", " Nightclub", "", " bar"])
    return lex.pick(rng, "takeaways")
