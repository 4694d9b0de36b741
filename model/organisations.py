"""Names of local organisations: schools, surgeries, hospitals, places of worship, homes, employers."""

from __future__ import annotations

import random

from model import people, places
from model.lexicon import Lexicon


def saint(rng: random.Random, lex: Lexicon) -> str:
    """`St Cuthbert's` in its spellings."""
    start = rng.choice(["St ", "St ", "St ", "St. ", "Saint ", "Our Lady and St ", "SS Peter and "])
    return start + lex.pick(rng, "saints") + rng.choice(["'s", "'s", "’s", "s", ""])


def root(rng: random.Random, lex: Lexicon) -> str:
    """What a school or nursery is called before its kind."""
    chance = rng.random()
    if chance < 0.24:
        return saint(rng, lex)
    if chance < 0.50:
        return lex.pick(rng, "roots")
    if chance < 0.62:
        return lex.pick(rng, "villages")
    if chance < 0.84:
        return places.town(rng, lex)
    if chance < 0.90:
        return lex.pick(rng, "street_roots")
    if chance < 0.95:
        return f"The {lex.pick(rng, 'roots')}"
    return f"{people.given(rng, lex)} {people.surname_part(rng, lex)}"


def school(rng: random.Random, lex: Lexicon) -> str:
    """A school; a saint's or a root's name alone now and then, as staff say it."""
    if rng.random() < 0.03:
        middle = rng.choice(["", "Gynradd ", "Gyfun ", "Bro ", "Uwchradd ", "Gynradd Nant-y-", "y "])
        return f"Ysgol {middle}{lex.pick(rng, rng.choice(['villages', 'roots']))}"
    name = root(rng, lex)
    if name.startswith(("St", "Our", "Saint", "SS")) and rng.random() < 0.2:
        return name
    return f"{name} {lex.pick(rng, 'school_ends')}"


def nursery(rng: random.Random, lex: Lexicon) -> str:
    """A nursery, pre-school or childminder's business."""
    chance = rng.random()
    if chance < 0.5:
        name = lex.pick(rng, "nursery_names")
    else:
        name = root(rng, lex) if chance < 0.75 else people.given(rng, lex) + "'s"
    return f"{name} {lex.pick(rng, 'nursery_ends')}"


def surgery(rng: random.Random, lex: Lexicon) -> str:
    """A GP's surgery, health centre or dental practice."""
    makers = [root, places.street_name, places.town]
    name = lex.pick(rng, "roots") if rng.random() < 0.25 else rng.choice(makers)(rng, lex)
    article = rng.choice(["", "The ", "the ", ""])
    return f"{article}{name.removeprefix('The ')} {lex.pick(rng, 'surgery_ends')}"


def hospital(rng: random.Random, lex: Lexicon) -> str:
    """A hospital, a hospice, a unit of one, or the letters it is known by."""
    chance = rng.random()
    if chance < 0.36:
        return f"{places.town(rng, lex)} {lex.pick(rng, 'hospital_ends')}"
    if chance < 0.52:
        return saint(rng, lex) + rng.choice([" Hospital", " Hospital", " Hospice", ""])
    if chance < 0.60:
        return f"{people.given(rng, lex)} {people.surname_part(rng, lex)} Hospital"
    if chance < 0.72:
        start = rng.choice(["Royal", "Queen", "Princess", "King", "Prince", "Lord", "Lady"])
        middle = lex.pick(rng, rng.choice(["royal_middles", "royal_middles", "villages", "towns"]))
        return f"{start} {middle}" + (f" {lex.pick(rng, 'royal_ends')}" if rng.random() < 0.8 else "")
    if chance < 0.80:
        name = lex.pick(rng, "roots") if rng.random() < 0.5 else people.surname_part(rng, lex)
        return f"the {name} {lex.pick(rng, 'unit_ends')}"
    if chance < 0.83:
        return lex.pick(rng, "hospital_letters")
    ends = [" Hospital", " House Hospital", " Park Hospital", " Birth Centre", " Maternity Unit", " Ward"]
    return lex.pick(rng, "roots") + rng.choice(ends)


def ward(rng: random.Random, lex: Lexicon) -> str:
    """A named hospital ward."""
    return f"{lex.pick(rng, 'wards')} {rng.choice(['Ward', 'ward', 'Ward', 'Unit', 'Suite'])}"


def worship(rng: random.Random, lex: Lexicon) -> str:
    """A church, chapel, mosque, gurdwara, temple or synagogue."""
    chance = rng.random()
    if chance < 0.26:
        ends = [" Church", " Parish Church", " RC Church", " Church Hall", "", " Cathedral"]
        return saint(rng, lex) + rng.choice(ends)
    if chance < 0.54:
        return f"{places.town(rng, lex)} {lex.pick(rng, 'worship_ends')}"
    if chance < 0.68:
        name = lex.pick(rng, "mosque_names")
        start = rng.choice(["Masjid ", "Jamia ", "Jamia Masjid "])
        return start + name if rng.random() < 0.5 else name + rng.choice([" Mosque", " Masjid", " Islamic Centre"])
    if chance < 0.78:
        return f"{lex.pick(rng, 'gurdwara_names')} {lex.pick(rng, 'gurdwara_ends')}"
    start = lex.pick(rng, "church_names")
    if chance < 0.84:
        name = f"{start} {lex.pick(rng, 'church_kinds')} of {lex.pick(rng, 'church_of')}"
    else:
        name = f"{start} {lex.pick(rng, 'church_ends')}"
    return name if name.startswith("The ") else rng.choice(["", "", "the ", "The "]) + name


def home(rng: random.Random, lex: Lexicon) -> str:
    """A children's home, hostel, refuge or foyer."""
    chance = rng.random()
    lists = ["roots", "roots", "villages", "street_roots", "wards"]
    name = lex.pick(rng, rng.choice(lists)) if chance < 0.85 else people.surname_part(rng, lex)
    return f"{rng.choice(['', 'The ', ''])}{name} {lex.pick(rng, 'home_ends')}"


def centre(rng: random.Random, lex: Lexicon) -> str:
    """A children's, family, youth or contact centre."""
    name = rng.choice([root, places.town])(rng, lex) if rng.random() < 0.67 else lex.pick(rng, "roots")
    return f"{name} {lex.pick(rng, 'centre_ends')}"


def employer(rng: random.Random, lex: Lexicon) -> str:
    """A firm, shop or regiment that someone works for."""
    chance = rng.random()
    if chance < 0.12:
        return lex.pick(rng, "shops")
    if chance < 0.22:
        return lex.pick(rng, "employers")
    if chance < 0.54:
        return f"{people.surname_part(rng, lex)} {lex.pick(rng, 'firm_ends')}"
    if chance < 0.80:
        start = places.town(rng, lex) if chance < 0.63 else lex.pick(rng, rng.choice(["roots", "villages"]))
        return f"{start} {lex.pick(rng, 'works_ends')}"
    if chance < 0.92:
        return f"{lex.pick(rng, 'firm_starts')} {lex.pick(rng, 'small_firms')}"
    if chance < 0.96:
        return lex.pick(rng, "regiments")
    if chance < 0.98:
        return f"{rng.choice('ABCDJKMRST')}&{rng.choice('ABCDJKMRST')} {lex.pick(rng, 'small_firms')}"
    unit = rng.choice(["1st Battalion, ", "2nd Battalion, ", "3rd Battalion ", "", "C Company, "])
    return f"{unit}the {rng.choice(['Royal ', '', ''])}{lex.pick(rng, 'arm_areas')} {lex.pick(rng, 'arms')}"
