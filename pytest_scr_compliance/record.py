"""The release record: which bytes passed which rules, as an in-toto statement, and whether others are the same.

The best-known accident of publishing is the wrong version. ``check --record`` writes down what passed; ``verify`` compares
it with what is about to be published.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import file_digest, sha256
from pathlib import Path, PurePosixPath
from typing import Any

from . import __version__
from .allow import ALLOW_FILE
from .app import Checker
from .cases.find import CASE_FILE, is_case
from .errors import ConfigError
from .model import CaseReport, Document, Finding, Outcome, parse_date
from .policy.load import policy_bytes
from .reports.json import versions
from .rules.release import ChangedFile, ExtraFile, LapsedAcceptance, MissingFile, OtherPolicy, RecordNotPassed, fault
from .store import open_regular

STATEMENT = "https://in-toto.io/Statement/v1"
PREDICATE = "https://in-toto.io/attestation/test-result/v0.1"


def digests(folder: Path) -> dict[str, str]:
    """Path below a folder, with ``/`` → SHA-256 of the file as it is read there, links followed.

    Raises:
        ConfigError: a file cannot be read.
    """
    found = {}
    try:
        for parent, names, files in os.walk(folder, onerror=_raise):
            links = [name for name in names if Path(parent, name).is_symlink()]
            for name in [*files, *links]:
                path = Path(parent, name)
                with open_regular(path) as file:
                    found[path.relative_to(folder).as_posix()] = file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ConfigError(f"a file of the folder cannot be read ({type(error).__name__})") from None
    return dict(sorted(found.items()))


def _raise(error: OSError) -> None:
    raise error


def check_with_record(checker: Checker, folder: Path, asked: Path | None = None) -> tuple[CaseReport, dict[str, Any]]:
    """Check a case, and the record of it.

    Args:
        checker: with the settings of the check.
        folder: the case folder.
        asked: the path that named it.

    Raises:
        ConfigError: a file of the folder cannot be read, or has changed while the case was checked.
    """
    checker.forget()
    before = digests(folder)
    report = checker.check_case(folder, asked=asked)
    if digests(folder) != before:
        raise ConfigError("files of the case changed while it was checked; nothing was decided")
    case, _ = checker.open(folder)
    return report, make_record(report, case.documents, before, checker)


def make_record(
    report: CaseReport, documents: tuple[Document, ...], files: Mapping[str, str], checker: Checker
) -> dict[str, Any]:
    """The record as plain values; no text of a document is in it, and no name of a file unless the case passed.

    Args:
        report: of the case.
        documents: of the case.
        files: path in the case folder → SHA-256.
        checker: that checked it.
    """
    settings = checker.settings
    passed = report.may_publish
    public = [document for document in documents if document.is_public and document.path]
    tests: dict[str, list[str]] = {"passedTests": [], "warnedTests": [], "failedTests": []}
    for result in report.results:
        name = f"{result.code}[{result.document}]" if result.document else result.code
        noted = result.findings or result.accepted
        tests["failedTests" if result.outcome is not Outcome.PASSED else "warnedTests" if noted else "passedTests"] += [
            name
        ]
    configuration = {CASE_FILE: files.get(CASE_FILE), ALLOW_FILE: files.get(ALLOW_FILE)}
    configuration["policy"] = sha256(policy_bytes(settings.policy)).hexdigest()
    return {
        "_type": STATEMENT,
        "subject": [
            _file(_normal(document.path or "") if passed else document.id, digest)
            for document in public
            if (digest := files.get(_normal(document.path or "")))
        ],
        "predicateType": PREDICATE,
        "predicate": {
            "result": "PASSED" if passed else "FAILED",
            "configuration": [_file(name, digest) for name, digest in configuration.items() if digest],
            **tests,
            "scr": {
                "version": 1,
                "tool": {
                    "name": "pytest-scr-compliance",
                    "version": __version__,
                    "extensions": versions(checker),
                    "model": model_version(settings.model),
                },
                "policy": settings.policy,
                "as_of": settings.today.isoformat(),
                "stage": report.stage,
                "strict": settings.strict,
                "counts": dict(sorted(Counter(finding.code for finding in report.findings).items())),
                "allows": [
                    {
                        "code": finding.code,
                        "document": finding.place.document,
                        "fingerprint": finding.fingerprint,
                        "accepted": finding.accepted,
                    }
                    for finding in report.accepted
                ],
                "files": list(files.values()),
            },
        },
    }


def _file(name: object, digest: str) -> dict[str, Any]:
    return {"name": str(name), "digest": {"sha256": digest}}


def _normal(path: str) -> str:
    return Path(path).as_posix()


def model_version(model: str) -> dict[str, str]:
    """Which model for names a check used: the package's own by the digest of its pinned digests, others by name."""
    if model:
        return {"name": model}
    pinned = Path(__file__).parent / "identifiers" / "model.fingerprints.yaml"
    return {"name": "built-in", "sha256": sha256(pinned.read_bytes()).hexdigest()}


def read_record(path: Path) -> dict[str, Any]:
    """A record as plain values.

    Raises:
        ConfigError: the file cannot be read or is no record.
    """
    from .cases.validate import schema_problems

    try:
        record = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise ConfigError(f"the record cannot be read ({type(error).__name__})") from None
    for message, _ in schema_problems(record, "record", {}):
        raise ConfigError(f"the file is no record of this gate: {message}")
    return dict(record)


def faults(record: Mapping[str, Any], folder: Path, policy: str, today: date) -> Iterator[Finding]:
    """What is wrong with publishing the files in a folder on the strength of a record; nothing if all is well.

    Args:
        record: as :func:`read_record` returns it.
        folder: what is about to be published: the public documents and nothing else, or the whole case folder.
        policy: name of the policy in force.
        today: the day on which it is published.

    Raises:
        ConfigError: a file of the folder, or the policy, cannot be read.
    """
    predicate = record["predicate"]
    details = predicate["scr"]
    if predicate["result"] != "PASSED" or predicate["failedTests"] or not predicate["passedTests"]:
        yield fault(RecordNotPassed, "the case did not pass")
    if details["stage"] == "drafting" and not details["strict"]:
        yield fault(RecordNotPassed, "the case was checked as a draft; it is not cleared for publication")
    if not record["subject"]:
        yield fault(RecordNotPassed, "the record names no public document")
    for allow in details["allows"]:
        until = parse_date(allow["accepted"].removeprefix("until "))
        if allow["accepted"] != "baseline" and (until is None or until < today):
            yield fault(LapsedAcceptance, f"a finding of {allow['code']} was accepted only {allow['accepted']}")
    recorded = {item["name"]: item["digest"]["sha256"] for item in predicate["configuration"]}
    if details["policy"] != policy or recorded.get("policy") != sha256(policy_bytes(policy)).hexdigest():
        yield fault(OtherPolicy, "the policy is not the one by which the case passed; check it again")
    yield from _differences(record, digests(folder), recorded, is_case(folder))


def _differences(
    record: Mapping[str, Any], there: Mapping[str, str], recorded: Mapping[str, str], whole: bool
) -> Iterator[Finding]:
    """How the files in a folder (path → SHA-256) differ from those that passed.

    Args:
        record: as :func:`read_record` returns it.
        there: the files in the folder.
        recorded: files of the case that are no documents.
        whole: whether the folder is the case folder, and not the public documents alone.
    """
    subjects = [(item["name"], item["digest"]["sha256"]) for item in record["subject"]]
    if not whole:  # only the documents, wherever in the case they lay
        subjects = [(PurePosixPath(name).name, digest) for name, digest in subjects]
    names = {name for name, _ in subjects}
    if len(names) < len(subjects):
        yield fault(MissingFile, "two public documents have the same file name; publish them from the case folder")
    for number, (name, digest) in enumerate(subjects, 1):
        which = f"document {number} of the {len(subjects)} in the record"
        if name not in there:
            yield fault(MissingFile, f"{which} is not in the folder")
        elif there[name] != digest:
            yield fault(ChangedFile, f"{which} is not, byte for byte, the one that passed")
    if not whole:
        if extra := len(there.keys() - names):
            yield fault(ExtraFile, f"{extra} files in the folder are not part of what passed")
        return
    if there.get(CASE_FILE) != recorded.get(CASE_FILE):
        yield fault(ChangedFile, "the metadata are not, byte for byte, those that passed")
    # The other files have no names in the record: a changed one is one too many and one too few.
    known = Counter(record["predicate"]["scr"]["files"])
    known -= Counter([*(digest for _, digest in subjects), recorded.get(CASE_FILE)])
    rest = Counter(digest for name, digest in there.items() if name not in names and name != CASE_FILE)
    if surplus := (rest - known).total():
        yield fault(ExtraFile, f"{surplus} other files of the case folder were added or changed")
    if lacking := (known - rest).total():
        yield fault(MissingFile, f"{lacking} other files of the case folder were removed or changed")
