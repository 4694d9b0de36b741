"""Text as people type it is made readable, and every offset finds its way back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.identifiers.normal import normalise


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Kayleigh\u00a0Marsh", "Kayleigh Marsh"),
        ("O\u2019Neil", "O'Neil"),
        ("Kay\u00adleigh", "Kayleigh"),
        ("Kay\u200bleigh", "Kayleigh"),
        ("She saw Featherby-\nMarsh", "She saw Featherby-Marsh"),
        ("the appoint-\nment", "the appointment"),
        ("Grif\ufb01ths", "Griffiths"),
        ("Sia\u0302n", "Siân"),
        ("K\u0430yleigh", "Kayleigh"),
        ("M0ther and Chantel1e", "Mother and Chantelle"),
        ("O1632 96O 771", "01632 960 771"),
        ("S a m u e l  P r i c e was seen", "Samuel Price was seen"),
        ("seen by M r s. S a m u e l P r i c e, who", "seen by M r s. Samuel Price, who"),
        ("Options A, B or C: A B C", "Options A, B or C: A B C"),
        ("the  boy was  seen on 14  May", "the boy was seen on 14 May"),
        ("Name  Prosper Quill  adm. 5 Sept", "Name  Prosper Quill  adm. 5 Sept"),
        ("safe\u00ad guarding and Kay\u00ad\nleigh", "safeguarding and Kayleigh"),
        ("her mother\u00ad was seen", "her mother was seen"),
        ("**Samuel Price** was _seen_ by _Amy Doe_", "Samuel Price was _seen_ by Amy Doe"),
        ("<b>Samuel</b> 5 * 3 _a.b_xo", "Samuel 5 * 3 _a.b_xo"),
        ("\uff33\uff41\uff4d\uff55\uff45\uff4c \uff11", "Samuel 1"),
        ("fam name MCGlNTY, C0URT, XE1LR and SON1", "fam name MCGINTY, COURT, XE1LR and SON1"),
        ("MR GARETH PROBERT-LLOYD TOLD THE OFFICER", "MR Gareth Probert-Lloyd Told The Officer"),
        ("SW1, HV2 and MT3", "SW1, HV2 and MT3"),
    ],
)
def test_what_is_typed_becomes_what_is_read(typed: str, read: str) -> None:
    assert normalise(typed).text == read


def test_a_line_of_running_text_goes_on_and_a_row_of_a_table_does_not() -> None:
    long = "The shopkeeper, who had known the family for some years, was called Sukhjit\nDhaliwal."
    assert "Sukhjit Dhaliwal" in normalise(long).text
    row = "1 | The shopkeeper, who had known the family for years | Sukhjit\nDhaliwal | none"
    assert "Sukhjit\nDhaliwal" in normalise(row).text


def test_the_lines_of_a_narrow_column_go_on_and_those_of_a_list_do_not() -> None:
    column = "The shopkeeper had known the\nfamily for years and was called\nSukhjit Dhaliwal; he rang Fern\nGarth when late."
    assert "called Sukhjit Dhaliwal; he rang Fern Garth" in normalise(column).text
    listed = "Attended by\nSukhjit Dhaliwal, of the corner shop\nFern Garth\nTwo officers of the council\nNobody else"
    assert normalise(listed).text == listed


@pytest.mark.parametrize(
    ("text", "word", "original"),
    [
        ("He met Chantelle Bax-\nter there", "Baxter", "Bax-\nter"),
        ("He met S a m u e l  P r i c e there", "Samuel Price", "S a m u e l  P r i c e"),
        ("He met S a m u e l P r i c e there", "Samuel Price", "S a m u e l P r i c e"),
        ("He met **Kay-Ann** there", "Kay-Ann", "Kay-Ann"),
        ("He was  born on 14  May  2009 there", "14 May 2009", "14  May  2009"),
        ("He met Kay\u00adleigh there", "Kayleigh", "Kay\u00adleigh"),
        ("He met Mrs Hi11 there", "Mrs Hill", "Mrs Hi11"),
        ("Child1 met Adult1 there", "Child1 met Adult1", "Child1 met Adult1"),
        ("He met Grif\ufb01th there", "Griffith", "Grif\ufb01th"),
    ],
)
def test_offsets_lead_back_to_the_original(text: str, word: str, original: str) -> None:
    normal = normalise(text)
    start = normal.text.index(word)
    begin, end = normal.origin(start, start + len(word))
    assert text[begin:end] == original


@given(st.text(alphabet=st.sampled_from("Aa b-\n\u00ad\u200b\ufb01\u0301\u043e01O.'’\u00a0Z"), max_size=120))
def test_offsets_stay_in_the_text_and_in_order(text: str) -> None:
    normal = normalise(text)
    last = 0
    for offset in range(len(normal.text)):
        start, end = normal.origin(offset, offset + 1)
        assert 0 <= start < end <= len(text)
        assert start >= last
        last = start


@given(
    st.lists(st.text(alphabet="ABcdefghknprstuvwxyz", min_size=1, max_size=8), max_size=12),
    st.lists(st.sampled_from([" ", "  ", "    ", ", ", ".\n", " \u00ad", "\u200b "]), min_size=12, max_size=12),
    st.booleans(),
)
def test_a_letter_leads_back_to_itself(words: list[str], gaps: list[str], spaced: bool) -> None:
    text = "".join(" ".join(word) + gap if spaced else word + gap for word, gap in zip(words, gaps, strict=False))
    normal = normalise(text)
    for offset, letter in enumerate(normal.text):
        start, end = normal.origin(offset, offset + 1)
        assert not letter.isalpha() or text[start:end].strip("\u00ad\u200b ").casefold() == letter.casefold()


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_of_plain_text(text: str) -> None:
    plain = "".join(letter for letter in text if letter.isascii() and letter.islower())
    assert normalise(plain).text == plain


def test_a_telephone_number_goes_on_in_the_next_line() -> None:
    normal = normalise("ring me on 07700\n900 226 not the other")
    start = normal.text.index("07700 900 226")
    assert normal.origin(start, start + len("07700 900 226")) == (11, 24)


def test_letters_of_other_scripts_between_figures_are_figures() -> None:
    assert normalise("ring 0770\u041e 900\u041714 now").text == "ring 07700 900314 now"
