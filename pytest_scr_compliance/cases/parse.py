"""YAML text → plain values with the place of every key.

A strict subset of YAML, in the reading of YAML 1.2: no tags, no anchors or aliases, no duplicate keys, one document.
Keys are always strings (so ``on:`` is a key and not ``true``), and dates stay strings, to be judged by the schema.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NoReturn

import yaml

from ..errors import LoadError
from ..model import Place

MAX_BYTES = 1_000_000
MAX_DEPTH = 20
MAX_VALUES = 20_000

_NULL = re.compile(r"(~|null|Null|NULL|)")
_BOOL = re.compile(r"(true|True|TRUE|false|False|FALSE)")
_INT = re.compile(r"[-+]?[0-9]{1,18}")
_FLOAT = re.compile(r"[-+]?(\.[0-9]{1,18}|[0-9]{1,18}(\.[0-9]{0,18})?)([eE][-+]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A YAML file as plain values.

    Args:
        value: dicts, lists, strings, numbers, booleans and None.
        places: key path (``documents[1].role``) → place of the key, or of the item of a list.
    """

    value: Any = field(repr=False)
    places: dict[str, Place] = field(repr=False)


def parse_yaml(data: bytes) -> Parsed:
    """Parse the bytes of a YAML file.

    Raises:
        LoadError: it is not such a file; with line and column where they are known. Never quotes the file.
    """
    if len(data) > MAX_BYTES:
        raise LoadError(f"the file is larger than {MAX_BYTES // 1000} kB; keep documents in files of their own")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LoadError("this line is not UTF-8; save the file with the encoding UTF-8", line) from None
    return _Builder(text).build()


class _Builder:
    """Builds values from the parser's events, which come one by one: nothing can grow before it is counted."""

    def __init__(self, text: str) -> None:
        self._events = self._parse(text)
        self._places: dict[str, Place] = {}
        self._count = 0

    @staticmethod
    def _parse(text: str) -> Iterator[yaml.Event]:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        try:
            yield from yaml.parse(text, Loader=loader)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (None, None)
            if "nesting depth" in (error.problem or ""):  # libyaml's own limit, met while it reads ahead
                raise LoadError(f"values are nested more than {MAX_DEPTH} deep", line, column) from None
            raise LoadError(
                "this is not valid YAML; look at this line and the one before it for a missing colon or quote, "
                "a tab, or wrong indentation",
                line,
                column,
            ) from None
        except (yaml.YAMLError, ValueError, RecursionError):
            raise LoadError("the file holds characters that YAML does not allow") from None

    def build(self) -> Parsed:
        events = self._events
        next(events)
        if isinstance(next(events), yaml.StreamEndEvent):
            raise LoadError("the file is empty; `scr-compliance init` writes one to start from")
        value = self._value(next(events), "", 0)
        next(events)
        after = next(events)
        if not isinstance(after, yaml.StreamEndEvent):
            _fail("the file holds a second YAML document; delete the line `---` and what follows", after)
        if not isinstance(value, dict):
            kind = "a list" if isinstance(value, list) else "a single value"
            if value is None:
                raise LoadError("the file is empty; `scr-compliance init` writes one to start from")
            raise LoadError(f"the file holds {kind}; it must hold keys such as `version:` and `review:`", 1, 1)
        return Parsed(value, self._places)

    def _value(self, event: Any, path: str, depth: int) -> Any:
        self._count += 1
        if self._count > MAX_VALUES:
            _fail(f"the file holds more than {MAX_VALUES} values", event)
        if isinstance(event, yaml.AliasEvent):
            _fail("an alias (`*name`) is not allowed; write the value out", event)
        if event.anchor is not None:
            _fail("an anchor (`&name`) is not allowed; write the value without it", event)
        if event.tag not in (None, "!"):
            _fail("a tag (`!name`) is not allowed; write the value without it", event)
        if depth > MAX_DEPTH:
            _fail(f"values are nested more than {MAX_DEPTH} deep", event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, depth)
        return _scalar(event)

    def _mapping(self, path: str, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for event in self._events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            if not isinstance(event, yaml.ScalarEvent):
                _fail("a key must be a single word", event)
            if event.anchor is not None or event.tag not in (None, "!"):
                _fail("an anchor or a tag on a key is not allowed", event)
            key = event.value
            if key == "<<":
                _fail("a merge key (`<<`) is not allowed; write the values out", event)
            key_path = f"{path}.{key}" if path else key
            if key in values:
                first = self._places[key_path].line
                _fail(f"this key is written twice, first in line {first}; keep one of them", event)
            self._places[key_path] = _place(event)
            values[key] = self._value(next(self._events), key_path, depth + 1)
        return values

    def _sequence(self, path: str, depth: int) -> list[Any]:
        values: list[Any] = []
        for event in self._events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            item_path = f"{path}[{len(values)}]"
            self._places[item_path] = _place(event)
            values.append(self._value(event, item_path, depth + 1))
        return values


def _scalar(event: yaml.ScalarEvent) -> Any:
    text = event.value
    if not event.implicit[0]:
        return text
    if _NULL.fullmatch(text):
        return None
    if _BOOL.fullmatch(text):
        return text.lower() == "true"
    if _INT.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text


def _place(event: yaml.Event) -> Place:
    mark = event.start_mark
    return Place(line=mark.line + 1, column=mark.column + 1) if mark else Place(line=1, column=1)


def _fail(reason: str, event: yaml.Event) -> NoReturn:
    place = _place(event)
    raise LoadError(reason, place.line, place.column)
