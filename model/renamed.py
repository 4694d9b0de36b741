"""Marked texts whose people have common names, to measure on: `python -m model.renamed FOLDER OUT [--seed N]`.

Whoever invents names for a test avoids Sarah Wilson and David Brown, and families are called so. Each word of a person's name
becomes a common given name or surname, the same one through the passage; all else stays as its author wrote it.
"""

from __future__ import annotations

import argparse
import random
import re
from functools import cache, partial
from pathlib import Path

from model import people
from model.lexicon import listed_names, load

_PERSON = re.compile(r"\[\[P\|(?P<name>.*?)\]\]", re.DOTALL)
_WORD = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*")
_NO_NAMES = frozenset({"van", "der", "the", "and", "bin", "nan", "nana", "big", "auntie", "uncle"})


def renamed(source: str, rng: random.Random) -> str:
    """A marked passage with common names for its people.

    Args:
        source: with marks, as `texts/GUIDE.md` says.
        rng: which names.
    """
    new: dict[str, str] = {}
    return _PERSON.sub(lambda mark: f"[[P|{_WORD.sub(partial(_word, rng, new, mark['name']), mark['name'])}]]", source)


def _word(rng: random.Random, new: dict[str, str], name: str, match: re.Match[str]) -> str:
    old = match[0]
    if old.lower() in _NO_NAMES:
        return old
    if old.lower() not in new:
        is_given = people.is_given(old, name, _WORD.findall(name), _given())
        new[old.lower()] = load(False).pick(rng, "given.common" if is_given else "surnames.common")
    common = new[old.lower()]
    return common.lower() if old.islower() else common.upper() if old.isupper() else common


@cache
def _given() -> frozenset[str]:
    return frozenset(listed_names()[0])


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    arguments.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(arguments.folder.glob("*.txt")):
        source = path.read_text(encoding="utf-8")
        parts = [source] if path.stem.startswith(("long", "clean")) else re.split(r"(\n\s*\n)", source)
        (arguments.out / path.name).write_text("".join(renamed(part, rng) for part in parts), encoding="utf-8")


if __name__ == "__main__":
    main()
