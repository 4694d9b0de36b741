"""The layers together: what is found, with what confidence, and by whom."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pytest_scr_compliance.app import Checker
from pytest_scr_compliance.identifiers import Permitted, established, identify
from pytest_scr_compliance.identifiers.merge import merge
from pytest_scr_compliance.model import Confidence, Span
from pytest_scr_compliance.registry import Detector


def _layers() -> Mapping[str, Detector]:
    return {name: found for name, found in Checker().registry.detectors.as_dict().items() if name != "names"}


LAYERS = _layers()
PERMITTED = Permitted.build()


def found(text: str, confident: bool = False) -> set[str]:
    spans = identify(text, LAYERS, PERMITTED)
    return {text[span.start : span.end] for span in spans if span.confidence.rank > 0 or not confident}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("She spoke to Mrs Featherby about it.", ["Featherby"]),
        ("PC 2281 Okonjo attended.", ["Okonjo"]),
        ("Her daughter, Tegan, was seen.", ["Tegan"]),
        ("The boy is known as Deano.", ["Deano"]),
        ("A girl called Summer was left there.", ["Summer"]),
        ("DENNY, Carl was visited.", ["DENNY, Carl"]),
        ("Imran AKHTAR was arrested.", ["Imran AKHTAR"]),
        ("Surname: Wojciechowski\nForename: Kacper", ["Wojciechowski", "Kacper"]),
        ("[09:13] jade x: good luck hun", ["jade"]),
        ("pls tell mia auntie jade luvs her", ["mia", "jade"]),
        ("They asked Thandiwe Mokoena to wait.", ["Thandiwe Mokoena"]),
        ("He spoke to Rhodri ap Dafydd.", ["Rhodri ap Dafydd"]),
        ("It was Aoife Ní Dhomhnaill who called.", ["Aoife Ní Dhomhnaill"]),
        ("They live at 31 Priory Leys, Thornby Magna.", ["31 Priory Leys, Thornby Magna"]),
        ("She was seen on Dray Street.", ["Dray Street"]),
        ("They moved to Nether Cassop.", ["Nether Cassop"]),
        ("He attends St Cuthbert's RC Primary now.", ["St Cuthbert's RC Primary"]),
        ("He was born at Heddlesworth Cottage Hospital.", ["Heddlesworth Cottage Hospital"]),
        ("He drank in the Drovers' Arms.", ["Drovers' Arms"]),
        ("D.O.B.: 02/11/2004", ["02/11/2004"]),
        ("She died on 3rd June 2010.", ["3rd June 2010"]),
        ("The baby was only 19 days old.", ["19 days old"]),
        ("THE OFFICER, MR GARETH PROBERT-LLOYD, WAS THERE.", ["GARETH PROBERT-LLOYD"]),
        ("THE FAMILY LIVED AT 22 TANNERS REACH.", ["22 TANNERS REACH"]),
        ("M0ther: Chantel1e Bax-\nter", ["Chantel1e Bax-\nter"]),
    ],
)  # fmt: skip
def test_identifiers_are_found_as_errors(text: str, names: list[str]) -> None:
    spans = found(text, confident=True)
    for name in names:
        assert any(name in span for span in spans), name


@pytest.mark.parametrize(
    "text",
    [
        "The Health Visitor told the Named Nurse that Child A had not been brought.",
        "Working Together to Safeguard Children, Chapter 8, requires publication of the executive summary.",
        "Ms B. and Mr C. separated before Child A was born.",
        "CAF, MARAC, MAPPA and CAMHS were all involved, but no Lead Professional was named.",
        "May came and went. The Will of the deceased and the Bill of costs are not relevant.",
        "Finding 2 - Professional Curiosity and the Rule of Optimism",
        "GP2 saw MB on 14 occasions, prescribing Citalopram 20mg and Diazepam.",
        "West Yorkshire Police and Norfolk County Council told Ofsted and Cafcass in March 2013.",
        "The Detective Superintendent, the Head of Safeguarding and the Assistant Director, Children's Services, met.",
        "Reder, Duncan and Gray (1993), in Beyond Blame, spoke of closure; Lord Laming agreed.",
        "SERIOUS CASE REVIEW IN RESPECT OF CHILD A\nOVERVIEW REPORT",
        "School 1 and Hospital A knew that Mother lived with Mr R.",
    ],
)
def test_properly_anonymised_prose_is_clean(text: str) -> None:
    assert found(text) == set()


def test_a_name_found_once_is_found_everywhere() -> None:
    text = "She spoke to Mrs Featherby.\nLater featherby rang. FEATHERBY was not in."
    assert sum(span.kind == "person" for span in identify(text, LAYERS, PERMITTED)) == 3


def test_names_of_other_documents_are_found() -> None:
    first = "She spoke to Mrs Skelwithby."
    names = established(first, identify(first, LAYERS, PERMITTED))
    second = "then skelwithby came"
    assert identify(second, LAYERS, PERMITTED) == ()
    assert len(identify(second, LAYERS, PERMITTED, names)) == 1


def test_each_detector_runs_once_over_the_text() -> None:
    calls: list[str] = []

    def detector(text: str) -> Iterator[Span]:
        calls.append(text)
        yield Span("person", 0, 5, Confidence.POSSIBLE, ("own",))

    spans = identify("Xzqwv was here", {"own": detector}, PERMITTED)
    assert len(calls) == 1
    assert spans[0].detectors[0] == "own"


def test_two_hints_make_likely_and_the_span_says_whose() -> None:
    one = Span("place", 4, 9, Confidence.POSSIBLE, ("names",))
    two = Span("person", 0, 9, Confidence.POSSIBLE, ("gazetteer",))
    merged = merge([one, two])
    assert merged == (Span("person", 0, 9, Confidence.LIKELY, ("gazetteer", "names")),)
    assert merge([one]) == (one,)


@given(
    st.lists(
        st.tuples(
            st.integers(0, 60), st.integers(1, 12), st.sampled_from(list(Confidence)), st.sampled_from(["a", "b", "c"])
        ),
        max_size=20,
    )
)
def test_merged_spans_cover_the_same_text_in_order(parts: list[tuple[int, int, Confidence, str]]) -> None:
    spans = [Span("person", start, start + length, confidence, (name,)) for start, length, confidence, name in parts]
    merged = merge(spans)
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert {i for span in merged for i in range(span.start, span.end)} == covered
    assert all(before.end <= after.start for before, after in itertools.pairwise(merged))
    assert all(
        any(part.confidence.rank <= span.confidence.rank for span in merged if span.start <= part.start < span.end)
        for part in spans
    )


@given(st.text(alphabet=st.sampled_from("Mrs Kaylegh Ft1/0-.,\n'’\u00ad[]|:@ABC"), max_size=300))
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    spans = identify(text, LAYERS, PERMITTED)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


@pytest.mark.parametrize("name", sorted(LAYERS))
@pytest.mark.parametrize(
    "piece",
    [
        "A",
        "a ",
        "A ",
        "Ab ",
        "A. ",
        "Mr ",
        "Ab-",
        "O'A",
        "Aa, ",
        "ab cd ",
        "1 Ab ",
        "the Ab ",
        "Name: ",
        "| Ab ",
        "AB ",
        "1 May ",
        "1/1/",
        "St Ab's ",
        "(Ab ",
        "\n",
        " ",
    ],
)
def test_no_layer_can_be_made_slow(name: str, piece: str) -> None:
    import time

    text = (piece * (100_000 // len(piece)))[:100_000]
    start = time.process_time()
    for _ in LAYERS[name](text):
        pass
    assert time.process_time() - start < 60
