"""Whose date it is: what the words around a date say."""

from __future__ import annotations

from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.identifiers.occasions import features, probability


def of(text: str, date: str) -> float:
    start = text.index(date)
    return probability(text, start, start + len(date), (start, start + len(date)))


@pytest.mark.parametrize(
    ("familys", "others"),
    [
        (
            "The social worker visited the home on 4 May 2007 and saw the baby asleep.",
            "The Panel met on 4 May 2011 and considered the second draft of the report.",
        ),
        (
            "He was admitted to hospital on 12 June 2009 with a fracture.",
            "The guidance came into force on 12 June 2009 and was revised a year later.",
        ),
        (
            "Police were called to an assault on the mother on 1 March 2008.",
            "The action plan is to be completed by 1 March 2012 (Board Manager).",
        ),
        (
            "| 14.03.08 | Police | Father arrested, children at the address |",
            "| 7 | Audit of files | Head of Service | 14.03.12 | Green |",
        ),
    ],
)
def test_a_day_of_the_familys_life_is_told_from_one_of_an_office(familys: str, others: str) -> None:
    dates = ("4 May 2007", "12 June 2009", "1 March 2008", "14.03.08", "4 May 2011", "1 March 2012", "14.03.12")
    values = [of(text, next(date for date in dates if date in text)) for text in (familys, others)]
    assert values[0] > 0.55 > 0.3 > values[1]


def test_the_dates_of_a_list_share_what_stands_around_it() -> None:
    text = "The Panel met on 3 March, 4 April and 5 May 2011."
    run = (text.index("3 March"), text.index("."))
    for date in ("3 March", "4 April", "5 May 2011"):
        start = text.index(date)
        assert probability(text, start, start + len(date), run) < 0.08


def test_what_a_table_and_a_heading_say_counts() -> None:
    text = "Timetable of the review\n\n| Panel | 3 March 2011 |"
    start = text.index("3 March")
    found = features(text, start, start + len("3 March 2011"), (start, start + len("3 March 2011")))
    assert {"under timet", "under revie", "row panel", "column 2"} <= found


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_around_a_date_can_be_weighed(before: str, after: str) -> None:
    text = f"{before}4 May 2007{after}"
    start = len(before)
    assert 0 < probability(text, start, start + 10, (start, start + 10)) < 1


def test_what_stands_far_away_does_not_count() -> None:
    near = "x" * 3000 + "\n\nHe was seen on 4 May 2007 at home.\n\n"
    assert of(near, "4 May 2007") == of("Kettle " * 9000 + near + "The Panel met. " * 9000, "4 May 2007")


def test_each_weight_is_a_number_of_a_feature_that_stands_once() -> None:
    folder = files("pytest_scr_compliance.identifiers") / "vocabulary"
    lines = (folder / "occasions.tsv").read_text("utf-8").splitlines()
    names = [line.rpartition("\t")[0] for line in lines]
    assert names == sorted(set(names)) and names[0] == ""
    assert all(abs(float(line.rpartition("\t")[2])) < 20 for line in lines)
