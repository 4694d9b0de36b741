"""Rules 6xx: each class of hidden content is reported once, by the rule and as severe as the table says."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from pytest_scr_compliance.documents.classes import hidden_classes, severity_of
from pytest_scr_compliance.errors import ReadError, Undecided
from pytest_scr_compliance.model import Case, Content, Document, Finding, Hidden, Place, Severity
from pytest_scr_compliance.rules.hygiene import RULES, HygieneRule, rule_of
from pytest_scr_compliance.settings import Settings

DOCUMENT = Document("overview", 0, "overview.docx", "overview-report", "public")


@dataclass
class Reading:
    found: tuple[Hidden, ...] | None
    settings: Settings = Settings()

    def content(self, document: Document) -> Content:
        if self.found is None:
            raise ReadError("it is damaged")
        return Content("", (), self.found)


def check(rule: type[HygieneRule], *found: Hidden) -> list[Finding]:
    return list(rule().check(Case(None, {}), DOCUMENT, Reading(found)))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", hidden_classes())
def test_one_rule_reports_a_class(name: str) -> None:
    hidden = Hidden(name, Place(page=2), 3, severity_of(name))
    findings = [finding for rule in RULES for finding in check(rule, hidden)]
    if severity_of(name) is Severity.NOTE:
        assert findings == []
    else:
        (finding,) = findings
        assert (finding.code, finding.kind) == (hidden_classes()[name].rule, name)
        assert finding.severity is severity_of(name)
        assert str(finding.place) == "overview page 2"
        assert "3 times" in finding.message


def test_every_rule_has_a_class_that_matters() -> None:
    used = {item.rule for item in hidden_classes().values() if item.severity is not Severity.NOTE}
    assert used == {rule.code for rule in RULES}


def test_the_worst_of_one_class_counts_and_notes_are_left_out() -> None:
    findings = check(
        RULES[7],
        Hidden("docx.core.author", Place(), 1, Severity.NOTE),
        Hidden("docx.core.author", Place(page=3), 2, Severity.REVIEW),
    )
    assert [(finding.severity, finding.place.page) for finding in findings] == [(Severity.REVIEW, 3)]


def test_a_class_that_nobody_knows_is_reported() -> None:
    hidden = Hidden("x.unheard_of")
    assert severity_of("x.unheard_of") is Severity.ERROR
    assert sum(len(check(rule, hidden)) for rule in RULES) == 1
    assert rule_of(hidden) in {rule.code for rule in RULES}


def test_what_cannot_be_read_is_left_to_another_rule() -> None:
    with pytest.raises(Undecided):
        list(RULES[0]().check(Case(None, {}), DOCUMENT, Reading(None)))  # type: ignore[arg-type]
