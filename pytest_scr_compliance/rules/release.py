"""Rules 7xx: the release record, and whether what is about to be published is what passed.

They are checked by ``scr-compliance verify``, on a record and a folder, and are no part of the check of a case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..model import Finding, Place
from .base import Rule

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

CITATION = "Gate's own rule: what is published is, byte for byte, what passed"


class ChangedFile(Rule):
    """A file that is about to be published is not, byte for byte, the one that passed.

    Why it matters: the best-known accident of publishing is the wrong version: the draft before the last one, the one
    with the names. A single byte is enough to say that this is not what was checked.

    How to fix: publish the file that passed, from the folder that was checked. If the new one is the right one, check the
    case again with `scr-compliance check FOLDER --record RECORD` and verify against the new record.
    """

    code = "SCR701"
    name = "changed-file"
    citation = CITATION
    allowable = False


class MissingFile(Rule):
    """A file that passed is not in the folder that is about to be published.

    Why it matters: the overview report and the executive summary are published together. A file that is missing, or has
    another name, may have been replaced by one that nobody checked.

    How to fix: put the file that passed into the folder, under the name that it had when it was checked.
    """

    code = "SCR702"
    name = "missing-file"
    citation = CITATION
    allowable = False


class ExtraFile(Rule):
    """The folder that is about to be published holds a file that did not pass.

    Why it matters: whoever uploads the folder uploads this file, too: an individual management review, an old draft, a
    covering letter.

    How to fix: take the file out of the folder, or declare it in the case and check the case again.
    """

    code = "SCR703"
    name = "extra-file"
    citation = CITATION
    allowable = False


class LapsedAcceptance(Rule):
    """A finding that was accepted when the case passed is accepted no longer.

    Why it matters: a person let this finding through until a day that is past. From the next day on the case does not
    pass, and so nothing that rests on it may be published.

    How to fix: look at the finding again; remove what it is about or have it approved anew, and check the case again.
    """

    code = "SCR704"
    name = "lapsed-acceptance"
    citation = "Gate's own rule: an accepted finding carries a reason, an approver and a last day"
    allowable = False


class OtherPolicy(Rule):
    """The case passed by another policy than the one in force.

    Why it matters: the law has changed, or the gate's reading of it. What was lawful to publish by the older policy need
    not be so by this one.

    How to fix: check the case again with the policy in force, and verify against the new record. Name the policy with
    `--policy`, or in the setting `policy`, as for the check.
    """

    code = "SCR705"
    name = "other-policy"
    citation = "Gate's own rule: a release rests on the policy in force on the day of publication"
    allowable = False


class RecordNotPassed(Rule):
    """The record is not of a case that may be published.

    Why it matters: a record is written of every check, also of one that failed, and of a case that is still a draft. It
    proves what was checked, and not that it may go out.

    How to fix: put right what the check found, set the stage to `ready`, and check the case again with `--record`.
    """

    code = "SCR706"
    name = "record-not-passed"
    citation = "Gate's own rule: only what passed every rule is cleared for publication"
    allowable = False


class UnsignedRecord(Rule):
    """The record carries no valid signature of an allowed signer.

    Why it matters: whoever can write a record can write a false one. The signature shows that somebody whom the board
    trusts has made it, and that no letter of it has changed since.

    How to fix: have the case checked with `--record RECORD --sign KEY` by a person whose key is in the file of allowed
    signers, and keep RECORD and RECORD.sig together.
    """

    code = "SCR707"
    name = "unsigned-record"
    citation = "Gate's own rule: where signatures are demanded, only a signed record counts"
    allowable = False


RELEASE_RULES = (ChangedFile, MissingFile, ExtraFile, LapsedAcceptance, OtherPolicy, RecordNotPassed, UnsignedRecord)


def fault(rule: type[Rule], message: str) -> Finding:
    """A finding of one of these rules; it has no place that could be named without the name of a file."""
    return rule().finding(message, Place())


def unsigned() -> Finding:
    """The finding where a signature is demanded and there is no valid one."""
    return fault(UnsignedRecord, "the record carries no valid signature of an allowed signer")


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in RELEASE_RULES:
        app.add_rule(rule)
    return {"version": "1"}
