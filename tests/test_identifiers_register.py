"""The register opens with its key only, and what is in it is found however it is written. Keys are made afresh here."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_scr_compliance.errors import RegisterError
from pytest_scr_compliance.identifiers import register
from pytest_scr_compliance.model import Confidence

TEXT = """\
version: 1
people:
  - id: child-a
    names: [Kayleigh Rose Featherby-Marsh]
    other_names: [Kaykay]
    terms: [14 Larch Close]
    born: 2009-01-31
  - id: mother
    names: [Hope Ann Walsh]
terms: [Skelwithby]
"""
REGISTER = register.parse(TEXT)


def found(text: str) -> set[str]:
    spans = list(register.make_detector(REGISTER)(text))
    assert all(span.confidence is Confidence.CERTAIN for span in spans)
    return {text[span.start : span.end] for span in spans}


@pytest.fixture(scope="module")
def key() -> str:
    return register.new_key()[0]


def test_a_sealed_register_opens_with_its_key_and_no_other(key: str) -> None:
    sealed = register.seal(TEXT, key)
    assert b"Featherby" not in sealed
    assert register.is_sealed(sealed)
    assert register.unseal(sealed, key) == TEXT
    with pytest.raises(RegisterError):
        register.unseal(sealed, register.new_key()[0])
    with pytest.raises(RegisterError):
        register.unseal(sealed[:-3], key)
    with pytest.raises(RegisterError):
        register.unseal(TEXT.encode(), key)


def test_the_key_comes_from_the_environment_or_a_file(
    tmp_path: Path, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "key.txt"
    file.write_text(f"# created: today\n{key}\n", "utf-8")
    assert register.read_key(str(file)) == key
    monkeypatch.setenv(register.KEY_VARIABLE, key)
    assert register.read_key() == key
    monkeypatch.delenv(register.KEY_VARIABLE)
    with pytest.raises(RegisterError):
        register.read_key()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "people: {",
        "people: [{names: []}]",
        "people: [{names: Secretname}]",
        "person: []",
        "people: [{names: [A B], born: 31/01/2009}]",
    ],
)
def test_what_is_no_register_is_refused_without_quoting_it(text: str, key: str) -> None:
    with pytest.raises(RegisterError) as caught:
        register.seal(text, key)
    assert "Secretname" not in str(caught.value)


def test_nothing_of_it_shows() -> None:
    assert "Featherby" not in repr(REGISTER)
    assert "Featherby" not in repr(REGISTER.people)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Kayleigh Rose Featherby-Marsh", "Kayleigh Rose Featherby-Marsh"),
        ("Featherby-Marsh, Kayleigh", "Featherby-Marsh, Kayleigh"),
        ("miss featherby said", "featherby"),
        ("KAYLEIGH FEATHERBY", "KAYLEIGH FEATHERBY"),
        ("It is Kayleigh's coat", "Kayleigh's"),
        ("K. Featherby", "K. Featherby"),
        ("KRF was seen", "KRF"),
        ("K.R.F. was seen", "K.R.F."),
        ("little Kay was seen", "Kay"),
        ("kaykay was seen", "kaykay"),
        ("kayliegh was seen", "kayliegh"),
        ("Mrs Fetherby was seen", "Fetherby"),
        ("Hope was seen", "Hope"),
        ("born 31/01/09", "31/01/09"),
        ("born 31st January 2009", "31st January 2009"),
        ("at 14 larch close", "14 larch close"),
        ("in SKELWITHBY", "SKELWITHBY"),
    ],
)
def test_each_way_of_writing_it_is_found(text: str, part: str) -> None:
    assert part in found(text)


@pytest.mark.parametrize("text", ["We hope that", "a walshing", "the featherbed", "ask krf", "Parkleigh", "31/02/09"])
def test_other_words_are_left_alone(text: str) -> None:
    assert found(text) == set()


def test_file_names_are_matched() -> None:
    name = "KayleighFeatherby_report_v2.docx"
    assert [name[span.start : span.end] for span in register.matches(REGISTER, "Kayleigh_Featherby_report.docx")]
    assert register.matches(REGISTER, "overview_report_v2.docx") == ()


@pytest.mark.parametrize(
    ("pseudonyms", "telling"),
    [
        ({"child-a": "Child A", "mother": "Mother"}, ()),
        ({"child-a": "Child K"}, ("child-a",)),
        ({"child-a": "KF"}, ("child-a",)),
        ({"child-a": "Child B", "mother": "HW"}, ("mother",)),
        ({"child-a": "Katie"}, ("child-a",)),
        ({"child-a": "Rose"}, ("child-a",)),
        ({"child-a": "Imogen"}, ()),
        ({}, ()),
    ],
)
def test_pseudonyms_that_give_the_name_away(pseudonyms: dict[str, str], telling: tuple[str, ...]) -> None:
    assert register.telling_pseudonyms(REGISTER, pseudonyms) == telling
