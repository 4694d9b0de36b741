"""Who provides what: rules, detectors, readers and reporters by name, and the loading of extensions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from .errors import ExtensionError
from .model import Content, Report, Span
from .rules.base import Rule

Detector = Callable[[str], Iterable[Span]]
"""Text → spans; ``start`` and ``end`` are character offsets into the text."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a reader may do for one document before it gives up with a ``ReadError``.

    Args:
        text: most characters of text.
        pages: most pages.
        unpacked: most bytes that a packed part of a document may unpack to.
        depth: how deeply files embedded in a document are read.
    """

    text: int = 20_000_000
    pages: int = 5_000
    unpacked: int = 400_000_000
    depth: int = 3


Reader = Callable[[bytes, Limits], Content]
"""Bytes of one document → what it holds. Raises ``ReadError``; anything else that it raises is caught and reported."""

Reporter = Callable[[Report, Any], str]
"""A report, and the checker that made it, as text."""

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things of one sort by name, each with the module that owns it.

    Args:
        sort: what the things are, for the message when a name is taken.
    """

    def __init__(self, sort: str) -> None:
        self._sort = sort
        self._things: dict[str, tuple[T, str]] = {}

    def add(self, name: str, thing: T, owner: str) -> None:
        """Register a thing.

        Raises:
            ExtensionError: the name is taken; names the first owner.
        """
        if name in self._things:
            raise ExtensionError(f"{self._sort} {name!r} of {owner} is already registered by {self._things[name][1]}")
        self._things[name] = (thing, owner)

    def __getitem__(self, name: str) -> T:
        return self._things[name][0]

    def owner(self, name: str) -> str:
        """The module that registered a thing."""
        return self._things[name][1]

    def __contains__(self, name: object) -> bool:
        return name in self._things

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def as_dict(self) -> Mapping[str, T]:
        """Name → thing, in the order of registration."""
        return {name: thing for name, (thing, _) in self._things.items()}


class Registry:
    """All that extensions, and the package's own rooms, have registered."""

    def __init__(self) -> None:
        self.rules: Shelf[type[Rule]] = Shelf("rule")
        self.detectors: Shelf[Detector] = Shelf("detector")
        self.readers: Shelf[Reader] = Shelf("reader")
        self.reporters: Shelf[Reporter] = Shelf("reporter")
