"""A rule as a page: ``scr-compliance explain`` and ``docs/rules/`` print the same."""

from __future__ import annotations

from collections.abc import Iterable

from ..rules.base import Rule

HEADINGS = ("Why it matters", "How to fix")


def rule_page(rule: type[Rule]) -> str:
    """The page of a rule as Markdown."""
    allow = (
        "A person may accept its findings with a reason." if rule.allowable else "Its findings can never be accepted."
    )
    parts = [f"# {rule.code} {rule.name}", f"{rule.title()}."]
    for heading in HEADINGS:
        text = rule.section(heading)
        parts += [f"## {heading}", text[:1].upper() + text[1:]]
    parts += ["## Source", rule.citation, "## Severity", f"{rule.severity}. {allow}"]
    return "\n\n".join(parts) + "\n"


def rules_table(rules: Iterable[type[Rule]]) -> str:
    """All rules, one a line."""
    ordered = sorted(rules, key=lambda rule: rule.code)
    return "\n".join(f"{rule.code}  {rule.name:36} {rule.title()}" for rule in ordered)


def rules_markdown(rules: Iterable[type[Rule]], folder: str = "rules") -> str:
    """All rules as a Markdown table with links to their pages in a folder."""
    rows = [
        f"| [{rule.code}]({folder}/{rule.code}.md) | {rule.name} | {rule.title()} |"
        for rule in sorted(rules, key=lambda rule: rule.code)
    ]
    return "\n".join(["| code | name | what it finds |", "|---|---|---|", *rows]) + "\n"
