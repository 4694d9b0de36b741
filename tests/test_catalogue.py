"""No rule without its page, its source and its samples; no page that differs from what the command prints."""

from __future__ import annotations

import re

import pytest

from pytest_scr_compliance.app import BUILT_IN, Checker
from pytest_scr_compliance.errors import ExtensionError
from pytest_scr_compliance.reports.pages import HEADINGS
from pytest_scr_compliance.rules.base import Rule
from tools.make_docs import DOCS, README, pages, readme

RULES = Checker().registry.rules.as_dict()


@pytest.mark.parametrize("code", RULES)
def test_a_rule_tells_what_why_how_and_whence(code: str) -> None:
    rule: type[Rule] = RULES[code]
    assert re.fullmatch(r"SCR[0-9]{3}", code)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", rule.name)
    assert 10 < len(rule.title()) < 110
    assert all(len(rule.section(heading)) > 40 for heading in HEADINGS)
    assert len(rule.citation) > 20


def test_names_are_unique() -> None:
    assert len({rule.name for rule in RULES.values()}) == len(RULES)


@pytest.mark.parametrize("name", sorted(pages()))
def test_the_pages_in_docs_are_up_to_date(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == pages()[name], "run python -m tools.make_docs"


def test_the_table_in_the_readme_is_up_to_date() -> None:
    assert README.read_text(encoding="utf-8") == readme(), "run python -m tools.make_docs"


def test_no_page_is_left_of_a_rule_that_is_gone() -> None:
    assert {path.stem for path in (DOCS / "rules").glob("*.md")} == set(RULES)


def test_a_code_that_is_taken_names_its_first_owner() -> None:
    checker = Checker()
    taken = next(iter(RULES.values()))
    with pytest.raises(ExtensionError, match=r"already registered by pytest_scr_compliance\."):
        checker.add_rule(taken)


def test_every_room_of_rules_is_built_in() -> None:
    from pytest_scr_compliance import rules

    modules = {f"rules.{name}" for name in _modules(rules.__path__[0])} - {"rules.base"}
    assert modules <= set(BUILT_IN)


def _modules(folder: str) -> set[str]:
    from pkgutil import iter_modules

    return {
        module.name
        for module in iter_modules([folder])
        if "def setup(" in (DOCS.parent / "pytest_scr_compliance" / "rules" / f"{module.name}.py").read_text("utf-8")
    }
