"""Rules 403 to 406: the sealed register of real names, and what it finds outside of the documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cases.find import CASE_FILE
from ..cases.load import read_regular_file
from ..cases.parse import MAX_BYTES, parse_yaml
from ..errors import LoadError, ReadError, RegisterError, Undecided
from ..identifiers.register import Register, matches, telling_pseudonyms
from ..model import Case, Finding, Place, Severity, mask
from .base import CaseRule, Reading
from .engine import files_below

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata


class UnopenedRegister(CaseRule):
    """The register of real names cannot be opened.

    Why it matters: the register holds the names that must not appear. Without it the gate has to guess what a name is,
    and a rare or misspelt one may pass.

    How to fix: give the key in the variable SCR_REGISTER_KEY, or its file in the setting `register_key`. Where the key
    must not be, as in a public CI, say so with `--without-register`, and run the gate with the register elsewhere.
    """

    code = "SCR403"
    name = "unopened-register"
    citation = "Gate's own rule: what could not be read is a failure (fail closed)"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        if not case.is_loaded:
            raise Undecided("SCR100")
        try:
            reading.register()
        except RegisterError as error:
            if reading.settings.without_register:
                yield self.finding("checked without the register, as asked", case.place("register"), Severity.NOTE)
            else:
                yield self.finding(error.args[0], case.place("register"))


class UnsealedRegister(CaseRule):
    """A register of real names lies unsealed in the case folder.

    Why it matters: the folder is shared, copied and kept under version control. Whoever gets it gets every name that the
    review protects.

    How to fix: seal it with `scr-compliance register seal`, delete the open file, and remove it from the history of the
    repository, too. Treat it as a data breach if the folder has been shared.
    """

    code = "SCR404"
    name = "unsealed-register"
    citation = "Gate's own rule: real names are kept sealed, never beside the documents"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        files = sorted(files_below(case.folder))
        for number, path in enumerate(files, 1):
            if path != CASE_FILE and _holds_names(case.folder, path):
                yield self.finding(f"file {number} of {len(files)} by name holds names of people", Place())


class TellingPseudonym(CaseRule):
    """A pseudonym gives the real name away.

    Why it matters: "Child K" for Kayleigh, or the real initials, is the first thing that a reader who suspects a family
    will test. Anonymisation guidance asks for letters that have nothing to do with the name.

    How to fix: choose another letter or another fictional name, in the metadata and in every document.
    """

    code = "SCR405"
    name = "telling-pseudonym"
    citation = (
        "President of the Family Division, Practice Guidance on anonymisation (December 2018), which endorses Dr Brophy's "
        "checklists: initials that are unrelated to the real name"
    )
    severity = Severity.REVIEW

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        register = _opened(reading)
        if register is None:
            return
        people = list(case.items("people"))
        pseudonyms = {str(person.get("id")): str(person.get("pseudonym", "")) for _, person in people}
        telling = telling_pseudonyms(register, pseudonyms)
        for key, person in people:
            if person.get("id") in telling:
                yield self.finding(
                    "the pseudonym begins like the real name, or is a part of it", case.place(f"{key}.pseudonym")
                )


class RealNameInMetadata(CaseRule):
    """The metadata hold a name from the register.

    Why it matters: the metadata lie open in the case folder and in its history, and parts of them appear in reports.

    How to fix: write the pseudonym instead; the real name belongs into the sealed register alone.
    """

    code = "SCR406"
    name = "real-name-in-metadata"
    citation = "Gate's own rule: pseudonyms only; the real names are kept sealed"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        register = _opened(reading)
        if register is None:
            return
        for key, text in _strings(case.metadata, ""):
            for span in matches(register, text):
                found = text[span.start : span.end]
                yield self.finding(
                    "a name from the register", case.place(key), mask=mask(found), length=len(found), kind=span.kind
                )


def _opened(reading: Reading) -> Register | None:
    """The register; None if there is none, or if the user does without it."""
    try:
        return reading.register()
    except RegisterError:
        if reading.settings.without_register:
            return None
        raise Undecided("SCR403") from None


def _holds_names(folder: Path, path: str) -> bool:
    """Whether a file is a register in the open: YAML with people who have names."""
    try:
        people = parse_yaml(read_regular_file(folder, path, MAX_BYTES)).value.get("people")
    except (LoadError, ReadError):
        return False
    return isinstance(people, list) and any(
        isinstance(person, Mapping) and ("names" in person or "other_names" in person) for person in people
    )


def _strings(value: Any, key: str) -> Iterator[tuple[str, str]]:
    """Key path and text of every string in the metadata."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, Mapping):
        for name, item in value.items():
            yield from _strings(item, f"{key}.{name}" if key else name)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _strings(item, f"{key}[{index}]")


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (UnopenedRegister, UnsealedRegister, TellingPseudonym, RealNameInMetadata):
        app.add_rule(rule)
    return {"version": "1"}
