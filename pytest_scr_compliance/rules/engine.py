"""Rules 0xx: the gate itself, what it could not read and what should not be there."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from ..allow import ALLOW_FILE
from ..cases.find import CASE_FILE
from ..errors import ReadError, Undecided
from ..model import Case, Document, Finding, Layer, Place, mask
from .base import CaseRule, DocumentRule, Reading, Rule, place_in

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

KNOWN_SUFFIXES = frozenset(
    ".doc .docx .docm .odt .rtf .pdf .txt .md .html .htm .xls .xlsx .ppt .pptx .eml .msg .jpg .jpeg .png .tif .tiff .zip "
    ".yaml .yml .json .py .ini .toml .cfg .csv .tmp .bak .age".split()
)
TEST_CONFIGURATION = frozenset(
    "conftest.py pytest.ini .pytest.ini pytest.toml .pytest.toml pyproject.toml setup.cfg tox.ini sitecustomize.py "
    "usercustomize.py scr-compliance.toml".split()
)


class UnreadableDocument(DocumentRule):
    """A declared document is missing or cannot be read.

    Why it matters: what the gate cannot read it cannot check, and a damaged or encrypted file in the public output may
    hold anything. A restricted document must be readable too, because the public ones are compared with it.

    How to fix: put the file where `path` says, save it again from the program that made it, or remove its password. Use
    one of the formats that `scr-compliance check --help` lists.
    """

    code = "SCR001"
    name = "unreadable-document"
    citation = "Gate's own rule: what could not be read is a failure (fail closed)"
    allowable = False

    def applies(self, document: Document) -> bool:
        return True

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        try:
            reading.content(document)
        except ReadError as error:
            yield self.finding(error.reason, Place(document=document.id))


class CrashedRule(Rule):
    """A rule could not be decided because something in the gate or in an extension went wrong.

    Why it matters: a rule that did not come to its end has checked nothing, so the case does not pass.

    How to fix: look at the rule and the document that the finding names. If it is an extension's rule, tell its author;
    if it is one of the gate's own, report it with the type of the error, and without the document.
    """

    code = "SCR002"
    name = "crashed-rule"
    citation = "Gate's own rule: what could not be decided is a failure (fail closed)"
    allowable = False


class UndeclaredFile(CaseRule):
    """A file in the case folder is not declared in the metadata.

    Why it matters: whoever publishes the folder publishes this file too, and no rule has looked at it. An old draft, a
    covering letter or a program's lock file has often been what gave a family away.

    How to fix: declare the file under `documents` with its role and audience, or delete it from the folder. The finding
    names the file by its place in the list of files sorted by name, since the name itself may identify someone.
    """

    code = "SCR003"
    name = "undeclared-file"
    citation = "Gate's own rule: every file in the folder is declared, or is a finding"

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        if not case.is_loaded:
            raise Undecided("SCR100")
        declared = {str(PurePosixPath(document.path)) for document in case.documents if document.path}
        register = case.get("register")
        declared |= {CASE_FILE, ALLOW_FILE, *case.companions} | ({register} if isinstance(register, str) else set())
        files = sorted(files_below(case.folder))
        for number, path in enumerate(files, 1):
            name = PurePosixPath(path).name
            if path not in declared and not _configures(path):  # SCR005 reports those
                suffix = PurePosixPath(path).suffix.lower()
                yield self.finding(
                    f"file {number} of {len(files)} by name is not declared"
                    f" ({suffix if suffix in KNOWN_SUFFIXES else 'no known'} suffix"
                    f"{', in a subfolder' if '/' in path else ''})",
                    Place(),
                    mask=mask(name),
                    length=len(name),
                )


def files_below(folder: Path) -> Iterator[str]:
    """Paths of all files below a folder, relative to it and with ``/``; a link counts as a file and is not followed."""
    for parent, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(parent) / name).is_symlink()]
        for name in [*files, *links]:
            yield (Path(parent) / name).relative_to(folder).as_posix()


class TestConfigurationInCase(CaseRule):
    """A file in the case folder, or between it and the folder that was asked for, can change how tests run.

    Why it matters: a `conftest.py` or a `pytest.ini` beside the documents can switch the gate off without a trace in its
    output.

    How to fix: delete the file. Settings of the gate belong into the configuration of the repository, above the cases,
    in the folder from which the gate is run.
    """

    code = "SCR005"
    name = "test-configuration-in-case"
    citation = "Gate's own rule: nothing in a case folder configures the gate"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        names = map(_configures, sorted(files_below(case.folder)))
        yield from (self.finding(f"the folder holds a {name}", Place()) for name in names if name)
        for height, folder in enumerate(case.above, 1):
            for name in sorted(TEST_CONFIGURATION):
                if (folder / name).exists():
                    yield self.finding(f"the folder {height} above the case holds a {name}", Place())


def _configures(path: str) -> str:
    """By which name a file at a path configures tests or Python itself; empty if by none."""
    name = PurePosixPath(path).name.lower()
    if name.endswith(".pth"):
        return "file of paths for Python (.pth)"
    return name if name in TEST_CONFIGURATION else ""


class UncheckableDocument(DocumentRule):
    """A public document, or a part of it, holds no text that could be checked.

    Why it matters: a scanned page or a picture of a letter shows names that no text search can find.

    How to fix: export the document from the program that it was written in instead of scanning it, replace pictures of
    text by text, or install the extra `ocr`. If the document is really this short, lower `min_words`.
    """

    code = "SCR004"
    name = "uncheckable-document"
    citation = "Gate's own rule: what could not be checked is a failure (fail closed)"

    def check(self, case: Case, document: Document, reading: Reading) -> Iterator[Finding]:
        try:
            content = reading.content(document)
        except ReadError:
            raise Undecided("SCR001") from None
        for place, reason in content.gaps:
            yield self.finding(reason, place_in(document, place))
        visible = sum(
            len(content.text[block.start : block.end].split())
            for block in content.blocks
            if block.layer is Layer.VISIBLE
        )
        least = reading.settings.min_words
        if visible < least:
            yield self.finding(
                f"only {visible} words can be seen in it; a public document needs at least {least} to be checkable",
                Place(document=document.id),
            )


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (UnreadableDocument, CrashedRule, UndeclaredFile, UncheckableDocument, TestConfigurationInCase):
        app.add_rule(rule)
    return {"version": "1"}
