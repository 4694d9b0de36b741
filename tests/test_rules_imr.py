"""Rules 310 to 312: IMRs by what they are, and passages that were taken from one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pytest_scr_compliance.model import Content, Document, Layer, Place
from pytest_scr_compliance.rules import imr
from pytest_scr_compliance.rules.passages import shared_passages

from .policy_helpers import DATA, FakeReading, case_of, check, compliant, content_of

IMR = """Individual management review: health visiting

Terms of reference

Each agency considers whether practice was sensitive to the racial, cultural, linguistic and religious identity of the
family, whether assessments were timely and thorough, and whether senior managers were told when they should have been.

About the author

This management review looks at the involvement of the health visiting service with the family. The author had no part
in the management of the case.

Chronology of involvement

The health visitor offered the first visit within fourteen days of the birth and found Jane Fairley tired and low in
mood. She asked whether anybody helped at night and was told that the grandmother came on Tuesdays. The weight was on
the second centile at six weeks and was not plotted at twelve weeks, because the red book had been left at the house
of a friend.

Two appointments at the clinic were not kept. The record says that a card was posted to the old address, and nobody
noticed that the family had moved into temporary accommodation eleven days earlier.

Analysis of practice

Supervision took place every three months and did not discuss this family, as it was held on the universal caseload.

Recommendations for the agency

The service should plot the weight at each contact, and supervision should cover families who do not attend."""

OVERVIEW = """Overview report of the serious case review about Child A

Introduction

Individual management reviews were received from six agencies. The IMR of the health visiting service was of good
quality.

Terms of reference

Each agency considers whether practice was sensitive to the racial, cultural, linguistic and religious identity of the
family, whether assessments were timely and thorough, and whether senior managers were told when they should have been.

What happened

Child A was seen at home soon after birth, when Mother seemed low. Growth was slow, and one measurement was missed.
After two missed clinic visits the service wrote to an address that the family had left.

Lessons learned

Missed appointments of a young child are a sign of possible neglect. Each agency knew a part of the picture."""

COPIED = """The health visitor offered the first visit within fourteen days of the birth and finds Mother tired and low
in mood. Mother was asked whether anybody helps at night and said that the grandmother came on Tuesdays. The weight was
on the second centile at six weeks and was not plotted at twelve weeks, because the red book was left at the house of
a friend."""


def run(overview: str, imr_text: str = IMR, **changes: Any) -> Any:
    texts = {"overview": overview, "summary": OVERVIEW, "imr-health": imr_text}
    return check(case_of(compliant(**changes)), FakeReading(texts), [imr])


def test_an_overview_report_that_summarises_imrs_passes() -> None:
    assert run(OVERVIEW).passes


def test_an_imr_under_another_name_is_found() -> None:
    found = run(IMR.replace("Individual management review: health visiting", "Report on health visiting"))
    assert "SCR310" in found.failed
    renamed = run(IMR, documents__0__role="other")
    assert "SCR310" in renamed.failed


def test_an_imr_that_is_declared_as_one_is_left_to_the_rule_on_roles() -> None:
    assert run(IMR, documents__0__role="imr").passes


@pytest.mark.parametrize("title", ["Overview report drawing on individual management reviews", "Briefing on the IMR"])
def test_a_title_that_mentions_imrs_is_no_imr(title: str) -> None:
    assert run(OVERVIEW.replace("Overview report of the serious case review about Child A", title)).passes


LOOKS = yaml.safe_load((DATA / "imr-looks.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", LOOKS["imrs"])
def test_documents_of_one_agency_are_imrs(name: str) -> None:
    assert run(LOOKS["imrs"][name], "Nothing").failed == {"SCR310"}


@pytest.mark.parametrize("name", LOOKS["others"])
def test_documents_of_all_agencies_are_none(name: str) -> None:
    assert run(LOOKS["others"][name], "Nothing").passes


def test_a_copied_passage_is_found_with_its_place_and_length() -> None:
    found = run(OVERVIEW + "\n\n" + COPIED)
    assert found.failed == {"SCR311"}
    (finding,) = found.findings
    assert finding.place.document == "overview"
    assert finding.place.paragraph == OVERVIEW.count("\n\n") + 2
    assert finding.start is not None
    assert 0.8 * len(COPIED) < finding.length <= len(COPIED)
    assert "imr-health" in finding.message and "Fairley" not in finding.message


def test_reflow_does_not_hide_a_passage() -> None:
    assert run(OVERVIEW + "\n\n" + "\n".join(COPIED.split())).failed == {"SCR311"}


def test_terms_of_reference_and_quoted_law_may_be_repeated() -> None:
    law = imr._looks()["stock"][3]
    assert run(OVERVIEW + "\n\n" + law, IMR + "\n\n" + law).passes


def test_only_imrs_and_their_kin_are_compared() -> None:
    assert run(OVERVIEW + "\n\n" + COPIED, documents__2__role="overview-report").passes
    assert run(OVERVIEW + "\n\n" + COPIED, documents__2__role="chronology").failed == {"SCR311"}


def test_an_unreadable_document_is_left_to_the_rule_that_says_so() -> None:
    case = case_of(compliant())
    with pytest.raises(AssertionError, match="SCR001"):
        check(case, FakeReading({"overview": OVERVIEW}), [imr])


class WithAttachment(FakeReading):
    """The overview report carries another text, which the reader puts into a part of its own."""

    def content(self, document: Document) -> Content:
        content = super().content(document)
        if document.id != "overview":
            return content
        inside = content_of(self.texts["attachment"])
        shift = len(content.text) + 2
        blocks = [
            replace(
                block,
                start=block.start + shift,
                end=block.end + shift,
                place=Place(part="attachment 1"),
                layer=Layer.HIDDEN,
            )
            for block in inside.blocks
        ]
        return Content(content.text + "\n\n" + inside.text, (*content.blocks, *blocks))


def test_an_attached_imr_is_found_in_its_part() -> None:
    texts = {"overview": OVERVIEW, "summary": OVERVIEW, "imr-health": "Chronology", "attachment": IMR}
    found = check(case_of(compliant()), WithAttachment(texts), [imr])
    assert found.failed == {"SCR312"}
    assert found.findings[0].place == Place(document="overview", part="attachment 1")
    assert check(case_of(compliant()), WithAttachment({**texts, "attachment": OVERVIEW}), [imr]).passes


WORDS = st.lists(
    st.sampled_from(
        ["alpha", "bravo", "charlie", "delta", "echoes", "foxtrot", "golfer", "hotels", "indigo", "juliet"]
    ),
    min_size=40,
)


@settings(deadline=None)
@given(WORDS.map(" ".join), st.text(max_size=200), st.text(max_size=200))
def test_passages_lie_in_order_within_the_text(shared: str, before: str, after: str) -> None:
    text = before + shared + after
    passages = shared_passages(text, shared, 5)
    assert all(0 <= passage.start < passage.end <= len(text) for passage in passages)
    assert all(one.end <= two.start for one, two in pairwise(passages))


def test_the_same_words_in_another_order_are_no_passage() -> None:
    assert not shared_passages(" ".join(sorted(COPIED.lower().split())), COPIED, 30)


@settings(deadline=None)
@given(st.integers(0, 60), st.sampled_from(["Mother", "Ms F", "MF", "she", "the young woman"]))
def test_one_changed_word_does_not_hide_a_passage(position: int, change: str) -> None:
    words = COPIED.split()
    words[position % len(words)] = change
    assert shared_passages(" ".join(words), IMR, 30)
