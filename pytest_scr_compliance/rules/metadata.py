"""Rules 1xx: what the metadata say about the review, its people, its dates and its sign-off."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from ..errors import Undecided
from ..model import Case, Finding, Severity
from .base import CaseRule, Reading
from .law import day, day_in, due, entries, is_drafting, law_of, public, publication_days, publish_on
from .reasons import empty_reason

if TYPE_CHECKING:
    from ..app import Checker, ExtensionMetadata

BRIEFING = "Kent Safeguarding Children Board briefing (June 2010)"


class DatesOutOfOrder(CaseRule):
    """The dates of the case are not in order, or lie in the future.

    Why it matters: the date of initiation decides which guidance applies, and the others show that the
    decision was made before anything was published. One wrong digit changes what the law is.

    How to fix: correct the date. The order is: initiated, completed, decided, published. Only the day of a
    publication that is still planned may lie in the future.
    """

    code = "SCR102"
    name = "dates-out-of-order"
    citation = f'{BRIEFING}: the duty depends on the day on which the review was "initiated"'

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        initiated = day(case, "review.initiated_on")
        if initiated is None:
            raise Undecided("SCR101")
        completed, decided = day(case, "review.completed_on"), day(case, "decision.decided_on")
        excepted = day(case, "decision.exception.decided_on")
        planned = [(f"documents[{document.index}].publish_on", publish_on(case, document)) for document in public(case)]
        steps = [("review.initiated_on", initiated), ("review.completed_on", completed)]
        yield from self._ordered(case, [*steps, ("decision.decided_on", decided)])
        yield from self._ordered(case, [steps[0], ("decision.exception.decided_on", excepted)])
        exception = ("decision.exception.decided_on", excepted)
        decision = ("decision.decided_on", decided) if decided else ("review.initiated_on", initiated)
        for step in planned:
            yield from self._ordered(case, [decision, step])
            yield from self._ordered(case, [exception, step])
        done = [*steps, ("decision.decided_on", decided), ("decision.exception.decided_on", excepted)]
        done += [(key, day_in(entry, name)) for key, entry, name in _records(case)]
        done += planned if case.stage == "published" else []
        for key, when in done:
            if when is not None and when > reading.settings.today:
                yield self.finding(
                    f"{when} is after {reading.settings.today}, the day on which this was checked",
                    case.place(key),
                )

    def _ordered(self, case: Case, steps: list[tuple[str, date | None]]) -> Iterator[Finding]:
        known = [(key, when) for key, when in steps if when is not None]
        for (earlier, first), (later, second) in pairwise(known):
            if second < first:
                yield self.finding(f"{second} is before {earlier}, which is {first}", case.place(later))


def _records(case: Case) -> Iterator[tuple[str, object, str]]:
    """Key path, entry and name of each other date of something that has been done."""
    for listed, name in (("advice", "on"), ("restrictions", "made_on"), ("guidance", "considered_on")):
        for key, entry in entries(case, listed):
            yield f"{key}.{name}", entry, name
    for key, entry in entries(case, "sign_off.anonymisation"):
        yield f"{key}.on", entry, "on"
    for key, name in (
        ("sign_off.data_protection", "on"),
        ("decision.override", "recorded_on"),
        ("review.public_case_name", "decided_on"),
    ):
        if case.get(key) is not None:
            yield f"{key}.{name}", case.get(key), name


class BrokenReference(CaseRule):
    """An id is given twice, or refers to nothing.

    Why it matters: an exception, a court order or a piece of advice that refers to something which is not
    there proves nothing, and a document whose id is given twice cannot be told from another.

    How to fix: give every document, person, restriction and piece of advice an id of its own, and correct the
    reference.
    """

    code = "SCR104"
    name = "broken-reference"
    citation = "Gate's own rule: every reference in the metadata leads somewhere"
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        # What has no id, or is no entry at all, is for SCR101: this rule looks at the ids that are there.
        known: dict[str, set[str]] = {}
        for listed in ("documents", "people", "restrictions", "advice"):
            seen = known.setdefault(listed, set())
            for key, entry in case.items(listed):
                id = entry.get("id")
                if isinstance(id, str) and id in seen:
                    yield self.finding(f"this id was already given in {listed}", case.place(f"{key}.id"))
                seen |= {id} if isinstance(id, str) else set()
        for key, id, listed in _references(case):
            if isinstance(id, str) and id not in known[listed]:
                yield self.finding(f"there is no entry with this id in {listed}", case.place(key))


def _references(case: Case) -> Iterator[tuple[str, object, str]]:
    """Key path of each reference, the id that it names, and the list in which the id should be."""
    for key in ("decision.advice", "decision.exception.advice"):
        yield key, case.get(key), "advice"
    for key, entry in case.items("restrictions"):
        yield f"{key}.advice", entry.get("advice"), "advice"
        protected = entry.get("protects")
        for index, id in enumerate(protected if isinstance(protected, list) else []):
            yield f"{key}.protects[{index}]", id, "people"


class CriteriaNotMet(CaseRule):
    """The case does not meet the criteria for a review of this type.

    Why it matters: the duty to publish is about reviews of cases in which a child died or was seriously
    harmed and abuse or neglect is known or suspected. Another kind of review is published, if at all, under
    other rules.

    How to fix: correct `review.outcome` or `review.abuse_or_neglect`, or give the right `review.type`. If the
    case truly does not meet the criteria, it is not a review of this type and this gate cannot say how to
    publish it.
    """

    code = "SCR105"
    name = "criteria-not-met"
    citation = f'{BRIEFING}: "a child dies or is seriously harmed and abuse or neglect is known, or suspected"'

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        criteria = law_of(case, reading).policy.criteria
        met = (("review.outcome", criteria.outcomes), ("review.abuse_or_neglect", criteria.abuse_or_neglect))
        for key, accepted in met:
            value = case.get(key)
            if not isinstance(value, str):
                raise Undecided("SCR101")
            if value not in accepted:
                wanted = " or ".join(sorted(accepted))
                yield self.finding(f"a review of this type needs {wanted} here ({criteria.provision})", case.place(key))


class PersonWithoutPseudonym(CaseRule):
    """Someone whom the review protects is not declared, or has no pseudonym of their own.

    Why it matters: the documents must protect children, relevant family members and others. Whoever is not
    declared is not looked for, and two people who share a pseudonym cannot be told apart.

    How to fix: list the subject of the review and everyone else whom it protects under `people`, each with a
    `pseudonym` that nobody else has. Real names go into the sealed register, never here.
    """

    code = "SCR106"
    name = "person-without-pseudonym"
    citation = f'{BRIEFING}: "protect the identity of children, relevant family members and others"'

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        law, people = law_of(case, reading), entries(case, "people")
        severity = due(case, reading)
        if not law.policy.subjects & {str(entry.get("class")) for _, entry in people}:
            wanted = " or ".join(sorted(law.policy.subjects))
            yield self.finding(f"nobody of class {wanted} is declared", case.place("people"), severity)
        seen: set[str] = set()
        for key, entry in people:
            pseudonym = entry.get("pseudonym")
            if pseudonym is None:
                yield self.finding("this person has no pseudonym", case.place(key), severity)
                continue
            if not isinstance(pseudonym, str):
                raise Undecided("SCR101")
            folded = " ".join(pseudonym.casefold().split())
            if folded in seen:
                yield self.finding("somebody else has this pseudonym", case.place(f"{key}.pseudonym"))
            seen.add(folded)


class AnonymisationNotSigned(CaseRule):
    """Fewer than two different people have signed off the anonymisation before publication.

    Why it matters: most breaches that a data-protection authority has punished passed one pair of eyes only.
    What a machine cannot see, such as a family that neighbours recognise, a second reader may.

    How to fix: let two people each read the whole public output and enter both under
    `sign_off.anonymisation`, with the day. Neither day may be after the publication.
    """

    code = "SCR107"
    name = "anonymisation-not-signed"
    citation = f'{BRIEFING}: "suitably anonymised"; two readers are the gate\'s own rule'
    allowable = False

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        key = "sign_off.anonymisation"
        if not any(public(case)):
            return
        signed = entries(case, key)
        if not all(isinstance(entry.get("by"), str) for _, entry in signed):
            raise Undecided("SCR101")
        readers = {" ".join(entry["by"].casefold().split()) for _, entry in signed}
        if len(readers) < 2:
            said = "the same person signed twice" if len(signed) > 1 else f"{len(signed)} of 2 people have signed"
            if not (is_drafting(case, reading) and len(signed) < 2):
                yield self.finding(f"two different people must sign; {said}", case.place(key))
        yield from _late(self, case, [(f"{path}.on", entry) for path, entry in signed])


def _late(rule: CaseRule, case: Case, signed: list[tuple[str, object]]) -> Iterator[Finding]:
    """A finding for each signature that is later than the first publication."""
    published = publication_days(case)
    for key, entry in signed:
        when = day_in(entry, "on")
        if when is None:
            raise Undecided("SCR101")
        if published and when > published[0]:
            yield rule.finding(f"signed on {when}, after the publication on {published[0]}", case.place(key))


class DataProtectionNotSigned(CaseRule):
    """Data protection is not signed off under the law in force on the day of publication.

    Why it matters: what is published must comply with the data-protection law of that day, and someone must
    answer for it. A signature under a law that no longer applies shows that nobody looked.

    How to fix: let the data-protection officer confirm the public output and enter the law, the office and
    the day under `sign_off.data_protection`.
    """

    code = "SCR108"
    name = "data-protection-not-signed"
    citation = f'{BRIEFING}: "will comply with the Data Protection Act 1998 when published"'

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        key = "sign_off.data_protection"
        if not any(public(case)):
            return
        if case.get(key) is None:
            if not is_drafting(case, reading):
                yield self.finding("the data-protection officer has not signed", case.place(key))
            return
        named, published = case.get(f"{key}.law"), publication_days(case)
        if not isinstance(named, str):
            raise Undecided("SCR101")
        on = published[0] if published else reading.settings.today
        law = law_of(case, reading).policy.law_on(on)
        if law is None:
            yield self.finding(f"the policy knows no data-protection law for {on}", case.place(f"{key}.law"))
        elif " ".join(named.casefold().split()) not in {name.casefold() for name in law.names}:
            yield self.finding(
                f"publication on {on} falls under the {law.law}; another law is named ({law.provision})",
                case.place(f"{key}.law"),
            )
        yield from _late(self, case, [(f"{key}.on", case.get(key))])


class UnreasonedPublicName(CaseRule):
    """A real name is to be used in the public output without a reason, or before anybody decided it.

    Why it matters: a name that the public already knows may stand in the title of a report, and everything else about
    the family stays hidden. That is a decision about a child, and it needs a reason that somebody can weigh.

    How to fix: write under `review.public_case_name.reason` why the name may be used (who asked for it, which court
    allowed it), and give the day of the decision, which is not after the publication. Or use a pseudonym.
    """

    code = "SCR110"
    name = "unreasoned-public-name"
    citation = f'{BRIEFING}: "In all these cases, identifying details will be removed"'

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        key = "review.public_case_name"
        if case.get(key) is None:
            return
        reason, decided = case.get(f"{key}.reason"), day(case, f"{key}.decided_on")
        if not isinstance(reason, str) or decided is None:
            raise Undecided("SCR101")
        fault = empty_reason(reason)
        if fault:
            yield self.finding(fault, case.place(f"{key}.reason"))
        published = publication_days(case)
        if published and decided > published[0]:
            yield self.finding(
                f"decided on {decided}, after the publication on {published[0]}", case.place(f"{key}.decided_on")
            )


class RegardNotRecorded(CaseRule):
    """It is not recorded to which guidance the board and its partners had regard.

    Why it matters: the board and all its partners must have regard to the guidance, and the briefing that
    explains it is undated. Which text was considered, and when, is the first thing that a court or an
    inspector asks.

    How to fix: list each text under `guidance` with its title and the day on which it was considered, and the
    agencies that took part under `partners`.
    """

    code = "SCR109"
    name = "regard-not-recorded"
    citation = f'{BRIEFING}: "all Board partners must have regard to this new guidance"'
    severity = Severity.REVIEW

    def check(self, case: Case, reading: Reading) -> Iterator[Finding]:
        if not entries(case, "guidance"):
            yield self.finding("no guidance is listed as considered", case.place("guidance"))
        if not case.get("partners"):
            yield self.finding("no partner of the board is listed", case.place("partners"))


def setup(app: Checker) -> ExtensionMetadata:
    """Register the rules of this module."""
    for rule in (
        DatesOutOfOrder,
        BrokenReference,
        CriteriaNotMet,
        PersonWithoutPseudonym,
        AnonymisationNotSigned,
        DataProtectionNotSigned,
        RegardNotRecorded,
        UnreasonedPublicName,
    ):
        app.add_rule(rule)
    return {"version": "1"}
