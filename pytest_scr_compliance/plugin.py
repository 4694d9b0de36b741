"""pytest hooks. The only module that imports pytest; nothing imports it.

``CaseDirectory`` → one ``CaseFile`` for the metadata → one item per rule, or per rule and document. Items directly under
a directory would give node ids that cannot be pasted back. The same items are collected whether or not the metadata load,
so that one bad case hides no other and all workers of pytest-xdist see the same.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Generator, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from _pytest._code.code import ExceptionInfo, ReprFileLocation, TerminalRepr

from . import watch
from .cases.find import CASE_FILE, case_files, folders_without_case, is_case
from .watch import BrokenRule, Tally, UnexpectedResult

if TYPE_CHECKING:
    from _pytest._io import TerminalWriter
    from _pytest.terminal import TerminalReporter

    from .app import Checker, Task
    from .expectations import Expectation
    from .model import Case
    from .reading import CaseReading
    from .settings import Settings

EVASIONS = ("skip", "skipif", "xfail")

_checker_key = pytest.StashKey["Checker"]()
_seen_key = pytest.StashKey["dict[Path, CaseFile]"]()
_session_key = pytest.StashKey[pytest.Session]()
_tally_key = pytest.StashKey[Tally]()
_missing_key = pytest.StashKey[frozenset[Path]]()


# Options --------------------------------------------------------------------------------------------------------------


def pytest_addoption(parser: pytest.Parser) -> None:
    from .options import add_options

    add_options(parser)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Run no code that lies in a case: a ``conftest.py`` there could do all that pytest can. Rule SCR005 reports it."""
    manager: Any = early_config.pluginmanager
    if hasattr(manager, "_importconftest"):
        manager._importconftest = watch.import_unless_in_case(manager._importconftest)


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.stash[_session_key] = session
    tally = session.config.stash[_tally_key] = Tally()
    session.config.pluginmanager.register(tally, "scr-tally")


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Look once more, when nobody else has a say any more, whether a run that ends well has checked all that was due."""
    session = config.stash.get(_session_key, None)
    good = (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED)
    if session is None or hasattr(config, "workerinput") or session.exitstatus not in good:
        return
    for fault in config.stash[_tally_key].faults():
        print(f"serious case reviews: {fault}", file=sys.stderr)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "scr(code): a rule of the publication gate for serious case reviews")
    from .errors import ScrError
    from .options import SHOW_VALUES, settings_of, writes_to_a_terminal_alone
    from .settings import Settings
    from .terminal import check_values_may_show

    try:
        if config.getoption("scr_show_values"):
            check_values_may_show(SHOW_VALUES, writes_to_a_terminal_alone(config))
        # What a repository configures is tried at once, since an error at collection would not end the run.
        if (settings := settings_of(config)) != Settings():
            config.stash[_checker_key] = _make_checker(config, settings)
    except ScrError as error:
        raise pytest.UsageError(str(error)) from None


def _make_checker(config: pytest.Config, settings: Settings) -> Checker:
    from .app import Checker

    return Checker(settings, show_values=config.getoption("scr_show_values"))


def _checker(config: pytest.Config) -> Checker:
    """The checker of the session, made when the first case is collected: a run without a case pays nothing."""
    from .options import settings_of

    if _checker_key not in config.stash:
        config.stash[_checker_key] = _make_checker(config, settings_of(config))
    return config.stash[_checker_key]


# Collection -----------------------------------------------------------------------------------------------------------


@pytest.hookimpl(tryfirst=True)
def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    if is_case(path) or path in _folders_without_case(parent.config):
        return CaseDirectory.from_parent(parent, path=path)
    return None


def _folders_without_case(config: pytest.Config) -> frozenset[Path]:
    """The folders below the setting ``roots`` that should be cases, looked for once."""
    if _missing_key not in config.stash:
        roots = _checker(config).roots() if config.getini("scr_roots") else ()
        config.stash[_missing_key] = frozenset(folder for root in roots for folder in folders_without_case(root))
    return config.stash[_missing_key]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config) -> None:
    if not config.stash.get(_seen_key, None):
        return
    if config.getoption("usepdb", False):
        raise pytest.UsageError("--pdb is refused with cases: a debugger shows the text of documents")
    if config.getoption("setuponly", False):
        raise pytest.UsageError("--setup-only is refused with cases: it would pass them without a check")
    if config.getoption("collectonly", False) and _checker(config).settings.strict:
        raise pytest.UsageError("--collect-only is refused with --scr-strict: it would pass cases without a check")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_finish(session: pytest.Session) -> None:
    """Add what must fail to the items that are left when all other plugins have taken their pick."""
    session.items += _alarms(session)
    if not session.config.getoption("collectonly", False):
        session.config.stash[_tally_key].due |= {item.nodeid for item in session.items if isinstance(item, GateItem)}


def _alarms(session: pytest.Session) -> Iterator[AlarmItem]:
    """Items that fail: what was taken away, and what the baseline or the configuration has wrong."""
    config = session.config
    seen, asked = config.stash.get(_seen_key, {}), _asked(config)
    strict = bool(config.getoption("scr_strict") or config.getini("scr_strict"))
    narrowed = (
        any(config.getoption(name, None) for name in watch.NARROWING)
        or config.getini("norecursedirs") != watch.NOT_ENTERED
    )
    wrong = [watch.uncollected(asked, seen)] if strict or (seen and not narrowed) else []
    if config.getoption("scr_baseline") or config.getini("scr_baseline"):
        wrong.append(watch.stale(_checker(config), asked))
    kept = {id(item.task) for item in session.items if isinstance(item, RuleItem)}
    for file in seen.values():
        lost = [task for task in file.tasks if id(task) not in kept]
        wrong.append(watch.taken_away(_checker(config), file.case, file.reading, lost, strict))
        wrong.append(watch.configured_inside(config.inipath, file.case))
    for folder, name, error in chain.from_iterable(wrong):
        nodeid = None if folder in seen else f"{Path(os.path.relpath(folder, config.rootpath)).as_posix()}::{name}"
        yield AlarmItem.from_parent(seen.get(folder, session), name=name, nodeid=nodeid, error=error)


def _asked(config: pytest.Config) -> list[Path]:
    """The paths on pytest's command line, or those that its configuration gives in their place."""
    here = config.invocation_params.dir
    return [Path(os.path.abspath(here / argument.partition("::")[0])) for argument in config.args]


class GateNode(pytest.Collector):
    """A collector of the gate: what goes wrong in it is told by its type, since the rest may quote a document."""

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> TerminalRepr:
        return stopped(self, excinfo)


class CaseDirectory(GateNode, pytest.Directory):
    """A case folder. It delegates to nobody: a draft called ``test_notes.txt`` is no doctest here."""

    def collect(self) -> Iterator[pytest.Collector]:
        yield CaseFile.from_parent(self, path=next(iter(case_files(self.path)), self.path / CASE_FILE))


class CaseFile(GateNode, pytest.File):
    """The metadata file of a case, under which its items lie."""

    case: Case
    reading: CaseReading
    expectation: Expectation | None
    tasks: tuple[Task, ...] = ()

    def collect(self) -> Iterator[pytest.Item]:
        checker = _checker(self.config)
        self.expectation = self._expectation()
        companions = self.expectation.companions if self.expectation else frozenset()
        self.case, self.reading = checker.open(self.path.parent, companions, self._asked())
        self.tasks = checker.tasks(self.case)
        self.config.stash.setdefault(_seen_key, {})[self.path.parent] = self
        for task in self.tasks:
            # The id is given as text so that pytest takes `[overview]` for parameters, as it does when it reads its cache.
            nodeid = f"{self.nodeid}::{task.id}"
            yield RuleItem.from_parent(self, name=task.id, nodeid=nodeid, task=task, total=len(self.tasks))
        if self.expectation:
            yield ExpectationItem.from_parent(self, name="expected")

    def _asked(self) -> Path:
        """The path on pytest's command line that named the case, the highest one if several did."""
        folder = self.path.parent
        named = (path for path in _asked(self.config) if folder.is_relative_to(path))
        return min(named, default=folder, key=lambda path: len(path.parts))

    def teardown(self) -> None:
        """Let go of the documents of a case when its last item has run: a session may have thousands of cases."""
        self.reading.forget()

    def _expectation(self) -> Expectation | None:
        from .expectations import read_expectation
        from .options import EXPECTATIONS_INI

        return read_expectation(self.path.parent, self.config.getini(EXPECTATIONS_INI))


class GateItem(pytest.Item):
    """An item of a case. Whatever it raises is shown without its message, which may quote a document."""

    parent: CaseFile

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.scr: dict[str, Any] = {}
        self.decided = False

    def iter_markers_with_node(self, name: str | None = None) -> Iterator[tuple[pytest.Item, pytest.Mark]]:
        """The markers, without those by which a ``conftest.py`` could pass over the item or expect its failure."""
        for node, mark in super().iter_markers_with_node(name):
            if mark.name not in EVASIONS:
                yield node, mark  # type: ignore[misc]

    @property
    def case_name(self) -> str:
        """The case folder as node ids name it."""
        return self.parent.nodeid.rpartition("/")[0] or "."

    def repr_failure(self, excinfo: ExceptionInfo[BaseException], style: Any = None) -> TerminalRepr:
        if isinstance(excinfo.value, UnexpectedResult):
            return GateRepr(str(excinfo.value), str(self.path), str(excinfo.value))
        if not isinstance(excinfo.value, BrokenRule):
            return stopped(self, excinfo)
        from .reports.text import result_lines

        result, checker = excinfo.value.result, _checker(self.config)
        rules = checker.registry.rules.as_dict()
        first = result.findings[0]
        return GateRepr(
            "\n".join(result_lines(result, rules)),
            str(self.path),
            f"{first.name}: {first.place}: {first.message}",
            values="\n".join(result_lines(result, rules, values=True)) if checker.show_values else "",
        )

    def reportinfo(self) -> tuple[Path, int | None, str]:
        return self.path, None, self.name


class RuleItem(GateItem):
    """One rule for one case, or for one of its documents."""

    def __init__(self, *, task: Task, total: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.task = task
        self.total = total
        self.add_marker(pytest.mark.scr(task.rule.code))
        # Plain values only: they travel from a worker of pytest-xdist to its controller.
        self.scr = {
            "case": self.case_name,
            "total": total,
            "outcome": "stopped",
            "findings": [],
            "expected": False,
            "accepted": 0,
        }

    def runtest(self) -> None:
        from .model import Outcome

        result = _checker(self.config).run(self.parent.case, self.parent.reading, self.task)
        expectation = self.parent.expectation
        self.decided = True
        self.scr |= {
            "stage": self.parent.case.stage,
            "outcome": result.outcome.value,
            "findings": [[finding.code, finding.severity.value] for finding in result.findings],
            "expected": expectation is not None,
            "accepted": len(result.accepted),
        }
        if result.outcome is Outcome.BLOCKED:
            pytest.skip(f"not checked: see {result.because}")
        if result.outcome is Outcome.FAILED:
            if expectation and expectation.covers(result):
                pytest.xfail("expected.yaml expects this rule to fail")
            raise BrokenRule(result)
        if result.findings:
            from .reports.text import finding_line

            self.add_report_section("call", "notes", "\n".join(map(finding_line, result.findings)))


class AlarmItem(GateItem):
    """Fails on behalf of the run: checks of a case were taken away, or the baseline names a folder that is no case."""

    def __init__(self, *, error: Exception, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.error = error

    def runtest(self) -> None:
        raise self.error


class ExpectationItem(GateItem):
    """Whether a sample case fails by exactly the rules that its ``expected.yaml`` names."""

    def runtest(self) -> None:
        from .model import Outcome

        expectation = self.parent.expectation
        assert expectation is not None
        checker, case, reading = _checker(self.config), self.parent.case, self.parent.reading
        results = [checker.run(case, reading, task) for task in checker.tasks(case)]
        broken = expectation.disagreement([result for result in results if result.outcome is Outcome.FAILED])
        self.decided = True
        if broken:
            raise UnexpectedResult(broken)


# Reports --------------------------------------------------------------------------------------------------------------


class GateRepr(TerminalRepr):
    """Lines for a person, and one line for pytest's short summary.

    Args:
        text: the lines.
        path: of the case's metadata file.
        summary: the line for the short summary, in place of ``text``.
        values: the lines with the text that findings are about; written to a terminal only, in place of ``text``.
    """

    def __init__(self, text: str, path: str, summary: str | None = None, values: str = "") -> None:
        self.text = text
        self.values = values
        self.reprcrash = ReprFileLocation(path, 1, summary or text)

    def __str__(self) -> str:
        return self.text

    def toterminal(self, tw: TerminalWriter) -> None:
        # A junit file and other plugins have the report written to a stream that is no terminal.
        text = self.values if self.values and tw._file.isatty() else self.text
        for line in text.splitlines():
            tw.line(line)


def stopped(node: pytest.Item | pytest.Collector, excinfo: ExceptionInfo[BaseException]) -> GateRepr:
    """What is told of an exception in the gate: its type."""
    return GateRepr(f"{node.name}: stopped with {excinfo.typename}; nothing was decided", str(node.path))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if isinstance(item, GateItem):
        if (report.when == "setup" and report.skipped) or (
            report.when == "call" and not report.failed and not item.decided
        ):
            report.outcome = "failed"
            report.longrepr = GateRepr(
                f"{item.name}: skipped or replaced by another plugin or a conftest.py", str(item.path)
            )
        if report.when == "call" and isinstance(item, RuleItem):
            report.scr = item.scr  # type: ignore[attr-defined]
    return report


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    reports = [report for group in terminalreporter.stats.values() for report in group]
    results = [report.scr for report in reports if isinstance(report, pytest.TestReport) and hasattr(report, "scr")]
    if not results:
        return
    from .reports.summary import summary_lines

    terminalreporter.section("serious case reviews")
    for line, good in summary_lines(results):
        terminalreporter.write_line(line, green=good is True, red=good is False)
