"""Rules 100, 101 and 103: whether the metadata can be loaded, fit the schema, and stay in the folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..cases.load import path_fault
from ..model import Case, Finding
from .base import CaseRule, Reading

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata


class UnloadableMetadata(CaseRule):
    """The file scr-case.yaml cannot be loaded.

    Why it matters: without the metadata nobody can say which documents are public, or whether they may be. Every other
    rule is skipped until the file loads.

    How to fix: go to the line that the finding names and correct it. `scr-compliance init FOLDER` writes a commented
    file to start from; an editor with YAML support shows mistakes as you type.
    """

    code = "SCR100"
    name = "unloadable-metadata"
    citation = "Gate's own rule: what could not be parsed is a failure (fail closed)"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        for problem in case.problems:
            if problem.rule == "unloadable":
                yield self.finding(problem.message, problem.place)


class MetadataAgainstSchema(CaseRule):
    """The metadata do not fit the schema.

    Why it matters: a key that is misspelt or missing is a question that nobody answered: whether there are court orders,
    which child the report is about, when the review was initiated.

    How to fix: correct the key that the finding names. `scr-compliance schema scr-case` prints the schema; with the first
    line that `scr-compliance init` writes, an editor completes and explains each key.
    """

    code = "SCR101"
    name = "metadata-against-schema"
    citation = "schemas/scr-case.schema.json; Working Together (2010), chapter 8, for what a review records"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        for problem in case.problems:
            if problem.rule == "schema":
                yield self.finding(problem.message, problem.place)


class PathOutsideCase(CaseRule):
    """A document's path leads out of the case folder.

    Why it matters: the folder is what is checked and what is handed over for publication. A path that leads elsewhere
    can be changed by someone who never opened the case, or make the gate read a file that is none of its business.

    How to fix: put the document into the case folder, and write its path relative to that folder, with `/` and without
    `..`. Put a copy in place of a link.
    """

    code = "SCR103"
    name = "path-outside-case"
    citation = "Gate's own rule: no path leaves the case folder"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        for document in case.documents:
            fault = path_fault(case.folder, document.path) if document.path else None
            if fault:
                yield self.finding(fault, case.place(f"documents[{document.index}].path"))


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    app.add_rule(UnloadableMetadata)
    app.add_rule(MetadataAgainstSchema)
    app.add_rule(PathOutsideCase)
    return {"version": "1"}
