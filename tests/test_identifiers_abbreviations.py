"""Abbreviations that a text explains itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.identifiers.abbreviations import abbreviations, begins_with


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("They offered a return home interview (RHI) twice.", "RHI"),
        ("RHI                return home interview", "RHI"),
        ("RHI\treturn home interview", "RHI"),
        ("RHI: return home interview", "RHI"),
        ("RCPCH, Royal College of Paediatrics and Child Health", "RCPCH"),
        ("the Team of Social Workers and Youth (TSWY)", "TSWY"),
    ],
)
def test_an_explained_abbreviation_is_one(text: str, short: str) -> None:
    assert short in set(abbreviations(text))


@pytest.mark.parametrize(
    "text",
    [
        "She was seen with Alison Mary Threlkeld (AMT) at the door.",  # a person's initials
        "AMT: Alison Mary Threlkeld",
        "They offered a return home interview (RAF) twice.",
        "TOBIN: he went to the shop",
        "",
    ],
)
def test_initials_and_other_words_explain_nothing(text: str) -> None:
    assert not set(abbreviations(text))


@given(st.lists(st.sampled_from("review panel child team home nurse risk".split()), min_size=3, max_size=6))
def test_first_letters_always_stand_for_their_words(words: list[str]) -> None:
    short = "".join(word[0].upper() for word in words)
    assert begins_with(short, " ".join(words))
    assert not begins_with(short + "X", " ".join(words))
