"""Report → plain text for a person at a terminal or in a CI log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from textwrap import fill

from ..app import Checker
from ..model import CaseReport, Finding, Outcome, Report, Result, Severity
from ..rules.base import Rule

WIDTH = 100
MOST_SHOWN = 20
CAVEAT = "A pass means that no rule was broken. Whether someone can be recognised from the story needs a human reader."


def finding_line(finding: Finding, values: bool = False) -> str:
    """One line for a finding: severity, place, message and mask, or with ``values`` the text that it is about."""
    shown = (values and finding.value) or finding.mask[:24]
    secret = f"  {shown} ({finding.length} characters)" if finding.length else ""
    return f"{finding.severity:6} {finding.place}: {finding.message}{secret}"


def result_lines(result: Result, rules: Mapping[str, type[Rule]], values: bool = False) -> Iterator[str]:
    """What a person needs to act on a failed result: what, where, why it matters, how to fix it, and the source.

    Args:
        result: with at least one finding.
        rules: code → rule.
        values: whether to show the text that findings are about.
    """
    rule = rules[result.findings[0].code]
    yield f"{rule.code} {rule.name}: {rule.title()}"
    yield ""
    for finding in result.findings[:MOST_SHOWN]:
        yield f"  {finding_line(finding, values)}"
    if len(result.findings) > MOST_SHOWN:
        yield f"  … and {len(result.findings) - MOST_SHOWN} more; `scr-compliance check --format json` lists them all"
    yield ""
    for heading in ("Why it matters", "How to fix"):
        yield fill(f"{heading}: {rule.section(heading)}", WIDTH, initial_indent="  ", subsequent_indent="    ")
    yield fill(f"Source: {rule.citation}", WIDTH, initial_indent="  ", subsequent_indent="    ")


def broken_rules(findings: Iterable[Finding]) -> str:
    """``SCR301 ×1, SCR401 ×3``, notes left out."""
    return tally(finding.code for finding in findings if finding.severity is not Severity.NOTE)


def tally(codes: Iterable[str]) -> str:
    """Rule codes in order, each with how often it occurs: ``SCR301 ×1, SCR401 ×3``."""
    return ", ".join(f"{code} ×{count}" for code, count in sorted(Counter(codes).items()))


def verdict(case: CaseReport) -> str:
    """One line: may the case be published, and if not, how many findings of which rules."""
    broken = broken_rules(finding for result in case.results for finding in result.findings)
    accepted = f"; accepted by a person: {broken_rules(case.accepted)}" if case.accepted else ""
    if not case.may_publish:
        return f"✗ {case.folder} ({case.stage}): must not be published: {broken}{accepted}"
    shown = f" (to review: {broken})" if broken else ""
    if case.stage == "drafting":
        return f"✓ {case.folder} (drafting): passes as a draft; not yet cleared for publication{shown}{accepted}"
    return f"✓ {case.folder} ({case.stage}): may be published{shown}{accepted}"


def write_text(report: Report, checker: Checker) -> str:
    """The whole report as text."""
    rules = checker.registry.rules.as_dict()
    lines: list[str] = []
    for case in report.cases:
        for result in case.results:
            if result.outcome is Outcome.FAILED:
                lines += [f"── {case.folder}", *result_lines(result, rules, checker.show_values), ""]
            else:
                lines += [
                    f"── {case.folder}  {finding_line(finding, checker.show_values)}" for finding in result.findings
                ]
    if lines:
        lines.append("")
    lines += [verdict(case) for case in report.cases]
    lines += ["", CAVEAT, ""]
    return "\n".join(lines)
