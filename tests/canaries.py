"""Unique strings to hide in cases, and the search for any trace of them in what was written."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

FRAGMENT = 5
"""So many characters of a canary in a row are a leak; a mask shows one."""

_CONSONANTS, _VOWELS = "bdfghjkmpqvwxz", "aiouy"


@dataclass
class Canaries:
    """Makes canaries: words that look like names, occur in no program, and differ from each other in each fragment."""

    words: dict[str, str] = field(default_factory=dict)
    _patterns: list[tuple[str, bytes]] = field(default_factory=list)
    _made_for: int = -1
    _searched: set[bytes] = field(default_factory=set)

    def name(self, part: str) -> str:
        """A first name and a surname with letters outside of ASCII, for a part of a case such as ``comment``."""
        first, last = (self._word(f"{part} {half}") for half in ("first", "last"))
        return f"{first} {last}"

    def _word(self, label: str) -> str:
        import random

        if label not in self.words:
            chance = random.Random(f"canary {label}")
            letters = [chance.choice(pool) for pool, _ in zip(cycle([_CONSONANTS, _VOWELS]), range(9), strict=False)]
            self.words[label] = ("".join(letters[:8]) + "é" + letters[8]).capitalize()
        return self.words[label]

    def fragments(self, length: int = FRAGMENT) -> set[str]:
        """All fragments of all canaries, in lower case."""
        words = [word.lower() for word in self.words.values()]
        return {word[at : at + length] for word in words for at in range(len(word) - length + 1)}

    def patterns(self) -> list[tuple[str, bytes]]:
        """All fragments in every other way to write them, each with a name for messages."""
        if len(self.words) != self._made_for:
            self._made_for = len(self.words)
            self._patterns = [
                (f"{fragment} ({way})", pattern)
                for length, ways in ((FRAGMENT, _written), (FRAGMENT + 1, _base64))
                for fragment in self.fragments(length)
                for case in (fragment, fragment.capitalize())
                for way, pattern in ways(case)
            ]
        return self._patterns

    def traces_in_new_lines(self, data: bytes) -> list[str]:
        """As :func:`traces`, passing over lines that were searched before: runs of pytest repeat themselves."""
        lines = set(data.split(b"\n")) - self._searched
        self._searched |= lines
        return traces(b"\n".join(lines), self)


def traces(data: bytes, canaries: Canaries) -> list[str]:
    """The fragments that are found in data: in plain, or written in one of the ways in which programs write text.

    Fragments in base64 are one character longer: shorter ones turn up by chance.
    """
    small = data.decode("utf-8", "replace").lower()
    found = [fragment for fragment in canaries.fragments() if fragment in small]
    return found + [form for form, pattern in canaries.patterns() if pattern in data]


def _written(text: str) -> Iterator[tuple[str, bytes]]:
    data = text.encode()
    for encoding in ("utf-16-le", "utf-16-be", "latin-1"):
        yield encoding, text.encode(encoding)
    for name, encoded in (("hex", data.hex()), ("hex of UTF-16", text.encode("utf-16-le").hex())):
        yield name, encoded.encode()
        yield name, encoded.upper().encode()
    yield "percent", "".join(f"%{byte:02X}" for byte in data).encode()
    if not text.isascii():
        yield "percent", quote(text).encode()
        yield "percent", quote(text).lower().encode()
        yield "JSON", json.dumps(text).strip('"').encode()
        yield "HTML", text.encode("ascii", "xmlcharrefreplace")
        yield "Python", ascii(text).strip("'").encode()


def _base64(text: str) -> Iterator[tuple[str, bytes]]:
    """The same bytes are written in three ways, by where they stand; the first and the last letter hold other bits, too."""
    for before, skipped in ((0, 0), (1, 2), (2, 3)):
        encoded = base64.b64encode(b"\0" * before + text.encode()).rstrip(b"=")
        yield "base64", encoded[skipped:-1]


def files_below(*folders: Path) -> dict[Path, bytes]:
    """All files below folders and what they hold; also the names of all paths, as a file of its own."""
    return {path: path.read_bytes() for folder in folders for path in folder.rglob("*") if path.is_file()}
