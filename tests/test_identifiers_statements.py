"""Sentences that say that the names of a report are not real, by what is learnt of their words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.identifiers.pseudonyms import _MAY_SAY_SO, _SAYS_SO
from pytest_scr_compliance.identifiers.statements import features, is_of_invented_names, spoken, statements


@pytest.mark.parametrize(
    "text",
    [
        "No one in these pages bears their own name.",
        "The family have been given names that are not theirs.",
        "For ease of reading the report uses given names, all of them false.",
    ],
)
def test_a_statement_in_words_that_no_form_foresees_is_heard(text: str) -> None:
    (found,) = statements(f"The panel met.\n{text}\nNuala left.", _SAYS_SO)
    assert is_of_invented_names(f"The panel met.\n{text}\nNuala left.", *found)


@pytest.mark.parametrize(
    "text",
    ["All the names in this report are those of real people.", "Names are used with the consent of the family."],
)
def test_what_is_said_of_real_names_declares_nothing_however_sure_the_weights_are(text: str) -> None:
    assert not is_of_invented_names(text, 0, len(text))


@pytest.mark.parametrize("text", ["The woman rang a friend called Nuala.", "He is known to the school as Nuala."])
def test_a_name_that_somebody_has_is_no_statement(text: str) -> None:
    assert not list(statements(text, _MAY_SAY_SO))


@given(st.text("Aa. name\n\"(:1'", max_size=60))
def test_any_text_can_be_weighed(text: str) -> None:
    assert all(0 <= start < end <= len(text) and features(text[start:end]) for start, end in spoken(text))
