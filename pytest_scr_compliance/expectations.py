"""Sample cases that are meant to fail: ``expected.yaml`` names the rules, for the folders that a test suite names.

Only the pytest plugin reads it, and only in folders that the repository's own pytest configuration lists: it must not
become a way to switch the gate off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .cases.load import read_regular_file
from .cases.parse import parse_yaml
from .errors import LoadError, ReadError
from .model import Result

EXPECTED_FILE = "expected.yaml"


@dataclass(frozen=True, slots=True)
class Expectation:
    """Which rules a sample case must break.

    Args:
        codes: exactly these; None when the file is malformed, which no result agrees with.
    """

    codes: frozenset[str] | None
    companions = frozenset({EXPECTED_FILE})

    def covers(self, result: Result) -> bool:
        """Whether the failure of a rule is expected."""
        return self.codes is not None and {finding.code for finding in result.findings} <= self.codes

    def disagreement(self, failed: Sequence[Result]) -> str:
        """What differs between the rules that failed and those that were expected to; empty when nothing does."""
        if self.codes is None:
            return f"{EXPECTED_FILE} must hold `fails:` and a list of rule codes"
        codes = {finding.code for result in failed for finding in result.findings}
        missing, surplus = sorted(self.codes - codes), sorted(codes - self.codes)
        parts = [f"expected to fail and did not: {', '.join(missing)}"] if missing else []
        parts += [f"failed and was not expected to: {', '.join(surplus)}"] if surplus else []
        return "; ".join(parts)


def read_expectation(folder: Path, allowed: Sequence[Path]) -> Expectation | None:
    """The expectation of a case folder below one of the ``allowed`` folders, or None if there is none."""
    if not any(folder.is_relative_to(parent) for parent in allowed) or not (folder / EXPECTED_FILE).exists():
        return None
    try:
        codes = parse_yaml(read_regular_file(folder, EXPECTED_FILE, 10_000)).value.get("fails")
    except (LoadError, ReadError):
        return Expectation(None)
    if not isinstance(codes, list) or not codes or not all(isinstance(code, str) for code in codes):
        return Expectation(None)
    return Expectation(frozenset(codes))
