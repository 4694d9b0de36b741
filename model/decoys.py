"""Text that looks like a name and is none: bodies, citations, role codes, dates, acronyms."""

from __future__ import annotations

import random

from model import people, places
from model.lexicon import Lexicon

LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"


def role(rng: random.Random, lex: Lexicon, letters: list[str]) -> str:
    """A pseudonym or role code: Child B, SW2, Mr X, MGM."""
    chance = rng.random()
    if chance < 0.34:
        tail = rng.choice(letters) if rng.random() < 0.6 else str(rng.randint(1, 6))
        return f"{lex.pick(rng, 'role_bases')} {tail}{rng.randint(1, 4) if rng.random() < 0.06 else ''}"
    if chance < 0.60:
        stem = lex.pick(rng, "role_stems")
        joint = " " if any(c.islower() for c in stem) else rng.choice(["", "", "", " "])
        return stem + joint + str(rng.randint(1, 9))
    if chance < 0.67:
        title = rng.choice(["Mr", "Mrs", "Ms", "Miss", "Dr", "DC", "PC", "DS", "Nurse"])
        return f"{title} {rng.choice(letters)}"
    if chance < 0.74:
        return rng.choice(LETTERS) + rng.choice(LETTERS)
    if chance < 0.78:
        return (
            rng.choice(["Mother of ", "Father of ", "Uncle of ", "father of ", "partner of "])
            + rng.choice(["Child ", "Adult ", "Baby "])
            + rng.choice(letters)
        )
    if chance < 0.81:
        return rng.choice(["Partner ", "Sib ", "Mr ", "Ms "]) + rng.choice(letters) + rng.choice(["", "1", "2"])
    return rng.choice(
        [
            "the child",
            "Child A",
            "Child B",
            "Child Q",
            "Child K",
            "the baby",
            "the subject",
            "Adult C",
            "the Social Worker",
            "the health visitor",
            "Ms B",
            "Mr X",
            "SW2",
            "HV1",
            "Sibling 2",
            "a social worker",
            "the school nurse",
            "the Head Teacher",
            "Health Visitor",
            "GP",
            "Social Worker",
            "the Consultant Paediatrician",
            "the Named Nurse",
            "Team Manager",
        ]
    )


def agency(rng: random.Random, lex: Lexicon) -> str:
    """A public body named after its area: never an identifier by itself."""
    chance = rng.random()
    area = (
        lex.pick(rng, "counties")
        if chance < 0.45
        else places.town(rng, lex)
        if chance < 0.7
        else lex.pick(rng, "cities")
    )
    if chance > 0.95:
        area = f"{places.town(rng, lex)} and {lex.pick(rng, 'towns')}"
    if rng.random() < 0.06:
        return rng.choice(
            [
                f"the London Borough of {area}",
                f"the Royal Borough of {area}",
                f"City of {area} Council",
                f"HM Coroner for {area}",
            ]
        )
    return f"{area} {lex.pick(rng, 'agency_ends')}"


def date(rng: random.Random, lex: Lexicon) -> str:
    """A date in one of the forms that files carry."""
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(1998, 2023)
    name = lex["months"][month - 1]
    end = "th" if 4 <= day <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return rng.choice(
        [
            f"{day} {name} {year}",
            f"{day}{end} {name} {year}",
            f"{day:02}/{month:02}/{year}",
            f"{day}.{month}.{year % 100:02}",
            f"{day}/{month}/{year % 100:02}",
            f"{day} {name}",
            f"{name} {year}",
            f"{day}-{name[:3]}-{year % 100:02}",
            "the same day",
            f"{rng.choice(['Monday', 'Tuesday', 'Friday', 'Saturday'])} {day}{end} {name}",
            f"{day}{end} {name[:3]}",
            "[date]",
            f"{year}-{month:02}-{day:02}",
            f"{day:02}.{month:02}.{year}",
            f"{name[:3]} {year}",
        ]
    )


def author(rng: random.Random, lex: Lexicon) -> str:
    """The surname of somebody cited."""
    return lex.pick(rng, "authors") if rng.random() < 0.45 else people.surname_part(rng, lex)


def citation(rng: random.Random, lex: Lexicon) -> str:
    """An author-date citation as the subject of a sentence: Brandon et al. (2009)."""
    one, two, three = (author(rng, lex) for _ in range(3))
    year = f"{rng.randint(1985, 2022)}{rng.choice(['', '', '', 'a', 'b'])}"
    return rng.choice(
        [
            f"{one} et al. ({year})",
            f"{one} et al ({year})",
            f"{one} and {two} ({year})",
            f"{one} & {two} ({year})",
            f"{one} ({year})",
            f"{one}, {two} and {three} ({year})",
            f"{one} et al, {year}",
            f"{one} and colleagues ({year})",
            f"{one} ({year}, p. {rng.randint(2, 200)})",
        ]
    )


def citation_in_brackets(rng: random.Random, lex: Lexicon) -> str:
    """A citation that stands in brackets: Munro, 2011."""
    one, two, year = author(rng, lex), author(rng, lex), rng.randint(1985, 2022)
    return rng.choice(
        [
            f"{one} et al., {year}",
            f"{one} and {two}, {year}",
            f"{one}, {year}",
            f"{one} {year}",
            f"{one} & {two}, {year}",
            f"{one}, {year}: {rng.randint(2, 99)}",
        ]
    )


def reference(rng: random.Random, lex: Lexicon) -> str:
    """One entry of a reference list."""
    people_ = [f"{author(rng, lex)}, {rng.choice(LETTERS)}." for _ in range(rng.randint(1, 4))]
    if rng.random() < 0.3:
        people_ = [p.replace(",", "").rstrip(".") for p in people_]
    joined = ", ".join(people_[:-1]) + (rng.choice([" and ", " & "]) if len(people_) > 1 else "") + people_[-1]
    return f"{joined} ({rng.randint(1990, 2021)}) {lex.pick(rng, 'book_titles')}. {lex.pick(rng, 'publishers')}."


def postcode(rng: random.Random, lex: Lexicon) -> str:
    """A postcode; the patterns find it, the model must not stumble over it."""
    area = rng.choice(["CT", "ME", "NE", "LS", "CF", "BN", "SE", "WV", "M", "B", "L", "DN", "PE", "TQ"])
    return f"{area}{rng.randint(1, 21)} {rng.randint(1, 9)}{rng.choice('ABDEFGH')}{rng.choice('JLNPQRS')}"


def time(rng: random.Random, lex: Lexicon) -> str:
    """A time of day."""
    return rng.choice(
        [
            f"{rng.randint(0, 23):02}:{rng.randint(0, 59):02}",
            f"{rng.randint(1, 12)}.{rng.randint(10, 59)}pm",
            f"{rng.randint(0, 23):02}{rng.randint(10, 59)}",
            f"{rng.randint(1, 12)}am",
            f"{rng.randint(1, 12)}pm",
        ]
    )


def age(rng: random.Random, lex: Lexicon) -> str:
    """An age."""
    return rng.choice(
        [
            f"{rng.randint(2, 17)} months old",
            "two years old",
            "three weeks old",
            str(rng.randint(2, 17)),
            "nine",
            "six months",
            "eleven",
            f"{rng.randint(2, 17)} years old",
            f"{rng.randint(1, 17)} yrs",
            f"{rng.randint(1, 30)}/12",
        ]
    )


def number(rng: random.Random, lex: Lexicon) -> str:
    """A reference number, phone number or e-mail address: the scene labels it."""
    name = people.given(rng, lex).lower().split()[0]
    return rng.choice(
        [
            f"07700 900{rng.randint(100, 999)}",
            f"01632 960{rng.randint(100, 999)}",
            f"{name}.{people.surname_part(rng, lex).lower()}@example.org",
            f"999 {rng.randint(100, 999)} {rng.randint(1000, 9999)}",
            f"{rng.choice(LETTERS)}{rng.randint(100000, 999999)}",
            f"{rng.randint(10, 46)}/{rng.randint(1000, 99999)}/{rng.randint(9, 23):02}",
            f"@{name}_{rng.randint(1, 99)}",
        ]
    )


def drug(rng: random.Random, lex: Lexicon) -> str:
    """A medicine, real or invented, so that unknown ones are not taken for names."""
    if rng.random() < 0.5:
        return lex.pick(rng, "drugs")
    return lex.pick(rng, "drug_starts") + lex.pick(rng, "drug_ends")


def system(rng: random.Random, lex: Lexicon) -> str:
    """A records system, real or invented."""
    if rng.random() < 0.55:
        return lex.pick(rng, "systems")
    return lex.pick(rng, "system_starts") + lex.pick(rng, "system_ends")


def eponym(rng: random.Random, lex: Lexicon) -> str:
    """A scale, model, fracture, protocol or law called after somebody."""
    name = author(rng, lex)
    joint = rng.choice(["", "", "", "'s", f"-{author(rng, lex)}"])
    return f"{name}{joint} {lex.pick(rng, 'eponym_kinds')}"


def inquiry(rng: random.Random, lex: Lexicon) -> str:
    """An inquiry or review by its name, real or invented."""
    if rng.random() < 0.7:
        return lex.pick(rng, "inquiries")
    kind = rng.choice(["Inquiry", "Report", "Review", "case", "recommendations", "Commission"])
    lists = ["authors", "cities", "counties", "inquiry_people"]
    return f"the {lex.pick(rng, rng.choice(lists))} {kind}"


def county(rng: random.Random, lex: Lexicon) -> str:
    """A county, a shire that does not exist, or a larger city."""
    chance = rng.random()
    if chance < 0.6:
        return lex.pick(rng, "counties")
    if chance < 0.85:
        return lex.pick(rng, "cities")
    return rng.choice(lex["village_starts"]) + rng.choice(["shire", "enshire", "ingshire", "sex", "umbria", "dalshire"])


def abroad(rng: random.Random, lex: Lexicon) -> str:
    """A country or a town in another country: neither identifies anybody here."""
    return lex.pick(rng, "countries" if rng.random() < 0.65 else "foreign_towns")


def acronym(rng: random.Random, lex: Lexicon) -> str:
    """An acronym, real or invented: every agency has its own."""
    if rng.random() < 0.6:
        return lex.pick(rng, "acronyms")
    inner = "".join(rng.choice("ABCDEFGHILMNOPRSTUVW") for _ in range(rng.choice([1, 2, 2, 3])))
    return (
        rng.choice("ABCDEFGHILMNOPRSTUVWY") + inner + rng.choice("ABCDEFHIJLMNOPRSTU") + rng.choice(["", "", "", "s"])
    )
