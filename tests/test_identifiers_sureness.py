"""How sure a name is by all that is known of it: what is judged, and what stays as it was found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model import occasions, sureness
from pytest_scr_compliance.identifiers.sureness import counted, features, is_judged, judged
from pytest_scr_compliance.model import Confidence, Span

TEXT = "The report was read by the panel. Tamsin Oakley rang the duty team, and it was closed."
NAME = Span("person", TEXT.index("Tamsin"), TEXT.index(" rang"), Confidence.POSSIBLE, ("gazetteer", "names"), 0.97)
WORD = Span("person", TEXT.index("duty"), TEXT.index(" team"), Confidence.POSSIBLE, ("names",), 0.02)


def judge(span: Span) -> Span | None:
    return next(judged(TEXT, [span]), None)


def test_a_probable_name_is_an_error_and_an_improbable_word_is_left_out() -> None:
    assert judge(NAME) == replace(NAME, confidence=Confidence.LIKELY)
    assert judge(WORD) is None


def test_what_was_an_error_is_for_review_at_least() -> None:
    assert judge(replace(WORD, confidence=Confidence.LIKELY)) == WORD


@pytest.mark.parametrize(
    "span",
    [
        replace(WORD, confidence=Confidence.CERTAIN),
        replace(WORD, probability=0.0),
        replace(WORD, kind="phone"),
        replace(WORD, detectors=("names", "a detector that a board added")),
        replace(WORD, detectors=("register",)),
    ],
)
def test_what_the_weights_know_nothing_of_stays_as_it_is(span: Span) -> None:
    assert not is_judged(span)
    assert judge(span) == span


@given(st.text("Aa b.'-É1\n", min_size=1, max_size=30), st.floats(0.001, 1), st.sampled_from(list(Confidence)[1:]))
def test_any_stretch_can_be_judged(text: str, probability: float, confidence: Confidence) -> None:
    span = Span("person", 0, len(text), confidence, ("names",), probability)
    assert {f"is {confidence}", "by names", "is person"} <= features(text, span, counted(text))
    assert {found.confidence for found in judged(text, [span])} <= {Confidence.LIKELY, Confidence.POSSIBLE}


@pytest.mark.parametrize("span", [NAME, replace(NAME, detectors=("names",)), replace(NAME, kind="place")])
def test_what_the_model_hardly_reads_is_no_error(span: Span) -> None:
    sure, hardly = (judge(replace(span, probability=probability)) for probability in (0.99, 0.02))
    assert sure and sure.confidence is Confidence.LIKELY
    assert hardly is None or hardly.confidence is Confidence.POSSIBLE


def test_in_a_whole_report_a_name_is_an_error_sooner() -> None:
    """There names are few, and so are false errors."""
    readings = [
        replace(span, probability=step / 100) for span in (NAME, replace(NAME, kind="place")) for step in range(1, 99)
    ]
    report = TEXT + " It was closed." * 700
    short, whole = (
        {span for span in readings for found in judged(text, [span]) if found.confidence is Confidence.LIKELY}
        for text in (TEXT, report)
    )
    assert short < whole


def test_the_weights_are_those_of_the_packed_model() -> None:
    """Another model is sure of other things: python -m model.sureness comes after each model.build."""
    first, _ = (occasions.TARGET / "sureness.tsv").read_text("utf-8").split("\n", 1)
    assert first == f"# the model {sureness.fingerprint()}"


def test_what_a_report_says_again_and_again_is_told_apart_from_a_slip() -> None:
    page = "The review found that the visit was late and nobody wrote down why it was. " * 130
    once, often = page + " Marram came.", page + " Marram came." * 5
    name = Span("person", len(page) + 1, len(page) + 7, Confidence.POSSIBLE, ("names",), 0.4)
    assert not {"report said 2"} & features(once, name, counted(once))
    assert {"report said 2", "report said 5", "said 5", "report from 0.4"} <= features(often, name, counted(often))
