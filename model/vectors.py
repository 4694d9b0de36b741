"""The word vectors of the packed model: en_core_web_md's, folded, with gazetteer columns beside them.

The stock model projects 300-dimensional vectors to 96 inside its network. That product has hardly more than
40 dimensions that matter, so the table holds those, and a column each for "is a given name", "is a surname",
"is a small place", "is a county, city or country". A name that the stock table lacks gets the mean vector of
its kind. The packed model needs no code of ours: a plain `spacy.load` reads it all.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model import lexicon

FOLDED = 37
KINDS = ("given", "surname", "place", "wide")
#: Share of the names left out of the gazetteer, so that the network also learns to do without it.
LEFT_OUT = 0.35
_WORD = re.compile(r"[^\W\d_]['’\w]{1,10}")

Array = NDArray[np.float32]
#: One truth value for each of `KINDS`.
Flags = tuple[bool, ...]
NONE: Flags = (False,) * len(KINDS)


def gazetteer(seed: int, everything: bool = False) -> dict[str, Flags]:
    """Lower-case word → for each of `KINDS` whether it is one.

    Args:
        seed: of the random numbers that leave entries out.
        everything: leave nothing out, and add the values held out of training: for the packed model.
    """
    rng = random.Random(seed)
    found: dict[str, list[bool]] = {}
    halves = [lexicon.load(False)] + ([lexicon.load(True)] if everything else [])
    for lex in halves:
        for name, values in sorted(lex.lists.items()):
            kind = (
                0
                if name.startswith("given.")
                else 1
                if name.startswith("surnames.")
                else 2
                if name in _PLACE_LISTS
                else 3
                if name in _WIDE_LISTS
                else None
            )
            if kind is None or name in ("given.invented", "villages"):
                continue
            if name == "surnames.american":
                values = tuple(v for v in values if lexicon.rank_of_surname(v) < 8000)
            for value in values:
                if rng.random() >= (0 if everything or kind == 3 else LEFT_OUT):
                    for word in _words(value):
                        found.setdefault(word, [False] * len(KINDS))[kind] = True
    if everything:
        for names in (lexicon.known_names(), lexicon.listed_names()):
            for kind, values in enumerate(names):
                for word in (w for value in values for w in _words(value)):
                    found.setdefault(word, [False] * len(KINDS))[kind] = True
    return {word: tuple(flags) for word, flags in found.items()}


_WIDE_LISTS = ("cities", "counties", "countries", "foreign_towns")
_PLACE_LISTS = ("towns", "districts", "real_towns", "street_roots")
_SMALL = {
    "the",
    "of",
    "and",
    "on",
    "in",
    "upon",
    "under",
    "le",
    "la",
    "de",
    "by",
    "st",
    "great",
    "little",
    "new",
    "north",
    "south",
    "east",
    "west",
}


def _words(value: str) -> Iterable[str]:
    for word in value.split():
        if len(word) > 2 and word.lower() not in _SMALL:
            yield word.lower()


def fold(nlp: Any, projection: Array, names: dict[str, Flags]) -> tuple[Array, dict[int, int], Array]:
    """The folded table, the row of every key (a string's hash), and the projection to start the network from.

    Args:
        nlp: the stock pipeline.
        projection: its (96, 300) matrix of static vectors.
        names: the gazetteer.
    """
    stock, strings = nlp.vocab.vectors, nlp.vocab.strings
    product = stock.data @ projection.T
    _, _, axes = np.linalg.svd(product, full_matrices=False)
    folded = (product @ axes[:FOLDED].T).astype("float32")
    rows: dict[tuple[int, Flags], int] = {}
    table: list[Array] = []
    key_rows: dict[int, int] = {}

    def row_of(stock_row: int, vector: Array, flags: Flags) -> int:
        if (stock_row, flags) not in rows:
            rows[stock_row, flags] = len(table)
            table.append(np.concatenate([vector, np.array(flags, dtype="float32") * SCALE]))
        return rows[stock_row, flags]

    lower = _lower_rows(stock, strings)
    for word, row in lower.items():
        key_rows[strings.add(word)] = row_of(row, folded[row], names.get(word, NONE))
    means = _means(lower, folded, names)
    for word, flags in sorted(names.items()):
        if word not in lower:
            key_rows[strings.add(word)] = row_of(-1, means[flags], flags)
    start = np.zeros((projection.shape[0], FOLDED + len(KINDS)), dtype="float32")
    start[:, :FOLDED] = axes[:FOLDED].T
    start[:, FOLDED:] = np.random.default_rng(0).normal(0, 0.05, (projection.shape[0], len(KINDS)))
    return np.stack(table), key_rows, start


#: Size of a set gazetteer column, about that of the folded columns.
SCALE = 2.0


def _lower_rows(stock: Any, strings: Any) -> dict[str, int]:
    """The stock row of each short lower-case word: its own, or that of its title or upper case form."""
    best: dict[str, tuple[int, int]] = {}
    for key, row in stock.key2row.items():
        word = strings[key]
        if _WORD.fullmatch(word):
            rank = 0 if word.islower() else 1 if word.istitle() else 2
            best[word.lower()] = min(best.get(word.lower(), (9, 0)), (rank, int(row)))
    return {word: row for word, (_, row) in sorted(best.items())}


def _means(lower: dict[str, int], folded: Array, names: dict[str, Flags]) -> dict[Flags, Array]:
    members: dict[Flags, list[int]] = {}
    for word, flags in names.items():
        if word in lower:
            members.setdefault(flags, []).append(lower[word])
    overall = folded[[r for rows in members.values() for r in rows]].mean(axis=0)
    return {f: folded[members[f]].mean(axis=0) if f in members else overall for f in set(names.values())}
