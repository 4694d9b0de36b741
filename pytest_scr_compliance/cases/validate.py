"""Plain values against a JSON Schema → problems that tell a person what to write, and never quote a value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING, Any

from ..model import Place, parse_date
from ..schemas import load_schema

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

_TYPES = {
    "object": "keys and values",
    "array": "a list",
    "string": "text; put it in quotes if it looks like something else",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "nothing",
}


def schema_problems(value: Any, name: str, places: Mapping[str, Place]) -> Iterator[tuple[str, Place]]:
    """What is wrong with ``value`` by the schema called ``name``: a message, and the place of the key that it is about.

    Args:
        value: plain values of a YAML file.
        name: of the schema, such as ``scr-case``.
        places: key path → place, as :func:`~.parse.parse_yaml` returns it.
    """
    errors = sorted(
        _leaves(_validator(name).iter_errors(value)), key=lambda error: [str(p) for p in error.absolute_path]
    )
    dates = {tuple(error.absolute_path) for error in errors if error.validator == "format"}
    seen = set()
    for error in errors:
        if error.validator in ("pattern", "minLength") and tuple(error.absolute_path) in dates:
            continue  # the advice on dates says it better
        for message, key, anchor in _explain(error):
            place = _place(anchor, key, places)
            if (message, place) not in seen:
                seen.add((message, place))
                yield message, place


@cache
def _validator(name: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator, FormatChecker

    checker = FormatChecker(formats=())
    checker.checks("date")(lambda text: not isinstance(text, str) or parse_date(text) is not None)
    return Draft202012Validator(load_schema(name), format_checker=checker)


def _leaves(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Errors without branches: of ``anyOf`` and ``oneOf``, those of the branch that nearly fits."""
    for error in errors:
        if not error.context:
            yield error
            continue
        branches: dict[Any, list[ValidationError]] = {}
        for part in error.context:
            branches.setdefault(part.schema_path[0], []).append(part)
        nearest = min(branches, key=lambda branch: len(branches[branch]))
        yield from _leaves(branches[nearest])


def _key_path(parts: Iterable[str | int]) -> str:
    path = ""
    for part in parts:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else part
    return path


def _place(anchor: str, key: str, places: Mapping[str, Place]) -> Place:
    """``anchor`` says where the line and column come from; ``key`` is what is shown, of known keys only."""
    found = places.get(anchor) or places.get(key) or Place(line=1, column=1)
    return Place(line=found.line, column=found.column, key=key or None)


def _explain(error: ValidationError) -> Iterator[tuple[str, str, str]]:
    """Message, key path to show, and key path to look the line up with."""
    key = _key_path(error.absolute_path)
    rule: Any = error.validator
    wanted: Any = error.validator_value
    value: Any = error.instance
    schema: Any = error.schema
    if rule == "additionalProperties":
        known = list(schema.get("properties", {}))
        for name in value:
            if name not in known:
                close = get_close_matches(str(name), known, n=1)
                advice = f"did you mean `{close[0]}`?" if close else f"known here are: {', '.join(known)}"
                yield f"unknown key; {advice}", key, f"{key}.{name}" if key else str(name)
    elif rule == "required":
        for name in wanted:
            if name not in value:
                yield f"the key `{name}` is missing", key, key
    elif rule == "type":
        kinds = [wanted] if isinstance(wanted, str) else wanted
        yield f"must be {' or '.join(_TYPES[kind] for kind in kinds)}", key, key
    elif rule == "enum":
        close = get_close_matches(str(value), [str(item) for item in wanted], n=1)
        advice = f"; did you mean `{close[0]}`?" if close else ""
        yield f"must be one of: {', '.join(str(item) for item in wanted)}{advice}", key, key
    elif rule == "const":
        yield f"must be {wanted}", key, key
    elif rule == "format" and wanted == "date":
        yield date_advice(value), key, key
    elif rule in ("minLength", "minItems"):
        yield "must not be empty" if wanted == 1 else f"is too short; at least {wanted}", key, key
    elif rule in ("maxLength", "maxItems"):
        yield f"is too long; at most {wanted}", key, key
    elif rule == "pattern":
        yield f"is not of the right form; {schema.get('description', 'see the schema')}", key, key
    elif rule == "uniqueItems":
        yield "holds the same value twice", key, key
    elif rule in ("minimum", "maximum"):
        yield f"must be {'at least' if rule == 'minimum' else 'at most'} {wanted}", key, key
    else:
        yield "does not fit the schema here; see `scr-compliance schema scr-case`", key, key


def date_advice(text: str) -> str:
    """What to write instead of a text that is not a strict date."""
    write = "write year-month-day with four, two and two digits, such as 2010-07-05"
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}[Tt ].*", text):
        return f"is a time, not a day; leave out the time and {write}"
    if re.fullmatch(r"\d{1,2}[./ -]\d{1,2}[./ -]\d{2,4}", text):
        return f"is not written year first; {write}"
    if re.fullmatch(r"\d{4}-\d{1,2}-\d{1,2}", text):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return f"is a day that the calendar does not have; {write}"
        return f"lacks a leading zero, or is no day of the calendar; {write}"
    return f"is not a date; {write}"
