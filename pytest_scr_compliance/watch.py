"""Whether a run of pytest has checked what it was asked to. Imports no pytest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from .cases.find import case_of, find_cases
from .model import Case, Outcome, Result

if TYPE_CHECKING:
    from .app import Checker, Task
    from .reading import CaseReading

NARROWING = ("ignore", "ignore_glob", "keyword", "markexpr", "deselect", "lf", "stepwise")
"""pytest's options by which a user asks for a part of what the paths name."""


NOT_ENTERED = ["*.egg", ".*", "_darcs", "build", "CVS", "dist", "node_modules", "venv", "{arch}"]
"""pytest's own value of ``norecursedirs``."""
CONFIGURATION = "SCR005"

Alarm = tuple[Path, str, Exception]
"""The folder of a case, a short name of what is wrong with the run over it, and the reason."""


class UnexpectedResult(Exception):
    """A case did not run, or a sample did not fail, as it should have; the message holds rule codes and counts only."""


class BrokenRule(Exception):
    """Carries the result of a rule that failed to the report."""

    def __init__(self, result: Result) -> None:
        super().__init__(result.code)
        self.result = result


def import_unless_in_case(importing: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
    """What imports a ``conftest.py``, but for those that lie in a case: an empty module stands for them."""

    def imported(path: Path, *arguments: Any, **options: Any) -> ModuleType:
        inside = case_of(path.parent) is not None
        return ModuleType("conftest") if inside else importing(path, *arguments, **options)

    return imported


def uncollected(asked: Iterable[Path], seen: Iterable[Path]) -> Iterator[Alarm]:
    """For each case that the paths name and that pytest has passed over.

    Folders called ``build`` or ``venv``, say, are among those that pytest never enters unless they are named; a
    ``conftest.py`` above the cases can keep any folder from it.
    """
    message = "this case was not collected; see --ignore, norecursedirs and collect_ignore, or name its folder"
    for folder in sorted(set(find_cases(path for path in asked if path.exists())) - set(seen)):
        yield folder, "not-collected", UnexpectedResult(message)


def stale(checker: Checker, asked: Iterable[Path]) -> Iterator[Alarm]:
    """For each folder that the baseline names and that is no case any more."""
    for folder, result in checker.gone_from_baseline(asked):
        yield folder, result.code, BrokenRule(result)


def taken_away(
    checker: Checker, case: Case, reading: CaseReading, lost: Sequence[Task], strict: bool
) -> Iterator[Alarm]:
    """For checks of a case that will not run: all of them where a run is strict, and whatever may have taken them away."""
    if strict and lost:
        message = f"{len(lost)} checks of this case were deselected; --scr-strict runs all of them"
        yield case.folder, "deselected", UnexpectedResult(message)
    for task in lost:
        if task.rule.code == CONFIGURATION:
            result = checker.run(case, reading, task)
            if result.outcome is Outcome.FAILED:
                yield case.folder, "configuration", BrokenRule(result)


def configured_inside(config_file: Path | None, case: Case) -> Iterator[Alarm]:
    """Where pytest's configuration lies in a case, or between it and the path that was asked for."""
    if config_file is not None and config_file.parent in (case.folder, *case.above):
        yield case.folder, "configured-inside", UnexpectedResult("pytest takes its configuration from inside the case")


@dataclass(eq=False)  # pytest keeps its plugins in sets
class Tally:
    """What became of the checks of a run, by their node ids, whoever else had a hand in it.

    Attributes:
        due: those that are to run.
        done: those that a report was made of.
        bad: those that failed or were not decided, whatever a report says of them now.
    """

    due: set[str] = field(default_factory=set)
    done: set[str] = field(default_factory=set)
    bad: set[str] = field(default_factory=set)

    def add(self, nodeid: str, when: str | None, failed: bool, values: Mapping[str, Any] | None) -> None:
        """Take in a report.

        Args:
            nodeid: of the check.
            when: phase of the run.
            failed: whether it says that the check failed.
            values: what the check itself attached to it.
        """
        if when == "call" or failed:
            self.done.add(nodeid)
        undecided = values is not None and values["outcome"] in ("failed", "stopped") and not values["expected"]
        if undecided or (failed and nodeid in self.due):
            self.bad.add(nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Called by pytest with each report, also with those of other processes."""
        self.add(report.nodeid, report.when, report.failed, getattr(report, "scr", None))

    def faults(self) -> Iterator[str]:
        """Why a run that ends well must not."""
        if self.bad:
            yield f"{len(self.bad)} checks failed or were not decided, and yet the run ended well"
        if missing := self.due - self.done:
            yield f"{len(missing)} checks never ran, and yet the run ended well"
