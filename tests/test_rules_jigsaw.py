"""Rules 5xx: combinations of facts, and the link to criminal proceedings."""

from __future__ import annotations

import pytest

from pytest_scr_compliance.model import Severity
from pytest_scr_compliance.rules import jigsaw

from .policy_helpers import FakeReading, Run, case_of, check, compliant

HARMLESS = """Child A lived with Mother and Sibling 1 in rented housing in the county. Mother was in her twenties.

The health visitor had worked as a nurse in a small village. SW1 is Polish. The panel read national press coverage.

Child A was of primary school age. She was seen by several services. An interpreter was not used."""


def run(overview: str, summary: str = "Nothing.", **changes: object) -> Run:
    return check(case_of(compliant(**changes)), FakeReading({"overview": overview, "summary": summary}), [jigsaw])


def test_a_report_that_generalises_passes() -> None:
    assert run(HARMLESS).passes


DANGEROUS = [
    "Child A, aged four, lived with Mother in a small village. Her mother worked as a postwoman there.",
    "Child A was seven years old. Mother was Lithuanian. The family lived in a remote hamlet.",
    "Child A was the youngest of seven children. She was aged two. Mother spoke Tigrinya to her.",
    "Mother belonged to the Plymouth Brethren. The family had moved to a fishing village.",
    "Child A had osteogenesis imperfecta. The household lived in a tiny village.",
    "Child A died on 3 March 2009. Child A had drowned in a canal.",
    "Child A had Marfan syndrome. Child A went to a boarding school.",
    "Child A died on 3 March 2009. Father stood trial for her murder.",
]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_dangerous_combination_needs_a_person(text: str) -> None:
    found = run(f"{HARMLESS}\n\n{text}")
    assert "SCR501" in found.failed
    finding = next(finding for finding in found.findings if finding.code == "SCR501")
    assert finding.severity is Severity.REVIEW
    assert "overview paragraph 4" in finding.message and "generalise" in finding.message


def test_pieces_are_put_together_across_documents() -> None:
    overview = HARMLESS + "\n\nChild A had osteogenesis imperfecta."
    summary = "The family lived in a tiny village."
    assert run(overview).passes and run(HARMLESS, summary).passes
    (finding,) = run(overview, summary).findings
    assert "overview paragraph 4" in finding.message and "summary paragraph 1" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Child A was aged four. Mother worked as a cleaner.",
        "Sibling 1 was the youngest of seven children. Mother was Lithuanian.",
        "The health visitor was Lithuanian, aged forty, and lived in a small village.",
        "Shaken Baby Syndrome was considered for Child A. The family lived in a small village.",
        "Child A was born in the spring. Child A was found in a canal.",
    ],
)
def test_single_facts_and_facts_about_professionals_pass(text: str) -> None:
    assert run(f"{HARMLESS}\n\n{text}").passes


def test_nothing_of_the_text_is_in_a_finding() -> None:
    found = run(f"{HARMLESS}\n\n{DANGEROUS[0]} Her pseudonym is odd.")
    assert not any(word in finding.message for finding in found.findings for word in ("postwoman", "four", "Child A"))


def test_restricted_documents_do_not_count() -> None:
    assert run(DANGEROUS[0], documents__0__audience="restricted").passes


@pytest.mark.parametrize(
    "text",
    [
        "Father was convicted of manslaughter.",
        "He was sentenced to nine years.",
        "The trial took place at Northmere Crown Court.",
        "Mother pleaded guilty in the spring.",
        "Adult C received a life sentence.",
    ],
)
def test_a_link_to_criminal_proceedings_always_needs_a_person(text: str) -> None:
    found = run(f"{HARMLESS}\n\n{text}\n\n{text}")
    assert "SCR502" in found.failed
    (finding,) = [finding for finding in found.findings if finding.code == "SCR502"]
    assert finding.place.paragraph == 4 and "overview paragraph 5" in finding.message


@pytest.mark.parametrize(
    "text",
    [
        "Father had previous convictions for theft.",
        "There were criminal proceedings, which have ended.",
        "The Family Court made a care order.",
        "Child A took part in a trial of a new vaccine.",
        "The police investigated and nobody was charged.",
    ],
)
def test_what_is_no_link_to_proceedings(text: str) -> None:
    assert run(f"{HARMLESS}\n\n{text}").passes


def test_pieces_of_any_document_have_a_title_and_advice() -> None:
    known = jigsaw.puzzle()
    for combination in known.combinations:
        assert combination.needs <= known.titles.keys() == known.advice.keys() == known.kinds.keys()
        assert combination.because and combination.source
