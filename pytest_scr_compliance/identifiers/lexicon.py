"""The word lists and YAML vocabularies beside this file, read once each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import regex
import yaml


@cache
def words(name: str) -> frozenset[str]:
    """The lower-case entries of a list such as ``given-names``; lines that start with ``#`` are comments."""
    lines = (files(__package__) / "vocabulary" / f"{name}.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def public_terms(name: str) -> tuple[str, ...]:
    """The terms of a list of public things, written as :func:`.normal.normalise` leaves them."""
    return tuple((files(__package__) / "vocabulary" / "public" / f"{name}.txt").read_text("utf-8").splitlines())


@cache
def vocabulary(name: str) -> Any:
    """The content of a vocabulary file such as ``patterns``; shared, so never change it."""
    return load_yaml((files(__package__) / "vocabulary" / f"{name}.yaml").read_text("utf-8"))


def filled(form: str, piece: Callable[[str], str]) -> str:
    """A form of a vocabulary file with what stands for each ``{{NAME}}`` in it, and for those in that."""
    while _SLOT.search(form):
        form = _SLOT.sub(lambda slot: piece(slot[1]), form)
    return form


_SLOT = re.compile(r"\{\{(\w+)\}\}")


def compiled(file: str, name: str, pieces: Mapping[str, str]) -> tuple[regex.Pattern[str], ...]:
    """The regular expressions of a list in a vocabulary file, each from the start of a word, with its ``{PIECE}`` filled in."""

    def fill(form: str) -> str:
        return str(regex.sub(r"\{(\w+)\}", lambda slot: pieces.get(slot[1], slot[0]), form))

    return tuple(regex.compile(rf"(?<!\w)(?:{fill(form)})") for form in vocabulary(file)[name])


@cache
def cue_words(name: str, after: str = "", any_case: bool = False) -> regex.Pattern[str]:
    """The expressions of a list of ``cues.yaml`` as one, whole words, with what stands behind them."""
    alternatives = "|".join(vocabulary("cues")[name])
    return regex.compile(rf"(?<![\w-])(?<!\w'){'(?i:' if any_case else '(?:'}{alternatives}){after}")


def load_yaml(text: str) -> Any:
    """YAML with every scalar a string, so that ``no`` and ``on`` stay words."""
    return yaml.load(text, Loader=yaml.BaseLoader)
