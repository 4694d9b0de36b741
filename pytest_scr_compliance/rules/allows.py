"""Rules 006 to 009: findings that a person has accepted, and what is wrong with that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..allow import Allow
from ..model import Case, Finding
from .base import CaseRule, Reading

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata


class MalformedAllow(CaseRule):
    """An accepted finding is written in a way that cannot be understood, or is of a rule that accepts none.

    Why it matters: it was meant to accept something, and does not. Without a reason, an approver and a last day nobody
    can say later why a name was let through, or who is to look at it again.

    How to fix: delete the entry, and let `scr-compliance allow FOLDER` write it. It needs `code`, `fingerprint`,
    `reason`, `approved_by` and `until`; a comment in a text file reads `scr: allow CODE until DATE by ROLE because
    REASON`. Findings of some rules, such as an individual management review in the public output, can never be accepted.
    """

    code = "SCR006"
    name = "malformed-allow"
    citation = "Gate's own rule: an accepted finding carries a reason, an approver and a last day"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        allows = reading.allows()
        for message, place in allows.problems:
            yield self.finding(message, place)
        for entry in allows.entries:
            if not reading.may_allow(entry.code):
                yield self.finding("findings of this rule can never be accepted, or there is no such rule", entry.place)


class ExpiredAllow(CaseRule):
    """An accepted finding is past its last day.

    Why it matters: consent is withdrawn, a child grows up, an order is made. What was right a year ago needs a new look,
    and an acceptance that lapses silently would be taken for a decision.

    How to fix: look at the finding again. Remove what it is about, or have it approved anew with a later `until`. The
    last day itself still counts; a day that is no date counts as expired.
    """

    code = "SCR007"
    name = "expired-allow"
    citation = MalformedAllow.citation
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        for entry in reading.allows().entries:
            if not entry.holds(reading.settings.today):
                past = (
                    f"its last day was {entry.until}"
                    if entry.until
                    else "its last day is not a date such as 2011-03-01"
                )
                yield self.finding(f"{past}; it accepts nothing any more", entry.place)


class UnusedAllow(CaseRule):
    """An accepted finding is not there any more.

    Why it matters: an acceptance that is left lying about may one day accept something else that comes to stand in the
    same place, without anybody having looked.

    How to fix: delete the entry from `scr-allow.yaml`, or the comment. If the finding is still there and has moved,
    `scr-compliance allow FOLDER` shows its new fingerprint.
    """

    code = "SCR008"
    name = "unused-allow"
    citation = "Gate's own rule: every accepted finding exists"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        for entry in reading.unused_allows():
            if not entry.baseline and reading.may_allow(entry.code):
                yield self.finding(f"it accepts a finding of {entry.code} that is not there", entry.place)


class StaleBaseline(CaseRule):
    """The baseline holds findings that are not there any more.

    Why it matters: the baseline is a debt that only shrinks. An entry that stays after its finding was put right would
    let the same thing in again.

    How to fix: delete the entries that the findings name from the baseline, or write it anew with `scr-compliance
    baseline`, and look at the difference before you commit it. If a case folder was renamed, rename it in the baseline.
    """

    code = "SCR009"
    name = "stale-baseline"
    citation = UnusedAllow.citation
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        for entry in reading.unused_allows():
            if entry.baseline:
                yield self.finding(f"it holds a finding of {entry.code} that is not there", entry.place)

    @classmethod
    def gone(cls, entries: Iterable[Allow]) -> tuple[Finding, ...]:
        """The findings for a folder that is no case any more, and that no check of a case comes by."""
        return tuple(
            cls().finding(f"it holds a finding of {entry.code} in a folder that is no longer a case", entry.place)
            for entry in entries
        )


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (MalformedAllow, ExpiredAllow, UnusedAllow, StaleBaseline):
        app.add_rule(rule)
    return {"version": "1"}
