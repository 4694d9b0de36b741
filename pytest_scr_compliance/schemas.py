"""The JSON Schemas, which stand in ``schemas/`` of the checkout and inside the package in a wheel."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).parent


def schema_folder() -> Path:
    """The folder that holds the schemas."""
    packaged = _PACKAGE / "schemas"
    return packaged if packaged.is_dir() else _PACKAGE.parent / "schemas"


def schema_names() -> list[str]:
    """Names that :func:`load_schema` knows, such as ``scr-case``."""
    return sorted(path.name.removesuffix(".schema.json") for path in schema_folder().glob("*.schema.json"))


def schema_text(name: str) -> str:
    """The text of a schema.

    Raises:
        KeyError: there is no such schema.
    """
    if name not in schema_names():
        raise KeyError(name)
    return (schema_folder() / f"{name}.schema.json").read_text(encoding="utf-8")


@cache
def load_schema(name: str) -> Any:
    """A schema as plain values; do not change them.

    Raises:
        KeyError: there is no such schema.
    """
    return json.loads(schema_text(name))
