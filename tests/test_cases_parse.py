"""YAML text → values with places, and the messages for what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.cases.parse import MAX_BYTES, parse_yaml
from pytest_scr_compliance.errors import LoadError


def test_values_and_places() -> None:
    parsed = parse_yaml(b"version: 1\nsign_off:\n  on: 2011-02-10\n  done: true\ndocuments:\n  - {id: a, path: b.md}\n")
    assert parsed.value == {
        "version": 1,
        "sign_off": {"on": "2011-02-10", "done": True},
        "documents": [{"id": "a", "path": "b.md"}],
    }
    place = parsed.places["documents[0].path"]
    assert (place.line, place.column) == (6, 13)
    assert (parsed.places["sign_off.on"].line, parsed.places["sign_off.on"].column) == (3, 3)


@pytest.mark.parametrize(
    "text", ["yes", "no", "on", "off", "2010-06-10", "2010-06-10 00:00:00", "12:30:00", "0x1F", "1_000"]
)
def test_words_that_other_yaml_readers_change_stay_strings(text: str) -> None:
    assert parse_yaml(f"a: {text}".encode()).value == {"a": text}


@pytest.mark.parametrize(
    ("text", "value"), [("~", None), ("", None), ("null", None), ("True", True), ("-7", -7), ("1.5", 1.5)]
)
def test_plain_scalars(text: str, value: object) -> None:
    assert parse_yaml(f"a: {text}".encode()).value == {"a": value}


@pytest.mark.parametrize("text", ['"2010"', "'true'"])
def test_quoted_scalars_are_strings(text: str) -> None:
    assert parse_yaml(f"a: {text}".encode()).value == {"a": text[1:-1]}


BOMB = b"a: &a [x, x]\n" + b"".join(b"%c: &%c [*%c, *%c]\n" % (i + 1, i + 1, i, i) for i in range(97, 120))

BAD = {
    "empty": (b"", "empty", None),
    "comment only": (b"# nothing\n", "empty", None),
    "null": (b"---\n", "empty", None),
    "list at the top": (b"- a\n- b\n", "holds a list", (1, 1)),
    "single value": (b"hello\n", "single value", (1, 1)),
    "duplicate key": (b"a: 1\nb: 2\na: 3\n", "first in line 1", (3, 1)),
    "nested duplicate key": (b"r:\n  x: 1\n  x: 2\n", "first in line 2", (3, 3)),
    "tag": (b"a: !!python/object:os.system x\n", "tag", (1, 4)),
    "anchor": (b"a: &x 1\n", "anchor", (1, 4)),
    "alias": (b"a: *x\n", "alias", (1, 4)),
    "merge key": (b"<<: {a: 1}\n", "merge key", (1, 1)),
    "key that is a list": (b"? [a]\n: 1\n", "single word", (1, 3)),
    "exploding aliases": (BOMB, "anchor", (1, 4)),
    "two documents": (b"a: 1\n---\nb: 2\n", "second YAML document", (2, 1)),
    "tab": (b"a:\n\t- 1\n", "not valid YAML", (2, 1)),
    "missing quote": (b'a: "b\nc: 1\n', "not valid YAML", None),
    "not UTF-8": (b"a: 1\nb: caf\xe9\n", "UTF-8", (2, None)),
    "UTF-16": ("a: 1\n".encode("utf-16"), "UTF-8", (1, None)),
    "control character": (b"a: \x01\n", "YAML", None),
    "too deep": (b"a: " + b"[" * 1000, "nested more than", None),
    "too many values": (b"a: [" + b"1," * 30_000 + b"1]", "more than", None),
    "too large": (b"a: " + b"x" * MAX_BYTES, "larger than", None),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_wrong_has_a_reason_and_a_place(name: str) -> None:
    data, reason, place = BAD[name]
    with pytest.raises(LoadError) as caught:
        parse_yaml(data)
    assert reason in caught.value.reason
    if place:
        assert (caught.value.line, caught.value.column) == place


@given(st.binary(max_size=200))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    try:
        parsed = parse_yaml(data)
    except LoadError:
        return
    assert isinstance(parsed.value, dict)


SECRET = "Zebediah"


@given(st.text(alphabet="{}[]:,&*!|>'\"%@`-# \n\tab", max_size=30), st.text(alphabet="{}[]:,&*!'\"\n ", max_size=10))
def test_no_message_quotes_the_file(before: str, after: str) -> None:
    try:
        parse_yaml(f"{before}{SECRET}{after}".encode())
    except LoadError as error:
        assert SECRET not in str(error)
