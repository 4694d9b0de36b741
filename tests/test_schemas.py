"""The schemas explain every key to whoever edits the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from pytest_scr_compliance.schemas import load_schema

from .policy_helpers import DATA, compliant

NAMES = ("scr-case", "policy")


def keys(schema: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Each key that a user writes, with its schema."""
    if isinstance(schema, dict):
        for name, inner in schema.get("properties", {}).items():
            yield f"{path}.{name}", inner
        for name, inner in schema.items():
            yield from keys(inner, f"{path}.{name}")


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(load_schema(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_key_is_explained(name: str) -> None:
    schema = load_schema(name)
    for path, key in keys(schema):
        merged = {**schema["$defs"].get(key.get("$ref", "").rpartition("/")[2], {}), **key}
        assert merged.get("title") and merged.get("description"), path
        if merged.get("type") not in ("object", "array"):
            assert merged.get("examples"), path


@pytest.mark.parametrize("name", NAMES)
def test_examples_fit(name: str) -> None:
    schema = load_schema(name)
    for path, key in keys(schema):
        validator = Draft202012Validator({**key, "$defs": schema["$defs"]}, format_checker=FormatChecker())
        for example in key.get("examples", []):
            assert not list(validator.iter_errors(example)), path


@pytest.mark.parametrize("name", NAMES)
def test_unknown_keys_are_refused_everywhere(name: str) -> None:
    def objects(schema: Any) -> Iterator[dict[str, Any]]:
        if isinstance(schema, dict):
            if "properties" in schema and schema.get("type") == "object":
                yield schema
            for inner in schema.values():
                yield from objects(inner)

    assert all(schema.get("additionalProperties") is False for schema in objects(load_schema(name)))


def test_the_reference_case_fits() -> None:
    text = (DATA / "compliant-case.yaml").read_text(encoding="utf-8")
    validator = Draft202012Validator(load_schema("scr-case"), format_checker=FormatChecker())
    assert not list(validator.iter_errors(compliant()))
    assert yaml.safe_load(text)["version"] == 1


@pytest.mark.parametrize("key", ["version", "stage", "review", "documents", "restrictions", "advice"])
def test_what_must_be_written(key: str) -> None:
    values = compliant()
    del values[key]
    (error,) = Draft202012Validator(load_schema("scr-case")).iter_errors(values)
    assert error.validator == "required"
