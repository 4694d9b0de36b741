"""Checker, the facade that extensions see, and the order in which a case is checked."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypedDict

from .allow import Allow, read_baseline
from .cases.find import case_of, find_cases, is_case
from .cases.load import load_case
from .documents.isolation import IsolatedReader
from .errors import ConfigError, ExtensionError, ScrError, Undecided
from .fingerprint import with_fingerprints
from .model import Case, CaseReport, Content, Document, Finding, Outcome, Place, Problem, Report, Result, Severity
from .quiet import Stopped, guarded, no_core_dump
from .reading import CaseReading
from .registry import Detector, Limits, Reader, Registry, Reporter
from .rules.allows import StaleBaseline
from .rules.base import CaseRule, DocumentRule, Rule
from .search import may_remember
from .settings import Settings
from .store import Store, cache_folder

BUILT_IN = (
    "documents",
    "identifiers",
    "rules.engine",
    "rules.allows",
    "rules.loading",
    "rules.metadata",
    "rules.decision",
    "rules.publication",
    "rules.imr",
    "rules.content",
    "rules.jigsaw",
    "rules.identifiers",
    "rules.register",
    "rules.hygiene",
    "rules.release",
    "reports",
)
EVENTS = {
    "settings-ready": "settings",
    "case-loaded": "case",
    "findings-collected": "case, result; may return further findings",
    "check-finished": "report",
}
LAST_RESORT = "SCR002"
ALLOW_RULES = ("SCR006", "SCR007", "SCR008", "SCR009")


class ExtensionMetadata(TypedDict, total=False):
    """What ``setup(app)`` returns; every key is optional.

    Keys:
        version: the extension's own version, recorded in every report.
    """

    version: str


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to check: a rule, for a case or for one of its documents."""

    rule: type[Rule]
    document: Document | None = None

    @property
    def id(self) -> str:
        """``SCR301``, or ``SCR401[overview]`` for a document; the same in every report and node id."""
        return f"{self.rule.code}[{self.document.id}]" if self.document else self.rule.code


class Checker:
    """The gate. Give it settings, then paths.

    Args:
        settings: what the user set; the defaults if not given.
        show_values: whether findings carry the text that they are about, for a person at a terminal; see
            :func:`~.terminal.check_values_may_show`. Not a setting: no file may turn it on.

    Raises:
        ExtensionError: an extension could not be loaded.
    """

    def __init__(self, settings: Settings | None = None, show_values: bool = False) -> None:
        no_core_dump()
        self.show_values = show_values
        self.settings = settings or Settings()
        self.registry = Registry()
        self.extensions: dict[str, ExtensionMetadata] = {}
        self._reader: IsolatedReader | None = None
        self._opened: tuple[Store | None] | None = None
        self._callbacks: dict[str, list[Callable[..., Any]]] = {name: [] for name in EVENTS}
        self._baseline: Mapping[Path, tuple[Allow, ...]] = {}
        if self.settings.baseline and not self.settings.no_allow:
            self._baseline = read_baseline(Path(self.settings.baseline))
        self._owner = __package__
        for name in BUILT_IN:
            self._load(f"{__package__}.{name}")
        for name in self.settings.extensions:
            self.extensions[name] = self._load(name)
        self.emit("settings-ready", self.settings)

    # What an extension calls ---------------------------------------------------------------------------------------

    def add_rule(self, rule: type[Rule]) -> None:
        """Register a rule. Raises ExtensionError if its code is taken."""
        self.registry.rules.add(rule.code, rule, self._owner)

    def add_detector(self, name: str, detector: Detector) -> None:
        """Register a detector: text → spans. Raises ExtensionError if the name is taken."""
        self.registry.detectors.add(name, detector, self._owner)

    def add_reader(self, suffix: str, reader: Reader) -> None:
        """Register the reader of files with a suffix such as ``.docx``. Raises ExtensionError if it is taken."""
        self.registry.readers.add(suffix.lower(), reader, self._owner)

    def add_reporter(self, name: str, reporter: Reporter) -> None:
        """Register a report format. Raises ExtensionError if the name is taken."""
        self.registry.reporters.add(name, reporter, self._owner)

    def connect(self, event: str, callback: Callable[..., Any]) -> None:
        """Call back on an event of :data:`EVENTS`. A callback may add findings and never drop one."""
        if event not in self._callbacks:
            raise ExtensionError(f"there is no event {event!r}; there are: {', '.join(EVENTS)}")
        self._callbacks[event].append(callback)

    def emit(self, event: str, *arguments: Any) -> list[Any]:
        """Call the callbacks of an event, in the order of their registration; what they return.

        Raises:
            ExtensionError: a callback stopped; names the type of the error, whose message may quote a document.
        """
        try:
            return guarded(lambda: [callback(*arguments) for callback in self._callbacks[event]])
        except ScrError:
            raise
        except Exception as error:
            raise ExtensionError(f"a callback on {event} stopped with {_type_name(error)}") from None

    # What a front end calls ----------------------------------------------------------------------------------------

    def open(
        self, folder: Path, companions: frozenset[str] = frozenset(), asked: Path | None = None
    ) -> tuple[Case, CaseReading]:
        """Load a case; its documents are read when a rule asks for them.

        Args:
            folder: the case folder.
            companions: names of files in it that need not be declared.
            asked: the path that named it.
        """
        try:
            case = guarded(lambda: load_case(folder, companions, asked))
            self.emit("case-loaded", case)
        except Exception as error:
            reason = str(error) if isinstance(error, ScrError) else f"loading it stopped with {_type_name(error)}"
            problem = Problem("unloadable", f"{reason}; nothing was decided", Place(line=1, column=1))
            case = Case(folder, {}, problems=(problem,), companions=companions)
        baseline = self._baseline.get(case.folder.resolve(), ())
        reading = CaseReading(
            case, self.settings, self.registry, self.read, baseline, lambda: self._used(case, reading), self._store()
        )
        return case, reading

    def forget(self) -> None:
        """From now on use nothing that an earlier run has found; what is written down for a release rests on no cache."""
        self._opened = (None,)

    def _store(self) -> Store | None:
        """Where to remember what was found; None where nothing may be remembered, or the folder cannot be used."""
        if self._opened is None:
            folder = cache_folder()
            usable = folder is not None and may_remember(self.settings, self.registry) and case_of(folder) is None
            self._opened = (Store.open(folder) if usable else None,)
        return self._opened[0]

    def read(self, data: bytes, suffix: str) -> Content:
        """Read a document in a process of its own, within the limits that the settings give.

        Args:
            data: the whole file.
            suffix: of its name, lower case, with the dot.

        Raises:
            ReadError: it cannot be read; the reason is a sentence of this package.
        """
        if self._reader is None:
            limits = Limits(text=self.settings.max_text_mb * 1_000_000, pages=self.settings.max_pages)
            self._reader = IsolatedReader(self.registry.readers.as_dict(), limits, self.settings.max_seconds)
        return self._reader.read(data, suffix)

    def tasks(self, case: Case, metadata_only: bool = False) -> tuple[Task, ...]:
        """All that is to be checked in a case, in the order of the codes; or only the rules on metadata, 1xx."""
        return guarded(lambda: tuple(self._tasks(case, metadata_only)))

    def _tasks(self, case: Case, metadata_only: bool) -> Iterator[Task]:
        for code, rule in sorted(self.registry.rules.as_dict().items()):
            if metadata_only and code[-3] != "1":
                continue
            if issubclass(rule, DocumentRule):
                yield from (Task(rule, document) for document in case.documents if _applies(rule, document))
            elif issubclass(rule, CaseRule):
                yield Task(rule)

    def run(self, case: Case, reading: CaseReading, task: Task) -> Result:
        """Check one thing. Whatever goes wrong inside becomes a finding; nothing but interrupts is raised."""
        return reading.once("result", task.id, lambda: self._run(case, reading, task))

    def _run(self, case: Case, reading: CaseReading, task: Task) -> Result:
        document = task.document.id if task.document else None
        if not case.is_loaded and task.rule.code != "SCR100":
            return Result(task.rule.code, document, Outcome.BLOCKED, because="SCR100")
        because = None
        try:
            findings = guarded(lambda: tuple(self._findings(case, reading, task)))
        except Undecided as error:
            findings, because = self._unexplained(case, reading, task, error.because), error.because
        except Exception as error:
            findings = (_crash(task.rule, document, error),)
        if self.show_values:
            findings = tuple(_with_value(finding, case, reading) for finding in findings)
        findings, accepted = _divide(with_fingerprints(findings, reading.paragraph), reading)
        outcome = Outcome.BLOCKED if because else Outcome.PASSED
        if any(fails(finding, case.stage, self.settings.strict) for finding in findings):
            outcome = Outcome.FAILED
        return Result(task.rule.code, document, outcome, findings, because, accepted)

    def roots(self) -> tuple[Path, ...]:
        """The folders below which every folder with files must be a case.

        Raises:
            ConfigError: one does not exist.
        """
        roots = tuple(map(Path, self.settings.roots))
        if not all(root.is_dir() for root in roots):
            raise ConfigError("a folder that the setting roots names does not exist")
        return roots

    def check_case(self, folder: Path, metadata_only: bool = False, asked: Path | None = None) -> CaseReport:
        """All results of one case, or only those of the rules on metadata; ``asked`` is the path that named it."""
        case, reading = self.open(folder, asked=asked)
        results = guarded(lambda: tuple(self.run(case, reading, task) for task in self.tasks(case, metadata_only)))
        return CaseReport(display(folder), case.stage, results)

    def check(self, paths: Iterable[Path], metadata_only: bool = False) -> Report:
        """All results of the cases that the paths name (see :func:`~.cases.find.find_cases`).

        Raises:
            FileNotFoundError: a path does not exist.
            ConfigError: one of the setting ``roots`` does not exist.
        """
        paths = tuple(paths)
        found = find_cases(paths, self.roots())
        cases = [self.check_case(folder, metadata_only, asked) for folder, asked in found.items()]
        if not metadata_only:
            cases += [
                CaseReport(display(folder), "ready", (result,)) for folder, result in self.gone_from_baseline(paths)
            ]
        report = Report(tuple(cases))
        self.emit("check-finished", report)
        return report

    def gone_from_baseline(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Result]]:
        """The folders in or below the paths that the baseline names and that are no cases any more, each with a result."""
        asked = [path.resolve() for path in paths]
        for folder, entries in self._baseline.items():
            if entries and any(folder.is_relative_to(path) for path in asked) and not is_case(folder):
                yield folder, Result(StaleBaseline.code, None, Outcome.FAILED, StaleBaseline.gone(entries))

    # ---------------------------------------------------------------------------------------------------------------

    def _unexplained(self, case: Case, reading: CaseReading, task: Task, because: str) -> tuple[Finding, ...]:
        """A finding when a rule could not decide and the rule that should say why has nothing to say."""
        for other in self.tasks(case):
            if (
                other.rule.code == because != task.rule.code
                and self.run(case, reading, other).outcome is Outcome.FAILED
            ):
                return ()
        document = task.document.id if task.document else None
        message = f"rule {task.rule.code} could not be decided, and rule {because} does not say why"
        return (Finding(LAST_RESORT, "crashed-rule", Severity.ERROR, message, Place(document=document)),)

    def _used(self, case: Case, reading: CaseReading) -> frozenset[Allow]:
        """The acceptances that findings of the case need, found by checking all of it."""
        tasks = [task for task in self.tasks(case) if task.rule.code not in ALLOW_RULES]
        accepted = [finding for task in tasks for finding in self.run(case, reading, task).accepted]
        return frozenset(allow for finding in accepted if (allow := reading.allow_for(finding)))

    def _findings(self, case: Case, reading: CaseReading, task: Task) -> Iterator[Finding]:
        rule = task.rule()
        if isinstance(rule, DocumentRule) and task.document is not None:
            found = tuple(rule.check(case, task.document, reading))
        elif isinstance(rule, CaseRule):
            found = tuple(rule.check(case, reading))
        else:
            raise TypeError("a rule must be a CaseRule or a DocumentRule")
        yield from found
        for more in self.emit("findings-collected", case, found):
            yield from more or ()

    def _load(self, name: str) -> ExtensionMetadata:
        self._owner = name

        def load() -> ExtensionMetadata | None:
            module = importlib.import_module(name)
            setup = getattr(module, "setup", None)
            if setup is None:
                raise ExtensionError(f"{name} has no function setup(app)")
            loaded: ExtensionMetadata | None = setup(self)
            return loaded

        try:
            metadata = guarded(load)
        except ScrError:
            raise
        except Exception as error:
            raise ExtensionError(f"{name} could not be loaded ({_type_name(error)})") from None
        if metadata is not None and not isinstance(metadata, Mapping):
            raise ExtensionError(f"setup(app) of {name} must return a dict such as {{'version': '1.0'}}, or nothing")
        return metadata or ExtensionMetadata()


def _divide(findings: Iterable[Finding], reading: CaseReading) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that stand, and those that a person has accepted."""
    standing, accepted = [], []
    for finding in findings:
        allow = reading.allow_for(finding)
        if allow is None:
            standing.append(finding)
        else:
            accepted.append(replace(finding, accepted=allow.term))
    return tuple(standing), tuple(accepted)


def fails(finding: Finding, stage: str, strict: bool) -> bool:
    """Whether a finding keeps a case of this stage from passing."""
    if finding.severity is Severity.REVIEW:
        return strict or stage != "drafting"
    return finding.severity is Severity.ERROR


def _with_value(finding: Finding, case: Case, reading: CaseReading) -> Finding:
    """The finding with the text that it is about; what could move the cursor or colour the terminal is left out."""
    document = next((document for document in case.documents if document.id == finding.place.document), None)
    if document is None or finding.start is None:
        return finding
    text = reading.content(document).text[finding.start : finding.start + finding.length]
    return replace(finding, value="".join(letter if letter.isprintable() else " " for letter in text))


def display(folder: Path) -> str:
    """A folder's path relative to the working directory where it lies below it."""
    try:
        return folder.relative_to(Path.cwd()).as_posix() or "."
    except ValueError:
        return folder.as_posix()


def _type_name(error: Exception) -> str:
    return error.name if isinstance(error, Stopped) else type(error).__name__


def _applies(rule: type[DocumentRule], document: Document) -> bool:
    """Whether a rule applies to a document; one that stops over the question does, and then says so when it is run."""
    try:
        return rule().applies(document)
    except (Exception, SystemExit):
        return True


def _crash(rule: type[Rule], document: str | None, error: Exception) -> Finding:
    """A finding for a rule that stopped. Of foreign exceptions only the type is told: the rest may quote a document."""
    reason = str(error) if isinstance(error, ScrError) else f"stopped with {_type_name(error)}"
    advice = "" if isinstance(error, ConfigError) else "; nothing was decided"
    return Finding(
        LAST_RESORT, "crashed-rule", Severity.ERROR, f"rule {rule.code}: {reason}{advice}", Place(document=document)
    )
